"""What the move with the calendar changes beside the projection: the days before and after on the
event, and who is told."""

from django.utils.translation import gettext_lazy as _

from disclosure.core.errors import NotPossible, Refusal
from requests_app.actions.engine import Taking, effect
from requests_app.casework.models import RequestEvent
from requests_app.moving.finding import move_of
from requests_app.projection import project

NOTHING = _("The calendar moves no day of this request.")


@effect("move_calendar")
def _move(taking: Taking) -> None:
    """The handler is told of every new last day, the applicant of a later one."""
    case = taking.case
    move = move_of(case, project(case.events.all(), taking.asked.calendar))
    if move is None:
        raise NotPossible(Refusal(NOTHING, code="unmoved"))
    taking.facts |= move.facts()
    old = move.before.isoformat() if move.before else None
    taking.told["old_due"] = old if move.is_later else None

    def tell_handler(_event: RequestEvent) -> None:
        from requests_app.messages import outbox

        if (
            case.handler
            and not case.is_closed_to(case.handler)
            and move.before
            and move.after
            and move.before != move.after
        ):
            outbox.queue(
                case,
                "calendar_moved_staff",
                user=case.handler,
                params={"old_due": old, "due": move.after.isoformat()},
                calendar=taking.asked.calendar,
                at=taking.at,
            )

    taking.then.append(tell_handler)

"""What waits for staff among the requests; the start page and the list filter ask here."""

import datetime as dt
from collections.abc import Callable

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import User
from disclosure.workdays.store import current_calendar
from requests_app import clock
from requests_app.casework.models import (
    DisclosureRequest,
    DisclosureRequestQuerySet,
    RequestEvent,
)
from requests_app.deciding.models import AnswerDraft, Point
from requests_app.letters.kinds import WITHIN
from requests_app.letters.models import Letter
from requests_app.lifecycle import Event, State

Rows = DisclosureRequestQuerySet
BY_DUE = ("answer_due", "pk")
AMBER, RED = clock.THRESHOLDS["answer"]


def unregistered() -> Rows:
    """Submitted and not yet registered, the oldest first."""
    return DisclosureRequest.objects.filter(state=State.SUBMITTED).order_by(*BY_DUE)


def unanswered() -> Rows:
    """Every request that still waits for its answer, the most urgent first."""
    return DisclosureRequest.objects.unfinished().order_by(*BY_DUE)


def handled_by(user: User) -> Rows:
    """What `user` still has to answer, the most urgent first."""
    return unanswered().filter(handler=user)


def to_close() -> Rows:
    """Answered and not yet closed, the oldest answer first."""
    return DisclosureRequest.objects.filter(state=State.ANSWERED).order_by("answered_on", "pk")


def overdue(on: dt.date) -> Rows:
    return unanswered().filter(answer_due__lt=on)


def red(on: dt.date) -> Rows:
    """Red, the overdue ones among them."""
    return unanswered().filter(red_on__lte=on)


def amber(on: dt.date) -> Rows:
    return unanswered().filter(amber_on__lte=on, red_on__gt=on)


def green(on: dt.date) -> Rows:
    return unanswered().filter(amber_on__gt=on)


def waiting() -> Rows:
    """The time limit stands still: something or somebody is waited for."""
    return unanswered().filter(answer_due__isnull=True)


def in_state(*states: State) -> Rows:
    """Those that stand there, the most urgent first."""
    return DisclosureRequest.objects.filter(state__in=states).order_by(*BY_DUE)


def correction_notice_near(on: dt.date) -> Rows:
    """In hand with nothing drafted, and the days in which a correction can be asked for in time
    (Art. 30) run out; who was asked already is asked no more."""
    own = {"request": OuterRef("pk")}
    return in_state(State.REGISTERED).filter(
        ~Exists(RequestEvent.objects.filter(**own, kind=Event.CORRECTION_ASKED)),
        ~Exists(Point.objects.filter(**own).exclude(determination="")),
        ~Exists(AnswerDraft.objects.filter(**own)),
        received_on__in=clock.receipts_to_correct(on, current_calendar()),
    )


def extension_proposed() -> Rows:
    """The head has to say whether the time limit is extended (Art. 33)."""
    return unanswered().filter(is_extension_proposed=True)


def waiting_for(*what: str) -> Rows:
    """What waits for somebody outside, by the day until which it is waited for."""
    return unanswered().filter(waiting_for__in=what).order_by("waiting_until", "pk")


def let_pass(on: dt.date) -> Rows:
    """The day until which the applicant was waited for has passed: to be decided."""
    return waiting_for("correction", "payment").filter(waiting_until__lt=on)


def letters_unsent() -> Rows:
    """Cases with a letter whose sending is not recorded."""
    unsent = Letter.objects.filter(request=OuterRef("pk"), deliveries__isnull=True)
    rows = DisclosureRequest.objects.exclude(state=State.CLOSED)
    return rows.filter(Exists(unsent.exclude(kind__in=WITHIN))).order_by(*BY_DUE)


#: Name in the list's address → (label, rows for a person on a day).
STANDINGS: dict[str, tuple[str | Promise, Callable[[User, dt.date], Rows]]] = {
    "open": (_("Unanswered"), lambda user, on: unanswered()),
    "mine": (_("With me"), lambda user, on: handled_by(user)),
    "unregistered": (_("To be registered"), lambda user, on: unregistered()),
    "in_hand": (_("In hand"), lambda user, on: in_state(State.REGISTERED)),
    "correction_notice": (
        _("Last days to ask for a correction"),
        lambda user, on: correction_notice_near(on),
    ),
    "review": (_("For legal review"), lambda user, on: in_state(State.REVIEW)),
    "approval": (_("For approval"), lambda user, on: in_state(State.APPROVAL)),
    "approved": (_("To be issued"), lambda user, on: in_state(State.APPROVED)),
    "extension": (_("Extension proposed"), lambda user, on: extension_proposed()),
    "overdue": (_("Overdue"), lambda user, on: overdue(on)),
    "red": (
        format_lazy(_("Red: {days} working days left at most, or overdue"), days=RED),
        lambda user, on: red(on),
    ),
    "amber": (
        format_lazy(_("Amber: {days} working days left at most"), days=AMBER),
        lambda user, on: amber(on),
    ),
    "green": (_("Green"), lambda user, on: green(on)),
    "extended": (_("Extended"), lambda user, on: unanswered().filter(is_extended=True)),
    "waiting": (_("Time limit stands still"), lambda user, on: waiting()),
    "correction": (_("Waits for a correction"), lambda user, on: waiting_for("correction")),
    "payment": (_("Waits for payment"), lambda user, on: waiting_for("payment")),
    "others": (_("Waits for others"), lambda user, on: waiting_for("third_party", "agency")),
    "let_pass": (_("The applicant has let the day pass"), lambda user, on: let_pass(on)),
    "unsent": (_("A letter is to be sent"), lambda user, on: letters_unsent()),
    "to_close": (_("To be closed"), lambda user, on: to_close()),
}

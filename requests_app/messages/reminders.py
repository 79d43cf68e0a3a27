"""Daily reminders (催办): 5, 2 and 0 working days before an answer is due, and while it is overdue.

Safe to run at any time and again: each stage of each due date is told each person once, an
overdue case once a working day. A day on which nothing ran is made up for by the next.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.db import transaction

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.core.dates import now, today
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.store import current_calendar
from requests_app.casework.models import DisclosureRequest
from requests_app.messages import outbox
from requests_app.messages.models import Message

HANDLES = "requests_app.handle_disclosurerequest"
OVERSEES = "requests_app.oversee_disclosurerequest"


@dataclass(frozen=True)
class Stage:
    """From so many working days left on; `to_heads`: those who oversee are told as well."""

    days_left: int
    to_heads: bool = False


#: The handler first, then the head as well.
STAGES = (Stage(0, to_heads=True), Stage(2), Stage(5))


@dataclass(frozen=True)
class Reminder:
    """What a case asks for today: `days` left, or overdue; `mark` is part of the message's key."""

    template: str
    days: int
    to_heads: bool
    mark: str


def reminder_for(due: dt.date, on: dt.date, calendar: WorkdayCalendar) -> Reminder | None:
    """The reminder of a case that is due on `due`, on the day `on`; None where none is needed."""
    left = calendar.count_between(on, due)
    if due < on:
        return Reminder("reminder_overdue", -left, True, f"over-{on.isoformat()}")
    for stage in STAGES:
        if left <= stage.days_left:
            return Reminder("reminder_due", left, stage.to_heads, str(stage.days_left))
    return None


def remind(on: dt.date | None = None) -> int:
    """Queue the reminders of the day (default: today), on working days only; how many are new."""
    day = on or today()
    calendar = current_calendar()
    if not calendar.is_workday(day):
        return 0
    horizon = calendar.add_workdays(day, max(stage.days_left for stage in STAGES))
    cases = (
        DisclosureRequest.objects.unfinished()
        .filter(answer_due__lte=horizon, waiting_for="", is_demo=False)
        .select_related("agency", "handler")
        .prefetch_related("named_people")
        .order_by("answer_due", "pk")
    )
    sent = set(
        Message.objects.filter(request__in=cases, key__isnull=False).values_list("key", flat=True)
    )
    found = _Responsible()
    moment = now()
    done = 0
    for case in cases:
        if case.answer_due is None:
            continue
        reminder = reminder_for(case.answer_due, day, calendar)
        if reminder is None:
            continue
        for user in found.people(case, to_heads=reminder.to_heads):
            key = f"reminder:{case.pk}:{case.answer_due}:{reminder.mark}:{user.pk}"
            if key in sent:
                continue
            with transaction.atomic():
                message = outbox.queue(
                    case,
                    reminder.template,
                    user=user,
                    params={"due": case.answer_due.isoformat(), "days": reminder.days},
                    key=key,
                    calendar=calendar,
                    at=moment,
                )
            done += message is not None
    return done


class _Responsible:
    """Who is to be told; the people of an agency are looked up once."""

    def __init__(self) -> None:
        self._holders = cache(lambda right, agency: list(rights.holders(right, agency)))

    def people(self, case: DisclosureRequest, *, to_heads: bool) -> list[User]:
        """The handler (without one, or once they have left: all handlers), heads if asked for; of
        a restricted case those alone who are named."""
        handler = case.handler
        found = [handler] if handler and handler.is_active else self._of(HANDLES, case.agency)
        if to_heads:
            found = found + self._of(OVERSEES, case.agency)
        if case.is_restricted:
            named = {one.user_id for one in case.named_people.all()}
            found = [user for user in found if user.pk in named]
        return list({user.pk: user for user in found}.values())

    def _of(self, right: str, agency: Agency) -> list[User]:
        holders: list[User] = self._holders(right, agency)
        return holders

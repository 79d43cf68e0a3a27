"""Whether a step may happen: its state, its day, and each need that the table names for it.

Every reason comes at once, as sentences. The checks register themselves under their need.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import User
from disclosure.core.dates import today as today_in_china
from disclosure.core.errors import Refusal
from disclosure.reports.models import AnnualReport
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.store import current_calendar
from requests_app import clock
from requests_app.casework.models import DisclosureRequest
from requests_app.consulting.models import Party
from requests_app.deadline.wording import say
from requests_app.lifecycle import FINISHED, TRANSITIONS, Event, Need, Place, Transition
from requests_app.projection import Effective, Way, clock_events, effective, reckoned, walk


@dataclass
class Asked:
    """A step that somebody wants to take. `is_before`: nothing is filled in yet, so only what can
    be known beforehand is asked (for the button).
    """

    case: DisclosureRequest
    row: Transition
    actor: User | None
    on: dt.date
    today: dt.date
    data: Mapping[str, Any] = field(default_factory=dict)
    is_before: bool = False

    @cached_property
    def calendar(self) -> WorkdayCalendar:
        return current_calendar()

    @cached_property
    def events(self) -> list[Effective]:
        return effective(self.case.events.all())

    @cached_property
    def way(self) -> Way:
        return walk(self.events)

    @cached_property
    def reckoning(self) -> clock.Reckoning | None:
        return reckoned(self.events, self.calendar)

    def since_reopened(self) -> list[Effective]:
        """The events after the last reopening."""
        last = max((e.order for e in self.events if e.kind == Event.REOPENED), default=-1)
        return [event for event in self.events if event.order > last]

    def last(self, kind: str) -> Effective | None:
        """The latest event of a kind since the last reopening."""
        found = [event for event in self.since_reopened() if event.kind == kind]
        return found[-1] if found else None

    def text(self, name: str = "text") -> str:
        return str(self.data.get(name) or "").strip()

    def facts(self) -> dict[str, Any]:
        """What the event will hold: ids, codes and dates, never words."""
        found: dict[str, Any] = {}
        for name in ("until", "served_on", "released_on"):
            if self.data.get(name):
                found[name] = self.data[name].isoformat()
        for name in FACTS:
            if self.data.get(name) not in (None, ""):
                found[name] = self.data[name]
        for name in ("handler", "office", "task", "letter", "remedy", "into"):
            if self.data.get(name) is not None:
                found[name] = self.data[name].pk
        number = self.party_number()
        if number:
            found["number"] = number
        # By when the decision orders the new answer.
        remedy = self.data.get("remedy") if self.row.event == Event.REOPENED else None
        if remedy is not None and remedy.new_answer_by:
            found["until"] = remedy.new_answer_by.isoformat()
        return found

    @property
    def extension_days(self) -> int:
        """The longest lawful extension, in working days; taken where no other is given."""
        decree = self.reckoning.regulation if self.reckoning else "711"
        return clock.REGULATIONS[decree].extension_days

    def party_number(self) -> int | None:
        """The number of the one asked, within its kind; for a new one the next."""
        if self.data.get("party") is not None:
            return int(self.data["party"].number)
        kind = str(self.row.event).removesuffix("_asked")
        if self.row.event.endswith("_asked") and kind in Party.Kind.values:
            # By the events: a part that was split off has those of its origin, not the parties.
            asked = [event for event in self.events if event.kind == self.row.event]
            return max((int(event.facts.get("number", 1)) for event in asked), default=0) + 1
        return None


#: What an event takes of a step's data as it is: counts, and keys of closed lists.
FACTS = (
    *("days", "form", "channel", "opinion", "found", "stars", "basis", "how"),
    *("came_by", "confirmed"),
)
Check = Callable[[Asked], Iterable[Refusal]]
CHECKS: dict[Need, Check] = {}


def check(need: Need) -> Callable[[Check], Check]:
    """Registers the reasons against a need."""

    def register(function: Check) -> Check:
        CHECKS[need] = function
        return function

    return register


def why_not(asked: Asked) -> list[Refusal]:
    """Every reason against a step. In a wrong state nothing else is worth saying."""
    reasons = wrong_state(asked.case, asked.row.name)
    if reasons:
        return reasons
    if not asked.is_before:
        reasons += _wrong_day(asked)
    for need in asked.row.needs:
        reasons += CHECKS[need](asked)
    return reasons


def why_not_begin(
    case: DisclosureRequest,
    step: str,
    actor: User | None,
    *,
    like: Asked | None = None,
    **data: Any,
) -> list[Refusal]:
    """What stands against a step before anything is filled in.

    `like`: another question about the same case, whose events and calendar need not be read again.
    """
    row = TRANSITIONS[step]
    if row.place not in {Place.CASE, Place.NONE} and not data:
        return wrong_state(case, step)
    today = like.today if like else today_in_china()
    asked = Asked(case, row, actor, today, today, data, is_before=True)
    if like is not None:
        asked.__dict__.update(
            calendar=like.calendar, events=like.events, way=like.way, reckoning=like.reckoning
        )
    return why_not(asked)


def looking(case: DisclosureRequest, actor: User | None) -> Asked:
    """A question about nothing in particular, to be shared by those of many steps."""
    today = today_in_china()
    return Asked(case, TRANSITIONS["register"], actor, today, today, is_before=True)


def wrong_state(case: DisclosureRequest, step: str) -> list[Refusal]:
    if case.state in TRANSITIONS[step].sources:
        return []
    return [
        Refusal(
            _("This is not possible while the request is '%(state)s'.")
            % {"state": case.get_state_display()},
            code="state",
        )
    ]


def _wrong_day(asked: Asked) -> list[Refusal]:
    """Why the legal day cannot be: the future, before the receipt or before what was done last."""
    if asked.on != asked.today and not asked.row.is_dated and asked.actor is not None:
        return [Refusal(_("This step counts on the day on which it is entered."), code="on")]
    if asked.on > asked.today:
        return [Refusal(_("The day cannot lie in the future."), code="on")]
    received = asked.case.received_on
    if received and asked.on < received:
        return [Refusal(_("The day cannot lie before the day of receipt."), code="on")]
    if asked.row.target in FINISHED and asked.on.year < asked.today.year:
        reported = why_not_counted_otherwise(asked.case, asked.on.year)
        if reported:
            return reported
    since = asked.way.since
    if asked.row.target is not None and since and asked.on < since:
        return [
            Refusal(
                _("The day cannot lie before %(day)s, the day of the step before.")
                % {"day": since.isoformat()},
                code="on",
            )
        ]
    return []


def why_not_counted_otherwise(case: DisclosureRequest, *years: int) -> list[Refusal]:
    """Why what a published annual report counts is not counted otherwise afterwards."""
    published = AnnualReport.objects.filter(
        agency=case.agency_id, year__in=years, edition__isnull=False
    )
    return [
        Refusal(
            _("The annual report of %(year)d, which counts this request once, is published.")
            % {"year": year},
            code="state",
        )
        for year in published.values_list("year", flat=True)
    ]


def against_clock(
    asked: Asked, kind: str, facts: Mapping[str, Any], *, code: str = "on"
) -> Iterable[Refusal]:
    """What the clock says against one more event on the day of the step.

    A slip may come back after something else was recorded: the event stands at its own day, and
    what lies after it must still be possible. Only the new one can be late.
    """
    listed: list[Any] = clock_events(asked.events)
    place = sum(event.kind == Event.RECEIVED or event.occurred_on <= asked.on for event in listed)
    upto = [*listed[:place], Effective(kind, asked.on, facts)]
    try:
        clock.reckon(upto, asked.calendar, recorded=place)
        if listed[place:]:
            clock.reckon([*upto, *listed[place:]], asked.calendar, recorded=len(listed) + 1)
    except clock.ClockError as error:
        yield Refusal(say(error.reason), error.article or "", code=code)


@check(Need.CLOCK)
def _clock(asked: Asked) -> Iterable[Refusal]:
    """What the clock says against the step's own event."""
    # Known only once it is filled in: by when it is delayed, on which day it is reopened.
    if asked.is_before and asked.row.event in {Event.DELAYED, Event.REOPENED}:
        return
    yield from against_clock(asked, asked.row.event, asked.facts())

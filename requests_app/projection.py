"""The case row as its events make it: state, dates and levels are projections, never edited."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields

from disclosure.workdays.calendar import WorkdayCalendar
from requests_app import clock
from requests_app.casework.models import DisclosureRequest, RequestEvent
from requests_app.lifecycle import TRANSITIONS, Event, State


@dataclass(frozen=True)
class Projection:
    """What the events say; the names are those of the fields of `DisclosureRequest`."""

    state: str
    received_on: dt.date | None = None
    answer_due: dt.date | None = None
    amber_on: dt.date | None = None
    red_on: dt.date | None = None
    waiting_for: str = ""
    is_provisional: bool = False
    outcome: str = ""
    answered_on: dt.date | None = None
    closed_on: dt.date | None = None

    def write_to(self, request: DisclosureRequest) -> None:
        for field in fields(self):
            setattr(request, field.name, getattr(self, field.name))

    def differences(self, request: DisclosureRequest) -> list[tuple[str, object, object]]:
        """(field, stored, computed) for each value that the row has otherwise."""
        return [
            (field.name, getattr(request, field.name), getattr(self, field.name))
            for field in fields(self)
            if getattr(request, field.name) != getattr(self, field.name)
        ]


def clock_events(events: Iterable[RequestEvent]) -> list[RequestEvent]:
    """Those that move the clock, the receipt first."""
    listed = [event for event in events if event.kind in clock.KINDS]
    return sorted(listed, key=lambda event: event.kind != Event.RECEIVED)


def reckoning(events: Iterable[RequestEvent], calendar: WorkdayCalendar) -> clock.Reckoning | None:
    """What the clock says of these events; None before there is a day of receipt."""
    listed = clock_events(events)
    if not listed or listed[0].kind != Event.RECEIVED:
        return None
    return clock.reckon(listed, calendar)


def project(events: Iterable[RequestEvent], calendar: WorkdayCalendar) -> Projection:
    """The projection of a case's events, in the order in which they are stored."""
    listed = list(events)
    targets = {row.event: row.target for row in TRANSITIONS.values() if row.target}
    state = State.SUBMITTED
    outcome = ""
    answered_on = closed_on = None
    for event in sorted(listed, key=lambda event: event.pk or 0):
        kind = Event(event.kind) if event.kind in set(Event) else None
        if kind in targets:
            state = targets[kind]
        if kind == Event.ANSWERED:
            outcome, answered_on = event.facts["outcome"], event.occurred_on
        elif kind == Event.CLOSED:
            closed_on = event.occurred_on
    reckoned = reckoning(listed, calendar)
    if reckoned is None:
        return Projection(
            state.value, outcome=outcome, answered_on=answered_on, closed_on=closed_on
        )
    levels = clock.levels(reckoned.answer_due, calendar)
    return Projection(
        state.value,
        received_on=reckoned.received,
        answer_due=reckoned.answer_due,
        amber_on=levels.amber_on,
        red_on=levels.red_on,
        waiting_for=reckoned.waiting_for or "",
        is_provisional=reckoned.provisional,
        outcome=outcome,
        answered_on=answered_on,
        closed_on=closed_on,
    )

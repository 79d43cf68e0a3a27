"""The case row as its events make it: state, dates and levels are projections, never edited.

An entry is corrected by a later event that names it; what counts are the effective events: each
with its latest correction, without those that a correction took back.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

from disclosure.workdays.calendar import WorkdayCalendar
from requests_app import clock
from requests_app.lifecycle import OPEN_STATES, UNDER_WAY, Event, State, steps_writing


class Stored(Protocol):
    """What is read of a stored event."""

    @property
    def pk(self) -> Any: ...
    @property
    def kind(self) -> str: ...
    @property
    def occurred_on(self) -> dt.date: ...
    @property
    def facts(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Effective:
    """An event as it counts. `order` is the place in which it was entered."""

    kind: str
    occurred_on: dt.date
    facts: Mapping[str, Any] = field(default_factory=dict)
    order: int = 0


#: Agreed to, refused, or overtaken: the period that was to be extended is no more.
_PROPOSAL_OVER = frozenset(
    {
        Event.EXTENDED,
        Event.EXTENSION_REFUSED,
        Event.DELAYED,
        Event.CORRECTED,
        Event.FEE_PAID,
        Event.FEE_WAIVED,
        Event.REOPENED,
    }
)
#: Without a key yet (about to be written): after everything stored.
_LAST = 2**63


def effective(events: Iterable[Stored]) -> list[Effective]:
    """What counts of a case's events, in the order of entry.

    A correction (`amended`) has the facts `event` (the key of the entry) and `void` or the new
    `day`; the latest one of an entry counts.
    """
    listed = sorted(events, key=lambda event: event.pk or _LAST)
    corrections = {
        event.facts["event"]: event.facts for event in listed if event.kind == Event.AMENDED
    }
    counted = []
    for event in listed:
        if event.kind == Event.AMENDED:
            continue
        day, facts = event.occurred_on, event.facts
        correction = corrections.get(event.pk) if event.pk else None
        if correction:
            if correction.get("void"):
                continue
            if correction.get("day"):
                day = dt.date.fromisoformat(correction["day"])
        counted.append(Effective(event.kind, day, facts, event.pk or _LAST))
    return counted


@dataclass(frozen=True)
class Projection:
    """What the events say; the names are those of the fields of `DisclosureRequest`."""

    state: str
    received_on: dt.date | None = None
    answer_due: dt.date | None = None
    amber_on: dt.date | None = None
    red_on: dt.date | None = None
    waiting_for: str = ""
    waiting_until: dt.date | None = None
    is_extended: bool = False
    is_extension_proposed: bool = False
    is_provisional: bool = False
    outcome: str = ""
    answered_on: dt.date | None = None
    closed_on: dt.date | None = None
    counted_outcome: str = ""
    counted_on: dt.date | None = None

    def write_to(self, request: Any) -> None:
        for each in fields(self):
            setattr(request, each.name, getattr(self, each.name))

    def differences(self, request: Any) -> list[tuple[str, object, object]]:
        """(field, stored, computed) for each value that the row has otherwise."""
        return [
            (each.name, getattr(request, each.name), getattr(self, each.name))
            for each in fields(self)
            if getattr(request, each.name) != getattr(self, each.name)
        ]


@dataclass
class Way:
    """The way of a case through its states, event by event."""

    state: State = State.SUBMITTED
    before_draft: State = State.REGISTERED
    outcome: str = ""
    answered_on: dt.date | None = None
    closed_on: dt.date | None = None
    counted_outcome: str = ""
    counted_on: dt.date | None = None
    proposed: bool = False
    #: The latest legal day on which the state changed.
    since: dt.date | None = None
    #: The first event that its state did not allow.
    misplaced: Effective | None = None

    def take(self, event: Effective) -> None:
        """Go on by one event."""
        kind = event.kind
        rows = steps_writing(kind)
        if rows:
            allowed = [row for row in rows if None in row.sources or self.state in row.sources]
            if not allowed and self.misplaced is None:
                self.misplaced = event
            row = (allowed or rows)[0]
            target = self.before_draft if row.restores else row.target
            if kind == Event.DRAFTED:
                self.before_draft = self.state
            if target is not None:
                self.state, self.since = target, event.occurred_on
        self._note(kind, event)

    def _note(self, kind: str, event: Effective) -> None:
        if kind == Event.ANSWERED:
            self._count(event.facts["outcome"], event.occurred_on)
        elif kind in {Event.WITHDRAWN, Event.MERGED}:
            self._count("other", event.occurred_on)
            self.closed_on = event.occurred_on
        elif kind == Event.SERVED and event.facts.get("answers") and self.answered_on:
            # 国办公开办函〔2016〕235号: the day of posting or handing over decides.
            self.answered_on = max(self.answered_on, event.occurred_on)
        elif kind == Event.CLOSED:
            self.closed_on = event.occurred_on
        elif kind == Event.REOPENED:
            self.outcome, self.answered_on, self.closed_on = "", None, None
        elif kind == Event.EXTENSION_ASKED:
            self.proposed = True
        if kind in _PROPOSAL_OVER:
            self.proposed = False

    def _count(self, outcome: str, day: dt.date) -> None:
        self.outcome, self.answered_on = outcome, day
        if not self.counted_outcome:
            self.counted_outcome, self.counted_on = outcome, day


def walk(events: Iterable[Effective]) -> Way:
    """Where effective events lead."""
    way = Way()
    for event in events:
        way.take(event)
    return way


def clock_events(events: Iterable[Effective]) -> list[Effective]:
    """Those that move the clock: the receipt first, then by day and, within a day, as entered."""
    listed = [event for event in events if event.kind in clock.KINDS]
    return sorted(
        listed, key=lambda event: (event.kind != Event.RECEIVED, event.occurred_on, event.order)
    )


def reckoning(events: Iterable[Stored], calendar: WorkdayCalendar) -> clock.Reckoning | None:
    """What the clock says of these events; None before there is a day of receipt."""
    return reckoned(effective(events), calendar)


def reckoned(events: Iterable[Effective], calendar: WorkdayCalendar) -> clock.Reckoning | None:
    """The same of effective events. They were found in time when they were entered."""
    listed = clock_events(events)
    if not listed or listed[0].kind != Event.RECEIVED:
        return None
    return clock.reckon(listed, calendar, recorded=len(listed))


def project(events: Iterable[Stored], calendar: WorkdayCalendar) -> Projection:
    """The projection of a case's events."""
    counted = effective(events)
    way = walk(counted)
    now = reckoned(counted, calendar)
    own = {
        "state": way.state.value,
        "outcome": way.outcome,
        "answered_on": way.answered_on,
        "closed_on": way.closed_on,
        "counted_outcome": way.counted_outcome,
        "counted_on": way.counted_on,
        "is_extension_proposed": way.proposed and way.state in UNDER_WAY,
    }
    if now is None:
        return Projection(**own)  # type: ignore[arg-type]
    levels = clock.levels(now.answer_due, calendar)
    return Projection(
        **own,  # type: ignore[arg-type]
        received_on=now.received,
        answer_due=now.answer_due,
        amber_on=levels.amber_on,
        red_on=levels.red_on,
        # What was waited for when it ended is waited for no longer.
        waiting_for=(now.waiting_for or "") if way.state in OPEN_STATES else "",
        waiting_until=now.waiting_until if way.state in OPEN_STATES else None,
        is_extended=now.is_extended,
        is_provisional=now.provisional,
    )

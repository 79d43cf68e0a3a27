"""What becomes of made-up requests: a few stories, in working days between their steps. Pure."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from disclosure.load.words import Zipf
from disclosure.workdays.calendar import WorkdayCalendar
from requests_app.clock.regulations import regulation_for
from requests_app.lifecycle import Event
from requests_app.projection import Projection, project

#: Stories of one day of receipt that are remembered: requests come in the order of days.
REMEMBERED = 5000
#: Stands for whichever outcome it is until that is drawn.
SOME_OUTCOME = "granted"
#: Rows of table three with what is decided on the point, commonest first.
ANSWERS: tuple[tuple[str, str, int], ...] = (
    ("granted", "given", 44),
    ("unable_not_held", "not_existing", 17),
    ("unable_not_held", "not_ours", 8),
    ("partially_granted", "partly", 9),
    ("granted", "already_public", 7),
    ("unprocessed_petition", "unprocessed_petition", 4),
    ("refused_administrative_inquiry", "administrative_inquiry", 3),
    ("refused_third_party", "third_party", 1),
    ("refused_internal_affairs", "internal_affairs", 2),
    ("refused_process", "process", 1),
    ("unable_needs_creation", "unable_needs_creation", 2),
    ("unprocessed_repeated", "unprocessed_repeated", 1),
    ("other", "other", 1),
)


@dataclass(frozen=True)
class Step:
    """A step so many working days after the one before."""

    kind: Event
    after: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """An event as it is stored; `pk` is its place, for the order."""

    pk: int
    kind: str
    occurred_on: dt.date
    facts: dict[str, Any]


@dataclass(frozen=True)
class Story:
    """A case's events and what they make of its row."""

    events: Sequence[Told]
    projection: Projection

    def with_outcome(self, outcome: str) -> "Story":
        """The same with another answer; what was not answered stays as it is."""
        if not any(event.kind == Event.ANSWERED for event in self.events):
            return self
        events = [
            replace(event, facts={"outcome": outcome, "files": 0})
            if event.kind == Event.ANSWERED
            else event
            for event in self.events
        ]
        found = replace(self.projection, outcome=outcome, counted_outcome=outcome)
        return Story(events, found)


_CLOSING = Step(Event.CLOSED, 15)


def _answered(lag: int) -> tuple[Step, ...]:
    """Drafted, reviewed, approved, issued; closed once it is delivered."""
    return (
        Step(Event.DRAFTED, lag),
        Step(Event.REVIEWED),
        Step(Event.APPROVED, 1),
        Step(Event.ANSWERED, 0, {"outcome": SOME_OUTCOME, "files": 0}),
        _CLOSING,
    )


def _extended(days: int) -> tuple[Step, ...]:
    return (
        Step(Event.EXTENSION_ASKED, 9),
        Step(Event.EXTENDED, 1, {"days": days}),
        *_answered(days - 4),
    )


_PLAIN = [_answered(lag) for lag in (1, 3, 5, 7, 9, 11, 12, 12)]
_WITHDRAWN = (Step(Event.WITHDRAWN, 6),)
_CORRECTED = (Step(Event.CORRECTION_ASKED, 3), Step(Event.CORRECTED, 6), *_answered(11))
#: By the decree: ways with their weights.
WAYS: dict[str, list[tuple[tuple[Step, ...], int]]] = {
    "492": [*((way, 10) for way in _PLAIN), (_extended(15), 8), (_WITHDRAWN, 3)],
    "711": [
        *((way, 10) for way in _PLAIN),
        (_answered(17), 12),
        (_extended(20), 9),
        (_CORRECTED, 8),
        (_WITHDRAWN, 4),
        # Answered after the last day: that happens.
        (_answered(26), 1),
    ],
}


class Teller:
    """Tells stories up to a day, with one source of chance."""

    def __init__(self, rng: random.Random, calendar: WorkdayCalendar, until: dt.date) -> None:
        self._rng, self._calendar, self._until = rng, calendar, until
        self._told = lru_cache(maxsize=REMEMBERED)(self._tell)
        self._answers = Zipf([one[:2] for one in ANSWERS for _share in range(one[2])], flatness=1e9)

    def story(self, received: dt.date, channel: str) -> tuple[Story, str]:
        """What becomes of one received that day; with what is decided on its point."""
        ways = WAYS[regulation_for(received).decree]
        place = self._rng.choices(range(len(ways)), weights=[way[1] for way in ways])[0]
        outcome, decided = self._answers.draw(self._rng)
        story = self._told(place, received, channel)
        if story.projection.answered_on is None or not story.projection.outcome:
            return story, ""
        if any(event.kind == Event.ANSWERED for event in story.events):
            return story.with_outcome(outcome), decided
        return story, ""

    def _tell(self, place: int, received: dt.date, channel: str) -> Story:
        online = channel == "online"
        way, _weight = WAYS[regulation_for(received).decree][place]
        steps = (
            Step(Event.SUBMITTED if online else Event.ENTERED, 0, {"channel": channel}),
            Step(Event.RECEIVED, 0, {"basis": channel}),
            *([Step(Event.REGISTERED, 1)] if online else []),
            *way,
        )
        events: list[Told] = []
        day = received
        for step in steps:
            day = self._calendar.add_workdays(day, step.after)
            if day > self._until:
                break
            facts = dict(step.facts)
            if step.kind == Event.CORRECTION_ASKED:
                facts["until"] = self._calendar.add_workdays(day, 15).isoformat()
            events.append(Told(len(events) + 1, step.kind.value, day, facts))
        return Story(events, project(events, self._calendar))

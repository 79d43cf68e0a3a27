"""The events that move the clock, and how they are written (`KIND=DATE`)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from requests_app.clock.regulations import LAST_DATE
from requests_app.clock.wording import EVENT_NAMES, ClockError, Phrase


class ClockEvent(Protocol):
    """What the clock reads of an event; casework's stored events have it as they are.

    `occurred_on` is the legal day. Of `facts` it reads `number` (which of several third parties
    or agencies, default 1), `days` (of an extension) and `until` (of a delay, of a decision that
    orders a new answer, or by when a correction or an opinion is expected; a date or ISO text).
    """

    @property
    def kind(self) -> str: ...
    @property
    def occurred_on(self) -> date: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Event:
    """An event as the command and the tests write it."""

    kind: str
    occurred_on: date
    facts: Mapping[str, Any] = field(default_factory=dict)


CONSULTED = ("third_party", "co_maker", "agency")
NUMBERED = frozenset(kind for kind in EVENT_NAMES if kind.startswith(CONSULTED))
KINDS = frozenset(EVENT_NAMES)

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EVENT = re.compile(r"(?P<kind>[^#=]*)(?:#(?P<number>[^=]*))?=(?P<when>[^:]*)(?::(?P<value>.*))?")


def known(events: Iterable[ClockEvent]) -> list[ClockEvent]:
    """Those of a case's events that the clock reads, in the same order."""
    return [event for event in events if event.kind in KINDS]


def event_name(kind: str, number: object = 1) -> Phrase:
    """The event's name as a phrase; the second and later ones bear their number."""
    name = Phrase(kind, EVENT_NAMES[kind])
    if number == 1:
        return name
    return Phrase(kind, "%(name)s #%(number)s", {"name": name, "number": str(number)})


def parse_date(text: str) -> date:
    """A date as `2026-02-10`, and no other of the ways that ISO 8601 knows."""
    if _ISO.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            pass
        else:
            return check_range(day)
    raise ClockError("bad_date", text=text)


def check_range(day: date) -> date:
    """`day`, unless it is too far ahead to be reckoned with."""
    if day > LAST_DATE:
        raise ClockError("date_too_far", date=day, last=LAST_DATE)
    return day


def parse_event(text: str) -> Event:
    """An event as `due --event` takes it: `KIND[#N]=DATE[:VALUE]`."""
    match = _EVENT.fullmatch(text)
    if match is None:
        raise ClockError("bad_event", text=text)
    kind = match["kind"]
    # The receipt has its own option.
    if kind not in KINDS or kind == "received":
        raise ClockError("unknown_event", text=kind)
    facts: dict[str, Any] = {}
    if match["number"] is not None:
        if kind not in NUMBERED:
            raise ClockError("not_numbered", event=event_name(kind))
        if not re.fullmatch(r"[1-9][0-9]{0,5}", match["number"]):
            raise ClockError("unknown_event", text=f"{kind}#{match['number']}")
        facts["number"] = int(match["number"])
    day = parse_date(match["when"])
    value = match["value"]
    if value is not None:
        facts |= _value(kind, value)
    return Event(kind, day, facts)


def _value(kind: str, value: str) -> dict[str, Any]:
    if kind == "extended":
        if not re.fullmatch(r"-?[0-9]{1,6}", value):
            raise ClockError("bad_days", text=value)
        return {"days": int(value)}
    if kind in {"delayed", "reopened"}:
        return {"until": parse_date(value)}
    raise ClockError("needless_value", event=event_name(kind))

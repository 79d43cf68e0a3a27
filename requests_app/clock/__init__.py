"""The clock of disclosure requests (Art. 30–35, 42): pure functions over dated events.

`reckon(events, calendar)` is the one way in; nothing here imports Django.
"""

from requests_app.clock.events import (
    KINDS,
    NUMBERED,
    ClockEvent,
    Event,
    event_name,
    known,
    parse_date,
    parse_event,
)
from requests_app.clock.levels import THRESHOLDS, Levels, days_left, level, levels
from requests_app.clock.reckoning import reckon
from requests_app.clock.regulations import LAST_DATE, REGULATIONS, Regulation, regulation_for
from requests_app.clock.results import Reckoning, Step
from requests_app.clock.wording import WAITING_NAMES, ClockError, Phrase

__all__ = [
    "KINDS",
    "LAST_DATE",
    "NUMBERED",
    "REGULATIONS",
    "THRESHOLDS",
    "WAITING_NAMES",
    "ClockError",
    "ClockEvent",
    "Event",
    "Levels",
    "Phrase",
    "Reckoning",
    "Regulation",
    "Step",
    "days_left",
    "event_name",
    "known",
    "level",
    "levels",
    "parse_date",
    "parse_event",
    "reckon",
    "regulation_for",
]

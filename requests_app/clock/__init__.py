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
from requests_app.clock.levels import (
    THRESHOLDS,
    Levels,
    correction_notice_due,
    days_left,
    latest_lit,
    level,
    level_of,
    levels,
    receipts_to_correct,
)
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
    "correction_notice_due",
    "days_left",
    "event_name",
    "known",
    "latest_lit",
    "level",
    "level_of",
    "levels",
    "parse_date",
    "parse_event",
    "receipts_to_correct",
    "reckon",
    "regulation_for",
]

"""The life of a disclosure request (依申请公开): states, events and steps, declared once.

Pure: no Django. Actions, buttons, timeline, messages, matrices and docs read it. Labels are
msgids, translated where they are shown.
"""

from requests_app.lifecycle.events import EVENT_TEXTS, Event, EventText
from requests_app.lifecycle.needs import NEEDS, Need
from requests_app.lifecycle.states import (
    DRAFTED,
    FINISHED,
    IN_HAND,
    INNER_STATES,
    OPEN_STATES,
    STATE_LABELS,
    STATE_NEXT,
    UNDER_WAY,
    State,
    told_state,
)
from requests_app.lifecycle.transitions import (
    APPLICANT_STEPS,
    CASE_STEPS,
    PART_LABELS,
    TRANSITIONS,
    Place,
    Transition,
    steps_writing,
)

__all__ = [
    "APPLICANT_STEPS",
    "CASE_STEPS",
    "DRAFTED",
    "EVENT_TEXTS",
    "FINISHED",
    "INNER_STATES",
    "IN_HAND",
    "NEEDS",
    "OPEN_STATES",
    "PART_LABELS",
    "STATE_LABELS",
    "STATE_NEXT",
    "TRANSITIONS",
    "UNDER_WAY",
    "Event",
    "EventText",
    "Need",
    "Place",
    "State",
    "Transition",
    "steps_writing",
    "told_state",
]

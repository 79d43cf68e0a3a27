"""The life of a disclosure request (依申请公开): states and transitions, declared once.

A pure table: no Django. Actions, buttons, timeline, matrices and docs read it. Labels are
msgids, translated where they are shown.
"""

from dataclasses import dataclass
from enum import StrEnum

from disclosure.core.text import gettext_noop as _


class State(StrEnum):
    """Where a request stands."""

    SUBMITTED = "submitted"  # 已提交，待登记
    REGISTERED = "registered"  # 已登记，办理中
    ANSWERED = "answered"  # 已答复
    CLOSED = "closed"  # 已办结


STATE_LABELS: dict[State, str] = {
    State.SUBMITTED: _("Submitted"),
    State.REGISTERED: _("In progress"),
    State.ANSWERED: _("Answered"),
    State.CLOSED: _("Closed"),
}
#: What the applicant is told in each state: what happens next.
STATE_NEXT: dict[State, str] = {
    State.SUBMITTED: _("The agency will register your request."),
    State.REGISTERED: _("The agency is working on your request and will answer in time."),
    State.ANSWERED: _("The agency has answered. You can read the answer below."),
    State.CLOSED: _("The request is closed. The answer stays readable here."),
}
OPEN_STATES = frozenset({State.SUBMITTED, State.REGISTERED})


class Event(StrEnum):
    """Kinds of events in the casework; the clock has further kinds of its own."""

    SUBMITTED = "submitted"
    ENTERED = "entered"
    RECEIVED = "received"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True)
class EventText:
    """How an event reads on the applicant's timeline; hidden events have no `public` text."""

    staff: str
    public: str = ""
    article: str = ""


EVENT_TEXTS: dict[Event, EventText] = {
    Event.SUBMITTED: EventText(_("Submitted online"), _("You submitted the request"), "29"),
    Event.ENTERED: EventText(
        _("Entered by staff"), _("The agency entered the request for you"), "29"
    ),
    Event.RECEIVED: EventText(_("Received"), _("Day of receipt: the time limit begins"), "31"),
    Event.REGISTERED: EventText(_("Registered"), _("The agency registered the request")),
    Event.ASSIGNED: EventText(_("Handler assigned")),
    Event.ANSWERED: EventText(_("Answered"), _("The agency answered"), "36"),
    Event.CLOSED: EventText(_("Closed"), _("The request was closed")),
}


@dataclass(frozen=True)
class Transition:
    """One lawful step: from, to, the event it writes and the right it needs.

    `target` None: the state stays. `action` None: done by the applicant, not by staff.
    """

    name: str
    sources: frozenset[State | None]
    target: State | None
    event: Event
    action: str | None
    label: str


TRANSITIONS: dict[str, Transition] = {
    row.name: row
    for row in (
        Transition(
            "submit", frozenset({None}), State.SUBMITTED, Event.SUBMITTED, None, _("Submit")
        ),
        Transition(
            "enter",
            frozenset({None}),
            State.REGISTERED,
            Event.ENTERED,
            "requests_app.add_disclosurerequest",
            _("Enter a request"),
        ),
        Transition(
            "register",
            frozenset({State.SUBMITTED}),
            State.REGISTERED,
            Event.REGISTERED,
            "requests_app.register_disclosurerequest",
            _("Register"),
        ),
        Transition(
            "answer",
            frozenset({State.REGISTERED}),
            State.ANSWERED,
            Event.ANSWERED,
            "requests_app.answer_disclosurerequest",
            _("Answer"),
        ),
        Transition(
            "assign",
            frozenset({State.SUBMITTED, State.REGISTERED}),
            None,
            Event.ASSIGNED,
            "requests_app.assign_disclosurerequest",
            _("Assign a handler"),
        ),
        Transition(
            "close",
            frozenset({State.ANSWERED}),
            State.CLOSED,
            Event.CLOSED,
            "requests_app.close_disclosurerequest",
            _("Close the case"),
        ),
    )
}


#: What staff do to a case that is there already.
CASE_STEPS = {name: row for name, row in TRANSITIONS.items() if None not in row.sources}

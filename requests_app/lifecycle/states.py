"""Where a disclosure request stands (办理状态). Pure."""

from enum import StrEnum

from disclosure.core.text import gettext_noop as _


class State(StrEnum):
    """A state; what a paused time limit waits for is told by the clock beside it."""

    SUBMITTED = "submitted"  # 待登记
    REGISTERED = "registered"  # 办理中
    CORRECTION = "correction"  # 待补正
    PAYMENT = "payment"  # 待缴费
    REVIEW = "review"  # 法制审核
    APPROVAL = "approval"  # 待审批
    APPROVED = "approved"  # 待制发
    ANSWERED = "answered"  # 已答复
    CLOSED = "closed"  # 已办结


STATE_LABELS: dict[State, str] = {
    State.SUBMITTED: _("Submitted"),
    State.REGISTERED: _("In progress"),
    State.CORRECTION: _("Waiting for your correction"),
    State.PAYMENT: _("Waiting for payment"),
    State.REVIEW: _("Under legal review"),
    State.APPROVAL: _("Waiting for approval"),
    State.APPROVED: _("Approved, to be sent"),
    State.ANSWERED: _("Answered"),
    State.CLOSED: _("Closed"),
}

#: What stays inside the agency until the answer is given: the applicant reads "In progress".
INNER_STATES = frozenset({State.REVIEW, State.APPROVAL, State.APPROVED})

#: What the applicant is told in each state: what happens next.
STATE_NEXT: dict[State, str] = {
    State.SUBMITTED: _("The agency will register your request."),
    State.REGISTERED: _("The agency is working on your request and will answer in time."),
    State.CORRECTION: _(
        "The agency needs to know more exactly what you ask for. Please correct your request."
    ),
    State.PAYMENT: _("The agency asks for a processing fee; its work goes on once it is paid."),
    State.REVIEW: _("The agency is working on your request and will answer in time."),
    State.APPROVAL: _("The agency is working on your request and will answer in time."),
    State.APPROVED: _("The agency is working on your request and will answer in time."),
    State.ANSWERED: _("The agency has answered. You can read the answer below."),
    State.CLOSED: _("The request is closed. The answer stays readable here."),
}

#: The handler works on it: facts are found, opinions sought, the answer is drafted.
IN_HAND = frozenset({State.REGISTERED})
#: The draft of the answer is with somebody.
DRAFTED = frozenset({State.REVIEW, State.APPROVAL, State.APPROVED})
#: Registered and not answered yet.
UNDER_WAY = frozenset({State.REGISTERED, State.CORRECTION, State.PAYMENT}) | DRAFTED
OPEN_STATES = frozenset({State.SUBMITTED}) | UNDER_WAY
#: The answer is given.
FINISHED = frozenset({State.ANSWERED, State.CLOSED})


def told_state(state: State) -> State:
    """The state as the applicant is told it."""
    return State.REGISTERED if state in INNER_STATES else state

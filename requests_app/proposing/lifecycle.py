"""The life of a proposal and of what several people ask for: states and steps, declared once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from disclosure.core.transitions import Transition
from requests_app.proposing.permissions import DECIDE, DECIDE_OFTEN


class State(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", _("To be decided")
    TAKEN = "taken", _("Taken: a draft was made")
    DECLINED = "declined", _("Declined")


class OftenState(models.TextChoices):
    """What became of information that several people asked for."""

    OPEN = "open", _("To be decided")
    PROPOSED = "proposed", _("Proposed")
    DISMISSED = "dismissed", _("Dismissed")


_OPEN = frozenset({State.OPEN})
_OFTEN = frozenset({OftenState.OPEN})

PROPOSAL_STEPS: dict[str, Transition[State]] = {
    row.name: row
    for row in (
        Transition("take", _OPEN, State.TAKEN, DECIDE, _("Make a draft of it")),
        Transition("decline", _OPEN, State.DECLINED, DECIDE, _("Decline"), needs_reason=True),
    )
}
OFTEN_STEPS: dict[str, Transition[OftenState]] = {
    row.name: row
    for row in (
        Transition("propose", _OFTEN, OftenState.PROPOSED, DECIDE_OFTEN, _("Make a draft of it")),
        Transition(
            "dismiss", _OFTEN, OftenState.DISMISSED, DECIDE_OFTEN, _("Dismiss"), needs_reason=True
        ),
    )
}

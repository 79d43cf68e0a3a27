"""The steps of a clean-up round (清理) and the decisions on its documents, declared once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from disclosure.core.transitions import Transition

BEGIN = "disclosure.add_cleanupround"
DECIDE = "disclosure.decide_cleanupround"
CHECK = "disclosure.check_cleanupround"
CLOSE = "disclosure.close_cleanupround"


class RoundState(models.TextChoices):
    OPEN = "open", _("Being decided")
    CHECKED = "checked", _("Checked")
    CLOSED = "closed", _("Closed, result public")


class Decision(models.TextChoices):
    PENDING = "pending", _("Not decided")
    KEEP = "keep", _("Stays in force")  # 继续有效
    AMEND = "amend", _("To be amended")  # 拟修改
    REPEAL = "repeal", _("Repealed")  # 废止
    LAPSE = "lapse", _("Lapsed")  # 宣布失效


#: What the closing writes on the document: the step of the way out with the same name.
ENDING = frozenset({Decision.REPEAL, Decision.LAPSE})

_OPEN = frozenset({RoundState.OPEN})
_CHECKED = frozenset({RoundState.CHECKED})
ROUND_STEPS: dict[str, Transition[RoundState]] = {
    row.name: row
    for row in (
        Transition("check", _OPEN, RoundState.CHECKED, CHECK, _("Pass the check")),
        Transition(
            "return", _CHECKED, RoundState.OPEN, CHECK, _("Open it again"), needs_reason=True
        ),
        Transition("close", _CHECKED, RoundState.CLOSED, CLOSE, _("Close and publish the result")),
    )
}
_LABELS = {
    Decision.KEEP: _("Keep in force"),
    Decision.AMEND: _("Mark as to be amended"),
    Decision.REPEAL: _("Repeal"),
    Decision.LAPSE: _("Declare lapsed"),
}
#: While the round is open, a decision can be taken anew.
ENTRY_STEPS: dict[str, Transition[Decision]] = {
    decision.value: Transition(
        decision.value,
        frozenset(Decision) - {decision},
        decision,
        DECIDE,
        label,
        needs_reason=decision is not Decision.KEEP,
    )
    for decision, label in _LABELS.items()
}

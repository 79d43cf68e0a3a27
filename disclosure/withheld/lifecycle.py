"""The life of what is withheld and of its re-assessment: states and steps, declared once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from disclosure.core.transitions import Transition

VIEW = "disclosure.view_withhelditem"
ADD = "disclosure.add_withhelditem"
CHANGE = "disclosure.change_withhelditem"
DECIDE = "disclosure.decide_withhelditem"
FILE = "disclosure.file_withhelditem"
#: What bears a marking is seen by those who hold this.
SEE_MARKED = "disclosure.see_marked_withhelditem"
#: Number and ground of what bears a marking, and nothing more.
SEE_REFERENCES = "disclosure.see_references_withhelditem"
BEGIN = "disclosure.add_reassessmentround"
RUN = "disclosure.change_reassessmentround"


class State(models.TextChoices):
    """Where an entry of the register stands."""

    WITHHELD = "withheld", _("Withheld")  # 不予公开
    DISCLOSED_IN_PART = "disclosed_in_part", _("Disclosed in part")  # 部分公开
    DISCLOSED = "disclosed", _("To be disclosed")  # 转为公开
    CLOSED = "closed", _("Taken off the register")  # 已销账


class Mark(models.TextChoices):
    """The marking that a document bears (密级标志)."""

    NONE = "none", _("None")
    INTERNAL = "internal", _("Internal")  # 内部
    CONFIDENTIAL = "confidential", _("Confidential")  # 秘密
    SECRET = "secret", _("Secret")  # 机密
    TOP_SECRET = "top_secret", _("Top secret")  # 绝密


#: The three of the Law on Guarding State Secrets; `internal` is none of them.
SECRET_MARKS = frozenset({Mark.CONFIDENTIAL, Mark.SECRET, Mark.TOP_SECRET})
#: Still withheld, wholly or in part: it is counted and comes back to be looked at again.
HELD = frozenset({State.WITHHELD, State.DISCLOSED_IN_PART})


class Outcome(models.TextChoices):
    """What a re-assessment (定期评估, Art. 18) ends in; the names are those of the steps."""

    PENDING = "pending", _("Not assessed yet")
    KEEP = "keep", _("Goes on being withheld")  # 继续不予公开
    DISCLOSE = "disclose", _("To be disclosed")  # 转为公开
    DISCLOSE_IN_PART = "disclose_in_part", _("Disclosed in part")  # 部分公开


class RoundState(models.TextChoices):
    """Whether a round still decides."""

    OPEN = "open", _("Under way")
    CLOSED = "closed", _("Closed")


_KEEP = _("Keep withheld")
_DISCLOSE = _("Disclose")
_IN_PART = _("Disclose in part")

#: Steps of an entry; a target of None leaves the state.
ITEM_STEPS: dict[str, Transition[State | None]] = {
    row.name: row
    for row in (
        Transition[State | None]("keep", HELD, None, DECIDE, _KEEP),
        Transition[State | None]("disclose", HELD, State.DISCLOSED, DECIDE, _DISCLOSE),
        Transition[State | None](
            "disclose_in_part", HELD, State.DISCLOSED_IN_PART, DECIDE, _IN_PART
        ),
        Transition[State | None](
            "file", frozenset(State) - {State.CLOSED}, None, FILE, _("File for the record")
        ),
        Transition[State | None](
            "close", HELD, State.CLOSED, DECIDE, _("Take off the register"), needs_reason=True
        ),
        Transition[State | None](
            "reopen",
            frozenset({State.DISCLOSED, State.CLOSED}),
            State.WITHHELD,
            DECIDE,
            _("Withhold again"),
            needs_reason=True,
        ),
    )
}
#: What a round decides on each of its rows: the entry takes the step of the same name.
ROW_STEPS: dict[str, Transition[Outcome]] = {
    outcome.value: Transition(
        outcome.value,
        frozenset({Outcome.PENDING}),
        outcome,
        DECIDE,
        ITEM_STEPS[outcome.value].label,
    )
    for outcome in (Outcome.KEEP, Outcome.DISCLOSE, Outcome.DISCLOSE_IN_PART)
}
ROUND_STEPS: dict[str, Transition[RoundState | None]] = {
    row.name: row
    for row in (
        Transition[RoundState | None](
            "close", frozenset({RoundState.OPEN}), RoundState.CLOSED, RUN, _("Close the round")
        ),
        Transition[RoundState | None](
            "file", frozenset({RoundState.CLOSED}), None, RUN, _("File for the record")
        ),
    )
}

"""Whether something may happen to the register and its rounds: every reason, as a sentence."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.catalogue.models import Category
from disclosure.core.errors import Refusal
from disclosure.withheld.lifecycle import ITEM_STEPS, ROUND_STEPS, SEE_MARKED
from disclosure.withheld.models import Reassessment, ReassessmentRound, WithheldItem

DECIDED = _("This entry is decided already, or its round is closed.")
FILED_TOO_EARLY = _("A round is filed after it is closed.")
#: Older than any document of an agency of today.
EARLIEST = dt.date(1900, 1, 1)
#: Longer than any period of secrecy (30 years for what is top secret).
LATEST_AFTER = dt.timedelta(days=366 * 50)
#: Steps that a round decides, once it has the entry on its list.
OF_A_ROUND = frozenset({"keep", "disclose", "disclose_in_part", "close"})
#: Steps after which it is still withheld, so that it needs its next day.
STAYS = frozenset({"keep", "disclose_in_part", "reopen"})


def why_not_keep_record(item: WithheldItem, *, on: dt.date) -> list[Refusal]:
    """Why the content of an entry cannot be stored."""
    reasons = []
    if item.office_id and item.office is not None and item.office.agency_id != item.agency_id:
        reasons.append(Refusal(_("This inner office belongs to another agency."), code="office"))
    if item.date_made and not EARLIEST <= item.date_made <= on:
        reasons.append(Refusal(_("This cannot be the day on which it was made."), code="date_made"))
    decided: dt.date | None = item.decided_on
    if decided is not None and not EARLIEST <= decided <= on:
        reasons.append(Refusal(_("A decision lies in the past."), code="decided_on"))
    for name in ("look_again_on", "withheld_until", "secret_until"):
        day = getattr(item, name)
        if day is None or decided is None:
            continue
        if not decided < day <= decided + LATEST_AFTER:
            reasons.append(
                Refusal(_("This day lies after the decision, within fifty years."), code=name)
            )
    return reasons


def why_not_mark(actor: User | None, item: WithheldItem) -> list[Refusal]:
    """Why somebody cannot enter what bears a marking: they could not see it afterwards."""
    if (
        actor is None
        or not item.is_marked
        or rights.holds_role(actor, rights.TABLE[SEE_MARKED], item.agency)
    ):
        return []
    return [
        Refusal(
            _("What bears a marking is entered by the reviewer or the head of the office."),
            "14",
            "mark",
        )
    ]


def why_not_take(
    item: WithheldItem, step: str, *, on: dt.date, row: Reassessment | None = None
) -> list[Refusal]:
    """Why `step` is not possible now; `row`: the round's row that decides it."""
    reasons = []
    if item.state not in ITEM_STEPS[step].sources:
        reasons.append(
            Refusal(
                _("This is not possible while the entry is '%(state)s'.")
                % {"state": item.get_state_display()},
                code="state",
            )
        )
    if step in {"disclose", "disclose_in_part"} and item.is_secret:
        reasons.append(
            Refusal(
                _("What bears a secrecy marking is declassified first; then the mark is removed."),
                "14",
                "mark",
            )
        )
    if row is None and step in OF_A_ROUND:
        waiting = item.reassessments.filter(outcome="pending").select_related("round").first()
        if waiting is not None:
            reasons.append(
                Refusal(
                    _("It waits in the round '%(round)s' and is decided there.")
                    % {"round": waiting.round.title},
                    "18",
                    "round",
                )
            )
    return reasons


def why_not_data(step: str, data: Mapping[str, Any], *, on: dt.date) -> list[Refusal]:
    """What a step lacks; its form asks for the same."""
    reasons = []
    if step in STAYS:
        day = data.get("look_again_on")
        if day is None or not on < day <= on + LATEST_AFTER:
            reasons.append(
                Refusal(_("Please give a later day to look again."), "18", "look_again_on")
            )
    if step in {"disclose", "disclose_in_part"} and not isinstance(data.get("category"), Category):
        reasons.append(Refusal(_("Please choose the category of the draft."), code="category"))
    if step == "disclose_in_part" and not str(data.get("masked", "")).strip():
        reasons.append(Refusal(_("Please say what stays withheld."), "37", "masked"))
    if step == "file":
        reasons += why_not_file(data, on=on)
    if ITEM_STEPS[step].needs_reason and not str(data.get("reason", "")).strip():
        reasons.append(Refusal(_("Please give the reason."), code="reason"))
    return reasons


def why_not_file(data: Mapping[str, Any], *, on: dt.date) -> list[Refusal]:
    """Why a filing for the record (备案) cannot be noted."""
    reasons = []
    day = data.get("filed_on")
    if day is None or not EARLIEST <= day <= on:
        reasons.append(
            Refusal(_("Please give the day of filing, not a future one."), "", "filed_on")
        )
    if not str(data.get("filed_with", "")).strip():
        reasons.append(Refusal(_("Please say with whom it was filed."), code="filed_with"))
    return reasons


def why_not_begin(round_: ReassessmentRound, *, on: dt.date, found: int) -> list[Refusal]:
    """Why a round cannot begin; `found`: how many entries its list would have."""
    reasons = []
    if not EARLIEST <= round_.begun_on <= on:
        reasons.append(Refusal(_("A round begins today or began earlier."), code="begun_on"))
    if not found:
        reasons.append(
            Refusal(
                _("No entry fits this list, or all that do wait in another round."), "18", "scope"
            )
        )
    return reasons


def why_not_step_round(round_: ReassessmentRound, step: str) -> list[Refusal]:
    """Why the round cannot take `step` now."""
    if round_.state not in ROUND_STEPS[step].sources:
        return [
            Refusal(
                _("This is not possible while the round is '%(state)s'.")
                % {"state": round_.state.label},
                code="state",
            )
        ]
    if step == "close" and round_.rows.filter(outcome="pending").exists():
        return [Refusal(_("Some entries of this round are not decided yet."), "18", "pending")]
    return []


def why_not_delete_round(round_: ReassessmentRound) -> list[Refusal]:
    """Why a round cannot be deleted: what it decided stays on the record."""
    if round_.closed_on is None and not round_.rows.exclude(outcome="pending").exists():
        return []
    return [Refusal(_("A round that has decided something stays on the record."), code="decided")]

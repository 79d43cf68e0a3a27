"""Rounds of re-assessment (Art. 18): drawn, decided row by row, closed, filed for the record."""

import datetime as dt
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import Conflict, NotPossible, Refusal
from disclosure.withheld import actions, policies
from disclosure.withheld.lifecycle import BEGIN, ROUND_STEPS, ROW_STEPS, Outcome
from disclosure.withheld.models import (
    Reassessment,
    ReassessmentRound,
    WithheldItem,
    WithheldItemQuerySet,
)
from disclosure.withheld.policies import STAYS


def list_for(round_: ReassessmentRound) -> WithheldItemQuerySet:
    """The agency's entries that a round draws; what waits in another round is left there."""
    rows = WithheldItem.objects.held().filter(agency=round_.agency)
    if round_.scope == ReassessmentRound.Scope.DUE and round_.due_until:
        rows = rows.due_again(round_.due_until)
    elif round_.scope == ReassessmentRound.Scope.GROUND:
        rows = rows.filter(ground=round_.ground)
    waiting = Reassessment.objects.filter(outcome=Outcome.PENDING).values("item")
    return rows.exclude(pk__in=waiting).order_by("due_on", "pk")


@transaction.atomic
def begin(
    *, actor: User | None, round_: ReassessmentRound, at: dt.datetime | None = None
) -> ReassessmentRound:
    """Store the round and draw its list."""
    rights.require(actor, BEGIN, round_)
    items = list(list_for(round_).select_for_update(of=("self",)))
    records.refuse_if(policies.why_not_begin(round_, on=legal_day(at or now()), found=len(items)))
    round_.created_by = actor
    records.save(round_, actor)
    rows = [Reassessment(round=round_, item=item) for item in items]
    bulk_create_with_history(rows, Reassessment, batch_size=500, default_user=actor)
    record(actor, "reassessmentround.begun", round_, drawn=len(rows))
    return round_


def update(*, actor: User | None, round_: ReassessmentRound, reason: str = "") -> bool:
    """Store changed words and days of an open round; its list stays as it was drawn."""
    if round_.closed_on is not None:
        raise NotPossible(Refusal(policies.DECIDED, code="state"))
    return records.update(
        actor=actor,
        action="disclosure.change_reassessmentround",
        verb="reassessmentround.changed",
        obj=round_,
        reason=reason,
    )


@transaction.atomic
def delete(*, actor: User | None, round_: ReassessmentRound) -> None:
    """Delete a round that has decided nothing."""
    records.refuse_if(policies.why_not_delete_round(round_))
    records.delete(
        actor=actor,
        action="disclosure.delete_reassessmentround",
        verb="reassessmentround.deleted",
        obj=round_,
    )


@transaction.atomic
def decide(
    row: Reassessment, step: str, *, actor: User | None, at: dt.datetime | None = None, **data: Any
) -> Reassessment:
    """Decide one row of an open round: the entry takes the step of the same name."""
    moment = at or now()
    stored = records.locked(row)
    rights.require(actor, ROW_STEPS[step].action, stored)
    if stored.round.closed_on is not None or stored.outcome != Outcome.PENDING:
        raise NotPossible(Refusal(policies.DECIDED, "18", "state"))
    item = actions.take(stored.item, step, actor=actor, at=moment, row=stored, **data)
    stored.outcome = Outcome(step)
    if step in STAYS:
        stored.ground, stored.look_again_on = item.ground, item.look_again_on
    stored.note = str(data.get("note") or data.get("masked") or "")[:500]
    stored.decided_by, stored.decided_at = actor, moment
    open_rows = Reassessment.objects.filter(pk=stored.pk, outcome=Outcome.PENDING)
    if not open_rows.update(outcome=stored.outcome, decided_at=moment, **_kept(stored)):
        raise Conflict(Refusal(records.STORED_MEANWHILE, code="conflict"))
    records.save(stored, actor, step)
    return stored


def _kept(row: Reassessment) -> dict[str, Any]:
    """What the constraints want written in the same statement as the outcome."""
    return {"ground": row.ground, "look_again_on": row.look_again_on}


@transaction.atomic
def step(
    round_: ReassessmentRound,
    name: str,
    *,
    actor: User | None,
    at: dt.datetime | None = None,
    **data: Any,
) -> ReassessmentRound:
    """Close a round in which nothing is pending, or note its filing (备案)."""
    on = legal_day(at or now())
    stored = records.locked(round_)
    rights.require(actor, ROUND_STEPS[name].action, stored)
    reasons = policies.why_not_step_round(stored, name)
    if name == "file":
        reasons += policies.why_not_file(data, on=on)
        if not reasons and stored.closed_on and data["filed_on"] < stored.closed_on:
            reasons.append(Refusal(policies.FILED_TOO_EARLY, code="filed_on"))
    records.refuse_if(reasons)
    if name == "close":
        stored.closed_on = on
        record(actor, "reassessmentround.closed", stored)
    else:
        stored.filed_on, stored.filed_with = data["filed_on"], data["filed_with"].strip()
        day = stored.filed_on.isoformat()
        record(actor, "reassessmentround.filed", stored, filed_on=day, filed_with=stored.filed_with)
    records.save(stored, actor, name)
    return stored

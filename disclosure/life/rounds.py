"""Clean-up rounds: drawn, decided document by document, checked, closed with a public result.

Closing is one transaction: each decision is applied through the document's own step, and the
announcement takes the whole way out in the name of the three people who did it.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from simple_history.utils import bulk_create_with_history

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.catalogue.models import DocumentType
from disclosure.core.dates import legal_day, now, start_of
from disclosure.core.errors import Conflict, DomainError, NotPossible, Refusal
from disclosure.life import announcing, round_policies
from disclosure.life.kinds import Kind
from disclosure.life.models import CleanUpEntry, CleanUpRound, Relation
from disclosure.life.round_steps import (
    BEGIN,
    ENDING,
    ENTRY_STEPS,
    ROUND_STEPS,
    Decision,
    RoundState,
)
from disclosure.publications import actions, review
from disclosure.publications.models import Publication
from disclosure.publications.validity import STANDING, in_state

_KINDS = (DocumentType.NORMATIVE, DocumentType.REGULATION)


def drawn_for(cleanup: CleanUpRound, at: dt.datetime) -> QuerySet[Publication]:
    """The documents in force that the round is over, without those in another open round."""
    in_force = Q()
    for validity in STANDING:
        in_force |= in_state(validity, cleanup.as_of)
    rows = Publication.objects.visible_to_public(at).filter(
        in_force,
        document_type__in=[cleanup.document_type] if cleanup.document_type else _KINDS,
        published_at__lt=start_of(cleanup.as_of + dt.timedelta(days=1)),
    )
    if cleanup.with_below:
        rows = rows.filter(agency__path__startswith=cleanup.agency.path)
    else:
        rows = rows.filter(agency=cleanup.agency)
    if cleanup.category is not None:
        rows = rows.filter(category__path__startswith=cleanup.category.path)
    if cleanup.made_until is not None:
        rows = rows.filter(date_made__lte=dt.date(cleanup.made_until, 12, 31))
    elsewhere = CleanUpEntry.objects.exclude(round__state=RoundState.CLOSED)
    return rows.exclude(pk__in=elsewhere.values("publication")).order_by("date_made", "pk")


@transaction.atomic
def begin(
    *, actor: User | None, cleanup: CleanUpRound, at: dt.datetime | None = None
) -> CleanUpRound:
    """Store the round and draw its list."""
    moment = at or now()
    rights.require(actor, BEGIN, cleanup)
    keys = list(drawn_for(cleanup, moment).values_list("pk", flat=True)[: round_policies.MOST + 1])
    records.refuse_if(round_policies.why_not_begin(cleanup, on=legal_day(moment), found=len(keys)))
    cleanup.begun_by, cleanup.begun_at = actor, moment
    records.save(cleanup, actor)
    rows = [CleanUpEntry(round=cleanup, publication_id=key) for key in keys]
    bulk_create_with_history(rows, CleanUpEntry, batch_size=500, default_user=actor)
    record(actor, "cleanupround.begun", cleanup, drawn=len(rows))
    return cleanup


@transaction.atomic
def delete(*, actor: User | None, cleanup: CleanUpRound) -> None:
    """Delete a round in which nothing is decided."""
    records.refuse_if(round_policies.why_not_delete(cleanup))
    records.delete(
        actor=actor,
        action="disclosure.delete_cleanupround",
        verb="cleanupround.deleted",
        obj=cleanup,
    )


@transaction.atomic
def decide(
    entry: CleanUpEntry,
    step: str,
    *,
    actor: User | None,
    at: dt.datetime | None = None,
    **data: Any,
) -> CleanUpEntry:
    """Decide on one document; while the round is open, again and again."""
    moment, row = at or now(), ENTRY_STEPS[step]
    stored = records.locked(entry)
    rights.require(actor, row.action, stored)
    stored.round = records.locked(stored.round)
    records.refuse_if(round_policies.why_not_decide(stored, step, data, at=moment))
    stored.decision = row.target
    stored.ends_on = data.get("ends_on") if row.target in ENDING else None
    stored.note = str(data.get("reason") or "").strip()[:300]
    stored.decided_by, stored.decided_at = actor, moment
    records.save(stored, actor, step)
    record(actor, "cleanupround.decided", stored.round, entry=stored.pk, decision=row.target.value)
    return stored


@transaction.atomic
def step(
    cleanup: CleanUpRound,
    name: str,
    *,
    actor: User | None,
    at: dt.datetime | None = None,
    **data: Any,
) -> CleanUpRound:
    """Check the round, open it again, or close it with its result.

    When one decision cannot be applied nothing happens, and each reason is in the NotPossible.
    """
    moment, row = at or now(), ROUND_STEPS[name]
    stored = records.locked(cleanup)
    rights.require(actor, row.action, stored)
    if stored.state not in row.sources:
        raise Conflict(Refusal(records.STORED_MEANWHILE, code="conflict"))
    records.refuse_if(round_policies.why_not_step(stored, name, data, actor=actor))
    facts = _EFFECTS[name](stored, actor, moment, data)
    stored.state = row.target
    records.save(stored, actor, name)
    record(actor, f"cleanupround.{name}", stored, **facts)
    return stored


def _check(
    cleanup: CleanUpRound, actor: User | None, at: dt.datetime, data: dict[str, Any]
) -> dict[str, Any]:
    cleanup.checked_by, cleanup.checked_at = actor, at
    cleanup.checklist = {key: data["checklist"][key] for key in sorted(review.KEYS)}
    cleanup.note = str(data.get("opinion") or "")[:500]
    return {}


def _return(
    cleanup: CleanUpRound, actor: User | None, at: dt.datetime, data: dict[str, Any]
) -> dict[str, Any]:
    cleanup.checked_by, cleanup.checked_at, cleanup.checklist = None, None, {}
    return {"reason": str(data["reason"])[:300]}


def _close(
    cleanup: CleanUpRound, actor: User | None, at: dt.datetime, data: dict[str, Any]
) -> dict[str, Any]:
    ended = _apply(cleanup, actor, at)
    cleanup.announcement = _announce(cleanup, actor, at, ended)
    cleanup.closed_by, cleanup.closed_at = actor, at
    return {"publication": cleanup.announcement.pk, "ended": len(ended)}


_EFFECTS = {"check": _check, "return": _return, "close": _close}


def _apply(cleanup: CleanUpRound, actor: User | None, at: dt.datetime) -> list[CleanUpEntry]:
    """End what is to end; every reason against is gathered before anything is given up."""
    ending = cleanup.entries.filter(decision__in=ENDING)
    actions.lock_all(ending.values_list("publication", flat=True))
    rows = cleanup.entries.select_related("publication__agency").defer("publication__body")
    reasons: list[Refusal] = []
    done = []
    for entry in rows.order_by("pk"):
        refusals = round_policies.why_not_apply(entry, at=at)
        reasons += refusals
        if refusals or entry.decision not in ENDING:
            continue
        if round_policies.has_ended(entry.publication):
            continue
        try:
            with transaction.atomic():
                actions.take(
                    entry.publication,
                    entry.decision,
                    actor=actor,
                    at=at,
                    reason=entry.note,
                    expires_on=entry.ends_on or legal_day(at),
                )
        except DomainError as error:
            reasons += [round_policies.named(entry, one) for one in error.refusals]
        else:
            done.append(entry)
    if reasons:
        raise NotPossible(reasons)
    return done


def _announce(
    cleanup: CleanUpRound, closer: User | None, at: dt.datetime, ended: list[CleanUpEntry]
) -> Publication:
    """The result, written by who began the round, reviewed by who checked it, signed off and
    published by who closes it."""
    entries = announcing.entries_of(cleanup, at)
    wrote = round_policies.worked_on(cleanup)
    draft = actions.create(
        actor=cleanup.begun_by,
        publication=Publication(
            agency=cleanup.agency,
            category=cleanup.announced_in,
            title=cleanup.title,
            document_type=DocumentType.ANNOUNCEMENT,
            date_made=legal_day(at),
            summary=announcing.summary(cleanup, entries)[:500],
            body=announcing.body(cleanup, entries, on=legal_day(at)),
            contributors=sorted(wrote),
            is_demo=cleanup.is_demo,
        ),
    )
    _link(draft, ended, cleanup.begun_by)
    way: tuple[tuple[str, User | None, dict[str, Any]], ...] = (
        ("submit", cleanup.begun_by, {}),
        ("check", cleanup.checked_by, {}),
        (
            "pass_review",
            cleanup.checked_by,
            {"checklist": cleanup.checklist, "opinion": cleanup.note},
        ),
        ("sign_off", closer, {}),
        ("publish", closer, {}),
    )
    for name, actor, data in way:
        draft = actions.take(draft, name, actor=actor, at=at, **data)
    return draft


def _link(draft: Publication, ended: list[CleanUpEntry], actor: User | None) -> None:
    """What the announcement ended points back to it; that was done already, as its event says."""
    kinds = {Decision.REPEAL: Kind.REPEALS, Decision.LAPSE: Kind.RELATED}
    for entry in ended:
        event = entry.publication.events.filter(step=entry.decision).latest("pk")
        relation = Relation(
            source=draft,
            target=entry.publication,
            kind=kinds[Decision(entry.decision)],
            event=event,
            created_by=actor,
        )
        if relation.kind == Kind.REPEALS:
            relation.from_day = entry.ends_on or legal_day(event.at)
        records.save(relation, actor)

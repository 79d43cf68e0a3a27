"""Relations recorded, removed, and done: each is one transaction of right, policy, write, audit.

What a relation does to its target is done when the source becomes public, through the target's
own steps; where the actor may not take them, the source does not go out either.
"""

import datetime as dt

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import DomainError
from disclosure.life import coming, policies, wording
from disclosure.life.closings import log_closing
from disclosure.life.kinds import KINDS, WITH_EFFECT
from disclosure.life.models import ClosedVersion, Relation
from disclosure.publications import actions
from disclosure.publications.actions.writing import touched
from disclosure.publications.lifecycle import PUBLISH, WITHDRAW, WRITE, State
from disclosure.publications.models import Publication
from disclosure.publications.trail import PublicationEvent
from disclosure.publications.validity import ENDED

#: The steps that say whether a document is in force.
LIFE_STEPS = ("repeal", "lapse", "amend", "restore")
#: Amendments that one run of the daily job deals with.
AT_ONCE = 500


@transaction.atomic
def relate(*, actor: User | None, relation: Relation, at: dt.datetime | None = None) -> Relation:
    """Record a relation of a document that `actor` writes."""
    relation.source = actions.locked(relation.source)
    rights.require(actor, WRITE, relation.source)
    records.refuse_if(policies.why_not_relate(relation, actor=actor, at=at or now()))
    relation.created_by = actor
    records.save(relation, actor)
    _note(relation, actor, "added")
    return relation


@transaction.atomic
def unrelate(*, actor: User | None, relation: Relation) -> None:
    """Remove a relation; what it did already is undone by the target's own steps alone."""
    stored = records.locked(relation)
    stored.source = actions.locked(stored.source)
    rights.require(actor, WRITE, stored.source)
    records.refuse_if(policies.why_not_touch(stored))
    _note(stored, actor, "removed")
    if actor is not None:
        stored._history_user = actor  # type: ignore[attr-defined]
    stored.delete()


def _note(relation: Relation, actor: User | None, deed: str) -> None:
    """In a draft, who writes on relations writes on the content: they do not review it."""
    if relation.source.state == State.DRAFT:
        touched(relation.source, actor)
    record(
        actor,
        f"relation.{deed}",
        relation.source,
        relation=relation.kind,
        other=relation.target_id or "",
    )


# --- what relations do ---------------------------------------------------------------------------
def move_to_item(item: Publication, earlier: int) -> None:
    """What the revision brought is the item's from now on; what the item has already goes."""
    for relation in Relation.objects.filter(source_id=earlier).order_by("pk"):
        same = item.relations.filter(
            kind=relation.kind, target=relation.target_id, target_text=relation.target_text
        )
        if same.exists():
            relation.delete()
        else:
            relation.source = item
            relation.save()


def settle(source: Publication, *, actor: User | None, at: dt.datetime) -> int:
    """Do what `source` does to others, as far as its day has come; how many.

    An end is written at once with its day, which queries heed. Of an amendment that is still to
    come the day is noted, which queries heed too; the step is taken by `settle_due`.
    """
    rows = source.relations.filter(kind__in=WITH_EFFECT, target__isnull=False, event__isnull=True)
    done, targets = 0, list(rows.values_list("target", flat=True))
    if targets:
        actions.lock_all(targets)
    for relation in rows.select_related("source__agency", "target__agency"):
        done += _settle(relation, actor=actor, at=at)
    coming.note(targets)
    return done


def _settle(relation: Relation, *, actor: User | None, at: dt.datetime) -> bool:
    target, row = relation.target, KINDS[relation.kind]
    day = policies.starts(relation, at=at)
    if relation.from_day is None:
        relation.from_day = day
        relation.save()
    if target is None or target.state != State.PUBLISHED:
        return False
    if row.step == "amend" and (day > legal_day(at) or not relation.source.is_visible(at)):
        return False
    if target.validity in ENDED:
        # It ends already; another decision of it would put the first one aside.
        return False
    records.refuse_if(policies.why_not_settle(relation, at=at))
    actions.take(
        target,
        row.step,
        actor=actor,
        at=at,
        reason=wording.reason(relation),
        expires_on=day,
        by=relation.source_id,
    )
    relation.event = target.events.filter(step=row.step).latest("pk")
    relation.save()
    return True


def settle_due() -> int:
    """The daily job: amendments whose day has come are written for good; how many."""
    moment = now()
    coming.note_missing(AT_ONCE)
    rows = Relation.objects.filter(
        kind=Relation.Kind.AMENDS,
        event__isnull=True,
        from_day__lte=legal_day(moment),
        source__in=Publication.objects.visible_to_public(moment),
        target__state=State.PUBLISHED,
    ).exclude(target__validity__in=ENDED)
    done = 0
    due = rows.select_related("source__agency", "source__published_by", "target__agency")
    for relation in due.order_by("pk")[:AT_ONCE]:
        try:
            with transaction.atomic():
                done += _settle(relation, actor=relation.source.published_by, at=moment)
                coming.note([relation.target_id])
        except DomainError:
            # The rest goes on; this one is tried again tomorrow.
            continue
    return done


def undo(source: Publication, event: PublicationEvent) -> None:
    """The source is withdrawn: what it ended or amended is in force again, unless something else
    was decided since; what other documents do to the same target is done anew."""
    rows = source.relations.filter(event__isnull=False).select_related("target__agency", "source")
    concerned = source.relations.filter(kind__in=WITH_EFFECT, target__isnull=False)
    targets = set(concerned.values_list("target", flat=True))
    actions.lock_all(targets | set(rows.exclude(target=None).values_list("target", flat=True)))
    for relation in rows.order_by("-event"):
        target, done = relation.target, relation.event
        relation.event = None
        relation.save()
        if target is None or done is None or target.state != State.PUBLISHED:
            continue
        if target.events.filter(step__in=LIFE_STEPS).latest("pk") != done:
            continue
        actions.take(
            target,
            "restore",
            actor=event.actor,
            at=event.at,
            reason=_taken_back(relation),
            by=source.pk,
        )
        _settle_others(target, source, event)
    coming.note(targets)


def _taken_back(relation: Relation) -> str:
    return f"{wording.reason(relation)}；该文件已撤回，恢复有效"[:300]


def _settle_others(target: Publication, source: Publication, event: PublicationEvent) -> None:
    others = Relation.objects.filter(
        target=target,
        kind__in=WITH_EFFECT,
        source__state=State.PUBLISHED,
        source__revises__isnull=True,
        from_day__isnull=False,
    ).exclude(source=source)
    for relation in others.select_related("source__agency", "target__agency").order_by("pk"):
        relation.event = None
        _settle(relation, actor=event.actor, at=event.at)


# --- earlier versions ----------------------------------------------------------------------------
@transaction.atomic
def close_version(
    *, actor: User | None, closed: ClosedVersion, at: dt.datetime | None = None
) -> ClosedVersion:
    """Take an earlier version out of the public's sight, with its files; never undone."""
    closed.version = actions.locked(closed.version)
    rights.require(actor, WITHDRAW, closed.version)
    records.refuse_if(policies.why_not_close_version(closed))
    closed.closed_by, closed.closed_at = actor, at or now()
    records.save(closed, actor)
    record(
        actor,
        "publication.version_closed",
        closed.version.revises or closed.version,
        version=closed.version.version,
        reason=closed.reason,
    )
    log_closing(closed, at=closed.closed_at)
    return closed


@transaction.atomic
def take_back(*, actor: User | None, relation: Relation, reason: str) -> None:
    """Remove a relation that was recorded by mistake and has been public: its target is in force
    again. For who may publish, with a reason."""
    stored = records.locked(relation)
    stored.source = actions.locked(stored.source)
    rights.require(actor, PUBLISH, stored.source)
    records.refuse_if(policies.why_not_take_back(stored, reason))
    target, done = stored.target, stored.event
    _note(stored, actor, "removed")
    stored.delete()
    if target is not None and done is None:
        coming.note([target.pk])
    if target is None or done is None or target.state != State.PUBLISHED:
        return
    if target.events.filter(step__in=LIFE_STEPS).latest("pk") == done:
        actions.take(target, "restore", actor=actor, reason=reason)

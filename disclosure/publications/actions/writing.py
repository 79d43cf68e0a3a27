"""Writing a draft: created, changed, deleted. What has been handed in is not written on."""

import datetime as dt
import re

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core import html
from disclosure.core.dates import legal_day, now
from disclosure.numbering.serials import next_serial
from disclosure.publications import hooks, policies
from disclosure.publications.actions.engine import locked, write_event
from disclosure.publications.lifecycle import ADD, WRITE
from disclosure.publications.models import Publication, normalise_document_number


def assign_index_number(publication: Publication) -> str:
    """The next free index number by the agency's own pattern (索引号)."""
    agency = publication.agency
    day = publication.date_made or legal_day(now())
    while True:
        values = {
            "agency": agency.code,
            "credit_code": agency.social_credit_code,
            "category": publication.category.code,
            "year": day.year,
            "month": day.month,
            "serial": next_serial(f"index:{agency.code}:{day.year}"),
        }
        number = agency.index_number_pattern.format(**values)
        if not Publication.objects.filter(index_number=number).exists():
            return number


def prepare(publication: Publication) -> None:
    """The content in the form that is stored: sanitised, with what can be derived filled in."""
    publication.title = re.sub(r"\s+", " ", publication.title).strip()
    publication.body = html.sanitise(publication.body)
    publication.document_number_normal = normalise_document_number(publication.document_number)
    if not publication.document_type:
        publication.document_type = publication.category.document_type
    if not publication.index_number:
        publication.index_number = assign_index_number(publication)


@transaction.atomic
def create(*, actor: User | None, publication: Publication, reason: str = "") -> Publication:
    """Store a new draft; assigns the index number and sanitises the text."""
    rights.require(actor, ADD, publication)
    publication.created_by = actor
    moment = now()
    records.refuse_if(policies.why_not_keep(publication, on=legal_day(moment)))
    prepare(publication)
    records.save(publication, actor, reason)
    write_event(publication, "create", actor, moment)
    record(actor, "publication.created", publication)
    return publication


@transaction.atomic
def update(
    *,
    actor: User | None,
    publication: Publication,
    reason: str = "",
    at: dt.datetime | None = None,
) -> Publication:
    """Store the changed content of a draft.

    Both the agency it had and the agency it gets must be the actor's.
    """
    stored = locked(publication)
    rights.require(actor, WRITE, stored)
    rights.require(actor, WRITE, publication)
    moment = at or now()
    records.refuse_if(
        policies.why_not_change(stored, publication)
        + policies.why_not_keep(publication, on=legal_day(moment))
        + hooks.reasons("change", publication, at=moment, data={"stored": stored})
    )
    for name in _KEPT:
        setattr(publication, name, getattr(stored, name))
    prepare(publication)
    publication.revision = stored.revision + 1
    publication.contributors = _with(stored, actor)
    records.save(publication, actor, reason)
    write_event(publication, "change", actor, moment, note=reason)
    record(actor, "publication.changed", publication, reason=reason)
    return publication


#: What a form may carry from an earlier moment and must not write back.
_KEPT = (
    "state",
    "withdrawn_reason",
    "is_tombstone",
    "revises_id",
    "content_hash",
    "sign_off_id",
    "version",
    "version_at",
    "published_by_id",
    "created_by_id",
)


def touched(publication: Publication, actor: User | None) -> None:
    """A file was added, changed or removed: another content than before."""
    publication.revision += 1
    publication.contributors = _with(publication, actor)
    records.save(publication, actor, update_fields=["revision", "contributors", "updated_at"])


def _with(publication: Publication, actor: User | None) -> list[int]:
    return sorted({*publication.contributors, *([actor.pk] if actor else [])})


@transaction.atomic
def delete(*, actor: User | None, publication: Publication) -> None:
    """Delete a draft that was never handed in; its files go once the transaction is through."""
    from disclosure.core import triggers
    from disclosure.publications.actions.files import discard

    stored = locked(publication)
    rights.require(actor, "disclosure.delete_publication", stored)
    records.refuse_if(
        policies.why_not_delete(stored) + hooks.reasons("delete", stored, at=now(), data={})
    )
    record(actor, "publication.deleted", stored, index_number=stored.index_number)
    for attachment in stored.attachments.all():
        discard(attachment)
    if actor is not None:
        stored._history_user = actor  # type: ignore[attr-defined]
    with triggers.lifted("disclosure.PublicationEvent"):
        stored.delete()

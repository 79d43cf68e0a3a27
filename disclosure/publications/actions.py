"""What can be done to a publication: each is one transaction of permission, policy, write,
history and audit. Admin, commands, bulk actions and imports all come through here.

`actor=None` is the system (demonstration content, imports with a recorded sign-off).
"""

import datetime as dt
import hashlib
import re
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core import html
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import Conflict, NotPossible, Refusal
from disclosure.files import sniff
from disclosure.files.names import clean_name
from disclosure.numbering.serials import next_serial
from disclosure.publications import policies
from disclosure.publications.lifecycle import TRANSITIONS
from disclosure.publications.messages import CHANGED_MEANWHILE, FILE_NOT_ALLOWED, FILE_TOO_LARGE
from disclosure.publications.models import Attachment, Publication, normalise_document_number

MAX_ATTACHMENT_BYTES = 100 * 1024 * 1024


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


def _prepare(publication: Publication) -> None:
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
    rights.require(actor, "disclosure.add_publication", publication)
    publication.created_by = actor
    _require(policies.why_not_keep(publication, on=legal_day(now())))
    _prepare(publication)
    records.save(publication, actor, reason)
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
    """Store changed content; of what is already out, only the publisher may change it.

    Both the agency it had and the agency it gets must be the actor's.
    """
    stored = _locked(publication)
    rights.require(actor, policies.action_to_edit(stored), stored)
    rights.require(actor, policies.action_to_edit(stored), publication)
    moment = at or now()
    _require(
        policies.why_not_change(stored, publication, at=moment)
        + policies.why_not_keep(publication, on=legal_day(moment))
    )
    publication.state = stored.state
    publication.withdrawn_reason = stored.withdrawn_reason
    if stored.state != Publication.State.DRAFT:
        publication.published_at = publication.published_at or stored.published_at
    _prepare(publication)
    records.save(publication, actor, reason)
    record(actor, "publication.changed", publication, reason=reason)
    return publication


@transaction.atomic
def publish(
    *,
    actor: User | None,
    publication: Publication,
    at: dt.datetime | None = None,
    signed_off_by: User | None = None,
) -> Publication:
    """Make it public, now or at its own later moment. `signed_off_by`: who answers for it where
    that is not the actor (imports of older documents); both must hold the right."""
    moment = at or now()
    stored = _locked(publication)
    for person in {actor, signed_off_by} - {None}:
        rights.require(person, "disclosure.publish_publication", stored)
    taken_over = signed_off_by is not None
    _require(policies.why_not_publish(stored, at=moment, taken_over=taken_over))
    goes_out = stored.published_at or moment
    _move(stored, actor or signed_off_by, "publish", published_at=goes_out, withdrawn_reason="")
    record(
        actor,
        "publication.published",
        stored,
        published_at=goes_out.isoformat(),
        signed_off_by=signed_off_by.pk if signed_off_by else None,
    )
    return stored


@transaction.atomic
def withdraw(*, actor: User | None, publication: Publication, reason: str) -> Publication:
    """Take it out of the public's sight; the record and the reason stay."""
    stored = _locked(publication)
    rights.require(actor, "disclosure.withdraw_publication", stored)
    _require(policies.why_not_withdraw(stored, reason=reason))
    _move(stored, actor, "withdraw", withdrawn_reason=reason.strip()[:300])
    record(actor, "publication.withdrawn", stored, reason=reason.strip())
    return stored


@transaction.atomic
def reopen(*, actor: User | None, publication: Publication) -> Publication:
    """Make a withdrawn publication a draft again, to be mended and published anew."""
    stored = _locked(publication)
    rights.require(actor, "disclosure.change_publication", stored)
    _require(policies.why_not_reopen(stored))
    _move(stored, actor, "reopen")
    record(actor, "publication.reopened", stored)
    return stored


@transaction.atomic
def delete(*, actor: User | None, publication: Publication) -> None:
    """Delete a draft that was never public; its files go once the transaction is through."""
    stored = _locked(publication)
    rights.require(actor, "disclosure.delete_publication", stored)
    _require(policies.why_not_delete(stored))
    record(actor, "publication.deleted", stored, index_number=stored.index_number)
    for attachment in stored.attachments.all():
        _discard(attachment)
    if actor is not None:
        stored._history_user = actor  # type: ignore[attr-defined]
    stored.delete()


@transaction.atomic
def attach(
    *,
    actor: User | None,
    publication: Publication,
    name: str,
    data: bytes,
    order: int | None = None,
) -> Attachment:
    """Add a file; its kind is told from the content and must agree with the name."""
    stored = _locked(publication)
    rights.require(actor, policies.action_to_edit(stored), stored)
    _require(why_not_attach(name, data))
    kind = sniff.recognise(data, name)
    assert kind is not None  # noqa: S101  (why_not_attach has refused it)
    digest = hashlib.sha256(data).hexdigest()
    attachment = Attachment(
        publication=stored,
        name=clean_name(name),
        content_type=kind.content_type,
        size=len(data),
        sha256=digest,
        order=order or stored.attachments.count(),
    )
    attachment.file.save(f"{attachment.uuid}.{kind.ending}", ContentFile(data), save=False)
    records.save(attachment, actor)
    record(actor, "publication.file_added", stored, attachment=attachment.pk, sha256=digest)
    return attachment


@transaction.atomic
def detach(*, actor: User | None, attachment: Attachment) -> None:
    """Remove a file from its publication; the bytes go once the transaction is through."""
    stored = _locked(attachment.publication)
    rights.require(actor, policies.action_to_edit(stored), stored)
    record(actor, "publication.file_removed", stored, sha256=attachment.sha256)
    _discard(attachment, actor)


@transaction.atomic
def rename_attachment(
    *, actor: User | None, attachment: Attachment, name: str, order: int
) -> Attachment:
    """Give a file another name or place; its bytes, and so the ending of its name, stay."""
    stored = records.locked(attachment)
    publication = _locked(stored.publication)
    rights.require(actor, policies.action_to_edit(publication), publication)
    name = kept_name(stored, name)
    if (stored.name, stored.order) != (name, order):
        facts: dict[str, Any] = {"attachment": stored.pk, "sha256": stored.sha256}
        stored.name, stored.order = name, order
        records.save(stored, actor)
        record(actor, "publication.file_changed", publication, **facts)
    return stored


def _discard(attachment: Attachment, actor: User | None = None) -> None:
    storage, name = attachment.file.storage, attachment.file.name
    if actor is not None:
        attachment._history_user = actor  # type: ignore[attr-defined]
    attachment.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def full_name(named: str, uploaded: str) -> str:
    """The name for an upload: what was typed, with the file's own ending where it has none."""
    named, uploaded = clean_name(named) if named.strip() else "", clean_name(uploaded)
    if not named:
        return uploaded
    ending = uploaded.rpartition(".")[2].lower()
    known = {one for endings in sniff.ENDINGS.values() for one in endings}
    has_ending = "." in named and named.rpartition(".")[2].lower() in known
    return named if has_ending else clean_name(f"{named}.{ending}")


def kept_name(attachment: Attachment, named: str) -> str:
    """The name for a stored file: its ending stays, for it says what the bytes are."""
    ending = attachment.name.rpartition(".")[2]
    if not named.strip():
        return attachment.name
    stem = clean_name(named)
    if stem.rpartition(".")[2].lower() in sniff.ENDINGS.get(attachment.content_type, ()):
        return stem
    return clean_name(f"{stem}.{ending}")


def why_not_size(size: int) -> list[Refusal]:
    """Why a file of so many bytes cannot be attached; asked before it is read."""
    return [Refusal(FILE_TOO_LARGE, code="size")] if size > MAX_ATTACHMENT_BYTES else []


def why_not_attach(name: str, data: bytes) -> list[Refusal]:
    """Why a file cannot be attached; forms ask this too."""
    too_large = why_not_size(len(data))
    if too_large:
        return too_large
    kind = sniff.recognise(data, name)
    if kind is None or kind.content_type not in sniff.FROM_STAFF:
        return [Refusal(FILE_NOT_ALLOWED, code="type")]
    return []


def _locked(publication: Publication) -> Publication:
    return (
        Publication.objects.select_for_update(of=("self",))
        .select_related("agency", "category")
        .get(pk=publication.pk)
    )


def _require(reasons: list[Refusal]) -> None:
    if reasons:
        raise NotPossible(reasons)


def _move(publication: Publication, actor: User | None, step: str, **fields: object) -> None:
    """Write the new state only where the old one still stands (SQLite has no row locks)."""
    transition = TRANSITIONS[step]
    moved = Publication.objects.filter(
        pk=publication.pk, state__in=[state.value for state in transition.sources]
    ).update(state=transition.target.value, **fields)
    if not moved:
        raise Conflict(Refusal(CHANGED_MEANWHILE, code="conflict"))
    publication.state = transition.target
    for name, value in fields.items():
        setattr(publication, name, value)
    records.save(publication, actor, step)

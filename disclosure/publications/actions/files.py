"""The files of a publication (附件): added, renamed and removed in a draft alone."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.errors import Refusal
from disclosure.files import limits, sniff
from disclosure.files.names import clean_name
from disclosure.publications import policies
from disclosure.publications.actions.engine import locked
from disclosure.publications.actions.writing import touched
from disclosure.publications.lifecycle import WRITE
from disclosure.publications.models import Attachment, Publication


def attach(
    *,
    actor: User | None,
    publication: Publication,
    name: str,
    data: bytes,
    order: int | None = None,
) -> Attachment:
    """Add a file; its kind is told from the content and must agree with the name.

    What is stored is the copy that may go out: looked into, scanned, cleaned. Raises NotPossible
    for what is not taken at all.
    """
    # The room of files knows publications; only what is done with a file leads back to it.
    from disclosure.files import clearing

    rights.require(actor, WRITE, publication)
    records.refuse_if(policies.why_not_edit(publication) + why_not_attach(name, data))
    kind = sniff.recognise(data, name)
    assert kind is not None  # noqa: S101  (why_not_attach has refused it)
    prepared = clearing.prepare(data, kind.content_type)
    with transaction.atomic():
        stored = locked(publication)
        _may_edit(actor, stored)
        records.refuse_if(limits.why_not_count(stored.attachments.count()))
        attachment = Attachment(
            publication=stored,
            name=clean_name(name),
            content_type=kind.content_type,
            size=len(prepared.data),
            sha256=prepared.sha256,
            order=order or stored.attachments.count(),
        )
        file_name = f"{attachment.uuid}.{kind.ending}"
        attachment.file.save(file_name, ContentFile(prepared.data), save=False)
        records.save(attachment, actor)
        clearing.keep(attachment, prepared)
        touched(stored, actor)
        facts: dict[str, Any] = {"attachment": attachment.pk, "sha256": attachment.sha256}
        record(actor, "publication.file_added", stored, **facts)
    return attachment


@transaction.atomic
def detach(*, actor: User | None, attachment: Attachment) -> None:
    """Remove a file from its publication; the bytes go once the transaction is through."""
    stored = locked(attachment.publication)
    _may_edit(actor, stored)
    record(actor, "publication.file_removed", stored, sha256=attachment.sha256)
    discard(attachment, actor)
    touched(stored, actor)


@transaction.atomic
def rename_attachment(
    *, actor: User | None, attachment: Attachment, name: str, order: int
) -> Attachment:
    """Give a file another name or place; its bytes, and so the ending of its name, stay."""
    stored = records.locked(attachment)
    publication = locked(stored.publication)
    _may_edit(actor, publication)
    name = kept_name(stored, name)
    if (stored.name, stored.order) != (name, order):
        facts: dict[str, Any] = {"attachment": stored.pk, "sha256": stored.sha256}
        stored.name, stored.order = name, order
        records.save(stored, actor)
        touched(publication, actor)
        record(actor, "publication.file_changed", publication, **facts)
    return stored


def _may_edit(actor: User | None, publication: Publication) -> None:
    rights.require(actor, WRITE, publication)
    records.refuse_if(policies.why_not_edit(publication))


def discard(attachment: Attachment, actor: User | None = None) -> None:
    storage, name = attachment.file.storage, attachment.file.name
    if actor is not None:
        attachment._history_user = actor  # type: ignore[attr-defined]
    attachment.delete()
    # A copy in a revision shares the bytes of the item that it revises.
    if name and not Attachment.objects.filter(file=name).exists():
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


def why_not_attach(name: str, data: bytes) -> list[Refusal]:
    """Why a file cannot be attached; forms ask this too."""
    return limits.why_not_size(len(data)) or limits.why_not_kind(name, data)

"""Files of requests: encrypted before they are stored, recognised by their content.

A file chosen in a form that is not accepted yet is staged under the form's token, so that it
need not be chosen again; what is never submitted is swept after a day.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from disclosure.core.crypto import decrypt, encrypt, keyed_hash
from disclosure.core.dates import now
from disclosure.core.errors import Conflict, Refusal
from disclosure.files import sniff
from disclosure.files.names import clean_name
from requests_app.casework.models import DisclosureRequest, RequestFile, StagedUpload, StoredFile

KEPT = dt.timedelta(days=1)


@dataclass(frozen=True)
class Upload:
    """A file as it came in."""

    name: str
    data: bytes


def token_hash(token: str) -> str:
    """What is stored of a form's submission token."""
    return keyed_hash("submission-token", token)


def why_not_accept(
    upload: Upload, *, already: int = 0, allowed: frozenset[str] = sniff.FROM_PUBLIC
) -> list[Refusal]:
    """Why a file is not taken; `already`: how many the form has."""
    name = clean_name(upload.name)
    if already >= settings.UPLOAD_MAX_FILES:
        return [
            Refusal(
                ngettext_lazy(
                    "At most %(count)d file can be handed in.",
                    "At most %(count)d files can be handed in.",
                    settings.UPLOAD_MAX_FILES,
                )
                % {"count": settings.UPLOAD_MAX_FILES},
                code="count",
            )
        ]
    if not upload.data:
        return [Refusal(_("“%(name)s” is empty.") % {"name": name}, code="empty")]
    if len(upload.data) > settings.UPLOAD_MAX_BYTES:
        return [
            Refusal(
                _("“%(name)s” is too large: at most %(size)d MB.")
                % {"name": name, "size": settings.UPLOAD_MAX_BYTES // 2**20},
                code="size",
            )
        ]
    kind = sniff.recognise(upload.data, name)
    if kind is None or kind.content_type not in allowed:
        return [
            Refusal(
                _(
                    "“%(name)s” is not accepted: its content is not of a kind that we can take "
                    "(PDF, JPG, PNG, DOCX, DOC, XLSX, OFD, TXT), or its ending does not fit."
                )
                % {"name": name},
                code="type",
            )
        ]
    return []


def fill(stored: StoredFile, upload: Upload) -> None:
    """Encrypt `upload` into the private storage and describe it in `stored` (not saved yet)."""
    kind = sniff.recognise(upload.data, upload.name)
    stored.label = {"name": clean_name(upload.name)}
    stored.content_type = kind.content_type if kind else "application/octet-stream"
    stored.size = len(upload.data)
    stored.sha256 = hashlib.sha256(upload.data).hexdigest()
    stored.file.save(f"{stored.uuid}.bin", ContentFile(encrypt(upload.data)), save=False)


def read(stored: StoredFile) -> bytes:
    """The decrypted bytes; raises Undecipherable when no key opens them, OSError when they are gone
    or were erased."""
    if not stored.file:
        raise FileNotFoundError(f"the bytes of {stored.uuid} were erased")
    with stored.file.open("rb") as file:
        return decrypt(file.read())


def stage(token: str, upload: Upload) -> StagedUpload:
    """Keep a file of a form that is not accepted yet; the caller asks `why_not_accept` first."""
    staged = StagedUpload(token_hash=token_hash(token))
    fill(staged, upload)
    staged.save()
    return staged


def staged_for(token: str) -> list[StagedUpload]:
    """The files kept for the form with this token, in the order of choosing."""
    if not token:
        return []
    return list(StagedUpload.objects.filter(token_hash=token_hash(token)))


def unstage(token: str, uuids: list[str]) -> None:
    """Forget some of a form's kept files."""
    for staged in staged_for(token):
        if str(staged.uuid) in uuids:
            _forget(staged)


def discard(stored: StoredFile) -> None:
    """Delete a stored file, its bytes once the transaction has ended."""
    storage, name = stored.file.storage, str(stored.file.name)
    stored.delete()
    transaction.on_commit(lambda: storage.delete(name))


def adopt(staged: StagedUpload, request: DisclosureRequest) -> RequestFile:
    """Make a kept file one of the request's; the encrypted bytes stay where they are.

    Raises Conflict when it was removed or swept meanwhile.
    """
    file = RequestFile(
        uuid=staged.uuid,
        request=request,
        purpose=RequestFile.Purpose.APPLICATION,
        label=staged.label,
        content_type=staged.content_type,
        size=staged.size,
        sha256=staged.sha256,
        added_at=staged.added_at,
    )
    file.file.name = staged.file.name
    if not _unlist(staged):
        raise Conflict(
            Refusal(
                _("“%(name)s” is no longer kept here. Please choose it again.")
                % {"name": staged.name},
                code="gone",
            )
        )
    file.save()
    return file


def sweep() -> int:
    """Delete kept files of forms that were never sent; safe to run at any time."""
    stale = list(StagedUpload.objects.filter(added_at__lt=now() - KEPT)[:1000])
    for staged in stale:
        _forget(staged)
    return len(stale)


@transaction.atomic
def _forget(staged: StagedUpload) -> None:
    """Take a kept file away; its bytes only where nobody else took it over or away meanwhile."""
    storage, name = staged.file.storage, str(staged.file.name)
    if _unlist(staged):
        transaction.on_commit(lambda: storage.delete(name))


def _unlist(staged: StagedUpload) -> bool:
    """Delete the row; False when it had gone already, taken over or removed."""
    deleted, _rows = StagedUpload.objects.filter(pk=staged.pk).delete()
    return bool(deleted)

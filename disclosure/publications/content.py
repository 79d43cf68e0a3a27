"""What a sign-off is of (签发的内容): the record, the text and the files, as one digest.

The category and the validity are not part of it: where an item stands in the catalogue, and
whether it is still in force, change without anybody rewriting it.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from disclosure.publications.models import Attachment, Publication

#: Fields that are content: a change of one is a new revision, to be reviewed anew.
FIELDS = (
    "title",
    "document_number",
    "document_type",
    "date_made",
    "effective_on",
    "valid_until",
    "summary",
    "body",
    "keywords",
    "disclosure",
)
#: What changes hands when a revision goes out, beside the content itself.
OF_THE_VERSION = (
    "document_number_normal",
    "change_note",
    "changed_on",
    "content_hash",
    "sign_off_id",
    "version",
    "version_at",
    "published_by_id",
    "contributors",
)


def snapshot(publication: Publication, files: Iterable[Attachment] | None = None) -> dict[str, Any]:
    """What the reader gets, as plain JSON: the log and the earlier versions speak of this."""
    found: dict[str, Any] = {
        "index_number": publication.index_number,
        "agency": publication.agency.code,
    }
    for name in FIELDS:
        value = getattr(publication, name)
        found[name] = value.isoformat() if hasattr(value, "isoformat") else (value or "")
    if files is None:
        files = publication.attachments.order_by("order", "pk")
    found["files"] = [{"name": one.name, "sha256": one.sha256, "size": one.size} for one in files]
    return found


def digest_of(found: dict[str, Any]) -> str:
    """SHA-256 of a snapshot: its JSON with sorted keys, no blanks, in UTF-8."""
    text = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def digest(publication: Publication, files: Iterable[Attachment] | None = None) -> str:
    """The digest of the content as it is now (one query for the files, unless given)."""
    return digest_of(snapshot(publication, files))

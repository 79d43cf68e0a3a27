"""What an entry says of a publication: the text that is sealed. Pure.

It reads plain attributes, so that a migration's historical models will do.
"""

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from disclosure.publiclog.chain import canonical, moment_text, to_second

WITHDRAWN, REVISED, VERSION_CLOSED = "withdrawn", "revised", "version_closed"
#: Named and never shown: neither are its files.
ON_REQUEST = "on_request"


#: Kinds of entry by which a document ends, from a day on.
ENDINGS = ("repealed", "lapsed")
CHINA = dt.timezone(dt.timedelta(hours=8))


@dataclass(frozen=True)
class Told:
    """The details with what is stored beside them to find them by."""

    details: str
    visible_from: dt.datetime
    #: No details of the item's entries up to this one are ever shown.
    closes: bool


def of(
    publication: Any, files: Iterable[Any], *, kind: str, at: dt.datetime, salt: str = ""
) -> Told:
    """The details of an entry on the publication as it is now.

    Shown from its publication on. Withdrawn before that, or as a bare tombstone: never. The salt
    keeps anyone from guessing what stands behind the seal.
    """
    published_at = publication.published_at
    visible_from = _shown_from(published_at, at)
    ends_on = publication.expires_on
    if kind in ENDINGS and ends_on is not None:
        # What ends later may end by a document that is not public yet.
        ends_at = dt.datetime.combine(ends_on, dt.time(), tzinfo=CHINA)
        visible_from = max(visible_from, ends_at)
    is_withdrawn = kind == WITHDRAWN
    # Withdrawn without a day of publication: nobody can tell that it was ever seen.
    unseen = published_at is None or published_at > at
    closes = is_withdrawn and (publication.is_tombstone or unseen)
    if publication.disclosure == ON_REQUEST:
        files = ()
    found: dict[str, Any] = {
        "agency": publication.agency.code,
        "content_hash": publication.content_hash,
        "date_made": _day(publication.date_made),
        "disclosure": publication.disclosure,
        "document_number": publication.document_number,
        "expires_on": _day(publication.expires_on),
        "files": [{"name": one.name, "sha256": one.sha256, "size": one.size} for one in files],
        "index_number": publication.index_number,
        "note": note_of(publication, kind),
        "published_at": moment_text(to_second(published_at)) if published_at else "",
        "salt": salt or secrets.token_hex(16),
        "title": publication.title,
        "validity": publication.validity,
        "version": publication.version,
        "visible_from": moment_text(visible_from),
    }
    if is_withdrawn:
        found |= {"tombstone": publication.is_tombstone, "closes": closes}
    if publication.is_demo:
        found["demo"] = True
    return Told(canonical(found), visible_from, closes)


def of_closing(
    item: Any,
    *,
    version: int,
    closed_on: dt.date,
    reason: str,
    at: dt.datetime,
    salt: str = "",
) -> Told:
    """The details of an entry that an earlier version may be read no more: item, version, day and
    reason, nothing of what stood in it."""
    visible_from = _shown_from(item.published_at, at)
    found: dict[str, Any] = {
        "agency": item.agency.code,
        "closed_on": _day(closed_on),
        "closed_version": version,
        "index_number": item.index_number,
        "note": reason,
        "salt": salt or secrets.token_hex(16),
        "visible_from": moment_text(visible_from),
    }
    if item.is_demo:
        found["demo"] = True
    return Told(canonical(found), visible_from, closes=False)


def _shown_from(published_at: dt.datetime | None, at: dt.datetime) -> dt.datetime:
    """The step's second, or the first whole second at which what was scheduled is out."""
    if published_at is None or published_at <= at:
        return to_second(at)
    second = to_second(published_at)
    return second if second == published_at else second + dt.timedelta(seconds=1)


def note_of(publication: Any, kind: str) -> str:
    """What the public is told beside: why it was withdrawn, what a revision changed."""
    if kind == WITHDRAWN:
        return str(publication.withdrawn_reason)
    return str(publication.change_note) if kind == REVISED else ""


def _day(value: Any) -> str:
    return value.isoformat() if value else ""

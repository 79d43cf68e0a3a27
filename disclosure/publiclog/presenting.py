"""Entries as strings ready to show: for the log's page, its download and an item's page."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from disclosure.core.dates import SHANGHAI
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Publication
from disclosure.publiclog.chain import Head, Link, lines, moment_text
from disclosure.publiclog.kinds import Kind
from disclosure.publiclog.models import LogEntry, LogEntryQuerySet, LogHead

#: Of a hash, where the whole of it stands beside or behind it.
SHORT = 12
#: Entries of one item on its page; the rest is behind the link.
OF_ITEM = 20
BATCH = 1000
#: What a list needs; the texts of the items stay in the database.
_FIELDS = (
    *("seq", "at", "kind", "version", "details", "sealed", "previous", "hash"),
    *("publication__index_number", "publication__state", "publication__published_at"),
    "publication__disclosure",
)


@dataclass(frozen=True)
class Entry:
    """An entry as it is shown. Without `is_open`, only what tells nothing of the item."""

    number: int
    moment: str
    iso: str
    kind: str
    is_open: bool
    title: str
    index_number: str
    version: int
    url: str
    details: str
    sealed: str
    previous: str
    hash: str
    short: str


def _readable(entries: LogEntryQuerySet, at: dt.datetime) -> LogEntryQuerySet:
    return entries.opened(at).select_related("publication").only(*_FIELDS)


def _shown(entry: LogEntry, at: dt.datetime) -> Entry:
    is_open: bool = entry.is_open  # type: ignore[attr-defined]
    said = json.loads(entry.details) if is_open else {}
    publication = entry.publication if is_open else None
    # A withdrawn item keeps its page, which says so.
    has_page = publication is not None and (
        publication.is_visible(at) or publication.state == State.WITHDRAWN
    )
    return Entry(
        number=entry.seq,
        moment=entry.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
        iso=moment_text(entry.at),
        kind=str(Kind(entry.kind).label) if is_open else _("Details withheld"),
        is_open=is_open,
        title=said.get("title", ""),
        index_number=said.get("index_number", ""),
        version=said.get("closed_version") or said.get("version", 0),
        url=publication.get_absolute_url() if publication is not None and has_page else "",
        details=entry.details if is_open else "",
        sealed=entry.sealed,
        previous=entry.previous,
        hash=entry.hash,
        short=entry.hash[:SHORT],
    )


def shown(entries: Iterable[LogEntry], at: dt.datetime) -> list[Entry]:
    return [_shown(entry, at) for entry in entries]


def for_page(at: dt.datetime, **conditions: Any) -> LogEntryQuerySet:
    """The entries for a page at the moment `at`. Asked for by item or agency only those whose
    details may be shown: else the question would tell of what nobody may know yet.
    """
    found = _readable(LogEntry.objects.all(), at)
    return found.filter(**(conditions | {"is_open": True})) if conditions else found


def entries_of(publication: Publication, at: dt.datetime) -> list[Entry]:
    """The newest entries on the item, for its page; one query."""
    rows = _readable(LogEntry.objects.filter(publication=publication), at)
    return shown(rows.order_by("-seq")[:OF_ITEM], at)


@dataclass(frozen=True)
class End:
    """The end of the log as it is shown."""

    number: int
    hash: str
    moment: str


def end() -> End:
    head = LogHead.objects.filter(pk=1).first() or LogHead()
    moment = head.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if head.at else ""
    return End(head.seq, head.hash, moment)


# --- the download --------------------------------------------------------------------------------
def etag(head: End, at: dt.datetime) -> str:
    """Changes with each entry, when something scheduled comes out, and when an earlier version is
    closed."""
    waiting = LogEntry.objects.filter(visible_from__gt=at).filter(visible_from__gt=F("at"))
    closed = Publication.objects.filter(closed__isnull=False)
    return f'"{head.hash[:32]}-{waiting.count()}-{closed.count()}"'


def download(head: End, at: dt.datetime) -> Iterator[str]:
    """The log up to `head`, a line of JSON for each entry, the details only of what may be seen."""
    yield from lines(_links(head.number, at), Head(head.number, head.hash))


def _links(last: int, at: dt.datetime) -> Iterator[Link]:
    """In batches by key: no cursor stays open however slowly a reader takes them."""
    after = 0
    columns = ("seq", "at", "kind", "details", "sealed", "previous", "hash", "is_open")
    rows = LogEntry.objects.opened(at).order_by("seq").values_list(*columns)
    while batch := list(rows.filter(seq__gt=after, seq__lte=last)[:BATCH]):
        for seq, moment, kind, details, sealed, previous, own, is_open in batch:
            shown_details = details if is_open else None
            yield Link(seq, moment_text(moment), kind, shown_details, sealed, previous, own)
        after = batch[-1][0]

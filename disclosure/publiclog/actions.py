"""Adding to the log, in the transaction of the step: under the lock of its one head row."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from disclosure.core import bulk
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import Conflict, Refusal
from disclosure.publications.models import Attachment, Publication
from disclosure.publiclog import chain, details
from disclosure.publiclog.kinds import Kind
from disclosure.publiclog.models import LogEntry, LogHead

#: A publication as it is now, with its agency, and its files where they are at hand.
Item = Publication | tuple[Publication, Sequence[Attachment] | None]
_Filed = tuple[Publication, Sequence[Attachment] | None]
#: Entries that are hashed and stored together.
BATCH = 1000
MEANWHILE = _("Another entry was written into the public log meanwhile. Please try again.")


@transaction.atomic
def append(publication: Publication, *, kind: Kind | str, at: dt.datetime | None = None) -> None:
    """Write one entry on the publication as it is now."""
    append_many([publication], kind=kind, at=at)


@transaction.atomic
def append_many(
    items: Iterable[Item], *, kind: Kind | str = Kind.TAKEN_OVER, at: dt.datetime | None = None
) -> int:
    """Write an entry on each item, in their order; how many there were.

    Files that are not given are looked up, a query for each BATCH. The head stays locked until the
    transaction ends, so an import of many calls this as late as it can.
    """
    moment, given = at or now(), iter(items)
    with _moving(moment) as (end, written_at):
        before = end.seq
        while batch := [_with_files(item) for item in islice(given, BATCH)]:
            bulk.insert(LogEntry, list(_entries(batch, str(kind), moment, written_at, end)))
    return end.seq - before


@transaction.atomic
def append_closing(
    item: Publication,
    *,
    version: int,
    reason: str,
    closed_at: dt.datetime,
    at: dt.datetime | None = None,
) -> None:
    """Write an entry that this earlier version of `item` may be read no more. The reason stands
    in it where it stands on a public page."""
    moment = at or now()
    told = details.of_closing(
        item,
        version=version,
        closed_on=legal_day(closed_at),
        reason=reason if item.is_visible(moment) else "",
        at=moment,
    )
    with _moving(moment) as (end, written_at):
        kind = str(Kind.VERSION_CLOSED)
        bulk.insert(LogEntry, [_entry(item, told, kind, written_at, end)])


@contextmanager
def _moving(moment: dt.datetime) -> Iterator[tuple[chain.Head, dt.datetime]]:
    """The end of the chain, to be moved on, and the moment to write; stored when all is added."""
    head = _locked_head()
    end = chain.Head(head.seq, head.hash)
    # The log's own clock never goes back, whatever was entered later.
    written_at = max(chain.to_second(moment), head.at or chain.to_second(moment))
    yield end, written_at
    if end.seq > head.seq:
        # SQLite knows no row locks.
        moved = LogHead.objects.filter(pk=head.pk, seq=head.seq, hash=head.hash).update(
            seq=end.seq, hash=end.hash, at=written_at
        )
        if not moved:
            raise Conflict(Refusal(MEANWHILE, code="conflict"))


def _entries(
    batch: list[_Filed],
    kind: str,
    moment: dt.datetime,
    written_at: dt.datetime,
    end: chain.Head,
) -> Iterator[LogEntry]:
    files = _files_of([item.pk for item, given in batch if given is None])
    for item, given in batch:
        attachments = files.get(item.pk, []) if given is None else given
        told = details.of(item, attachments, kind=kind, at=moment)
        yield _entry(item, told, kind, written_at, end, version=item.version)


def _entry(
    item: Publication,
    told: details.Told,
    kind: str,
    written_at: dt.datetime,
    end: chain.Head,
    version: int = 0,
) -> LogEntry:
    """The next entry of the chain; `version` is the one whose content it names."""
    link = end.append(at=chain.moment_text(written_at), kind=kind, details=told.details)
    return LogEntry(
        seq=link.seq,
        at=written_at,
        kind=kind,
        publication_id=item.pk,
        agency_id=item.agency_id,
        version=version,
        visible_from=told.visible_from,
        closes=told.closes,
        details=told.details,
        sealed=link.sealed,
        previous=link.previous,
        hash=link.hash,
    )


def _with_files(item: Item) -> _Filed:
    return item if isinstance(item, tuple) else (item, None)


def _files_of(keys: list[int]) -> dict[int, list[Attachment]]:
    found: dict[int, list[Attachment]] = {}
    if keys:
        rows = Attachment.objects.filter(publication__in=keys).order_by("order", "pk")
        for one in rows:
            found.setdefault(one.publication_id, []).append(one)
    return found


def _locked_head() -> LogHead:
    """The head, locked until the transaction ends; made with the first entry."""
    rows = LogHead.objects.select_for_update()
    head = rows.filter(pk=1).first()
    if head is None:
        LogHead.objects.get_or_create(pk=1)
        head = rows.get(pk=1)
    return head

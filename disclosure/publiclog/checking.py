"""The log against itself and against everything that it speaks of; `manage.py verify_log`.

It reads in batches by key, so that it holds no cursor open and little in memory. What is written
meanwhile lies beyond the head that it read first; an item that seems broken is looked at once
more under its lock, since a step may just have been taken with it.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Subquery
from django.db.models.functions import Coalesce

from disclosure.publications.models import Publication
from disclosure.publiclog import verify
from disclosure.publiclog.chain import Link, moment_text
from disclosure.publiclog.faults import Broken, Fault
from disclosure.publiclog.items import ItemCheck, concerned, parsed
from disclosure.publiclog.models import LogEntry, LogHead

#: Entries that are read together, and items: these come with their texts.
ENTRIES, ITEMS = 2000, 100
Progress = Callable[[str, int, int], None]
_LINK = ("seq", "at", "kind", "details", "sealed", "previous", "hash")
_BESIDE = ("version", "visible_from", "closes", "publication_id")


def links(first: int, last: int, *, beside: bool = False) -> Iterator[tuple[Link, tuple[Any, ...]]]:
    """The entries `first` to `last` in order, with what is stored beside them where asked for."""
    columns = (*_LINK, *(_BESIDE if beside else ()))
    after = first - 1
    while batch := list(
        LogEntry.objects.filter(seq__gt=after, seq__lte=last)
        .order_by("seq")
        .values_list(*columns)[:ENTRIES]
    ):
        for seq, at, kind, details, sealed, previous, own, *rest in batch:
            yield Link(seq, moment_text(at), kind, details, sealed, previous, own), tuple(rest)
        after = batch[-1][0]


class Checking:
    """One check, or a part of one; counts what it has looked at. Its methods raise Broken."""

    def __init__(
        self,
        *,
        with_files: bool = True,
        progress: Progress = lambda stage, done, total: None,
    ) -> None:
        self.with_files = with_files
        self.progress = progress
        self.entries = self.items = self.files = 0
        self.head = LogHead.objects.filter(pk=1).first() or LogHead(pk=1)

    def run(self) -> Fault | None:
        """All of it: the first broken place, or None."""
        try:
            self.chain()
            self.end()
            self.all_items()
        except Broken as broken:
            return broken.fault
        return None

    # --- the chain ------------------------------------------------------------------------------
    def chain(self, first: int = 1, last: int | None = None) -> None:
        """The entries from `first` to `last` (default: as the head says)."""
        last = self.head.seq if last is None else last
        before = verify.START
        if first > 1:
            # Taken as it is: what comes before is another day's check.
            found = [link for link, _rest in links(first - 1, first - 1)]
            if not found:
                raise Broken("missing", seq=first - 1)
            before = found[0]
        pending: list[tuple[Any, ...]] = []

        def noted() -> Iterator[Link]:
            for link, rest in links(first, last, beside=True):
                pending[:] = [rest]
                yield link

        reached = before
        for reached in verify.walk(noted(), after=before):
            _beside(reached, *pending[0])
            self.entries += 1
            if self.entries % ENTRIES == 0:
                self.progress("entries", self.entries, last - first + 1)
        if reached.seq < last:
            if LogEntry.objects.filter(seq__gt=reached.seq).exists():
                raise Broken("missing", seq=reached.seq + 1)
            raise Broken("end", seq=reached.seq, head=self.head.seq)

    def end(self) -> None:
        """Whether the head names the last entry, and nothing lies beyond it."""
        if self.head.seq:
            last = LogEntry.objects.filter(seq=self.head.seq).values_list("hash", flat=True).first()
            if last is None:
                newest = LogEntry.objects.order_by("-seq").values_list("seq", flat=True).first()
                raise Broken("end", seq=newest or 0, head=self.head.seq)
            if last != self.head.hash:
                raise Broken("head", seq=self.head.seq)
        # One statement: what is being written now moves both.
        head = Coalesce(Subquery(LogHead.objects.filter(pk=1).values("seq")[:1]), 0)
        beyond = LogEntry.objects.filter(seq__gt=head)
        found = beyond.order_by("seq").values_list("seq", flat=True).first()
        if found is not None:
            if LogHead.objects.filter(pk=1).exists():
                raise Broken("beyond", seq=found)
            raise Broken("headless")

    # --- the items ------------------------------------------------------------------------------
    def all_items(self) -> None:
        """Every item that is or was public against its entries."""
        total = concerned().count()
        after = 0
        while after := self.some_items(after, ITEMS):
            self.progress("items", self.items, total)

    def some_items(self, after: int, number: int) -> int:
        """The next `number` items after the key `after`; the key of the last, 0 at the end."""
        batch = list(
            concerned().filter(pk__gt=after).select_related("agency").order_by("pk")[:number]
        )
        self.items += len(batch)
        checked = ItemCheck(batch, with_files=self.with_files)
        for item in batch:
            fault = checked.fault_of(item)
            if fault is not None and (again := self._again(item)) is not None:
                raise Broken(again.code, **again.facts)
        self.files += checked.files
        return batch[-1].pk if len(batch) == number else 0

    @transaction.atomic
    def _again(self, item: Publication) -> Fault | None:
        """The item's fault under its lock: no step is half-way then."""
        rows = Publication.objects.select_for_update(of=("self",)).select_related("agency")
        fresh = rows.filter(pk=item.pk).first()
        if fresh is None:
            return None
        return ItemCheck([fresh], with_files=self.with_files).fault_of(fresh)


def _beside(link: Link, version: int, visible_from: Any, closes: bool, publication: Any) -> None:
    """The columns by which entries are found say what the sealed details say."""
    details = parsed(link.details or "")
    said: dict[str, tuple[Any, Any]] = {
        "version": (version, details.get("version", 0)),
        "closes": (closes, details.get("closes", False)),
    }
    is_loose = publication is None and details.get("demo", False)
    if not is_loose:
        # Of the demonstration, once it is taken away, nothing is shown any more.
        said["visible_from"] = moment_text(visible_from), details.get("visible_from")
    for name, (stored, sealed) in said.items():
        if stored != sealed:
            raise Broken("beside", seq=link.seq, field=name)
    if publication is None and not is_loose:
        raise Broken("orphan", seq=link.seq)

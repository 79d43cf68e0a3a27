"""The whole index looked through, in batches of publications by their keys."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from disclosure.publications.lifecycle import State
from disclosure.publications.models import Publication
from disclosure.search import index
from disclosure.search.models import SearchRow

BATCH = 500


@dataclass(frozen=True)
class Batch:
    """What came of some publications, up to the one with the key `last`."""

    looked_at: int
    differing: int
    last: int


def renew(*, first: int = 0, only_missing: bool = False) -> Iterator[Batch]:
    """Bring the index in line; each batch is one transaction."""
    return _batches(lambda ids: index.renew(ids).changed, first, only_missing)


def check(*, first: int = 0, only_missing: bool = False) -> Iterator[Batch]:
    """Look what differs, and change nothing."""
    return _batches(index.differing, first, only_missing)


def _batches(do: Callable[[list[int]], int], first: int, only_missing: bool) -> Iterator[Batch]:
    rows = _public().order_by("pk").values_list("pk", flat=True)
    while ids := list(rows.filter(pk__gte=first)[:BATCH]):
        first = ids[-1] + 1
        stored = SearchRow.objects.filter(publication__in=ids)
        known = set(stored.values_list("publication", flat=True))
        asked = [one for one in ids if one not in known] if only_missing else ids
        yield Batch(len(ids), do(asked) if asked else 0, ids[-1])


def _public() -> QuerySet[Publication]:
    return Publication.objects.filter(
        state=State.PUBLISHED, disclosure=Publication.Disclosure.PROACTIVE
    )


def strays() -> int:
    """How many publications are in the index and are not public."""
    return _strays().values("publication").distinct().count()


def forget_strays() -> int:
    """Take them out; how many there were. The index never shows them in any case."""
    found = 0
    while ids := list(_strays().values_list("publication", flat=True).distinct()[:BATCH]):
        index.forget(ids)
        found += len(ids)
    return found


def _strays() -> QuerySet[SearchRow]:
    return SearchRow.objects.exclude(
        publication__state=State.PUBLISHED,
        publication__disclosure=Publication.Disclosure.PROACTIVE,
    ).order_by()

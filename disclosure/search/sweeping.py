"""What is to be indexed later is marked in the table; the worker, the daily job and
`rebuild_search` work the marks off, in batches, from where they stopped."""

from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django_tasks import task

from disclosure.agencies.models import Agency
from disclosure.catalogue.models import Category
from disclosure.core import background
from disclosure.publications.models import Publication
from disclosure.search import index
from disclosure.search.models import SearchMark, SearchRow

BATCH = 100
Progress = Callable[[int], None]


@task()
def sweep_index() -> int:
    """Work off the marks."""
    return sweep()


def mark(first: int, last: int | None) -> None:
    """Have publications looked at soon: those with keys from `first` to `last` (None: all)."""
    _store(SearchMark(first=first, last=last))


def mark_below(node: Agency | Category) -> None:
    """Have what hangs on a node of a tree, or below it, looked at soon."""
    is_agency = isinstance(node, Agency)
    _store(SearchMark(**{"agency" if is_agency else "category": node}))


def _store(made: SearchMark) -> None:
    made.save()
    transaction.on_commit(lambda: background.wake(sweep_index))


def sweep(progress: Progress | None = None) -> int:
    """Work off every mark; how many publications differed. Safe to run at any time, and twice."""
    changed = 0
    while (batch := _next_batch()) is not None:
        changed += batch
        if progress is not None:
            progress(changed)
    return changed


def _next_batch() -> int | None:
    """Look at the next publications of the oldest mark; None when there is none."""
    with transaction.atomic():
        marks = SearchMark.objects.select_for_update(of=("self",), skip_locked=_can_skip())
        found = marks.order_by("pk").first()
        if found is None:
            return None
        ids = list(_marked(found)[:BATCH])
        changed = index.renew(ids).changed if ids else 0
        if len(ids) < BATCH:
            found.delete()
        else:
            SearchMark.objects.filter(pk=found.pk).update(first=ids[-1] + 1)
        return changed


def _marked(found: SearchMark) -> QuerySet[Publication, int]:
    rows = Publication.objects.items().filter(pk__gte=found.first)
    if found.last is not None:
        rows = rows.filter(pk__lte=found.last)
    for name, node in (("agency", found.agency), ("category", found.category)):
        if node is not None:
            rows = rows.filter(**{f"{name}__path__startswith": node.path})
    return rows.order_by("pk").values_list("pk", flat=True)


def _can_skip() -> bool:
    return bool(connection.features.has_select_for_update_skip_locked)


def mark_if_new() -> bool:
    """After a migration: what was public before there was an index has to get into it."""
    if SearchRow.objects.exists() or not Publication.objects.exists():
        return False
    mark(0, Publication.objects.aggregate(last=Max("pk"))["last"])
    return True

"""The daily job: what pages and staff are told of reading, up to and including yesterday.

It may run twice or late; in memory is a batch at a time.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Min, Sum

from disclosure.agencies.models import Agency
from disclosure.catalogue.models import Category
from disclosure.core.dates import now, today
from disclosure.figures.sources import later
from disclosure.publications.models import Attachment, Publication
from disclosure.visits.counting import Channel, Kind
from disclosure.visits.models import MonthReads, MostRead, PublicationReads, ReadCount

BATCH = 500
#: Days looked at again: logs of the web server may come late.
AGAIN = dt.timedelta(days=3)
#: How long the lists are, before what is no longer public is left out.
LISTED = 30
#: How many of the most read are looked through for the lists of the categories.
LOOKED_THROUGH = 20_000
DAYS = {MostRead.Period.MONTH: 30, MostRead.Period.YEAR: 365}


def refresh(on: dt.date | None = None) -> int:
    """Work it all out as of the day before `on`; how many items have a new count."""
    day = on or today()
    done = of_items(day)
    of_months(day)
    of_lists(day)
    return done


# --- items ---------------------------------------------------------------------------------------


def of_items(on: dt.date) -> int:
    """The counts of the items that were read since the last time."""
    last = PublicationReads.objects.order_by("-as_of").values_list("as_of", flat=True).first()
    rows = ReadCount.objects.filter(day__lt=on)
    since = rows.filter(day__gte=last - AGAIN) if last else rows
    as_of, done = on - dt.timedelta(days=1), 0
    reads = since.filter(kind=Kind.PUBLICATION, channel=Channel.WEB).exclude(key="")
    for keys in _batches(reads.order_by().values_list("key", flat=True).distinct()):
        sums = _sums(rows.filter(kind=Kind.PUBLICATION, channel=Channel.WEB, key__in=keys))
        ids = dict(
            Publication.objects.items()
            .filter(index_number__in=keys)
            .values_list("index_number", "pk")
        )
        done += _keep("reads", {ids[key]: number for key, number in sums if key in ids}, as_of)
    files = since.filter(kind=Kind.FILE).exclude(key="")
    for keys in _batches(files.order_by().values_list("key", flat=True).distinct()):
        items = Attachment.objects.filter(uuid__in=map(UUID, keys)).values("publication")
        of_file = {
            str(uuid): publication
            for uuid, publication in Attachment.objects.filter(
                publication__in=items, publication__revises__isnull=True
            ).values_list("uuid", "publication")
        }
        counts: Counter[int] = Counter()
        for some in _batches(of_file):
            for key, number in _sums(rows.filter(kind=Kind.FILE, key__in=some)):
                counts[of_file[key]] += number
        _keep("downloads", counts, as_of)
    return done


def _keep(field: str, counts: dict[int, int], as_of: dt.date) -> int:
    PublicationReads.objects.bulk_create(
        [
            PublicationReads(publication_id=key, as_of=as_of, **{field: number})
            for key, number in sorted(counts.items())
        ],
        update_conflicts=True,
        unique_fields=["publication"],
        update_fields=[field, "as_of"],
    )
    return len(counts)


# --- months --------------------------------------------------------------------------------------


def of_months(on: dt.date) -> None:
    """The months since the last time, and the one before them."""
    last = MonthReads.objects.order_by("-month").values_list("month", flat=True).first()
    if last is None:
        first = ReadCount.objects.aggregate(first=Min("day"))["first"]
        month = first.replace(day=1) if first else on
    else:
        month = later(last, -1)
    agencies = dict(Agency.objects.values_list("code", "pk"))
    while month <= on:
        _of_month(month, on, agencies)
        month = later(month, 1)


def _of_month(month: dt.date, on: dt.date, agencies: dict[str, int]) -> None:
    rows = (
        ReadCount.objects.filter(day__gte=month, day__lt=min(later(month, 1), on))
        .order_by()
        .values_list("kind", "channel", "key")
        .annotate(number=Sum("count"))
    )
    sums: Counter[tuple[str, str, int | None]] = Counter()
    for batch in _batches(rows):
        found = _agencies_of(batch, agencies)
        for kind, channel, key, number in batch:
            sums[kind, channel, found.get((kind, key))] += number
    with transaction.atomic():
        MonthReads.objects.filter(month=month).delete()
        MonthReads.objects.bulk_create(
            MonthReads(month=month, kind=kind, channel=channel, agency_id=agency, count=number)
            for (kind, channel, agency), number in sums.items()
        )


def _agencies_of(
    rows: Iterable[tuple[str, str, str, int]], agencies: dict[str, int]
) -> dict[tuple[str, str], int]:
    """Whose each thing is, by kind and key; two queries."""
    keys: dict[str, set[str]] = defaultdict(set)
    for kind, _channel, key, _number in rows:
        keys[kind].add(key)
    found: dict[tuple[str, str], int] = {}
    items = Publication.objects.items().filter(index_number__in=keys[Kind.PUBLICATION])
    for key, agency in items.values_list("index_number", "agency"):
        found[Kind.PUBLICATION, key] = agency
    uuids = [UUID(key) for key in keys[Kind.FILE] if key]
    files = Attachment.objects.filter(uuid__in=uuids)
    for uuid, agency in files.values_list("uuid", "publication__agency"):
        found[Kind.FILE, str(uuid)] = agency
    for kind in (Kind.AGENCY, Kind.GUIDE, Kind.RULES, Kind.REPORT):
        for key in keys[kind]:
            code = key.rpartition("/")[0] if kind == Kind.REPORT else key
            if code in agencies:
                found[kind, key] = agencies[code]
    return found


# --- lists ---------------------------------------------------------------------------------------


def of_lists(on: dt.date) -> None:
    """The most read items of each period, of all categories and of each root."""
    made = [row for period, days in DAYS.items() for row in _lists(period, days, on)]
    with transaction.atomic():
        MostRead.objects.all().delete()
        MostRead.objects.bulk_create(made)


def _lists(period: str, days: int, on: dt.date) -> Iterator[MostRead]:
    roots = dict(Category.objects.filter(depth=1).values_list("path", "pk"))
    rows: Any = (
        ReadCount.objects.filter(
            kind=Kind.PUBLICATION,
            channel=Channel.WEB,
            day__gte=on - dt.timedelta(days=days),
            day__lt=on,
        )
        .exclude(key="")
        .order_by()
        .values_list("key")
        .annotate(number=Sum("count"))
        .order_by("-number", "-key")[:LOOKED_THROUGH]
    )
    places: Counter[int | None] = Counter()
    for batch in _batches(rows):
        public = Publication.objects.visible_to_public(now()).filter(
            index_number__in=[key for key, _number in batch]
        )
        known = {
            key: (pk, roots.get(path[: Category.steplen]))
            for key, pk, path in public.values_list("index_number", "pk", "category__path")
        }
        for key, number in batch:
            if key not in known:
                continue
            publication, root = known[key]
            for category in (None, root) if root else (None,):
                if places[category] < LISTED:
                    places[category] += 1
                    yield MostRead(
                        period=period,
                        category_id=category,
                        place=places[category],
                        publication_id=publication,
                        count=number,
                        as_of=on - dt.timedelta(days=1),
                    )


# --- rows ----------------------------------------------------------------------------------------


def _sums(rows: Any) -> Iterator[tuple[str, int]]:
    yield from rows.order_by().values_list("key").annotate(number=Sum("count"))


def _batches(rows: Any) -> Iterator[list[Any]]:
    """In lists that fit a statement; a query's rows are not held all at once."""
    source = rows.iterator(chunk_size=BATCH) if hasattr(rows, "iterator") else iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch

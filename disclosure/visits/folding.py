"""Days of long ago become months, months of longer ago years: sums stay, the table does not grow
for ever. A month's or year's count stands at its first day."""

import datetime as dt
from collections.abc import Iterator

from django.db import connection, transaction

from disclosure.core.dates import today
from disclosure.figures.sources import later
from disclosure.visits.models import ReadCount

#: Months of which each day is kept, beside the running one: a year and a season to compare with.
MONTHS_BY_DAY = 15
#: Years of which each month is kept, beside the running one.
YEARS_BY_MONTH = 5
#: A date given as a value among the columns; SQLite has no type for it and casts it to its year.
_DATE = {"postgresql": "CAST(%s AS date)", "sqlite": "%s"}


def fold_old(on: dt.date | None = None) -> int:
    """Fold what is old on the day `on`; how many months and years. A few looks at an index where
    there is nothing to do."""
    first = ReadCount.objects.order_by("day").values_list("day", flat=True).first()
    if first is None:
        return 0
    day = on or today()
    return sum(_fold(start, last) for start, last in _old(first, day))


def _old(first: dt.date, on: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """First and last days of the months, then of the years, that are old."""
    month, kept = first.replace(day=1), later(on.replace(day=1), -MONTHS_BY_DAY)
    while month < kept:
        yield month, later(month, 1) - dt.timedelta(days=1)
        month = later(month, 1)
    for year in range(first.year, on.year - YEARS_BY_MONTH):
        yield dt.date(year, 1, 1), dt.date(year, 12, 31)


def _fold(first: dt.date, last: dt.date) -> int:
    """All that stands after the first day is added to it."""
    rows = ReadCount.objects.filter(day__gt=first, day__lte=last)
    if not rows.exists():
        return 0
    table = connection.ops.quote_name(ReadCount._meta.db_table)
    adapt = connection.ops.adapt_datefield_value
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What a late log adds meanwhile would be deleted without having been summed.
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            f"INSERT INTO {table} (kind, key, day, channel, count) "  # noqa: S608
            f"SELECT kind, key, {_DATE[connection.vendor]}, channel, SUM(count) FROM {table} "
            "WHERE day > %s AND day <= %s GROUP BY kind, key, channel "
            "ON CONFLICT (kind, key, day, channel) "
            f"DO UPDATE SET count = {table}.count + EXCLUDED.count",
            [adapt(first), adapt(first), adapt(last)],
        )
        rows.delete()
    return 1

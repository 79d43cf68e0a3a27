"""The number that is another after every change, and its housekeeping."""

import datetime as dt

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from disclosure.core.dates import now
from disclosure.freshness.models import PublicChange
from disclosure.freshness.watching import changed

#: How many rows there are, and their sum.
Generation = tuple[int, int]
#: Rows that may stay: to add them up takes a fraction of a millisecond.
FEW = 200
#: A transaction of ours that still runs is younger; of one that is older, nothing breaks either.
SETTLED = dt.timedelta(minutes=10)
_SQL = f"SELECT COUNT(*), COALESCE(SUM(token), 0) FROM {PublicChange._meta.db_table}"  # noqa: S608


def current(using: str = DEFAULT_DB_ALIAS) -> Generation:
    """The generation of what is committed; one query over a short table.

    To be read before what is kept under it: then a change that comes between makes what was kept
    too new for its number, never too old.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(_SQL)
        count, total = cursor.fetchone()
    return int(count), int(total)


def prune() -> int:
    """Forget the rows that were added up long enough; how many. A row comes in their place, lest
    a sum that once stood for older pages come back."""
    if PublicChange.objects.count() <= FEW:
        return 0
    with transaction.atomic():
        gone, _each = PublicChange.objects.filter(at__lt=now() - SETTLED).delete()
        if gone:
            changed()
    return gone

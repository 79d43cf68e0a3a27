"""From memory into the table: what was counted is added to what stands there."""

from itertools import islice

from django.db import DatabaseError, connection, transaction

from disclosure.core.dates import today
from disclosure.visits import background
from disclosure.visits.counting import Buffer, Counts, Seen
from disclosure.visits.models import ReadCount

BUFFER = Buffer()
#: Rows of a statement.
BATCH = 150


def note(seen: Seen) -> None:
    """Count one reading, in memory; where this process may, a thread stores it soon."""
    BUFFER.add(today(), seen)
    background.wake(flush)


def flush() -> int:
    """Store what this process has counted, in one transaction; how many readings. What the
    database does not take waits for the next time."""
    counts = BUFFER.take()
    if not counts:
        return 0
    try:
        with transaction.atomic():
            store(counts)
    except DatabaseError:
        BUFFER.put_back(counts)
        raise
    return sum(counts.values())


def store(counts: Counts) -> None:
    """Add to the table; within a transaction. Sorted, so that two processes never wait for each
    other."""
    table = connection.ops.quote_name(ReadCount._meta.db_table)
    day_of = connection.ops.adapt_datefield_value
    rows = iter(sorted(counts.items()))
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            values = [
                value
                for (day, (kind, key, channel)), number in batch
                for value in (kind, key, day_of(day), channel, number)
            ]
            marks = ", ".join(["(%s, %s, %s, %s, %s)"] * len(batch))
            cursor.execute(
                f"INSERT INTO {table} (kind, key, day, channel, count) "  # noqa: S608
                f"VALUES {marks} ON CONFLICT (kind, key, day, channel) "
                f"DO UPDATE SET count = {table}.count + EXCLUDED.count",
                values,
            )

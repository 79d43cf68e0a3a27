"""The next number of a series, without gap or duplicate under concurrency."""

from django.db import connection

from disclosure.numbering.models import Counter


def next_serial(series: str, *, first: int = 1) -> int:
    """Take the next number of `series`; call it late in a transaction.

    The row stays locked until the transaction ends, and a rollback gives the number back: so
    there are no gaps. One statement, because reading and then writing loses numbers.
    """
    table = connection.ops.quote_name(Counter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (name, value) VALUES (%s, %s) "  # noqa: S608
            f"ON CONFLICT (name) DO UPDATE SET value = {table}.value + 1 RETURNING value",
            [series, first],
        )
        return int(cursor.fetchone()[0])


def next_block(series: str, count: int) -> range:
    """Take the next `count` numbers of `series` at once, under the same rules."""
    table = connection.ops.quote_name(Counter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (name, value) VALUES (%s, %s) "  # noqa: S608
            f"ON CONFLICT (name) DO UPDATE SET value = {table}.value + %s RETURNING value",
            [series, count, count],
        )
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)

"""Many new rows at once, several times faster than `bulk_create`: COPY on PostgreSQL, one prepared
statement on SQLite. Constraints and triggers hold as for any insert; signals and histories do not
hear of it, so whoever calls this records what was done.
"""

import io
import json
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    AutoField,
    BigAutoField,
    BinaryField,
    DateTimeField,
    Field,
    JSONField,
    Model,
)

Convert = Callable[[Any], Any]
_listeners: list[Callable[..., None]] = []


def after_insert(listener: Callable[..., None]) -> None:
    """Have `listener(table, using=…)` called in the transaction whenever rows were inserted."""
    if listener not in _listeners:
        _listeners.append(listener)


def insert(model: type[Model], rows: Sequence[Model], *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Insert rows that are not stored yet, and give them their keys where the database makes
    them. Within a transaction.

    Values must have the types of their fields; `auto_now` is not looked at.
    """
    if not rows:
        return
    connection = connections[using]
    if isinstance(model._meta.pk, AutoField | BigAutoField):
        for row, key in zip(rows, _keys(model, len(rows), connection), strict=True):
            row.pk = key
    fields = list(model._meta.concrete_fields)
    take = attrgetter(*(field.attname for field in fields))
    write = _copy if connection.vendor == "postgresql" else _execute
    write(model, fields, map(take, rows), connection)
    for listener in _listeners:
        listener(model._meta.db_table, using=using)
    for row in rows:
        row._state.adding, row._state.db = False, using


def _keys(model: type[Model], count: int, connection: BaseDatabaseWrapper) -> Sequence[int]:
    table, key = model._meta.db_table, str(model._meta.pk.column)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), key, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # Nobody else writes to SQLite meanwhile; the highest key ever given is kept there.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        last = int(found[0]) if found else 0
        return range(last + 1, last + count + 1)


def _columns(fields: Sequence[Field], connection: BaseDatabaseWrapper) -> str:
    return ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)


def _execute(
    model: type[Model], fields: Sequence[Field], rows: Any, connection: BaseDatabaseWrapper
) -> None:
    """One prepared statement for all rows (SQLite)."""
    converts = _converts(fields, connection)
    table = connection.ops.quote_name(model._meta.db_table)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {table} ({_columns(fields, connection)}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        converted: Any = (_converted(row, converts) for row in rows)
        cursor.executemany(sql, converted)


def _copy(
    model: type[Model], fields: Sequence[Field], rows: Any, connection: BaseDatabaseWrapper
) -> None:
    """COPY in its text form (PostgreSQL)."""
    converts = _converts(fields, connection)
    table = connection.ops.quote_name(model._meta.db_table)
    lines = io.StringIO(
        "".join("\t".join(map(_copied, _converted(row, converts))) + "\n" for row in rows)
    )
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({_columns(fields, connection)}) FROM STDIN", lines)


def _copied(value: Any) -> str:
    if value is None:
        return "\\N"
    if not isinstance(value, str):
        return str(value)
    # Several times faster than `translate` where there is little to escape.
    value = value.replace("\\", "\\\\").replace("\n", "\\n")
    return value.replace("\t", "\\t").replace("\r", "\\r")


def _converts(
    fields: Sequence[Field], connection: BaseDatabaseWrapper
) -> list[tuple[int, Convert]]:
    """For the fields whose values a database does not take as they are."""
    found: list[tuple[int, Convert]] = []
    for place, field in enumerate(fields):
        if isinstance(field, JSONField):
            found.append((place, _as_json(field)))
        elif isinstance(field, BinaryField):
            found.append((place, _as_bytes(field, connection)))
        elif isinstance(field, DateTimeField):
            if connection.vendor != "postgresql":
                found.append((place, connection.ops.adapt_datetimefield_value))
        elif field.get_internal_type() == "DateField" and connection.vendor != "postgresql":
            found.append((place, connection.ops.adapt_datefield_value))
        elif field.get_internal_type() == "UUIDField" and connection.vendor != "postgresql":
            found.append((place, lambda value: value and value.hex))
    return found


def _as_json(field: JSONField) -> Convert:
    return lambda value: json.dumps(value, cls=field.encoder, ensure_ascii=False)


def _as_bytes(field: Field, connection: BaseDatabaseWrapper) -> Convert:
    """Also of an encrypted field; COPY takes them as hexadecimal digits."""
    if connection.vendor != "postgresql":
        return field.get_prep_value

    def as_hex(value: Any) -> str | None:
        found = field.get_prep_value(value)
        return None if found is None else f"\\x{bytes(found).hex()}"

    return as_hex


def _converted(row: tuple[Any, ...], converts: list[tuple[int, Convert]]) -> Sequence[Any]:
    values = list(row)
    for place, convert in converts:
        values[place] = convert(values[place])
    return values

"""Notices every write to a table of the public's, whoever makes it: a model's `save`, `update`,
`bulk_create`, a raw statement of any process of ours.

A wrapper around each connection's statements looks for INSERT, UPDATE and DELETE on the tables
that are watched. The first that it finds in a transaction adds one row of `PublicChange` to it, so
that the row commits, or is rolled back, with the change. Only added rows: two transactions that
publish never wait for each other. What goes past statements (COPY) calls `touched`.
"""

import re
import secrets
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from disclosure.core import bulk
from disclosure.freshness.models import PublicChange

TOKEN_BITS = 40
_VERB = (
    r"(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM"
    r"|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?)"
)
_WRITE = re.compile(rf'{_VERB}\s+(?:ONLY\s+)?"?(\w+)', re.IGNORECASE)
_BEGINNINGS = frozenset({"INSE", "REPL", "UPDA", "DELE", "MERG", "TRUN", "WITH"})
_UNDOING = "ROLLBACK TO"

_labels: set[str] = set()
_tables: set[str] = set()


def watch(labels: Iterable[str]) -> None:
    """From now on a write to the table of one of these models ("app.Model") is a change."""
    _labels.update(labels)
    _tables.clear()
    connection_created.connect(_wrap, dispatch_uid="freshness")
    for connection in connections.all(initialized_only=True):
        _wrap(connection=connection)
    bulk.after_insert(touched)


def touched(table: str, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Say that rows of `table` were written past the statements that are seen."""
    if table in _watched():
        _note(connections[using])


def changed(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """Say that the public sees something else now, whatever it was."""
    _note(connections[using])


def _watched() -> set[str]:
    if not _tables:
        # Made first: another thread never sees a part of it, and takes that for all.
        _tables.update({apps.get_model(label)._meta.db_table for label in _labels})
    return _tables


def _wrap(*, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if _notice not in connection.execute_wrappers:
        connection.execute_wrappers.append(_notice)


def is_change(sql: str) -> bool:
    """Whether a statement writes to a table that is watched."""
    sql = sql.lstrip()
    beginning = sql[:4].upper()
    if beginning not in _BEGINNINGS:
        return False
    if beginning == "WITH":
        return any(found in _watched() for found in _WRITE.findall(sql))
    found = _WRITE.match(sql)
    return found is not None and found[1] in _watched()


def _notice(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    text = sql if isinstance(sql, str) else str(sql)
    connection = context["connection"]
    if text.startswith(_UNDOING):
        # The row may have been written after the savepoint: the next change writes another.
        connection.run_on_commit = [
            hook for hook in connection.run_on_commit if hook[1] is not _noted
        ]
        return execute(sql, params, many, context)
    if not is_change(text):
        return execute(sql, params, many, context)
    with _transaction(connection, text):
        result = execute(sql, params, many, context)
        if _may_have_changed(text, context["cursor"]):
            _note(connection)
    return result


def _transaction(connection: BaseDatabaseWrapper, sql: str) -> AbstractContextManager[Any]:
    """Around a statement that would commit by itself: its row is visible with it, not after it."""
    if connection.in_atomic_block or not connection.get_autocommit():
        return nullcontext()
    if connection.vendor == "sqlite" and _leaves_rows(sql):
        # It commits when its rows have been read, ours with it, and no transaction may end before.
        return nullcontext()
    return transaction.atomic(using=connection.alias)


def _leaves_rows(sql: str) -> bool:
    return "RETURNING" in sql


def _may_have_changed(sql: str, cursor: Any) -> bool:
    """False where an UPDATE or DELETE found nothing; with RETURNING nobody has counted yet."""
    return _leaves_rows(sql) or cursor.rowcount != 0


def _noted() -> None:
    """Stands among a transaction's hooks as long as its row does: Django forgets it with the
    savepoint or the transaction in which it was put there."""


def _note(connection: BaseDatabaseWrapper) -> None:
    """Add the transaction's row, once. Past Django's cursor: the row is no query of whoever
    writes. Outside a transaction it is committed at once."""
    if any(hook[1] is _noted for hook in connection.run_on_commit):
        return
    table = PublicChange._meta.db_table
    connection.ensure_connection()
    cursor = connection.connection.cursor()
    try:
        if not _exists(connection, cursor, table):
            return
        # The number has no secret to keep; it must only never come twice.
        token = secrets.randbits(TOKEN_BITS)
        name = connection.ops.quote_name(table)
        # A name of ours and a number.
        cursor.execute(f"INSERT INTO {name} (token) VALUES ({token:d})")  # noqa: S608
    finally:
        cursor.close()
    if connection.in_atomic_block:
        connection.on_commit(_noted)


def _exists(connection: BaseDatabaseWrapper, cursor: Any, table: str) -> bool:
    """False while migrations are on their way to it: they write, and nobody reads yet."""
    if connection.vendor == "postgresql":
        cursor.execute(f"SELECT to_regclass('{table}')")
        return cursor.fetchone()[0] is not None
    cursor.execute(f"SELECT 1 FROM sqlite_master WHERE name = '{table}'")  # noqa: S608
    return cursor.fetchone() is not None

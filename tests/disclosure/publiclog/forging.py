"""Changes behind the program's back: with the database's own refusals lifted, in raw SQL."""

from typing import Any

from django.db import connection

from disclosure.core import triggers
from disclosure.models import LogEntry
from disclosure.publiclog.chain import hash_of, moment_text, sha256


def raw(sql: str, *params: Any) -> None:
    """One statement that no trigger stops."""
    with triggers.lifted(*triggers.declared()), connection.cursor() as cursor:
        cursor.execute(sql, params)


def set_entry(seq: int, **columns: Any) -> None:
    names = ", ".join(f"{name} = %s" for name in columns)
    raw(f"UPDATE disclosure_logentry SET {names} WHERE seq = %s", *columns.values(), seq)


def chain_anew(first: int) -> None:
    """What somebody with the whole database in hand would do: every hash from `first` on."""
    before = LogEntry.objects.filter(seq__lt=first).order_by("-seq").first()
    previous = before.hash if before else "0" * 64
    for entry in LogEntry.objects.filter(seq__gte=first).order_by("seq"):
        sealed = sha256(entry.details)
        own = hash_of(
            seq=entry.seq,
            at=moment_text(entry.at),
            kind=entry.kind,
            sealed=sealed,
            previous=previous,
        )
        set_entry(entry.seq, sealed=sealed, previous=previous, hash=own)
        previous, last = own, entry.seq
    raw("UPDATE disclosure_loghead SET seq = %s, hash = %s", last, previous)

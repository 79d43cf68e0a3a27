"""Putting a new key in front (密钥轮换): what an older key encrypted is encrypted anew.

Finds by itself what is encrypted: every `EncryptedJSONField` of any model, and the bytes of every
`StoredFile`. May be stopped and started again at any time: what has the current key is left alone.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import BinaryField, QuerySet, Value
from django.db.models.functions import Cast

from disclosure.core.crypto import EncryptedJSONField, Undecipherable, is_current, rotate
from requests_app.casework.models import StoredFile

BATCH = 200


@dataclass
class Count:
    """What became of the values of one field; `failed` names those that no key opens."""

    what: str
    rotated: int = 0
    current: int = 0
    failed: list[str] = field(default_factory=list)

    def renewed(self, token: bytes | None, where: str) -> bytes | None:
        """`token` with the current key; None where there is nothing to write. Counts it."""
        if token and is_current(token):
            self.current += 1
            return None
        if token:
            with suppress(Undecipherable):
                fresh = rotate(token)
                self.rotated += 1
                return fresh
        self.failed.append(where)
        return None


def rotate_all(*, batch: int = BATCH) -> Iterator[Count]:
    """Encrypt everything with the current key; gives the count of each field when it is done."""
    for model in apps.get_models():
        for each in model._meta.local_concrete_fields:
            if isinstance(each, EncryptedJSONField):
                yield _rotate_field(model, each.name, batch)
        if issubclass(model, StoredFile):
            yield _rotate_files(model, batch)


def _in_batches(queryset: QuerySet[Any], size: int, treat: Callable[[Any], None]) -> None:
    """Treat the rows in order of their key, locked, each batch in a transaction of its own."""
    last = 0
    while True:
        with transaction.atomic():
            rows = queryset.select_for_update().filter(pk__gt=last).order_by("pk")[:size]
            before = last
            for row in rows:
                treat(row)
                last = row.pk
        if last == before:
            return


def _rotate_field(model: type[models.Model], name: str, size: int) -> Count:
    count = Count(f"{model._meta.label}.{name}")
    manager = model._default_manager

    def treat(row: Any) -> None:
        fresh = count.renewed(bytes(row.as_stored), f"{count.what} #{row.pk}")
        if fresh:
            stored = Value(fresh, output_field=BinaryField())
            manager.filter(pk=row.pk).update(**{name: stored})

    # As stored: the field itself would decrypt it on the way.
    rows = manager.exclude(**{name: None}).annotate(as_stored=Cast(name, BinaryField()))
    _in_batches(rows.only("pk"), size, treat)
    return count


def _rotate_files(model: type[StoredFile], size: int) -> Count:
    count = Count(f"{model._meta.label}.file")

    def treat(row: Any) -> None:
        path = Path(row.file.path)
        token = path.read_bytes() if path.is_file() else None
        fresh = count.renewed(token, f"{count.what} #{row.pk}")
        if fresh:
            _replace(path, fresh)

    # Without a name: the bytes were erased.
    _in_batches(model._default_manager.exclude(file="").only("pk", "file"), size, treat)
    return count


def _replace(path: Path, data: bytes) -> None:
    """Replace a file in one step: who reads meanwhile has the old or the new one whole."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as fresh:
        fresh.write(data)
    Path(fresh.name).chmod(path.stat().st_mode)
    Path(fresh.name).replace(path)

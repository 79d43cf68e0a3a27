"""Runs as records: begun for a file, and (see `actions`) looked at and confirmed by staff."""

import hashlib
from pathlib import Path

from disclosure.core.dates import now
from disclosure.files.names import clean_name
from disclosure.publications.importing.models import ImportRun


def begin(
    path: Path, *, publish: bool = False, update: bool = False, create_missing: bool = False
) -> ImportRun:
    """The record of a run over a file, not stored yet."""
    return ImportRun(
        state=ImportRun.State.RUNNING,
        is_confirmed=True,
        started_at=now(),
        file_name=clean_name(path.name),
        sha256=sha256_of(path),
        options={"publish": publish, "update": update, "create_missing": create_missing},
    )


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Runs as records: begun for a file, and (see `actions`) looked at and confirmed by staff."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from disclosure.core.dates import now
from disclosure.files.names import clean_name
from disclosure.publications.importing.models import ImportRun
from disclosure.publications.importing.problems import FileProblem


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


def sha256_of_upload(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


@contextmanager
def local_copy(run: ImportRun) -> Iterator[Path]:
    """The run's file on this machine's disk, wherever it is stored; raises FileProblem where it
    is not the file any more that was handed in."""
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "import").with_suffix(Path(str(run.file.name)).suffix)
        try:
            with run.file.open("rb") as stored, path.open("wb") as copy:
                for chunk in stored.chunks():
                    digest.update(chunk)
                    copy.write(chunk)
        except FileNotFoundError as error:
            raise FileProblem(_("The file is no longer there; please hand it in again.")) from error
        if digest.hexdigest() != run.sha256:
            raise FileProblem(
                _("The file is not the one any more that was looked at; please hand it in again.")
            )
        yield path

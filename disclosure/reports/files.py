"""The files of an edition: made once, at publication, by the worker; JSON is the content itself."""

import hashlib
import json
import logging
from collections.abc import Callable
from typing import Final

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Count
from django_tasks import task

from disclosure.core import background
from disclosure.core.dates import legal_day
from disclosure.reports.actions.editions import AFTER
from disclosure.reports.export.docx import as_docx
from disclosure.reports.export.pdf import as_pdf
from disclosure.reports.export.xlsx import as_xlsx
from disclosure.reports.trail import EditionFile, ReportEdition

logger = logging.getLogger(__name__)

Kind = EditionFile.Kind
CONTENT_TYPES: Final = {
    "json": "application/json; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
FORMATS: Final = tuple(CONTENT_TYPES)
#: At most so many editions in one go.
AT_ONCE: Final = 20


def _docx(edition: ReportEdition) -> bytes:
    return as_docx(edition.document(), published_on=legal_day(edition.published_at))


def _xlsx(edition: ReportEdition) -> bytes:
    return as_xlsx(edition.document())


def _pdf(edition: ReportEdition) -> bytes:
    return as_pdf(edition.document(), published_on=legal_day(edition.published_at))


_MAKERS: Final[dict[str, Callable[[ReportEdition], bytes]]] = {
    Kind.DOCX: _docx,
    Kind.XLSX: _xlsx,
    Kind.PDF: _pdf,
}


def made(edition: ReportEdition, kind: str) -> bytes:
    """The edition in this format: the stored file, made now where the worker has not yet."""
    if kind == "json":
        # As the contract orders it: PostgreSQL keeps no order of keys.
        content = edition.document().as_json()
        return json.dumps(content, ensure_ascii=False, indent=1).encode()
    found = edition.files.filter(kind=kind).first() or make(edition, kind)
    with found.file.open("rb") as file:
        data: bytes = file.read()
    return data


def make(edition: ReportEdition, kind: str) -> EditionFile:
    """Make and keep one file; what another process has kept meanwhile is taken."""
    data = _MAKERS[kind](edition)
    one = EditionFile(
        edition=edition, kind=kind, sha256=hashlib.sha256(data).hexdigest(), size=len(data)
    )
    one.file.save(f"{edition.pk}-{edition.sha256[:12]}.{kind}", ContentFile(data), save=False)
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError:
        one.file.delete(save=False)
        return edition.files.get(kind=kind)
    return one


def make_missing() -> int:
    """Make the files that editions lack, the newest first; how many."""
    count = 0
    lacking = ReportEdition.objects.annotate(there=Count("files")).filter(there__lt=len(_MAKERS))
    for edition in lacking.order_by("-pk")[:AT_ONCE]:
        there = set(edition.files.values_list("kind", flat=True))
        for kind in _MAKERS:
            if kind in there:
                continue
            try:
                make(edition, kind)
            except Exception:
                # One that cannot be made must not keep the others from being made.
                logger.exception("edition %s: no %s", edition.pk, kind)
            else:
                count += 1
    return count


@task()
def make_waiting() -> int:
    """The same as a task of the worker."""
    return make_missing()


def _after_publication(edition: ReportEdition) -> None:
    transaction.on_commit(lambda: background.wake(make_waiting))


AFTER.append(_after_publication)

"""Making dumps in steady memory, and taking them from the public when something is taken back.

Each withdrawal counts one on in its own transaction. A dump notes the count before it begins to
read and is public only while the count is still the same. So what is taken back leaves the dumps
in the same moment as the pages, also where a dump is just being made, without any lock: a count
read before the reading begins can be too old, never too new.
"""

import gzip
import hashlib
import json
import logging
import tempfile
import uuid
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Prefetch
from django_tasks import task

from disclosure.core import background
from disclosure.core.dates import legal_day, now
from disclosure.numbering.models import Counter
from disclosure.numbering.serials import next_serial
from disclosure.opendata.models import Dump
from disclosure.publications import exporting
from disclosure.publications.models import Attachment, Publication, PublicationQuerySet

logger = logging.getLogger(__name__)
FOLDER = "opendata"
#: Of each kind; a download of the one before may still be under way.
KEPT = 2
#: Of gzip: 9 takes three times as long for a hundredth less.
_LEVEL = 6
_SERIES = "opendata.taken-back"


# --- what is public ------------------------------------------------------------------------------
def taken_back() -> int:
    """How often something public was taken back."""
    found = Counter.objects.filter(name=_SERIES).values_list("value", flat=True).first()
    return found or 0


def take_from_the_public() -> None:
    """No dump made so far is public any more, and new ones are made; in the transaction of what is
    taken back."""
    next_serial(_SERIES)
    transaction.on_commit(lambda: background.wake(make_anew))


def newest(kind: str = "") -> list[Dump]:
    """The newest public dump of each kind, or of this one; two queries."""
    found = Dump.objects.filter(taken_back=taken_back()).order_by("-pk")
    if kind:
        return list(found.filter(kind=kind)[:1])
    # Never more than some rows: `prune` keeps it so.
    of_kind: dict[str, Dump] = {}
    for one in found[: KEPT * len(Dump.Kind) * 2]:
        of_kind.setdefault(one.kind, one)
    return [of_kind[each] for each in Dump.Kind.values if each in of_kind]


# --- making --------------------------------------------------------------------------------------
def _write_csv(file: BinaryIO, rows: PublicationQuerySet) -> int:
    """The columns of the import and the export."""
    return exporting.write(file, "csv", rows)


def _write_json_lines(file: BinaryIO, rows: PublicationQuerySet) -> int:
    """An object a line: the record, its address, codes and files."""
    count = 0
    for count, item in enumerate(_objects(rows), start=1):  # noqa: B007
        file.write(json.dumps(item, ensure_ascii=False).encode() + b"\n")
    return count


def _objects(rows: PublicationQuerySet) -> Iterator[dict[str, Any]]:
    recorder = exporting.Recorder()
    found = exporting.in_order(rows).only(*exporting.FIELDS, "document_type", "version")
    # As a list: a manager for each row would cost more than the row.
    with_files = found.prefetch_related(Prefetch("attachments", to_attr="files"))
    for one in with_files.iterator(chunk_size=exporting.CHUNK):
        agency, category = recorder.parents(one)
        yield {
            **recorder.record(one),
            "url": settings.SITE_URL + one.get_absolute_url(),
            "agency_code": agency.code,
            "category_code": category.code,
            "document_type": one.document_type,
            "published_at": one.published_at.isoformat() if one.published_at else "",
            "version": one.version,
            "attachments": [_attachment(each) for each in one.files],
        }


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "name": attachment.name,
        "url": settings.SITE_URL + attachment.get_absolute_url(),
        "content_type": attachment.content_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
    }


_WRITERS: dict[str, Callable[[BinaryIO, PublicationQuerySet], int]] = {
    Dump.Kind.CSV: _write_csv,
    Dump.Kind.JSON_LINES: _write_json_lines,
}


def make() -> list[Dump]:
    """Make a dump of each kind of what is public now; the old ones beyond `KEPT` go.

    Fewer where something is taken back meanwhile: that has the worker make them anew.
    """
    prune()
    known, moment = taken_back(), now()
    rows = Publication.objects.visible_to_public(moment)
    made = []
    for kind in Dump.Kind.values:
        if taken_back() != known:
            break
        with tempfile.TemporaryFile() as file:
            # No name and no time of its own: the same content is the same file.
            with gzip.GzipFile("", "wb", _LEVEL, fileobj=file, mtime=0) as packed:
                count = _WRITERS[kind](cast("BinaryIO", packed), rows)
            size = file.tell()
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            dump = Dump(
                kind=kind, as_of=moment, taken_back=known, rows=count, size=size, sha256=sha256
            )
            dump.file.save(f"{uuid.uuid4().hex}.{kind}.gz", File(file), save=False)
            dump.save()
            made.append(dump)
    prune()
    return made


@task()
def make_anew() -> int:
    """After something was taken back: without it; how many."""
    return len(make())


def make_missing() -> int:
    """The worker's sweep: on a new portal, or after what a crash left undone; how many."""
    return len(make()) if len(newest()) < len(Dump.Kind) else 0


def make_daily() -> int:
    """The daily job: what today's dumps lack is made; how many."""
    _forget_lost()
    found = newest()
    if len(found) == len(Dump.Kind) and all(
        legal_day(one.as_of) == legal_day(now()) for one in found
    ):
        return 0
    return len(make())


# --- clearing away -------------------------------------------------------------------------------
def prune() -> int:
    """Forget what is not public any more, and of the others all but the newest; how many."""
    known, kept, gone = taken_back(), dict.fromkeys(Dump.Kind.values, 0), 0
    for dump in Dump.objects.order_by("-pk"):
        kept[dump.kind] += dump.taken_back == known
        if dump.taken_back == known and kept[dump.kind] <= KEPT:
            continue
        dump.delete()
        dump.file.delete(save=False)
        gone += 1
    return gone


def _forget_lost() -> None:
    """Files of no row, a day old: a crash came between the two."""
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        is_old = (now() - default_storage.get_modified_time(path)).days >= 1
        if is_old and not Dump.objects.filter(file=path).exists():
            logger.warning("a file of open data without a row is deleted")
            default_storage.delete(path)

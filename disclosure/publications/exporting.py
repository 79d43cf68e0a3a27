"""Everything public in the columns of the import, row by row, in steady memory."""

import csv
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from disclosure.core.dates import legal_day, now
from disclosure.core.html import as_html_source
from disclosure.publications.importing.columns import COLUMNS, WORDS
from disclosure.publications.importing.names import AgencyNames, CategoryNames
from disclosure.publications.models import Publication

CHUNK = 500
KEYS = [column.key for column in COLUMNS]


def records() -> Iterator[dict[str, str]]:
    """A record for each public item, oldest first; values as the import understands them."""
    agencies = AgencyNames(create_missing=False)
    categories = CategoryNames(create_missing=False)
    found = (
        Publication.objects.visible_to_public(now())
        .select_related("agency", "category")
        .order_by("published_at", "id")
    )
    for one in found.iterator(chunk_size=CHUNK):
        yield {
            "index_number": one.index_number,
            "title": one.title,
            "agency": agencies.label(one.agency),
            "category": categories.label(one.category),
            "document_number": one.document_number,
            "date_made": one.date_made.isoformat() if one.date_made else "",
            "published_on": legal_day(one.published_at).isoformat() if one.published_at else "",
            "validity": one.validity,
            "disclosure": one.disclosure,
            "summary": one.summary.strip(),
            "body": as_html_source(one.body),
            "keywords": one.keywords,
        }


def _write_csv(file: TextIO, items: Iterator[dict[str, str]]) -> int:
    """Chinese headings and words, as spreadsheets show them."""
    writer = csv.writer(file)
    writer.writerow([column.heading for column in COLUMNS])
    count = 0
    for item in items:
        for key in ("validity", "disclosure"):
            item[key] = WORDS[item[key]]
        writer.writerow([item[key] for key in KEYS])
        count += 1
    return count


def _write_json(file: TextIO, items: Iterator[dict[str, str]]) -> int:
    """A list of objects with the English keys, one a line."""
    count = 0
    file.write("[")
    for item in items:
        file.write(",\n" if count else "\n")
        json.dump(item, file, ensure_ascii=False)
        count += 1
    file.write("\n]\n")
    return count


_WRITERS: dict[str, tuple[str, Callable[[TextIO, Iterator[dict[str, str]]], int]]] = {
    ".csv": ("utf-8-sig", _write_csv),
    ".json": ("utf-8", _write_json),
}


def endings() -> list[str]:
    """The endings of the files that can be written."""
    return list(_WRITERS)


def export(path: Path) -> int:
    """Write everything public to `path` and say how many items; an old file is replaced only
    by a whole new one."""
    encoding, write = _WRITERS[path.suffix.lower()]
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding=encoding, newline="") as file:
            count = write(file, records())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return count

"""Everything public in the columns of the import, row by row, in steady memory."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from disclosure.agencies.models import Agency
from disclosure.catalogue.models import Category
from disclosure.core.dates import legal_day, now
from disclosure.core.html import as_html_source
from disclosure.publications.importing import cells
from disclosure.publications.importing.columns import COLUMNS, WORDS
from disclosure.publications.importing.names import AgencyNames, CategoryNames
from disclosure.publications.importing.sheets import MAX_SHEET_ROWS
from disclosure.publications.importing.sources import CELL_LIMIT
from disclosure.publications.models import Publication

CHUNK = 500
KEYS = [column.key for column in COLUMNS]
#: What a record is made of.
FIELDS = (
    *("index_number", "title", "agency_id", "category_id", "document_number", "date_made"),
    *("published_at", "validity", "disclosure", "summary", "body", "keywords"),
    # What the validity of a day is made of.
    *("expires_on", "valid_until", "amended_on"),
)
Record = dict[str, str]


class CannotExport(Exception):
    """Why it does not fit into a file of this kind, as a sentence."""


def public() -> QuerySet[Publication]:
    """What anyone may read now."""
    return Publication.objects.visible_to_public(now())


class Recorder:
    """Makes records; it reads all agencies and categories once, not with each row."""

    def __init__(self) -> None:
        self._on = legal_day(now())
        self._read()

    def _read(self) -> None:
        self._agencies = AgencyNames(create_missing=False)
        self._categories = CategoryNames(create_missing=False)

    def parents(self, one: Publication) -> tuple[Agency, Category]:
        """The agency and the category of an item."""
        try:
            return self._agencies.keyed(one.agency_id), self._categories.keyed(one.category_id)
        except KeyError:
            # Made since; an item cannot be without them.
            self._read()
            return self._agencies.keyed(one.agency_id), self._categories.keyed(one.category_id)

    def record(self, one: Publication) -> Record:
        """Its values as the import understands them."""
        agency, category = self.parents(one)
        return {
            "index_number": one.index_number,
            "title": one.title,
            "agency": self._agencies.label(agency),
            "category": self._categories.label(category),
            "document_number": one.document_number,
            "date_made": one.date_made.isoformat() if one.date_made else "",
            "published_on": legal_day(one.published_at).isoformat() if one.published_at else "",
            # As the page says: an end still to come may be that of something not public yet.
            "validity": str(one.validity_on(self._on)),
            "disclosure": one.disclosure,
            "summary": one.summary.strip(),
            "body": as_html_source(one.body),
            "keywords": one.keywords,
        }


def in_order(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """`rows` with what a record needs, oldest first."""
    return rows.only(*FIELDS).order_by("published_at", "id")


def records(rows: QuerySet[Publication] | None = None) -> Iterator[Record]:
    """A record for each of the public items, oldest first."""
    recorder = Recorder()
    for one in in_order(public() if rows is None else rows).iterator(chunk_size=CHUNK):
        yield recorder.record(one)


def _in_words(item: Record) -> list[str]:
    """The cells in the order of the columns, with the Chinese words of coded values."""
    return [WORDS[item[key]] if key in {"validity", "disclosure"} else item[key] for key in KEYS]


def _write_csv(file: BinaryIO, items: Iterator[Record]) -> int:
    """Chinese headings and words, as spreadsheets show them."""
    count = 0
    with _as_text(file, "utf-8-sig") as text:
        writer = csv.writer(text)
        writer.writerow([column.heading for column in COLUMNS])
        for count, item in enumerate(items, start=1):  # noqa: B007
            writer.writerow(map(cells.guarded, _in_words(item)))
    return count


def _write_json(file: BinaryIO, items: Iterator[Record]) -> int:
    """A list of objects with the English keys, one a line."""
    count = 0
    with _as_text(file, "utf-8") as text:
        text.write("[")
        for count, item in enumerate(items, start=1):
            text.write(",\n" if count > 1 else "\n")
            json.dump(item, text, ensure_ascii=False)
        text.write("\n]\n")
    return count


def _write_xlsx(file: BinaryIO, items: Iterator[Record]) -> int:
    """As the CSV; every cell is text. What no cell or sheet holds is refused, not cut off."""
    count = 0
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for place, column in enumerate(COLUMNS):
            sheet.write_string(0, place, column.heading, bold)
        for count, item in enumerate(items, start=1):
            if count > MAX_SHEET_ROWS:
                raise CannotExport(
                    _("The sheet has more than %(rows)s rows; please use CSV.")
                    % {"rows": f"{MAX_SHEET_ROWS:,}"}
                )
            for place, cell in enumerate(map(cells.typed, _in_words(item))):
                if len(cell) >= CELL_LIMIT:
                    raise CannotExport(_too_long(item))
                sheet.write_string(count, place, cell)
    return count


def _too_long(item: Record) -> str:
    return _("A text of %(number)s is longer than a spreadsheet cell; please use CSV or JSON.") % {
        "number": item["index_number"]
    }


@contextmanager
def _as_text(file: BinaryIO, encoding: str) -> Iterator[TextIO]:
    """The open file for text; it stays open."""
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield text
    finally:
        text.detach()


@dataclass(frozen=True)
class Format:
    """A kind of file: how it is called on the web, and what writes records into an open one."""

    content_type: str
    write: Callable[[Any, Iterator[Record]], int]


FORMATS: dict[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", _write_csv),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _write_xlsx
    ),
    "json": Format("application/json", _write_json),
}


def endings() -> list[str]:
    """The endings of the files that can be written."""
    return [f".{kind}" for kind in FORMATS]


def write(file: Any, kind: str, rows: QuerySet[Publication] | None = None) -> int:
    """Write the public items `rows` (None: all) to an open binary file; how many there were.

    Raises CannotExport.
    """
    return FORMATS[kind].write(file, records(rows))


def export(path: Path) -> int:
    """Write everything public to `path` and say how many items; an old file is replaced only
    by a whole new one. Raises CannotExport."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            count = write(file, path.suffix.lower().removeprefix("."))
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return count

"""Reading the rows of a file: CSV (UTF-8 or GB18030), XLSX, JSON; numbered as its user sees them.

A CSV file is read row by row and may be read several times; the others are held in memory.
Whatever a file claims or holds, no row, sheet or list of more than its limit is taken in.
"""

import codecs
import csv
import datetime as dt
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext as _

from disclosure.publications.importing import cells
from disclosure.publications.importing.columns import COLUMNS, Column, named
from disclosure.publications.importing.problems import FileProblem
from disclosure.publications.importing.sheets import first_sheet

__all__ = ["CELL_LIMIT", "FileProblem", "Source", "SourceRow", "XlsxSource", "open_source"]

MAX_CELL = 10 * 1024 * 1024
#: Characters of one row, however many lines it has.
MAX_ROW = 16 * 1024 * 1024
MAX_FILE = 200 * 1024 * 1024
#: More headings than this are no table of publications.
MAX_HEADINGS = 100
#: What a spreadsheet cell can hold; a text of exactly this length was cut off.
CELL_LIMIT = 32_767


@dataclass(frozen=True)
class SourceRow:
    """A row: its number (the heading is row 1) and its cells by column key.

    `surplus`: it has cells beyond the last heading.
    """

    number: int
    cells: dict[str, str]
    surplus: bool = False


class Source(ABC):
    """A file's columns and rows. `headings`: what the file itself calls each column."""

    headings: dict[str, str]
    path: Path

    @abstractmethod
    def rows(self) -> Iterator[SourceRow]:
        """The rows from the first one, anew at each call; wholly empty ones are left out."""


def _columns(headings: Sequence[str]) -> list[Column]:
    """The columns that the headings name; every unknown or repeated one is reported."""
    found = [named(heading) for heading in headings]
    unknown = [
        heading.strip() or _("(empty)")
        for heading, column in zip(headings, found, strict=True)
        if column is None
    ]
    if unknown:
        raise FileProblem(
            _("Unknown columns: %(unknown)s. Known are: %(known)s.")
            % {
                "unknown": "、".join(unknown),
                "known": "、".join(f"{column.heading} ({column.key})" for column in COLUMNS),
            }
        )
    columns = [column for column in found if column is not None]
    keys = [column.key for column in columns]
    twice = {column.heading for column in columns if keys.count(column.key) > 1}
    if twice:
        raise FileProblem(
            _("Columns that stand there twice: %(names)s.") % {"names": "、".join(sorted(twice))}
        )
    return columns


class _Table(Source):
    """Rows of cells under a heading row."""

    def __init__(self, headings: Sequence[str]) -> None:
        # Spreadsheets save empty columns at the right.
        trimmed = list(headings)
        while trimmed and not trimmed[-1].strip():
            trimmed.pop()
        if len(trimmed) > MAX_HEADINGS:
            raise FileProblem(
                _("The first row has %(count)s headings; this is no table of publications.")
                % {"count": f"{len(trimmed):,}"}
            )
        if not trimmed:
            raise FileProblem(_("The first row must hold the headings of the columns."))
        columns = _columns(trimmed)
        self._keys = [column.key for column in columns]
        self.headings = {
            column.key: heading.strip().strip("\ufeff")
            for column, heading in zip(columns, trimmed, strict=True)
        }

    def _number(self, table: Iterable[list[str]]) -> Iterator[SourceRow]:
        keys, width = self._keys, len(self._keys)
        for number, row in enumerate(table, start=2):
            if not any(cell.strip() for cell in row):
                continue
            surplus = any(cell.strip() for cell in row[width:])
            found = map(cells.read, row[:width])
            values = dict.fromkeys(keys, "") | dict(zip(keys, found, strict=False))
            yield SourceRow(number, values, surplus)


class CsvSource(_Table):
    """Comma-separated values as spreadsheets write them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._encoding = _encoding_of(path)
        super().__init__(next(self._read(), []))

    def _read(self) -> Iterator[list[str]]:
        # The limit belongs to the process; texts are longer than its default.
        csv.field_size_limit(max(csv.field_size_limit(), MAX_CELL))
        with self.path.open(encoding=self._encoding, newline="") as file:
            lines = _Lines(file)
            reader = csv.reader(lines, strict=True)
            try:
                for row in reader:
                    yield row
                    lines.left = MAX_ROW
            except csv.Error as error:
                raise FileProblem(
                    _("Line %(line)s cannot be read as CSV: %(error)s")
                    % {"line": reader.line_num, "error": error}
                ) from error

    def rows(self) -> Iterator[SourceRow]:
        table = self._read()
        next(table, None)
        return self._number(table)


class _Lines(Iterator[str]):
    """The lines of a file, of a row never more than MAX_ROW characters: `left` of them."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.left = MAX_ROW
        self._number = 0

    def __next__(self) -> str:
        line = self._file.readline(self.left + 1)
        self._number += 1
        self.left -= len(line)
        if self.left < 0:
            raise FileProblem(
                _("Line %(line)s: a row has more than %(most)s million characters.")
                % {"line": self._number, "most": MAX_ROW // 2**20}
            )
        if not line:
            raise StopIteration
        return line


class XlsxSource(_Table):
    """The first sheet of a workbook."""

    def __init__(self, path: Path) -> None:
        self.path = path
        _refuse_large(path)
        self._rows = [[_cell_text(cell) for cell in row] for row in first_sheet(path)]
        super().__init__(self._rows[0] if self._rows else [])

    def rows(self) -> Iterator[SourceRow]:
        return self._number(self._rows[1:])


class JsonSource(Source):
    """A list of objects; the first is counted as row 2, as if a heading stood above."""

    def __init__(self, path: Path) -> None:
        self.path = path
        _refuse_large(path)
        try:
            data = json.loads(path.read_text(encoding=_encoding_of(path)))
        except (ValueError, RecursionError) as error:
            raise FileProblem(_("This is not JSON: %(error)s") % {"error": error}) from error
        if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
            raise FileProblem(_("JSON must be a list of objects."))
        names = list(dict.fromkeys(name for item in data for name in item))
        if not names and data:
            raise FileProblem(_("The objects are empty."))
        # Two names of one column are lawful in different objects, not in the same one.
        known = {name: column for name in names if (column := named(name)) is not None}
        _columns([name for name in names if name not in known])
        for item in data:
            if len({known[name].key for name in item}) != len(item):
                _columns(list(item))
        self.headings = {column.key: name for name, column in known.items()}
        self._items = [{known[name].key: value for name, value in item.items()} for item in data]

    def rows(self) -> Iterator[SourceRow]:
        for number, item in enumerate(self._items, start=2):
            cells = {
                key: "；".join(value)
                if key == "keywords" and _is_words(value)
                else _cell_text(value)
                for key, value in item.items()
            }
            if any(cell.strip() for cell in cells.values()):
                yield SourceRow(number, cells)


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _cell_text(value: Any) -> str:
    """A cell as text: whole numbers without `.0`, days as 2026-03-31."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return value if isinstance(value, str) else str(value)


def _refuse_large(path: Path) -> None:
    if path.stat().st_size > MAX_FILE:
        raise FileProblem(_("The file is too large; please use CSV."))


def _encoding_of(path: Path) -> str:
    """UTF-8 (with or without a mark) where all of the file is, UTF-16 by its mark, else GB18030."""
    with path.open("rb") as file:
        start = file.read(2)
        if start in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            return "utf-16"
        for encoding in ("utf-8-sig", "gb18030"):
            file.seek(0)
            decoder = codecs.getincrementaldecoder(encoding)()
            try:
                while chunk := file.read(1 << 20):
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
            return encoding
    raise FileProblem(_("The file is neither UTF-8 nor GB18030 text."))


_KINDS: dict[str, type[Source]] = {
    ".csv": CsvSource,
    ".xlsx": XlsxSource,
    ".json": JsonSource,
}


def open_source(path: Path) -> Source:
    """The rows of a file, by the ending of its name; raises FileProblem."""
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise FileProblem(_("The file must end in .csv, .xlsx or .json."))
    if not path.is_file():
        raise FileProblem(_("There is no file %(path)s.") % {"path": path})
    try:
        source = kind(path)  # type: ignore[call-arg]
    except OSError as error:
        raise FileProblem(
            _("The file cannot be read: %(error)s") % {"error": error.strerror}
        ) from error
    return source

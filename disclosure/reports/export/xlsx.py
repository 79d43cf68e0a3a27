"""A report as XLSX: each table in the official layout with live totals, the written sections, and
every cell as a line of data. The same document gives the same bytes."""

import datetime as dt
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from disclosure.reports.document import Document
from disclosure.reports.export.chapters import made_on
from disclosure.reports.export.grid import Grid, Kind, Piece, Spot, grid_of
from disclosure.reports.export.showing import (
    DEMONSTRATION,
    bracketed,
    shown,
    title_of,
)
from disclosure.reports.export.totals import live_totals
from disclosure.reports.layout import numbered
from disclosure.reports.tables.cells import NA, Cell, Cells, written
from disclosure.reports.tables.shapes import Face, Number, Place, Table

TEXTS: Final = "文字部分"
DATA: Final = "data"
_COLUMNS: Final = ("table", "row", "column", "value")
_FIGURE_COLUMNS: Final = ("name", "value", "unit", "qualifier", "as_written")
#: What spreadsheets take for the beginning of a formula, also in full width.
_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")
#: Characters that a cell holds.
_LONGEST: Final = 32_000
_DIGITS: Final = 15
#: Widths in characters.
_STUBS: Final = {Face.BLOCKS: (30,), Face.MATRIX: (7, 14, 44), Face.ONE_ROW: ()}
_FIGURES: Final = {Face.BLOCKS: 18, Face.MATRIX: 13, Face.ONE_ROW: 11}


def as_xlsx(document: Document, *, published_on: dt.date | None = None) -> bytes:
    """The report; `published_on` is the day that the file bears."""
    buffer = io.BytesIO()
    # What begins like a formula or an address is written as the text that it is.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    made = dt.datetime.combine(made_on(document, published_on), dt.time())
    book.set_properties({"title": title_of(document), "author": document.agency, "created": made})
    looks = _Looks(book)
    if document.form and document.cells:
        for table in document.form.tables:
            _Sheet(book, looks, document.cells, table).write()
    _write_texts(book, looks, document)
    _write_data(book, looks, document)
    book.close()
    return buffer.getvalue()


class _Looks:
    """The formats of a book, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
            self._made[key] = self._book.add_format({**base, **properties})
        return self._made[key]

    def cell(self, **properties: Any) -> Any:
        return self.of(**{"border": 1, "text_wrap": True, "align": "center", **properties})


def _text(sheet: Any, spot: Spot, text: str, looks: _Looks, **properties: Any) -> None:
    """A text that no spreadsheet runs, not even after it was edited."""
    if text.startswith(_FORMULA):
        properties["quote_prefix"] = True
    sheet.write_string(*spot, text, looks.of(**properties))


# --- a table of the form ------------------------------------------------------------------------


class _Sheet:
    """One table, below its heading; `top` is the first row of its grid."""

    top = 1

    def __init__(self, book: Any, looks: _Looks, cells: Cells, table: Table) -> None:
        self.looks, self.cells, self.table = looks, cells, table
        self.grid: Grid = grid_of(table)
        self.totals = live_totals(cells)
        self.sheet = book.add_worksheet(table.label.zh[:31])

    def write(self) -> None:
        self._set_up()
        heading = numbered(self.table.section, self.table.label.zh)
        look = self.looks.of(bold=True, font_size=14, align="center")
        self.sheet.merge_range(0, 0, 0, self.grid.columns - 1, "", look)
        self.sheet.write_string(0, 0, heading, look)
        for piece in self.grid.pieces:
            self._write(piece)

    def _set_up(self) -> None:
        sheet, grid, face = self.sheet, self.grid, self.table.face
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        if face != Face.BLOCKS:
            sheet.set_landscape()
            sheet.repeat_rows(self.top, self.top + grid.head - 1)
            sheet.freeze_panes(self.top + grid.head, grid.stub)
        for column, width in enumerate(_STUBS[face]):
            sheet.set_column(column, column, width)
        sheet.set_column(grid.stub, grid.columns - 1, _FIGURES[face])

    def _write(self, piece: Piece) -> None:
        row, column = self.top + piece.row, piece.column
        look = self._look(piece)
        if piece.height > 1 or piece.width > 1:
            end = row + piece.height - 1, column + piece.width - 1
            self.sheet.merge_range(row, column, *end, "", look)
        if piece.place:
            self._value(piece.place, (row, column), look)
        else:
            text = piece.label.zh if piece.label else ""
            text = bracketed(text) if piece.kind == Kind.NOTE else text
            self.sheet.write_string(row, column, text, look)

    def _look(self, piece: Piece) -> Any:
        if piece.place:
            number = self.table.column(piece.place.row, piece.place.column).number
            return self.looks.cell(num_format=_number_format(self.cells[piece.place], number))
        if piece.kind == Kind.ROW and self.table.face == Face.MATRIX:
            return self.looks.cell(align="left")
        return self.looks.cell(bold=piece.kind == Kind.ROWS and self.table.face == Face.BLOCKS)

    def _value(self, place: Place, spot: Spot, look: Any) -> None:
        value = self.cells[place]
        if place in self.totals:
            self.sheet.write_formula(*spot, self._formula(self.totals[place]), look, value)
        elif value is None:
            self.sheet.write_blank(*spot, None, look)
        elif value != NA and _fits(value):
            self.sheet.write_number(*spot, value, look)
        else:
            self.sheet.write_string(*spot, shown(value), look)

    def _formula(self, terms: tuple[Place, ...]) -> str:
        spots = [self.grid.spots[place] for place in terms]
        rows = {row + self.top for row, _column in spots}
        columns = {column for _row, column in spots}
        first, last = (min(rows), min(columns)), (max(rows), max(columns))
        if len(spots) == (last[0] - first[0] + 1) * (last[1] - first[1] + 1):
            return f"=SUM({xl_range(*first, *last)})"
        cells = (xl_rowcol_to_cell(row + self.top, column) for row, column in spots)
        return f"=SUM({','.join(cells)})"


def _number_format(value: Cell, number: Number) -> str:
    if number == Number.CHANGE:
        return "+#,##0;-#,##0;0"
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"#,##0.{'0' * places}" if places else "#,##0"


def _fits(value: int | Decimal) -> bool:
    """Whether a spreadsheet's number holds it without losing a digit."""
    return Decimal(f"{float(value):.{_DIGITS}G}") == value


# --- texts and data -----------------------------------------------------------------------------


def _write_texts(book: Any, looks: _Looks, document: Document) -> None:
    sheet = book.add_worksheet(TEXTS)
    sheet.set_column(0, 0, 100)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    _text(sheet, (0, 0), title_of(document), looks, bold=True, font_size=16, align="center")
    lines = [DEMONSTRATION] if document.is_demo else []
    lines += document.lead.split("\n")
    row = 1
    for line in filter(None, lines):
        row = _paragraph(sheet, row, line, looks)
    for heading, text in _sections(document):
        _text(sheet, (row, 0), heading, looks, bold=True, text_wrap=True)
        row += 1
        for line in filter(None, (one.strip() for one in text.split("\n"))):
            row = _paragraph(sheet, row, line, looks)


def _sections(document: Document) -> list[tuple[str, str]]:
    if document.form is None:
        return [
            (numbered(section["number"], section["heading"]), section["text"])
            for section in document.sections
        ]
    return [
        (numbered(text.number, text.label.zh), document.texts.get(key, ""))
        for key, text in document.form.texts.items()
    ]


def _paragraph(sheet: Any, row: int, text: str, looks: _Looks) -> int:
    """Write it, in as many cells as it needs, and give the next row."""
    for start in range(0, len(text), _LONGEST):
        piece = text[start : start + _LONGEST]
        _text(sheet, (row, 0), piece, looks, text_wrap=True, valign="top")
        row += 1
    return row


def _write_data(book: Any, looks: _Looks, document: Document) -> None:
    """One line a cell, by the keys of the declaration; what the report left out has no line."""
    if document.cells:
        sheet = book.add_worksheet(DATA)
        _heads(sheet, _COLUMNS, looks)
        sheet.set_column(0, 2, 26)
        lines = [place for place in document.cells.form.places if place in document.cells.values]
        for row, place in enumerate(lines, 1):
            for column, key in enumerate(place[:3]):
                sheet.write_string(row, column, key)
            _datum(sheet, (row, 3), document.cells[place], looks)
    if document.figures:
        sheet = book.add_worksheet("figures" if document.cells else DATA)
        _heads(sheet, _FIGURE_COLUMNS, looks)
        sheet.set_column(0, 0, 40)
        for row, figure in enumerate(document.figures, 1):
            values: Mapping[str, Any] = figure
            for column, key in enumerate(_FIGURE_COLUMNS):
                if key == "value" and _fits(Decimal(str(figure["value"]))):
                    sheet.write_number(row, column, figure["value"])
                else:
                    _text(sheet, (row, column), str(values.get(key, "")), looks)


def _heads(sheet: Any, names: tuple[str, ...], looks: _Looks) -> None:
    """The names of the columns, on paper too, where all of them stand side by side."""
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, looks.of(bold=True))
    sheet.freeze_panes(1, 0)


def _datum(sheet: Any, spot: Spot, value: Cell, looks: _Looks) -> None:
    if value is None:
        return
    if value != NA and _fits(value):
        sheet.write_number(*spot, value, looks.of(num_format=_number_format(value, Number.COUNT)))
    else:
        sheet.write_string(*spot, str(written(value)))

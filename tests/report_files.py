"""Reads the numbers of a report back out of what is made of it: by the headings over and beside
each cell, as a reader does, and not by the layout that the program has of it."""

import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import docx
import lxml.html
import openpyxl
import pypdfium2
from docx.oxml.ns import qn

from disclosure.reports.tables.cells import NA, Cell
from disclosure.reports.tables.shapes import Face, Form, Number, Place, Table

#: A table with each merged cell's text at every place that it covers.
Matrix = list[list[str]]
#: The merged cells of a table: text, rows, columns.
Spans = set[tuple[str, int, int]]
Values = dict[Place, Cell]

POINTS_PER_MM = 72 / 25.4
NUMBER = re.compile(r"[+-]?[\d,]+(\.\d+)?|不适用")


def value(text: str, number: Number) -> Cell:
    """A cell's text as what it says."""
    text = text.strip().replace(",", "")
    if not text:
        return None
    if text == "不适用":
        return NA
    if number == Number.CHANGE:
        assert text[0] in "+-" or text == "0", f"{text} has no sign"
    return Decimal(text) if number == Number.AMOUNT else int(text)


def read_matrix(table: Table, matrix: Matrix, *, unsigned: bool = False) -> Values:
    """Every declared cell of the table, found by its headings; `unsigned`: where a number has
    its sign by the format of its cell (spreadsheets)."""
    read = {Face.BLOCKS: _blocks, Face.MATRIX: _matrix, Face.ONE_ROW: _one_row}[table.face]
    found: Values = {}
    for place, text in read(table, matrix):
        number = table.column(place.row, place.column).number
        if unsigned and number == Number.CHANGE and text[:1].isdigit() and text != "0":
            text = f"+{text}"
        found[place] = value(text, number)
    return found


def _blocks(table: Table, matrix: Matrix) -> Iterator[tuple[Place, str]]:
    at = 0
    for block in table.blocks:
        if block.label:
            at = next(n for n in range(at, len(matrix)) if set(matrix[n]) == {block.label.zh})
        heads = matrix[at + 1]
        assert heads[0] == "信息内容"
        assert set(heads[1:]) == {column.label.zh for column in block.columns}
        for row in block.rows:
            line = next(line for line in matrix[at + 2 :] if line[0] == row.label.zh)
            for column in block.columns:
                yield Place(table.key, row.key, column.key), line[heads.index(column.label.zh)]
        at += 2


def _matrix(table: Table, matrix: Matrix) -> Iterator[tuple[Place, str]]:
    (block,) = table.blocks
    assert set(matrix[0][3:]) == {"申请人情况"}
    for row in block.rows:
        names = [label.zh for label in (*row.above, row.label)]
        line = next(line for line in matrix[3:] if _distinct(line[:3]) == names)
        for column in block.columns:
            names = [column.group.zh] if column.group else []
            names.append(column.label.zh)
            at = next(n for n in range(3, 10) if _distinct(r[n] for r in matrix[1:3]) == names)
            yield Place(table.key, row.key, column.key), line[at]


def _one_row(table: Table, matrix: Matrix) -> Iterator[tuple[Place, str]]:
    (block,) = table.blocks
    assert len(matrix) == 4
    for row in block.rows:
        for column in block.columns:
            names = [label.zh for label in (*row.above, row.label, column.label)]
            at = next(n for n in range(15) if _distinct(r[n] for r in matrix[:3]) == names)
            yield Place(table.key, row.key, column.key), matrix[3][at]


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


# --- DOCX ---------------------------------------------------------------------------------------


def docx_tables(data: bytes) -> list[Any]:
    return list(docx.Document(io.BytesIO(data)).tables)


def read_docx(data: bytes, form: Form) -> Values:
    found: Values = {}
    for table, made in zip(form.tables, docx_tables(data), strict=True):
        matrix = [[cell.text for cell in row.cells] for row in made.rows]
        found |= read_matrix(table, matrix)
    return found


def docx_spans(made: Any) -> Spans:
    """Of the XML itself: gridSpan and vMerge."""
    found: Spans = set()
    open_cells: dict[int, tuple[str, int, int]] = {}
    for line in made._tbl.tr_lst:
        at = 0
        for cell in line.tc_lst:
            width = cell.grid_span
            merge = cell.tcPr.find(qn("w:vMerge")) if cell.tcPr is not None else None
            if merge is not None and merge.get(qn("w:val")) != "restart":
                text, height, _width = open_cells[at]
                open_cells[at] = (text, height + 1, width)
            else:
                found |= {open_cells.pop(at)} if at in open_cells else set()
                text = "".join(node.text or "" for node in cell.iter(qn("w:t")))
                open_cells[at] = (text, 1, width)
            at += width
    return {span for span in found | set(open_cells.values()) if span[1:] != (1, 1)}


# --- XLSX ---------------------------------------------------------------------------------------


def _sheets(data: bytes, form: Form, *, values: bool) -> list[Any]:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=values)
    return [book[table.label.zh] for table in form.tables]


def read_xlsx(data: bytes, form: Form, *, recount: bool = False) -> Values:
    """The values that are stored, or with `recount` those that the formulas come to."""
    found: Values = {}
    for table, sheet in zip(form.tables, _sheets(data, form, values=not recount), strict=True):
        texts = {(cell.row, cell.column): _shown(sheet, cell.value) for cell in _cells(sheet)}
        for area in sheet.merged_cells.ranges:
            for row, column in area.cells:
                texts[row, column] = texts[area.min_row, area.min_col]
        rows = range(2, sheet.max_row + 1)
        matrix = [[texts[row, at] for at in range(1, sheet.max_column + 1)] for row in rows]
        found |= read_matrix(table, matrix, unsigned=True)
    return found


def _cells(sheet: Any) -> Iterator[Any]:
    for row in sheet.iter_rows():
        yield from row


def _shown(sheet: Any, stored: Any) -> str:
    if isinstance(stored, str) and stored.startswith("=SUM("):
        return str(_sum(sheet, stored[5:-1]))
    return "" if stored is None else f"{Decimal(str(stored)):f}" if _is_number(stored) else stored


def _is_number(stored: Any) -> bool:
    return isinstance(stored, int | float)


def _sum(sheet: Any, areas: str) -> int:
    total = 0
    for area in areas.split(","):
        block = sheet[area] if ":" in area else ((sheet[area],),)
        for row in block:
            for cell in row:
                stored = cell.value
                if isinstance(stored, str) and stored.startswith("="):
                    stored = _sum(sheet, stored[5:-1])
                total += stored if _is_number(stored) else 0
    return total


def formulas(data: bytes, form: Form) -> int:
    return sum(
        str(cell.value).startswith("=")
        for sheet in _sheets(data, form, values=False)
        for cell in _cells(sheet)
    )


def read_data_sheet(data: bytes, form: Form) -> Values:
    """The sheet "data": a line for each cell that the report has."""
    lines = openpyxl.load_workbook(io.BytesIO(data))["data"].iter_rows(values_only=True)
    assert next(lines) == ("table", "row", "column", "value")
    found: Values = {}
    for table, row, column, stored in lines:
        place = Place(str(table), str(row), str(column))
        is_amount = form.column(place).number == Number.AMOUNT
        if is_amount and stored is not None and stored != NA:
            stored = Decimal(str(stored))
        found[place] = stored  # type: ignore[assignment]
    return found


def xlsx_spans(data: bytes, form: Form) -> list[Spans]:
    return [
        {
            (str(area.start_cell.value or ""), area.size["rows"], area.size["columns"])
            for area in sheet.merged_cells.ranges
            if area.min_row > 1
        }
        for sheet in _sheets(data, form, values=True)
    ]


# --- the page -----------------------------------------------------------------------------------


def read_page(html: str, form: Form) -> Values:
    found: Values = {}
    for table, made in zip(form.tables, _html_tables(html), strict=True):
        found |= read_matrix(table, _expanded(made))
    return found


def _html_tables(html: str) -> list[Any]:
    return list(lxml.html.fromstring(html).iter("table"))


def _seen(cell: Any) -> str:
    """What an eye sees in a cell."""
    hidden = cell.xpath('.//*[contains(@class, "visually-hidden")]')
    for node in hidden:
        node.drop_tree()
    return str(cell.text_content()).strip()


def _expanded(made: Any) -> Matrix:
    texts: dict[tuple[int, int], str] = {}
    rows = made.xpath(".//tr")
    for number, row in enumerate(rows):
        at = 0
        for cell in row.xpath("./th|./td"):
            while (number, at) in texts:
                at += 1
            text = _seen(cell)
            for down in range(int(cell.get("rowspan", 1))):
                for right in range(int(cell.get("colspan", 1))):
                    texts[number + down, at + right] = text
    columns = 1 + max(column for _row, column in texts)
    assert len(texts) == len(rows) * columns, "cells overlap or are missing"
    return [[texts[row, column] for column in range(columns)] for row in range(len(rows))]


def html_spans(html: str) -> list[Spans]:
    return [
        {
            (_seen(cell), int(cell.get("rowspan", 1)), int(cell.get("colspan", 1)))
            for cell in made.xpath(".//th|.//td")
            if cell.get("rowspan") or cell.get("colspan")
        }
        for made in _html_tables(html)
    ]


def named(html: str) -> dict[str, list[str]]:
    """For each value its id with the texts of the headings that its `headers` name."""
    root = lxml.html.fromstring(html)
    texts = {node.get("id"): node for node in root.iter("th")}
    return {
        cell.get("id"): [_seen(texts[name]) for name in cell.get("headers").split()]
        for cell in root.xpath("//td[@headers]")
    }


# --- PDF ----------------------------------------------------------------------------------------


def pdf_lines(data: bytes) -> list[list[tuple[float, str]]]:
    """The numbers on the pages, above the page number, line by line: the middle of each (mm)."""
    found: list[list[tuple[float, str]]] = []
    with pypdfium2.PdfDocument(data) as file:
        for page in file:
            lines: dict[int, list[tuple[float, str]]] = {}
            for text, left, right, bottom in _words(page.get_textpage()):
                if NUMBER.fullmatch(text) and bottom / POINTS_PER_MM > 30:
                    height = next((at for at in lines if abs(at - bottom) < 3), round(bottom))
                    middle = (left + right) / 2 / POINTS_PER_MM
                    lines.setdefault(height, []).append((middle, text))
            found += [sorted(lines[height]) for height in sorted(lines, reverse=True)]
    return found


def _words(text: Any) -> Iterator[tuple[str, float, float, float]]:
    """Runs of characters without a gap: text, left, right, bottom."""
    word, left, right, bottom = "", 0.0, 0.0, 0.0
    for at in range(text.count_chars()):
        char = text.get_text_range(at, 1)
        x, y, end, _top = text.get_charbox(at, loose=True)
        if word and (not char.strip() or abs(x - right) > 1.5 or abs(y - bottom) > 2):
            yield word, left, right, bottom
            word = ""
        if char.strip():
            if not word:
                left, bottom = x, y
            word, right = word + char, end
    if word:
        yield word, left, right, bottom


def read_pdf(data: bytes, form: Form) -> Values:
    """By the order of rows, of which each must have some number, and the middles of columns,
    which the lines with a number in each give."""
    lines = pdf_lines(data)
    found: Values = {}
    for table in form.tables:
        rows: list[list[Place]] = [
            [Place(table.key, row.key, column.key) for column in table.columns(row.key)]
            for row in table.rows.values()
        ]
        if table.face == Face.ONE_ROW:
            rows = [[place for row in rows for place in row]]
        taken, lines = lines[: len(rows)], lines[len(rows) :]
        middles: dict[int, list[float]] = {}
        for row, line in zip(rows, taken, strict=True):
            if len(row) == len(line):
                middles.setdefault(len(row), [at for at, _text in line])
        for row, line in zip(rows, taken, strict=True):
            columns = middles.get(len(row)) or _equal(len(row))
            texts = {min(range(len(row)), key=lambda n: abs(columns[n] - at)): t for at, t in line}
            for number, place in enumerate(row):
                kind = table.column(place.row, place.column).number
                found[place] = value(texts.get(number, ""), kind)
    assert not lines, f"numbers that belong to no table: {lines}"
    return found


def _equal(columns: int) -> list[float]:
    """The middles of columns of one width on an upright page."""
    return [28 + 156 / columns * (number + 0.5) for number in range(columns)]

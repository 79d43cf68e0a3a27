"""Tables of a report in Word: a grid with its merged cells, or plain rows of a text."""

from collections.abc import Mapping
from typing import Any, Final

from docx.document import Document as File
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell

from disclosure.paper import measures, word
from disclosure.reports.export.fitting import PADDING, Fit
from disclosure.reports.export.grid import Grid, Kind, Piece
from disclosure.reports.export.showing import bracketed
from disclosure.reports.layout import Part
from disclosure.reports.tables.shapes import Face, Place

#: The style of what stands in a table.
CELL: Final = "表格文字"
_PLAIN: Final = 10.5
_ABOVE: Final = 0.6
_AFTER: Final = 8
_TWIPS: Final = 1440 / 25.4


def add_style(file: File) -> None:
    """The style of cells: close lines off the page's grid, and rows that stay together."""
    style: Any = file.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = file.styles["Normal"]
    word.name_fonts(style.element.get_or_add_rPr(), word.SONG)
    word.space_out(style.element.get_or_add_rPr(), 0)
    style.font.size = Pt(_PLAIN)
    layout = style.paragraph_format
    layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    layout.line_spacing_rule = WD_LINE_SPACING.SINGLE
    layout.keep_with_next = True
    word.off_grid(style.element.pPr)


def add_grid(file: File, grid: Grid, values: Mapping[Place, str], fitted: Fit) -> WordTable:
    """A table of the form: headings merged as the grid has them, values as they are shown."""
    table = _new(file, grid.height, fitted.widths, fitted.above)
    cells = table._cells
    for piece in grid.pieces:
        first = cells[piece.row * grid.columns + piece.column]
        last = cells[(piece.row + piece.height - 1) * grid.columns + piece.column + piece.width - 1]
        cell = first.merge(last) if last is not first else first
        _write(cell, _text(piece, values), fitted.size)
        if piece.kind == Kind.ROW and grid.table.face == Face.MATRIX:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
    ends = {first - 1 for first in grid.bodies[1:]}
    _finish(file, table, grid.head, size=fitted.size, ends=ends)
    return table


def _text(piece: Piece, values: Mapping[Place, str]) -> str:
    if piece.place:
        return values[piece.place]
    text = piece.label.zh if piece.label else ""
    return bracketed(text) if piece.kind == Kind.NOTE else text


def add_plain(file: File, part: Part) -> WordTable:
    """A table of a text, as it is; its first row is repeated on each page where it is a head."""
    rows = [part.head, *part.rows] if part.head else list(part.rows)
    columns = max(len(row) for row in rows)
    table = _new(file, len(rows), (measures.TEXT[0] / columns,) * columns, _ABOVE)
    cells = table._cells
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            _write(cells[number * columns + place], text, _PLAIN)
    _finish(file, table, 1 if part.head else 0, ends=set(range(len(rows))))
    return table


def _new(file: File, rows: int, widths: tuple[float, ...], above: float) -> WordTable:
    table = file.add_table(rows, len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", above), ("left", PADDING), ("bottom", above), ("right", PADDING)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(width * _TWIPS)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for number, cell in enumerate(table._cells):
        cell.width = Mm(widths[number % len(widths)])
    return table


def _write(cell: _Cell, text: str, size: float) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    if text:
        word.add_run(cell.paragraphs[0], text, font=word.SONG, size=size)


def _finish(
    file: File, table: WordTable, head: int, *, ends: set[int], size: float = _PLAIN
) -> None:
    """No row is split; the head is repeated on each page; the rows stay together up to each of
    `ends`."""
    rows = table._tbl.tr_lst
    style = _style_id(table)
    for number, row in enumerate(rows):
        properties = row.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number < head:
            properties.append(OxmlElement("w:tblHeader"))
        for cell in row.tc_lst:
            for element in cell.p_lst:
                element.style = style
                if not element.r_lst:
                    _set_mark(element, size)
                if number in ends or number == len(rows) - 1:
                    element.get_or_add_pPr().get_or_add_keepNext().val = False
    # Word needs a paragraph between tables and at the end.
    after = file.add_paragraph(style=CELL)
    after.paragraph_format.keep_with_next = False
    after.paragraph_format.line_spacing = Pt(_AFTER)


def _set_mark(element: Any, size: float) -> None:
    """The size of an empty paragraph, which else makes the row higher than its neighbours do."""
    mark, points = OxmlElement("w:rPr"), OxmlElement("w:sz")
    points.set(qn("w:val"), str(int(size * 2)))
    mark.append(points)
    element.get_or_add_pPr().insert_element_before(mark, "w:sectPr", "w:pPrChange")


def _style_id(table: WordTable) -> str:
    style: Any = table.part.document.styles[CELL]  # type: ignore[attr-defined]
    return str(style.style_id)

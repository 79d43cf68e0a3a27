"""The customary table as XLSX: read from a workbook, written in the shape that is read again."""

import io
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from disclosure.channels.table import write_cell
from disclosure.files import isolated, kinds
from disclosure.files.inside.report import Refused
from disclosure.publications.importing.cells import read as as_written
from disclosure.publications.importing.cells import typed
from disclosure.publications.importing.sources import FileProblem
from disclosure.standards.columns import COLUMNS
from disclosure.standards.models import StandardItem
from disclosure.standards.reading import Reading, heading_at, read

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 5 * 1024 * 1024
_MARK = "√"


def read_file(path: Path) -> Reading:
    """The table in a file; raises FileProblem."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileProblem(_("The file may have at most 5 MB."))
        return read_bytes(path.read_bytes())
    except OSError as error:
        raise FileProblem(
            _("The file cannot be read: %(error)s") % {"error": error.strerror}
        ) from error


def read_bytes(data: bytes) -> Reading:
    """The table in the first sheet that has one; raises FileProblem."""
    if len(data) > MOST_BYTES:
        raise FileProblem(_("The file may have at most 5 MB."))
    try:
        sheets = isolated.run("sheets", data)["sheets"]
    except Refused as refused:
        raise FileProblem(
            _("This is not a readable XLSX file: %(error)s")
            % {"error": kinds.refusal_sentence(refused.code)}
        ) from refused
    reading = None
    for sheet in sheets:
        if sheet.get("too_large"):
            raise FileProblem(_("The sheet is too large for such a table."))
        table = [[as_written(cell) for cell in row] for row in sheet["rows"]]
        if heading_at(table) is not None:
            return read(table, sheet["merged"])
        reading = reading or read(table)
    return reading or read([])


def row_of(item: StandardItem) -> list[str]:
    """The cells of an item in the order of COLUMNS."""
    specific = item.audience == StandardItem.Audience.SPECIFIC
    on_request = item.way == StandardItem.Way.ON_REQUEST
    cells = {
        "serial": str(item.serial),
        "level1": item.level1,
        "level2": item.level2,
        "content": item.content,
        "basis": item.basis,
        "time_limit": item.time_limit,
        "body": item.body,
        "channels": write_cell(item.channels, item.channels_note),
        "public": "" if specific else _MARK,
        "specific": (item.audience_who or _MARK) if specific else "",
        "proactive": "" if on_request else _MARK,
        "on_request": _MARK if on_request else "",
        "county": _MARK if item.at_county else "",
        "township": _MARK if item.at_township else "",
    }
    return [typed(cells[column.key]) for column in COLUMNS]


def write(title: str, items: Iterable[StandardItem]) -> bytes:
    """The items as the customary table, with merged headings and first levels."""
    rows = [row_of(item) for item in items]
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    edge = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_size": 10}
    plain = book.add_format(edge)
    middle = book.add_format({**edge, "align": "center"})
    bold = book.add_format({**edge, "align": "center", "bold": True})
    head = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    sheet = book.add_worksheet()
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1, 2)
    sheet.freeze_panes(3, 0)
    _merge(sheet, (0, 0, 0, len(COLUMNS) - 1), title, head)
    _write_headings(sheet, bold)
    for position, column in enumerate(COLUMNS):
        sheet.set_column(position, position, column.width)
    for number, cells in enumerate(rows, start=3):
        for position, (column, text) in enumerate(zip(COLUMNS, cells, strict=True)):
            look = middle if column.is_mark or column.key == "serial" else plain
            sheet.write_string(number, position, text, look)
    start = 3
    for text, same in groupby(rows, key=lambda cells: cells[1]):
        end = start + len(list(same)) - 1
        if end > start:
            _merge(sheet, (start, 1, end, 1), text, plain)
        start = end + 1
    book.close()
    return buffer.getvalue()


def _write_headings(sheet: Any, look: Any) -> None:
    position = 0
    for above, group in groupby(COLUMNS, key=lambda column: column.above):
        columns = list(group)
        if len(columns) == 1:
            _merge(sheet, (1, position, 2, position), above, look)
        else:
            _merge(sheet, (1, position, 1, position + len(columns) - 1), above, look)
            for offset, column in enumerate(columns):
                sheet.write_string(2, position + offset, column.below, look)
        position += len(columns)


def _merge(sheet: Any, place: tuple[int, int, int, int], text: str, look: Any) -> None:
    """Merge the cells; the text is written as a text, never as a formula."""
    sheet.merge_range(*place, "", look)
    sheet.write_string(place[0], place[1], text, look)

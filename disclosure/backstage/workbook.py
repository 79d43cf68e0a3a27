"""A table as XLSX, row by row in steady memory: on A4 landscape, the headings on each page."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter

from disclosure.backstage.cells import Cell, guarded

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_A4 = 9


def write(
    title: str,
    note: str,
    headings: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Cell]],
) -> tuple[IO[bytes], int]:
    """An open temporary file at its beginning, and how many rows are in it.

    `headings`: (text, width in characters). Texts are written as texts, never as formulas.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the caller closes it)
    try:
        count = _fill(file, title, note, headings, rows)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file, count


def _fill(
    file: IO[bytes],
    title: str,
    note: str,
    headings: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Cell]],
) -> int:
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    edge = {"border": 1, "text_wrap": True, "valign": "top", "font_size": 10}
    plain = book.add_format(edge)
    day = book.add_format({**edge, "num_format": "yyyy-mm-dd"})
    bold = book.add_format({**edge, "bold": True, "align": "center", "valign": "vcenter"})
    head = book.add_format({"bold": True, "font_size": 16})
    sheet = book.add_worksheet()
    for column, (_text, width) in enumerate(headings):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 0)
    sheet.set_footer("&C&P / &N")
    sheet.write_string(0, 0, title, head)
    sheet.write_string(1, 0, note)
    for column, (text, _width) in enumerate(headings):
        sheet.write_string(2, column, text, bold)
    count = 0
    for count, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, count + 2, column, guarded(value), plain, day)
    book.close()
    return count


def _write(sheet: Any, row: int, column: int, value: Cell, plain: Any, day: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, plain)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, plain)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, plain)
    else:
        sheet.write_datetime(row, column, value, day)

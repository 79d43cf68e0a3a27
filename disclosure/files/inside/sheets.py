"""The sheets of a workbook as texts, for a room that takes a table over: read in the child process.

The reader makes a full table of what lies between the first and the last cell: two cells far from
each other take all memory there is, and the process with it.
"""

import datetime as dt
import io
from typing import Any

import python_calamine

from disclosure.files.inside.packages import Package
from disclosure.files.inside.report import Limits, Refused, Spent

MOST_UNPACKED = 64 * 2**20
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 30, 5000, 100


def read(data: bytes) -> list[dict[str, Any]]:
    """Each sheet's cells and merged areas, or `too_large`."""
    package = Package(data, Spent(Limits(unpacked=MOST_UNPACKED)))
    for name in package.names:  # the sizes that it claims are not believed
        package.read(name)
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        return [_sheet(book.get_sheet_by_name(name)) for name in book.sheet_names[:MOST_SHEETS]]
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise Refused("broken") from error


def first_end(data: bytes) -> list[int] | None:
    """Row and column of the last cell of the first sheet, from 0; None where it is empty.

    That the child came back says that the sheet can be read.
    """
    try:
        end = python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).end
    except (python_calamine.CalamineError, IndexError, ValueError, OSError) as error:
        raise Refused("broken") from error
    return list(end) if end else None


def _sheet(sheet: Any) -> dict[str, Any]:
    if sheet.end and (sheet.end[0] > MOST_ROWS or sheet.end[1] > MOST_COLUMNS):
        return {"too_large": True}
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return {"rows": rows, "merged": sheet.merged_cell_ranges or []}


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return "" if value is None else str(value).replace("\r\n", "\n").replace("_x000D_", "")

"""Values of a table as a spreadsheet takes them. Pure."""

import datetime as dt

Cell = str | int | float | dt.date | None

#: What spreadsheets may take for the beginning of a formula, also in full width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
#: The longest text that a cell of a spreadsheet holds is 32,767 characters.
LONGEST = 32_000


def guarded(value: Cell) -> Cell:
    """`value` so that no spreadsheet runs it: text that looks like a formula begins with `'`."""
    if not isinstance(value, str):
        return value
    text = value[:LONGEST]
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_text(value: Cell) -> str:
    """The same as text: dates in ISO 8601, nothing for None."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)

"""Cells of a table (CSV, XLSX) that no spreadsheet runs and that are read back as they were. Pure.

A cell that looks like a formula gets a `'` before it, and so does one that has a `'` there by
itself: whatever stood there, taking one away gives it back.
"""

import re

# What spreadsheets take for the beginning of a formula, also in full width.
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def guarded(text: str) -> str:
    """`text` for a cell without a type (CSV)."""
    return f"'{text}" if _FORMULA.match(text) or _ESCAPED.match(text) else text


def typed(text: str) -> str:
    """`text` for a cell whose type is text (XLSX): nothing of it runs, so it reads as it is."""
    return f"'{text}" if _ESCAPED.match(text) else text


def read(text: str) -> str:
    """What `guarded` or `typed` wrote, as it was."""
    return text[1:] if _ESCAPED.match(text) else text

"""Reading older annual reports: text, Markdown, the contract's JSON. Pure; knows no database."""

from disclosure.reports.reading.api import read, read_text
from disclosure.reports.reading.errors import ReadingError
from disclosure.reports.reading.shapes import FIRST_YEAR, LAST_YEAR, Figure, Reading, Section

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Figure",
    "Reading",
    "ReadingError",
    "Section",
    "read",
    "read_text",
]

"""Texts of cells, the same in every form of a report. Pure."""

from decimal import Decimal
from typing import Final

from disclosure.reports.document import Document
from disclosure.reports.reading.shapes import Figure
from disclosure.reports.tables.cells import NA, Cell
from disclosure.reports.tables.shapes import Label, Number, Place, Table

#: 不适用 as print has it.
NOT_APPLICABLE: Final = Label("不适用", "n/a")
DEMONSTRATION: Final = "（演示数据，不是正式文件）"

_QUALIFIERS: Final = {"over": "{}以上", "about": "约{}", "nearly": "近{}"}


def shown(cell: Cell, number: Number = Number.COUNT, language: str = "zh") -> str:
    """1,573,179 · +4 · 不适用; nothing for a blank."""
    if cell is None:
        return ""
    if cell == NA:
        return NOT_APPLICABLE.in_language(language)
    return signed(cell) if number == Number.CHANGE else grouped(cell)


def grouped(value: int | Decimal) -> str:
    """In groups of three, with all its decimal places: 1,573,179 · 12.50."""
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def signed(value: int | Decimal) -> str:
    """+373, -12, 0."""
    return f"+{grouped(value)}" if value > 0 else grouped(value)


def values_of(document: Document, table: Table, language: str = "zh") -> dict[Place, str]:
    """Every cell of a table as it is shown."""
    cells = document.cells
    return {
        place: shown(cells[place], table.column(place.row, place.column).number, language)
        if cells
        else ""
        for place in table.places()
    }


def bracketed(text: str, language: str = "zh") -> str:
    """A note as it stands in a table's corner."""
    return f"（{text}）" if text and not language.startswith("en") else text


def figure_shown(figure: Figure) -> str:
    """The number of a named figure with what bounds it: 200,000以上."""
    number = f"{figure['value']:,}"
    return _QUALIFIERS.get(figure.get("qualifier", ""), "{}").format(number)


def title_of(document: Document) -> str:
    """Its title, or the one that the notice prescribes."""
    return document.title or f"{document.agency}{document.year}年政府信息公开工作年度报告"

"""What stands in a cell, and all cells of a report. 0, blank and 不适用 are three values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal

from disclosure.reports.tables.shapes import Column, Form, Layout, Number, Place, Term

#: 不适用.
NA: Final = "NA"
#: None: left blank.
Cell = int | Decimal | Literal["NA"] | None
#: Beyond this no agency counts, and JSON's readers lose digits.
MOST: Final = 10**15
PLACES_OF_AMOUNT: Final = 6
_SIGNED: Final = re.compile(r"[+-]?\d{1,15}")
_DECIMAL: Final = re.compile(r"-?\d{1,16}(\.\d{1,12})?")

Wrong = Literal["not_a_number", "negative", "fraction", "too_large"]


class BadCell(ValueError):
    """What the contract does not allow in a cell; `reason` says which way."""

    def __init__(self, reason: Wrong) -> None:
        self.reason = reason
        super().__init__(reason)


def read_cell(value: Any, column: Column) -> Cell:
    """A cell of the contract's JSON; BadCell for what it may not hold.

    Amounts may be written as text ("12.50"), a change as "+4"; counts are numbers only.
    """
    if value is None or value == NA:
        return value
    number = _number(value, column.number)
    if number < 0 and column.number != Number.CHANGE:
        raise BadCell("negative")
    if abs(number) >= MOST:
        raise BadCell("too_large")
    if column.number == Number.AMOUNT:
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > PLACES_OF_AMOUNT:
            raise BadCell("fraction")
        return number
    if number != number.to_integral_value():
        raise BadCell("fraction")
    return int(number)


def _number(value: Any, kind: Number) -> Decimal:
    if type(value) in (int, Decimal):
        return Decimal(value)
    if type(value) is float:
        value = repr(value)
        try:
            number = Decimal(value)
        except InvalidOperation as error:
            raise BadCell("not_a_number") from error
        if not number.is_finite():
            raise BadCell("not_a_number")
        return number
    pattern = {Number.AMOUNT: _DECIMAL, Number.CHANGE: _SIGNED}.get(kind)
    if isinstance(value, str) and pattern and pattern.fullmatch(value) and value.isascii():
        return Decimal(value)
    raise BadCell("not_a_number")


def as_number(cell: Cell) -> int | Decimal:
    """As the identities take it: a blank and 不适用 count as 0."""
    return 0 if cell is None or cell == NA else cell


@dataclass(frozen=True)
class Cells:
    """The cells of a report by place; a place that is not there was left out of the report."""

    form: Form
    values: dict[Place, Cell] = field(default_factory=dict)

    def __getitem__(self, place: Place) -> Cell:
        return self.values.get(place)

    def has_row(self, table: str, row: str) -> bool:
        columns = self.form.table(table).columns(row)
        return any(Place(table, row, column.key) in self.values for column in columns)

    def has_table(self, table: str) -> bool:
        return any(self.has_row(table, row) for row in self.form.table(table).rows)

    def sum(self, terms: Iterable[Term]) -> int | Decimal:
        """What the terms add up to, those of the year before left out."""
        return sum(
            term.sign * as_number(self[term.place]) for term in terms if not term.place.before
        )

    def changed(self, values: Mapping[Place, Cell]) -> "Cells":
        """With other values at these places."""
        return Cells(self.form, {**self.values, **values})

    def as_json(self) -> dict[str, Any]:
        """The contract's "tables"; amounts as text, so that no digit is lost."""
        tables: dict[str, Any] = {}
        for table in self.form.tables:
            rows: dict[str, Any] = {}
            for row in table.rows:
                if not self.has_row(table.key, row):
                    continue
                cells = {
                    column.key: written(self[Place(table.key, row, column.key)])
                    for column in table.columns(row)
                    if table.layout == Layout.LISTED
                    or Place(table.key, row, column.key) in self.values
                }
                rows[row] = list(cells.values()) if table.layout == Layout.LISTED else cells
            if rows:
                tables[table.key] = rows
        return tables


def written(cell: Cell) -> int | str | None:
    """A cell as the contract's JSON writes it."""
    return f"{cell:f}" if isinstance(cell, Decimal) else cell

"""Where a report's figures come from, and what they come to. Pure.

A cell's ground is what was loaded from another system for it, else what the casework and the
publications give together with the agencies below; an adjustment by hand stands on that. Totals
follow their parts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from disclosure.reports.tables.cells import NA, Cell, Cells, as_number
from disclosure.reports.tables.shapes import Equation, Form, Number, Place


@dataclass(frozen=True)
class Adjusted:
    """A figure adjusted by hand; `amount` only for "add" and "set"."""

    kind: Literal["add", "set", "blank", "na"]
    amount: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True)
class Grounds:
    """What a report's values are made of."""

    form: Form
    computed: Cells
    summed: Cells
    loaded: Cells
    adjusted: Mapping[Place, Adjusted] = field(default_factory=dict)

    def ground(self, place: Place) -> Cell:
        """The value before any adjustment; None: nobody counts this cell."""
        if place in self.loaded.values:
            return self.loaded[place]
        found = [cells[place] for cells in (self.computed, self.summed) if cells[place] is not None]
        if not found:
            return None
        return _sum(found)

    def values(self) -> Cells:
        """Every cell of the form as it would be published."""
        values = {place: self._value(place) for place in self.form.places}
        moved = set(self.adjusted)
        for _again in range(2):  # a total of totals follows once these are right
            for equation in self.form.sums:
                place = equation.at
                if not self._follows(equation, moved):
                    continue
                parts = [values[term.place] for term in equation.right]
                values[place] = None if all(part is None for part in parts) else _sum(parts)
                if values[place] != self.ground(place):
                    moved.add(place)
        return Cells(self.form, values)

    def _follows(self, equation: Equation, moved: set[Place]) -> bool:
        """Whether a total is the sum of its parts: one adjusted or loaded stands by itself, the
        latter until one of its parts has moved."""
        if equation.at in self.adjusted:
            return False
        touched = any(term.place in moved for term in equation.right)
        return touched or equation.at not in self.loaded.values

    def _value(self, place: Place) -> Cell:
        ground, adjusted = self.ground(place), self.adjusted.get(place)
        if adjusted is None:
            return ground
        if adjusted.kind in ("blank", "na"):
            return None if adjusted.kind == "blank" else NA
        amount = adjusted.amount or Decimal(0)
        if adjusted.kind == "add":
            amount += as_number(ground)
        return typed(amount, self.form.column(place).number)


def typed(amount: Decimal | int, number: Number) -> Cell:
    """The number as a cell of its kind holds it."""
    return Decimal(amount) if number == Number.AMOUNT else int(amount)


def _sum(found: Iterable[Cell]) -> Cell:
    numbers = [as_number(cell) for cell in found]
    return sum(numbers[1:], numbers[0])


def difference(ground: Cell, value: Cell) -> Adjusted | None:
    """The adjustment that makes `value` of `ground`; None where they are the same."""
    if value == ground and (value is None) == (ground is None):
        return None
    if value is None:
        return Adjusted("blank")
    if value == NA:
        return Adjusted("na")
    amount = Decimal(as_number(value))
    if ground is None or ground == NA:
        return Adjusted("set", amount)
    return Adjusted("add", amount - as_number(ground))

"""A report's tables as staff fill them in: each cell with its ground, its adjustment, its value."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext

from disclosure.reports.figuring import Grounds, typed
from disclosure.reports.models import AnnualReport
from disclosure.reports.reading.numerals import narrow
from disclosure.reports.remarks import Remark
from disclosure.reports.tables.cells import MOST, NA, PLACES_OF_AMOUNT, Cell, Cells, written
from disclosure.reports.tables.checking import sum_before
from disclosure.reports.tables.shapes import Column, Form, Number, Place
from disclosure.reports.wording import said

#: How 不适用 may be typed.
_NOT_APPLICABLE: Final = frozenset({"NA", "N/A", "不适用"})
_NUMBER: Final = re.compile(r"[+-]?\d{1,15}(\.\d{1,6})?")


class WrongCell(ValueError):
    """What was typed is no value of the cell; the text says why."""


def key_of(place: Place) -> str:
    """A cell's name in forms, addresses and anchors: table.row.column."""
    return ".".join(place[:3])


def place_of(form: Form, key: str) -> Place | None:
    """The cell of that name; None where the form has none."""
    parts = key.split(".")
    if len(parts) != 3:
        return None
    place = Place(parts[0], parts[1], parts[2])
    return place if form.has(place) else None


def shown(cell: Cell) -> str:
    """A cell as it is typed."""
    if cell == NA:
        return "不适用"
    found = written(cell)
    return "" if found is None else str(found)


def read(text: str, column: Column) -> Cell:
    """What somebody typed into a cell, in any width, with or without separators."""
    plain = narrow(text).strip().replace(",", "").replace(" ", "")
    if not plain:
        return None
    if plain.upper() in _NOT_APPLICABLE:
        return NA
    if not (plain.isascii() and _NUMBER.fullmatch(plain)):
        raise WrongCell(gettext("“%(text)s” is not a number.") % {"text": text[:20]})
    number = Decimal(plain)
    if number < 0 and column.number != Number.CHANGE:
        raise WrongCell(gettext("The number %(found)s is negative.") % {"found": plain})
    if abs(number) >= MOST:
        raise WrongCell(gettext("The number %(found)s is too large.") % {"found": plain[:20]})
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    if places > (PLACES_OF_AMOUNT if column.number == Number.AMOUNT else 0):
        message = gettext("The number %(found)s has too many decimal places.")
        raise WrongCell(message % {"found": plain})
    return typed(number, column.number)


@dataclass(frozen=True)
class SheetCell:
    """One cell of the page."""

    key: str
    label: str
    value: str
    ground: str
    is_adjusted: bool
    is_total: bool
    has_records: bool
    url: str
    wrong: str = ""
    remark: bool = False


@dataclass(frozen=True)
class SheetRow:
    """A row; `above`: the headings that begin with it."""

    label: str
    above: list[str]
    depth: int
    cells: list[SheetCell]


@dataclass(frozen=True)
class SheetBlock:
    """Rows with the same columns."""

    label: str
    columns: list[str]
    rows: list[SheetRow]


@dataclass(frozen=True)
class Sheet:
    """A table."""

    key: str
    heading: str
    blocks: list[SheetBlock] = field(default_factory=list)


def sheets(
    report: AnnualReport,
    grounds: Grounds,
    counted: Iterable[Place],
    remarks: Iterable[Remark],
    given: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> list[Sheet]:
    """The tables of a report; `given` is what was typed, `wrong` what is wrong with it."""
    form = grounds.form
    values = report.cells
    behind, marked = set(counted), {one.target for one in remarks}
    maker = _Maker(report, grounds, values, behind, marked, given or {}, wrong or {})
    return [
        Sheet(
            table.key,
            f"{table.section}、{said(table.label)}",
            [
                SheetBlock(
                    said(block.label) if block.label else "",
                    [said(column.label) for column in block.columns],
                    list(maker.rows(table.key, block.rows, block.columns)),
                )
                for block in table.blocks
            ],
        )
        for table in form.tables
    ]


@dataclass(frozen=True)
class _Maker:
    report: AnnualReport
    grounds: Grounds
    values: Cells
    behind: set[Place]
    marked: set[str]
    given: Mapping[str, str]
    wrong: Mapping[str, str]

    def rows(self, table: str, rows: Iterable[Any], columns: tuple[Column, ...]) -> Any:
        before: tuple[Any, ...] = ()
        for row in rows:
            new = row.above[len(_shared(before, row.above)) :]
            before = row.above
            yield SheetRow(
                said(row.label),
                [said(label) for label in new],
                len(row.above),
                [
                    self.cell(Place(table, row.key, column.key), said(row.label), column)
                    for column in columns
                ],
            )

    def cell(self, place: Place, row: str, column: Column) -> SheetCell:
        key = key_of(place)
        return SheetCell(
            key=key,
            label=f"{row} {said(column.label)}",
            value=self.given.get(key, shown(self.values[place])),
            ground=shown(self.grounds.ground(place)),
            is_adjusted=place in self.grounds.adjusted,
            is_total=place in self.grounds.form.totals,
            has_records=place in self.behind,
            url=reverse("admin:disclosure_annualreport_cell", args=[self.report.pk, key]),
            wrong=self.wrong.get(key, ""),
            remark=key in self.marked,
        )


def _shared(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """How far two rows stand under the same headings."""
    shared = []
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared.append(left)
    return tuple(shared)


def equations_of(form: Form, before: Cells | None) -> list[dict[str, Any]]:
    """The identities for the page's script, which holds them while somebody types."""
    return [
        {
            "left": [[key_of(term.place), term.sign] for term in equation.left],
            "right": [
                [key_of(term.place), term.sign] for term in equation.right if not term.place.before
            ],
            "before": str(sum_before(equation, before) if before else 0),
            "across": equation.across_years,
            "label": said(equation.identity.label),
        }
        for equation in form.equations
        if not equation.across_years or before is not None
    ]

"""Whether the tables of a report are well formed and consistent: every problem, with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from disclosure.reports.tables.cells import NA, BadCell, Cell, Cells, read_cell
from disclosure.reports.tables.shapes import (
    Equation,
    Form,
    Layout,
    Place,
    Severity,
    Table,
)

Kind = Literal[
    "unknown_table",
    "unknown_row",
    "unknown_column",
    "wrong_shape",
    "wrong_length",
    "not_a_number",
    "negative",
    "fraction",
    "too_large",
    "missing_table",
    "missing_row",
    "blank",
    "not_applicable",
    "identity",
]
#: What does not keep a report from going out by itself.
_WARNINGS = frozenset({"missing_table", "missing_row", "blank", "not_applicable"})


@dataclass(frozen=True)
class Problem:
    """Something wrong at a place; `row` and `column` are empty where it is about more.

    `expected` and `found` are numbers for an identity, else what the message tells.
    """

    kind: Kind
    table: str
    row: str = ""
    column: str = ""
    expected: Any = None
    found: Any = None
    equation: Equation | None = None

    @property
    def severity(self) -> Severity:
        if self.equation is not None:
            return self.equation.identity.severity
        return Severity.WARNING if self.kind in _WARNINGS else Severity.ERROR

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR

    @property
    def place(self) -> Place | None:
        return Place(self.table, self.row, self.column) if self.column else None


def read_tables(form: Form, data: Any) -> tuple[Cells, list[Problem]]:
    """The cells of the contract's "tables", and what is wrong with them; what cannot be read is
    left out of the cells."""
    if not isinstance(data, Mapping):
        return Cells(form), [Problem("wrong_shape", "", expected="object", found=data)]
    values: dict[Place, Cell] = {}
    problems = [Problem("unknown_table", str(key)) for key in data if key not in form.by_key]
    for table in form.tables:
        if table.key not in data:
            problems.append(Problem("missing_table", table.key))
            continue
        rows = data[table.key]
        if not isinstance(rows, Mapping):
            problems.append(Problem("wrong_shape", table.key, expected="object", found=rows))
            continue
        problems += [
            Problem("unknown_row", table.key, str(key)) for key in rows if key not in table.rows
        ]
        for row in table.rows:
            if row not in rows:
                problems.append(Problem("missing_row", table.key, row))
                continue
            problems += _read_row(table, row, rows[row], values)
    return Cells(form, values), problems


def _read_row(table: Table, row: str, data: Any, values: dict[Place, Cell]) -> Iterator[Problem]:
    columns = table.columns(row)
    if table.layout == Layout.LISTED:
        if not isinstance(data, list):
            yield Problem("wrong_shape", table.key, row, expected="list", found=data)
            return
        if len(data) != len(columns):
            yield Problem("wrong_length", table.key, row, expected=len(columns), found=len(data))
            return
        given = dict(zip((column.key for column in columns), data, strict=True))
    else:
        if not isinstance(data, Mapping):
            yield Problem("wrong_shape", table.key, row, expected="object", found=data)
            return
        given = dict(data)
        known = {column.key for column in columns}
        for key in given:
            if key not in known:
                yield Problem("unknown_column", table.key, row, str(key))
    for column in columns:
        place = Place(table.key, row, column.key)
        if column.key not in given:
            yield Problem("blank", *place[:3])
            continue
        try:
            cell = read_cell(given[column.key], column)
        except BadCell as error:
            yield Problem(error.reason, *place[:3], found=given[column.key])
            continue
        values[place] = cell
        if cell is None:
            yield Problem("blank", *place[:3])
        elif cell == NA:
            yield Problem("not_applicable", *place[:3])


def violations(cells: Cells, before: Cells | None = None) -> list[Problem]:
    """The identities that do not hold; those across years only where last year's is given.

    A table that the report leaves out is not checked; nor is, across years, one that last year's
    report leaves out.
    """
    return [
        Problem("identity", *equation.at[:3], expected=right, found=left, equation=equation)
        for equation, left, right in sums(cells, before)
        if left != right
    ]


def sums(
    cells: Cells, before: Cells | None = None
) -> Iterator[tuple[Equation, int | Decimal, int | Decimal]]:
    """Each identity that can be checked, with what its two sides add up to."""
    for equation in cells.form.equations:
        table = equation.identity.table
        if not cells.has_table(table) or not _is_there(cells, equation):
            continue
        right = cells.sum(equation.right)
        if equation.across_years:
            if before is None or not all(
                before.form.has(place) and before.has_row(place.table, place.row)
                for place in (term.place for term in equation.right if term.place.before)
            ):
                continue
            right += sum_before(equation, before)
        yield equation, cells.sum(equation.left), right


def sum_before(equation: Equation, before: Cells) -> int | Decimal:
    """What its terms of the year before come to, as far as that report's form has them."""
    return before.sum(
        term._replace(place=term.place._replace(before=False))
        for term in equation.right
        if term.place.before and before.form.has(term.place)
    )


def _is_there(cells: Cells, equation: Equation) -> bool:
    """Whether the report has any row of the equation's left side."""
    return any(cells.has_row(term.place.table, term.place.row) for term in equation.left)


def check(form: Form, data: Any, previous: Any = None) -> list[Problem]:
    """Every problem of the contract's "tables": errors of form, identities, then warnings."""
    cells, problems = read_tables(form, data)
    before = None
    if previous is not None:
        before, _ignored = read_tables(form, previous)
    problems += violations(cells, before)
    return sorted(problems, key=lambda problem: not problem.is_error)

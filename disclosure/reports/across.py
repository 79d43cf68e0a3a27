"""Several reports together: what they add up to, and which figures stand out. Pure."""

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, Literal, TypeVar

from disclosure.reports.prose.growth import Growth, growths
from disclosure.reports.tables.cells import NA, BadCell, Cell, Cells, as_number, read_cell
from disclosure.reports.tables.checking import Problem, read_tables, violations
from disclosure.reports.tables.forms import REQUESTS
from disclosure.reports.tables.shapes import TOTAL, Form, Layout, Place, Table

#: Reports of one kind of agency from which their median says something; a choice of this project.
FEWEST: Final = 5
_LEFT_OUT: Final = frozenset({"missing_table", "missing_row", "blank"})


# --- one figure a row ----------------------------------------------------------------------------
@lru_cache
def outline(form: Form) -> Form:
    """The form with the totals of table three alone: a year's reports are compared by them."""
    return replace(form, tables=tuple(_outline(table) for table in form.tables))


def _outline(table: Table) -> Table:
    if table.key != REQUESTS:
        return table
    blocks = (
        replace(block, columns=tuple(one for one in block.columns if one.key == TOTAL))
        for block in table.blocks
    )
    return replace(table, blocks=tuple(blocks))


def outlined(form: Form, tables: Any) -> Cells:
    """The cells of `outline(form)` in the contract's "tables"; what is not well formed is left
    out, and the others' cells are not read at all."""
    short = outline(form)
    given = tables if isinstance(tables, Mapping) else {}
    values: dict[Place, Cell] = {}
    for place in short.places:
        table = form.table(place.table)
        column = form.column(place)
        row = _row(table, place.row, given.get(place.table))
        if place.column not in row:
            continue
        try:
            values[place] = read_cell(row[place.column], column)
        except BadCell:
            continue
    return Cells(short, values)


def _row(table: Table, key: str, rows: Any) -> Mapping[str, Any]:
    data = rows.get(key) if isinstance(rows, Mapping) else None
    if table.layout == Layout.NAMED:
        return data if isinstance(data, Mapping) else {}
    columns = table.columns(key)
    if not isinstance(data, list) or len(data) != len(columns):
        return {}
    return {column.key: cell for column, cell in zip(columns, data, strict=True)}


# --- which reports are counted -------------------------------------------------------------------
@dataclass(frozen=True)
class Part:
    """A public report among others; `path` is its agency's place in the tree.

    `sums`: its figures are those of the agencies below too; `missing` are the codes of those that
    had no report when it was summed.
    """

    path: str
    code: str
    form: str
    tables: Any = None
    sums: bool = False
    missing: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, path: str, code: str, form: str, tables: Any, summed: Any) -> "Part":
        """`summed` is what the edition's workings hold of it."""
        missing = summed.get("missing", ()) if isinstance(summed, Mapping) else ()
        return cls(path, code, form, tables, bool(summed), frozenset(missing))


@dataclass(frozen=True)
class Counted:
    """`parts` are counted; `within` are spoken for by a report above them. Of these, `after` came
    out only when the report above had been summed: their figures are in no sum."""

    parts: list[Part]
    within: list[Part]
    after: list[Part]


def counted(parts: Iterable[Part]) -> Counted:
    """Which of a year's reports are added up, none twice: one that is itself a sum speaks for
    everything below it."""
    found = Counted([], [], [])
    speaker: Part | None = None
    left_out: set[str] = set()
    for part in sorted(parts, key=lambda one: one.path):
        if speaker is None or not part.path.startswith(speaker.path):
            found.parts.append(part)
            speaker, left_out = (part, set(part.missing)) if part.sums else (None, set())
            continue
        found.within.append(part)
        if part.code in left_out:
            found.after.append(part)
        elif part.sums:
            left_out |= part.missing
    return found


# --- what stands out -----------------------------------------------------------------------------
@dataclass(frozen=True)
class Outlier:
    """A figure far from the agency's own the year before, or from the median of its kind."""

    growth: Growth
    against: Literal["before", "median"]


@dataclass(frozen=True)
class Findings:
    """What the superior agency's reader looks at in a report; `blanks`: how many cells of a row
    are blank, by (table, row); `left_out` are rows and tables that are not there at all."""

    outliers: list[Outlier]
    left_out: list[Problem]
    blanks: Counter[tuple[str, str]]
    identities: list[Problem]

    def __bool__(self) -> bool:
        return bool(self.outliers or self.left_out or self.blanks or self.identities)


Kind = TypeVar("Kind")


def medians(of: Iterable[tuple[Kind, Cells]]) -> dict[tuple[Kind, str], Cells]:
    """The median of each cell by kind of agency and form, where at least FEWEST reports fill it;
    blanks and 不适用 are not counted."""
    found: dict[tuple[Kind, str], list[Cells]] = {}
    for kind, cells in of:
        found.setdefault((kind, cells.form.key), []).append(cells)
    return {
        key: Cells(some[0].form, dict(_middle(some[0].form, some))) for key, some in found.items()
    }


def _middle(form: Form, some: Sequence[Cells]) -> Iterator[tuple[Place, Cell]]:
    for place in form.places:
        numbers = [
            Decimal(as_number(cells[place])) for cells in some if cells[place] not in (None, NA)
        ]
        if len(numbers) >= FEWEST:
            yield place, statistics.median(numbers)


def outliers(cells: Cells, before: Cells | None, median: Cells | None) -> list[Outlier]:
    """Rows of tables two and three that are over five times, or under a fifth of, what they are
    held against, and differ by as much as `prose.growth` asks."""
    found = [Outlier(one, "before") for one in (growths(cells, before) if before else ())]
    found += [Outlier(one, "median") for one in (growths(cells, median) if median else ())]
    return found


def findings(
    form: Form,
    tables: Any,
    before: tuple[Form, Any] | None = None,
    median: Cells | None = None,
) -> Findings:
    """Everything of a report; `before` are form and tables of the agency's on the year before."""
    cells, problems = read_tables(form, tables)
    earlier = read_tables(*before)[0] if before else None
    short = outlined(*before) if before else None
    gaps = [one for one in problems if one.kind in _LEFT_OUT]
    return Findings(
        outliers(outlined(form, tables), short, median),
        [one for one in gaps if one.kind != "blank"],
        Counter((one.table, one.row) for one in gaps if one.kind == "blank"),
        violations(cells, earlier),
    )

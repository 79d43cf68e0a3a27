"""What a form of the annual report is made of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

#: The key of the column or row that sums the others.
TOTAL: Final = "total"


class Label(NamedTuple):
    """A wording of the notice, and its English. The Chinese is the official one: exports and
    what is recognised in a published report go by it, whatever the page's language."""

    zh: str
    en: str

    def in_language(self, code: str) -> str:
        return self.en if code.startswith("en") else self.zh


class Number(StrEnum):
    """What a cell may hold."""

    COUNT = "count"  # a whole number, not negative
    AMOUNT = "amount"  # a decimal, not negative
    CHANGE = "change"  # a whole number, also negative (本年增/减)


class Layout(StrEnum):
    """How the contract's JSON writes a row."""

    NAMED = "named"  # {"issued": 1, "repealed": 0}
    LISTED = "listed"  # [1, 0, …] in the order of the columns


class Face(StrEnum):
    """How the official form sets a table."""

    BLOCKS = "blocks"  # each block under its own headings, one below the other
    MATRIX = "matrix"  # rows down, columns across
    ONE_ROW = "one_row"  # the rows beside each other, each over its columns


@dataclass(frozen=True)
class Column:
    """A column; `group` is the heading above several."""

    key: str
    label: Label
    number: Number = Number.COUNT
    group: Label | None = None


@dataclass(frozen=True)
class Row:
    """A row; `above` are the headings that it stands under, from the outside in."""

    key: str
    label: Label
    above: tuple[Label, ...] = ()
    #: Other wordings met in print (misprints, an earlier form's).
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """Rows with the same columns; `label` heads them (第二十条第(一)项)."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    label: Label | None = None


class Place(NamedTuple):
    """Where a cell is: keys of the declaration. `before`: in the report on the year before."""

    table: str
    row: str
    column: str
    before: bool = False


@dataclass(frozen=True)
class Table:
    """One of the report's tables; `section` is the number of the section that it stands in,
    `over` the heading over all columns."""

    key: str
    label: Label
    section: str
    layout: Layout
    blocks: tuple[Block, ...]
    note: Label | None = None
    face: Face = Face.MATRIX
    over: Label | None = None

    @cached_property
    def rows(self) -> dict[str, Row]:
        return {row.key: row for block in self.blocks for row in block.rows}

    @cached_property
    def _columns(self) -> dict[str, tuple[Column, ...]]:
        return {row.key: block.columns for block in self.blocks for row in block.rows}

    def columns(self, row: str) -> tuple[Column, ...]:
        """The columns that a row has; KeyError where there is no such row."""
        return self._columns[row]

    def column(self, row: str, key: str) -> Column:
        """One column of a row; KeyError where it has none."""
        for column in self._columns[row]:
            if column.key == key:
                return column
        raise KeyError(key)

    def places(self) -> Iterator[Place]:
        """Every cell, in reading order."""
        for row in self.rows:
            for column in self._columns[row]:
                yield Place(self.key, row, column.key)


class Severity(StrEnum):
    """An error keeps the report from going out; a warning asks for a note."""

    ERROR = "error"
    WARNING = "warning"


class Along(StrEnum):
    """Over which way an identity adds: whole rows (for each column), or columns (for each row)."""

    ROWS = "rows"
    COLUMNS = "columns"


@dataclass(frozen=True)
class Identity:
    """勾稽关系: what `left` adds up to is what `right` adds up to, with the sign of each term.

    Its terms are rows (then it holds for each column of the table) or columns (then for each of
    `only`, or for every row). `before` are terms of the right side in last year's report.
    """

    key: str
    label: Label
    table: str
    along: Along
    left: tuple[str, ...]
    right: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR


class Term(NamedTuple):
    """A cell in an equation, and whether it is added (1) or taken off (-1)."""

    place: Place
    sign: int = 1


@dataclass(frozen=True)
class Equation:
    """An identity for one row or column: `left` is what is looked at, `right` what it should be."""

    identity: Identity
    left: tuple[Term, ...]
    right: tuple[Term, ...]

    @property
    def at(self) -> Place:
        """The cell that the eye is led to."""
        return self.left[0].place

    @property
    def across_years(self) -> bool:
        return any(term.place.before for term in self.right)

    @property
    def is_sum(self) -> bool:
        """Whether it says what a single cell is the sum of, within one report."""
        return (
            len(self.left) == 1
            and not self.across_years
            and all(term.sign > 0 for term in self.right)
        )


@dataclass(frozen=True)
class Text:
    """A written section; `needed`: it cannot be left empty."""

    key: str
    number: str
    label: Label
    needed: bool = True


@dataclass(frozen=True)
class Form:
    """The form of a notice, for the reports on the years `first` to `last` (None: still)."""

    key: str
    notice: str
    first: int
    last: int | None
    tables: tuple[Table, ...]
    identities: tuple[Identity, ...]
    #: The six sections in order: a written one or a table's.
    sections: tuple[Text | Table, ...] = field(default=())

    @cached_property
    def by_key(self) -> dict[str, Table]:
        return {table.key: table for table in self.tables}

    @cached_property
    def texts(self) -> dict[str, Text]:
        return {one.key: one for one in self.sections if isinstance(one, Text)}

    def table(self, key: str) -> Table:
        """KeyError where the form has no such table."""
        return self.by_key[key]

    def column(self, place: Place) -> Column:
        """The column of a cell; KeyError where there is no such cell."""
        return self.by_key[place.table].column(place.row, place.column)

    def has(self, place: Place) -> bool:
        try:
            self.column(place)
        except KeyError:
            return False
        return True

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every cell of every table, in reading order."""
        return tuple(place for table in self.tables for place in table.places())

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """Every identity for every row or column that it holds for."""
        return tuple(one for identity in self.identities for one in self._spread(identity))

    @cached_property
    def sums(self) -> tuple[Equation, ...]:
        """The identities that say what a single cell is the sum of."""
        return tuple(equation for equation in self.equations if equation.is_sum)

    @cached_property
    def totals(self) -> dict[Place, tuple[Place, ...]]:
        """For each cell that sums others of its report: which. Where two identities say so (the
        total of all totals), the first that the form declares."""
        found: dict[Place, tuple[Place, ...]] = {}
        for equation in self.sums:
            found.setdefault(equation.at, tuple(term.place for term in equation.right))
        return found

    def _spread(self, identity: Identity) -> Iterator[Equation]:
        table = self.by_key[identity.table]
        if identity.along == Along.ROWS:
            others = [column.key for column in table.columns(identity.left[0])]
        else:
            others = list(identity.only or table.rows)

        def terms(
            keys: tuple[str, ...], other: str, sign: int = 1, *, before: bool = False
        ) -> Iterator[Term]:
            for key in keys:
                row, column = (key, other) if identity.along == Along.ROWS else (other, key)
                yield Term(Place(table.key, row, column, before), sign)

        for other in others:
            right = (
                *terms(identity.before, other, before=True),
                *terms(identity.right, other),
                *terms(identity.minus, other, -1),
            )
            yield Equation(identity, tuple(terms(identity.left, other)), right)

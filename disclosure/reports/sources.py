"""Where the figures of the tables are counted (取数来源): each room registers what it counts.

A source gives the cells of the rows that it answers for, of any agencies and any span of days
(both ends counted), in a number of queries that grows with neither; and for each cell the records
behind it, as many as the cell says.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from disclosure.agencies.models import Agency
from disclosure.reports.tables.cells import Cell, Cells
from disclosure.reports.tables.shapes import Form, Place

#: Row → column → figure.
Figures = dict[str, dict[str, int | Decimal]]


@dataclass(frozen=True)
class Span:
    """From one day to another, both counted."""

    first: dt.date
    last: dt.date

    @classmethod
    def of_year(cls, year: int, until: dt.date | None = None) -> "Span":
        """A calendar year, or the part of it up to a day within."""
        last = dt.date(year, 12, 31)
        return cls(dt.date(year, 1, 1), min(last, until) if until else last)


@dataclass(frozen=True)
class Record:
    """A record behind a figure, as staff see it in the list; `url` leads to its staff page."""

    name: str
    day: dt.date | None
    url: str
    note: str = ""


@dataclass(frozen=True)
class Behind:
    """The records behind a cell: how many, and some of them from `offset` on."""

    count: int
    rows: Callable[[int, int], Sequence[Record]]
    #: The right that seeing them needs.
    action: str = ""


@dataclass(frozen=True)
class Source:
    """What counts some rows of one table in some forms."""

    name: str
    table: str
    rows: frozenset[str]
    forms: frozenset[str]
    count: Callable[[Sequence[Agency], Span], Figures]
    behind: Callable[[Sequence[Agency], Span, str, str], Behind] | None = None
    #: Row and column of the cells that it counts, where it does not count whole rows.
    cells: frozenset[tuple[str, str]] = frozenset()

    def counts(self, form: Form, place: Place) -> bool:
        """Whether it answers for a cell."""
        if form.key not in self.forms or self.table != place.table or place.row not in self.rows:
            return False
        return not self.cells or (place.row, place.column) in self.cells


#: Agencies and a span → keys of records.
Keys = Callable[[Sequence[Agency], Span], list[int]]


@dataclass(frozen=True)
class Turn:
    """What passes from one year to the next (结转): the records carried out of a span and into
    one, so that a difference between two reports can be told by its records."""

    carried_out: Keys
    carried_in: Keys
    records: Callable[[Sequence[int]], list[Record]]
    action: str = ""


@dataclass
class _Registry:
    sources: list[Source] = field(default_factory=list)
    turn: Turn | None = None


_registry = _Registry()


def register(source: Source) -> Source:
    """Have a source asked; a row has one at most."""
    for known in _registry.sources:
        if known.name == source.name:
            raise ValueError(source.name)
        shared = known.forms & source.forms
        if shared and known.table == source.table and known.rows & source.rows:
            raise ValueError(f"{source.name}: {known.rows & source.rows} have a source")
    _registry.sources.append(source)
    return source


def register_turn(turn: Turn) -> None:
    """Say what passes from year to year."""
    _registry.turn = turn


def the_turn() -> Turn | None:
    return _registry.turn


def registered() -> tuple[Source, ...]:
    return tuple(_registry.sources)


def source_of(form: Form, place: Place) -> Source | None:
    """What counts a cell; None where it is typed or loaded."""
    for source in _registry.sources:
        if source.counts(form, place):
            return source
    return None


def compute(form: Form, agencies: Iterable[Agency], span: Span) -> Cells:
    """Every cell that some source counts, for these agencies together."""
    chosen = list(agencies)
    values: dict[Place, Cell] = {}
    for source in _registry.sources:
        if form.key not in source.forms:
            continue
        for row, columns in source.count(chosen, span).items():
            for column, figure in columns.items():
                values[Place(source.table, row, column)] = figure
    unknown = [place for place in values if not form.has(place)]
    if unknown:
        raise KeyError(unknown)
    return Cells(form, values)

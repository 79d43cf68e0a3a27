"""Which cell of a printed line stands under which heading."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from disclosure.reports.reading.grids import Cell, Grid
from disclosure.reports.reading.labels import Labels, folded
from disclosure.reports.reading.numbers import is_blank
from disclosure.reports.tables.shapes import Table

#: No more texts above a number are kept.
_DEEPEST: Final = 12
#: A row and a column of a table.
Key = tuple[str, str]


@dataclass
class Headings:
    """The texts above each column of a grid, so far."""

    width: int
    _texts: dict[int, list[str]] = field(default_factory=dict)
    _labels: Labels[str] | None = None
    _declared: int = 0

    @classmethod
    def after(cls, earlier: "Headings | None", width: int, table: Table) -> "Headings":
        """New ones for a table, or those of the grid that it goes on from."""
        columns = {
            column.key: column.label.zh for row in table.rows for column in table.columns(row)
        }
        texts = {at: list(held) for at, held in earlier._texts.items()} if earlier else {}
        return cls(width, texts, Labels(columns.items()), len(columns))

    def nearest(self) -> dict[int, str]:
        """The text directly above each column, as it is now."""
        return {column: held[-1] for column, held in self._texts.items() if held}

    def clear(self) -> None:
        self._texts.clear()

    def add(self, at: int, cells: Iterable[Cell]) -> None:
        """Take a row that is none of the table's as what stands above."""
        for cell in cells:
            if cell.row == at and not is_blank(cell.text) and not folded(cell.text).isdecimal():
                for column in range(cell.column, cell.column + cell.columns):
                    self._texts[column] = [*self._texts.get(column, []), cell.text][-_DEEPEST:]

    def texts(self, column: int) -> Iterator[str]:
        """From the nearest upwards."""
        return reversed(self._texts.get(column, []))

    def over(
        self, cells: Iterable[Cell], key_of: Callable[[Iterable[str]], Key | None]
    ) -> list[list[Key]]:
        """For each cell what the headings over its columns mean, each once."""
        found = []
        for cell in cells:
            columns = range(cell.column, cell.column + cell.columns)
            keys = (key_of(self.texts(column)) for column in columns)
            found.append(list(dict.fromkeys(key for key in keys if key)))
        return found

    def order(self, key_of: Callable[[Iterable[str]], Key | None]) -> list[Key | None]:
        """What the headings mean from the left, each once, without what stands over the labels."""
        last = max((column for column, held in self._texts.items() if held), default=-1)
        keys = [key_of(self.texts(column)) for column in range(last + 1)]
        runs = [key for key, _same in groupby(keys)]
        return runs[1:] if runs and runs[0] is None else runs

    def said(self, first: int) -> bool:
        """Whether anything stands above the columns from `first` on."""
        return any(self._texts.get(column) for column in range(first, self.width))

    @property
    def is_full(self) -> bool:
        """Whether every heading of the table is there."""
        if self._labels is None:
            return False
        texts = (text for held in self._texts.values() for text in held)
        found = {match.key for text in texts if (match := self._labels.find(text))}
        return len(found) == self._declared


@dataclass
class Assigned:
    """The cells of a line by what they are; `spread` belong to several, or to none surely."""

    cells: dict[Key, Cell] = field(default_factory=dict)
    spread_cells: list[tuple[Cell, list[Key]]] = field(default_factory=list)
    #: The line has fewer or more cells than the headings, so that none is sure.
    uneven: bool = False
    by_heading: bool = False

    @property
    def spread(self) -> set[Key]:
        return {key for _cell, keys in self.spread_cells for key in keys}


def assigned(
    grid: Grid,
    at: int,
    cells: list[Cell],
    keys: list[Key],
    headings: Headings,
    key_of: Callable[[Iterable[str]], Key | None],
) -> Assigned:
    """What each cell is: by the heading over it, else by its place where the number agrees."""
    cells, heads = _without_doubles(cells, headings.over(cells, key_of))
    single = [found[0] if len(found) == 1 else None for found in heads]
    known = [key for key in single if key]
    by_heading = 2 * len(set(known)) >= len(keys)
    is_short = grid.is_short(at)
    if len(known) == len(set(known)) == len(keys) and not is_short:
        pairs = zip(single, cells, strict=True)
        return Assigned({key: cell for key, cell in pairs if key}, by_heading=True)
    if len(cells) == len(keys):
        agree = all(key in (None, keys[place]) for place, key in enumerate(single))
        is_bare = not headings.said(cells[0].column)
        in_order = headings.order(key_of) == keys
        if in_order or (not is_short and (is_bare or (by_heading and agree))):
            pairs_ = zip(keys, cells, strict=True)
            return Assigned(dict(pairs_), by_heading=in_order or by_heading)
    # A heading over the labels: the headings are shifted against the numbers.
    first = cells[0].column if cells else 0
    is_shifted = any(key_of(headings.texts(column)) for column in range(first))
    if is_short or is_shifted or not known or len(known) != len(set(known)):
        return Assigned(uneven=True, by_heading=by_heading)
    given = Assigned(by_heading=by_heading)
    for cell, found in zip(cells, heads, strict=True):
        if len(found) == 1:
            given.cells[found[0]] = cell
        elif found:
            given.spread_cells.append((cell, found))
    return given


def _without_doubles(
    cells: list[Cell], heads: list[list[Key]]
) -> tuple[list[Cell], list[list[Key]]]:
    """Without the empty cells beside another under the same wide heading."""
    pairs = list(zip(cells, heads, strict=True))
    kept = [
        (cell, found)
        for place, (cell, found) in enumerate(pairs)
        if not (
            found
            and is_blank(cell.text)
            and any(
                found == other and (at < place or not is_blank(beside.text))
                for at, (beside, other) in enumerate(pairs)
                if at != place
            )
        )
    ]
    return [cell for cell, _found in kept], [found for _cell, found in kept]

"""A table as it is printed: cells with their texts, merged ones once with what they cover."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

#: More than this is no table of a report.
MOST_ROWS: Final = 1000
MOST_COLUMNS: Final = 80
MOST_CELLS: Final = 20_000


class TooMuch(ValueError):
    """A table, or what a file holds, is larger than any report's."""


@dataclass(frozen=True)
class Cell:
    """A cell, where it begins and how many rows and columns it covers."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Grid:
    """The cells of a table; where none is, the row was too short."""

    cells: tuple[Cell, ...]
    _at: dict[tuple[int, int], Cell] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        taken: dict[tuple[int, int], Cell] = {}
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    taken.setdefault((row, column), cell)
        object.__setattr__(self, "_at", taken)

    @cached_property
    def height(self) -> int:
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        return max((cell.column + cell.columns for cell in self.cells), default=0)

    def at(self, row: int, column: int) -> Cell | None:
        return self._at.get((row, column))

    def row(self, row: int) -> list[Cell]:
        """The cells that a row meets, each once, from the left."""
        met = (self.at(row, column) for column in range(self.width))
        return list(dict.fromkeys(cell for cell in met if cell is not None))

    def is_short(self, row: int) -> bool:
        """Whether the row ends before the others do."""
        return self.at(row, self.width - 1) is None

    def lines(self) -> list[str]:
        """Its rows as text, for a table that is none of the report's."""
        rows = (
            "\t".join(cell.text for cell in self.row(row) if cell.row == row and cell.text)
            for row in range(self.height)
        )
        return [line for line in rows if line]

    def as_json(self) -> list[list[Any]]:
        return [[one.row, one.column, one.text, one.rows, one.columns] for one in self.cells]

    @classmethod
    def from_json(cls, data: Iterable[Sequence[Any]]) -> "Grid":
        return cls(tuple(Cell(*one) for one in data))


#: What a file is made of, in its order: paragraphs and tables.
Part = str | Grid


def resolved(rows: Sequence[Sequence[tuple[str, int, int]]]) -> Grid:
    """The grid of rows of (text, columns covered, rows covered), as HTML and Word write them."""
    if len(rows) > MOST_ROWS:
        raise TooMuch
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        column = 0
        for text, across, down in row:
            while (at, column) in taken:
                column += 1
            across = max(1, min(across, MOST_COLUMNS))
            down = len(rows) - at if down == 0 else max(1, min(down, len(rows) - at))
            if column + across > MOST_COLUMNS or len(taken) > MOST_CELLS:
                raise TooMuch
            cells.append(Cell(at, column, text, down, across))
            taken |= {(at + y, column + x) for y in range(down) for x in range(across)}
            column += across
    return Grid(tuple(cells))

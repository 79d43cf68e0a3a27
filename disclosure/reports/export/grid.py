"""A table as the official form sets it: merged headings over a grid, for page, DOCX, XLSX and PDF.
Made of the declaration alone. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from itertools import groupby
from typing import Final

from disclosure.reports.tables.shapes import Column, Face, Label, Place, Row, Table

#: What heads the row headings of a block.
CONTENT: Final = Label("信息内容", "Kind of information")

Spot = tuple[int, int]


class Kind(StrEnum):
    """What a piece is, as HTML's `scope` has it; a note heads nothing."""

    NOTE = "note"
    COLUMN = "col"
    COLUMNS = "colgroup"
    ROW = "row"
    ROWS = "rowgroup"
    VALUE = "value"


@dataclass(frozen=True)
class Piece:
    """A cell from (row, column) on over `height` rows and `width` columns; `headings` are where
    the pieces stand that head a value, from the outside in."""

    kind: Kind
    row: int
    column: int
    height: int = 1
    width: int = 1
    label: Label | None = None
    place: Place | None = None
    headings: tuple[Spot, ...] = ()

    @property
    def spot(self) -> Spot:
        return self.row, self.column


@dataclass(frozen=True)
class Grid:
    """A set table. `head` rows at the top are repeated on each page; `stub` columns at the left
    head the rows; `bodies` are the first rows of what belongs together below the head."""

    table: Table
    columns: int
    stub: int
    head: int
    bodies: tuple[int, ...]
    pieces: tuple[Piece, ...]

    @cached_property
    def height(self) -> int:
        return max(piece.row + piece.height for piece in self.pieces)

    @cached_property
    def lines(self) -> tuple[tuple[Piece, ...], ...]:
        """The pieces that begin in each row, from left to right."""
        ordered = sorted(self.pieces, key=lambda piece: piece.spot)
        return tuple(
            tuple(piece for piece in ordered if piece.row == row) for row in range(self.height)
        )

    @cached_property
    def spots(self) -> dict[Place, Spot]:
        """Where each cell stands."""
        return {piece.place: piece.spot for piece in self.pieces if piece.place}


@cache
def grid_of(table: Table) -> Grid:
    """The table in the layout that its declaration names."""
    return _SETTERS[table.face](table)


# --- rows down, columns across ------------------------------------------------------------------


def _matrix(table: Table) -> Grid:
    (block,) = table.blocks
    stub = 1 + max(len(row.above) for row in block.rows)
    heads, over = _column_heads(block.columns, stub, table.over)
    head = 1 + max(piece.row for piece in heads)
    pieces = [Piece(Kind.NOTE, 0, 0, head, stub, table.note), *heads]
    open_groups: dict[tuple[Label, ...], Spot] = {}
    for number, row in enumerate(block.rows, head):
        for depth in range(len(row.above)):
            path = row.above[: depth + 1]
            if path not in open_groups:
                open_groups[path] = (number, depth)
                height = _run(block.rows[number - head :], path)
                pieces.append(Piece(Kind.ROWS, number, depth, height, label=path[-1]))
        depth = len(row.above)
        pieces.append(Piece(Kind.ROW, number, depth, width=stub - depth, label=row.label))
        above = [open_groups[row.above[: level + 1]] for level in range(depth)]
        pieces += _values(table, row, block.columns, number, stub, [*above, (number, depth)], over)
    return Grid(table, stub + len(block.columns), stub, head, (head,), tuple(pieces))


def _run(rows: Sequence[Row], path: tuple[Label, ...]) -> int:
    """How many rows from the first on stand under `path`."""
    for number, row in enumerate(rows):
        if row.above[: len(path)] != path:
            return number
    return len(rows)


def _column_heads(
    columns: tuple[Column, ...], stub: int, over: Label | None
) -> tuple[list[Piece], list[tuple[Spot, ...]]]:
    """The headings of columns, and for each column where those stand that name it."""
    pieces: list[Piece] = []
    naming: list[tuple[Spot, ...]] = []
    top = 0
    if over:
        pieces.append(Piece(Kind.COLUMNS, 0, stub, width=len(columns), label=over))
        top = 1
    levels = 2 if any(column.group for column in columns) else 1
    at = stub
    for group, some in groupby(columns, key=lambda column: column.group):
        members = list(some)
        outer: tuple[Spot, ...] = ()
        if group:
            pieces.append(Piece(Kind.COLUMNS, top, at, width=len(members), label=group))
            outer = ((top, at),)
        row, height = (top + 1, 1) if group else (top, levels)
        for column in members:
            pieces.append(Piece(Kind.COLUMN, row, at, height, label=column.label))
            naming.append((*outer, (row, at)))
            at += 1
    # The lowest headings end in one line.
    return pieces, naming


def _values(
    table: Table,
    row: Row,
    columns: tuple[Column, ...],
    number: int,
    left: int,
    rows: list[Spot],
    over: list[tuple[Spot, ...]],
) -> Iterator[Piece]:
    for offset, column in enumerate(columns):
        yield Piece(
            Kind.VALUE,
            number,
            left + offset,
            place=Place(table.key, row.key, column.key),
            headings=(*rows, *over[offset]),
        )


# --- blocks below each other --------------------------------------------------------------------


def _blocks(table: Table) -> Grid:
    """The last column of a block with fewer columns than the widest takes the rest."""
    columns = 1 + max(len(block.columns) for block in table.blocks)
    pieces: list[Piece] = []
    bodies: list[int] = []
    number = 0
    for block in table.blocks:
        bodies.append(number)
        outer: tuple[Spot, ...] = ()
        if block.label:
            outer = ((number, 0),)
            pieces.append(Piece(Kind.ROWS, number, 0, width=columns, label=block.label))
            number += 1
        widths = [1] * (len(block.columns) - 1) + [columns - len(block.columns)]
        headed = number
        pieces.append(Piece(Kind.COLUMN, headed, 0, label=CONTENT))
        for place, (column, width) in enumerate(zip(block.columns, widths, strict=True), 1):
            pieces.append(Piece(Kind.COLUMN, headed, place, width=width, label=column.label))
        for number, row in enumerate(block.rows, headed + 1):
            pieces.append(Piece(Kind.ROW, number, 0, label=row.label))
            for place, (column, width) in enumerate(zip(block.columns, widths, strict=True), 1):
                pieces.append(
                    Piece(
                        Kind.VALUE,
                        number,
                        place,
                        width=width,
                        place=Place(table.key, row.key, column.key),
                        headings=(*outer, (number, 0), (headed, place)),
                    )
                )
        number += 1
    return Grid(table, columns, 1, 0, tuple(bodies), tuple(pieces))


# --- all rows beside each other -----------------------------------------------------------------


def _one_row(table: Table) -> Grid:
    (block,) = table.blocks
    width = len(block.columns)
    levels = 1 + max(len(row.above) for row in block.rows)
    pieces: list[Piece] = []
    outer: dict[tuple[Label, ...], Spot] = {}
    for number, row in enumerate(block.rows):
        left = number * width
        for depth in range(len(row.above)):
            path = row.above[: depth + 1]
            if path not in outer:
                outer[path] = (depth, left)
                over = _run(block.rows[number:], path) * width
                pieces.append(Piece(Kind.COLUMNS, depth, left, width=over, label=path[-1]))
        depth = len(row.above)
        pieces.append(Piece(Kind.COLUMNS, depth, left, levels - depth, width, row.label))
        names = [outer[row.above[: level + 1]] for level in range(depth)]
        for offset, column in enumerate(block.columns):
            at = left + offset
            pieces.append(Piece(Kind.COLUMN, levels, at, label=column.label))
            pieces.append(
                Piece(
                    Kind.VALUE,
                    levels + 1,
                    at,
                    place=Place(table.key, row.key, column.key),
                    headings=(*names, (depth, left), (levels, at)),
                )
            )
    return Grid(table, width * len(block.rows), 0, levels + 1, (levels + 1,), tuple(pieces))


_SETTERS: Final = {Face.MATRIX: _matrix, Face.BLOCKS: _blocks, Face.ONE_ROW: _one_row}

"""Tables out of ruling lines: where lines cross are cells, where one is missing they are merged."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from disclosure.reports.reading.grids import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Grid,
    TooMuch,
)

Box = tuple[float, float, float, float]
#: Points that two lines may be apart and be one, or end short of each other and meet.
_NEAR: Final = 3.0
_MOST_LINES: Final = 20_000


class Line(NamedTuple):
    """A level line at height `at` from left to right, or an upright one from below upwards."""

    is_upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Ruled:
    """A table as it is ruled: the places of its lines and the merged cells."""

    across: tuple[float, ...]  # uprights from the left
    down: tuple[float, ...]  # level lines from below
    cells: tuple[tuple[int, int, int, int], ...]  # row from the top, column, rows, columns

    @property
    def box(self) -> Box:
        return self.across[0], self.down[0], self.across[-1], self.down[-1]

    def holds(self, x: float, y: float) -> bool:
        left, bottom, right, top = self.box
        return left <= x <= right and bottom <= y <= top

    @cached_property
    def _owner(self) -> dict[tuple[int, int], int]:
        return {
            (row + y, column + x): number
            for number, (row, column, rows, columns) in enumerate(self.cells)
            for y in range(rows)
            for x in range(columns)
        }

    def cell_at(self, x: float, y: float) -> int | None:
        """The number of the cell at a point."""
        column = min(bisect_right(self.across, x), len(self.across) - 1) - 1
        row = len(self.down) - 1 - min(bisect_right(self.down, y), len(self.down) - 1)
        return self._owner.get((row, column))

    def grid(self, texts: dict[int, str]) -> Grid:
        return Grid(
            tuple(
                Cell(row, column, texts.get(number, ""), rows, columns)
                for number, (row, column, rows, columns) in enumerate(self.cells)
            )
        )


def ruled_tables(lines: list[Line]) -> list[Ruled]:
    """The tables that the lines of a page make."""
    if len(lines) > _MOST_LINES:
        raise TooMuch
    levels = _joined([line for line in lines if not line.is_upright])
    uprights = _joined([line for line in lines if line.is_upright])
    found = []
    for some_levels, some_uprights in _groups(levels, uprights):
        across, down = _places(some_uprights), _places(some_levels)
        if len(across) < 2 or len(down) < 2:
            continue
        if len(across) > MOST_COLUMNS or len(down) > MOST_ROWS:
            raise TooMuch
        if len(across) * len(down) > MOST_CELLS:
            raise TooMuch
        cells = _cells(across, down, some_levels, some_uprights)
        found.append(Ruled(tuple(across), tuple(down), tuple(cells)))
    return found


def _joined(lines: list[Line]) -> list[Line]:
    """Pieces that follow each other in one line as one: cells are often ruled one by one."""
    if not lines:
        return []
    places = _places(lines)
    by_place: dict[float, list[Line]] = {}
    for line in lines:
        place = min(_around(places, line.at), key=lambda one: abs(one - line.at))
        by_place.setdefault(place, []).append(line)
    found = []
    for place, own in by_place.items():
        own.sort(key=lambda one: one.start)
        start, end = own[0].start, own[0].end
        for line in own[1:]:
            if line.start > end + _NEAR:
                found.append(Line(line.is_upright, place, start, end))
                start, end = line.start, line.end
            end = max(end, line.end)
        found.append(Line(own[0].is_upright, place, start, end))
    return found


def _around(places: list[float], at: float) -> list[float]:
    here = bisect_right(places, at)
    return places[max(0, here - 1) : here + 1]


def _places(lines: Iterable[Line]) -> list[float]:
    """Where lines are, those close together as one."""
    places: list[list[float]] = []
    for at in sorted(line.at for line in lines):
        if places and at - places[-1][-1] <= _NEAR and at - places[-1][0] <= 2 * _NEAR:
            places[-1].append(at)
        else:
            places.append([at])
    return [sum(own) / len(own) for own in places]


def _groups(levels: list[Line], uprights: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Lines that meet, directly or by others."""
    parent = list(range(len(levels) + len(uprights)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    if len(levels) * len(uprights) > 4_000_000:
        raise TooMuch
    for at, level in enumerate(levels):
        for beside, upright in enumerate(uprights):
            if (
                level.start - _NEAR <= upright.at <= level.end + _NEAR
                and upright.start - _NEAR <= level.at <= upright.end + _NEAR
            ):
                parent[root(at)] = root(len(levels) + beside)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for at, line in enumerate([*levels, *uprights]):
        groups.setdefault(root(at), ([], []))[line.is_upright].append(line)
    return list(groups.values())


def _cells(
    across: list[float], down: list[float], levels: list[Line], uprights: list[Line]
) -> list[tuple[int, int, int, int]]:
    """Merge the fields that no line parts; a part that is no rectangle stays in its fields."""
    rows, columns = len(down) - 1, len(across) - 1
    upright_at = {x: [one for one in uprights if abs(one.at - x) <= _NEAR] for x in across}
    level_at = {y: [one for one in levels if abs(one.at - y) <= _NEAR] for y in down}

    def has(lines: list[Line], middle: float) -> bool:
        return any(line.start <= middle <= line.end for line in lines)

    found: list[tuple[int, int, int, int]] = []
    taken: set[tuple[int, int]] = set()
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            top = rows - row
            y = (down[top] + down[top - 1]) / 2
            wide = 1
            while column + wide < columns and not has(upright_at[across[column + wide]], y):
                wide += 1
            x = (across[column] + across[column + 1]) / 2
            high = 1
            while row + high < rows and not has(level_at[down[top - high]], x):
                high += 1
            fields = {(row + b, column + a) for b in range(high) for a in range(wide)}
            if fields & taken:
                wide = high = 1
                fields = {(row, column)}
            taken |= fields
            found.append((row, column, high, wide))
    return found

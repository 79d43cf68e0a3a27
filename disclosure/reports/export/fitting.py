"""How wide the columns of a table are on paper, how large its type, and whether its page lies on
its side. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from disclosure.paper import measures
from disclosure.reports.export.grid import Grid
from disclosure.reports.tables.shapes import Face

#: 五号 and 小五, in points, upright and on its side, where a page has fewer lines; below 六号
#: nobody reads.
_NORMAL: Final = {Face.BLOCKS: (10.5, 10.5), Face.MATRIX: (9.0, 8.0), Face.ONE_ROW: (9.0, 9.0)}
#: Millimetres above and below the text of a cell: a table of the form goes on one page.
_ABOVE: Final = {Face.BLOCKS: (1.5, 1.5), Face.MATRIX: (0.6, 0.3), Face.ONE_ROW: (0.8, 0.8)}
_READABLE: Final = 7.5
_LEAST: Final = 4.5
#: Of the width of the text, what the headings of rows take.
_STUBS: Final = {Face.BLOCKS: (0.31,), Face.MATRIX: (0.06, 0.11, 0.26), Face.ONE_ROW: ()}
#: The width of a figure against the size of its type, and what a cell keeps free (points).
_FIGURE: Final = 0.55
#: Millimetres at the left and right of a cell.
PADDING: Final = 0.5


@dataclass(frozen=True)
class Fit:
    """Millimetres for each column and above and below each text, points for the type."""

    is_wide: bool
    size: float
    widths: tuple[float, ...]
    above: float


def fit(grid: Grid, texts: Iterable[str]) -> Fit:
    """Upright while the longest of `texts` can be read there, else on its side; no number is
    ever broken."""
    longest = max(1, *(len(text) for text in texts))
    sizes = [_size(grid, longest, is_wide=is_wide) for is_wide in (False, True)]
    is_wide = sizes[0] < _READABLE and sizes[1] > sizes[0]
    return Fit(
        is_wide,
        max(sizes[is_wide], _LEAST),
        _widths(grid, measures.TEXT[is_wide]),
        _ABOVE[grid.table.face][is_wide],
    )


def _widths(grid: Grid, width: float) -> tuple[float, ...]:
    stubs = tuple(round(width * share, 1) for share in _STUBS[grid.table.face])
    figures = grid.columns - len(stubs)
    return (*stubs, *((width - sum(stubs)) / figures,) * figures)


def _size(grid: Grid, longest: int, *, is_wide: bool) -> float:
    free = (_widths(grid, measures.TEXT[is_wide])[-1] - 2 * PADDING) * measures.POINTS_PER_MM
    normal = _NORMAL[grid.table.face][is_wide]
    return min(normal, int(free / (longest * _FIGURE) * 2) / 2)

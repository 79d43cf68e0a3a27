"""Which cells are sums of others, read off the declared identities. Pure."""

from disclosure.reports.tables.cells import NA, Cells
from disclosure.reports.tables.shapes import Place


def live_totals(cells: Cells) -> dict[Place, tuple[Place, ...]]:
    """Those that come to what was published: a formula would put another number in its place."""
    return {
        total: terms
        for total, terms in cells.form.totals.items()
        if cells[total] is not None
        and cells[total] != NA
        and cells[total] == sum(_number(cells, place) for place in terms)
    }


def _number(cells: Cells, place: Place) -> int:
    value = cells[place]
    return value if isinstance(value, int) else 0

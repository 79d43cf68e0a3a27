"""Which cells are sums of others, read off the declared identities. Pure."""

from functools import cache

from disclosure.reports.tables.cells import NA, Cells
from disclosure.reports.tables.shapes import Form, Place


@cache
def totals_of(form: Form) -> dict[Place, tuple[Place, ...]]:
    """For each cell that sums others of its report: which. Where two identities say so (the
    total of all totals), the first that the form declares."""
    found: dict[Place, tuple[Place, ...]] = {}
    for equation in form.equations:
        is_sum = len(equation.left) == 1 and all(
            term.sign == 1 and not term.place.before for term in equation.right
        )
        if is_sum:
            found.setdefault(equation.at, tuple(term.place for term in equation.right))
    return found


def live_totals(cells: Cells) -> dict[Place, tuple[Place, ...]]:
    """Those that come to what was published: a formula would put another number in its place."""
    return {
        total: terms
        for total, terms in totals_of(cells.form).items()
        if cells[total] is not None
        and cells[total] != NA
        and cells[total] == sum(_number(cells, place) for place in terms)
    }


def _number(cells: Cells, place: Place) -> int:
    value = cells[place]
    return value if isinstance(value, int) else 0

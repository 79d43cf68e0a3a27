"""Figures that grew or shrank more than a year explains: over five times, or under a fifth."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from disclosure.reports.tables.cells import NA, Cell, Cells, as_number
from disclosure.reports.tables.shapes import Number, Place

TIMES: Final = 5
#: By how much a cell must have changed beside. A count of a few cases goes from 1 to 6 and from 3
#: to 16 by chance; from 20 on a factor of five is none. Amounts are in 万元, and a project more or
#: less moves them by some 万元. A change (本年增/减) is a difference already.
FLOOR: Final[dict[Number, int]] = {Number.COUNT: 20, Number.AMOUNT: 10}


@dataclass(frozen=True)
class Growth:
    """A cell that is over `TIMES` what it was the year before, or under that part of it."""

    place: Place
    before: Cell
    now: Cell

    @property
    def grew(self) -> bool:
        return as_number(self.now) > as_number(self.before)


def growths(cells: Cells, before: Cells) -> list[Growth]:
    """The cells of all tables, table two among them, in reading order. A blank or 不适用 on either
    side is not compared, nor a cell that last year's form did not have."""
    found = []
    for place in cells.form.places:
        if not before.form.has(place) or before.form.column(place) != cells.form.column(place):
            continue
        floor = FLOOR.get(cells.form.column(place).number)
        now, then = cells[place], before[place]
        if floor is None or now in (None, NA) or then in (None, NA):
            continue
        new, old = Decimal(as_number(now)), Decimal(as_number(then))
        if abs(new - old) >= floor and (new > TIMES * old or new * TIMES < old):
            found.append(Growth(place, then, now))
    return found

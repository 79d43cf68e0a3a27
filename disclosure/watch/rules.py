"""How a column stands: calendar days since its last publication against the agreed period. Pure.

Weekends and holidays count like any day: the inspection counts them so.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from disclosure.core.text import gettext_noop as _

#: Customary periods in calendar days; a column without one may only not be empty.
DYNAMIC, NOTICES = 14, 183
#: The front page as a whole: something new in two weeks.
FRONT_PAGE = 14
#: Amber from so many days before the end: a seventh of the period, at least two.
_SHARE, _LEAST = 7, 2


class Standing(StrEnum):
    """How a column stands."""

    CURRENT = "current"
    SOON = "soon"
    STALE = "stale"
    EMPTY = "empty"
    #: Nothing published, but the plan has not run for a whole period.
    BEGUN = "begun"


Level = Literal["green", "amber", "red"]
LEVELS: dict[Standing, Level] = {
    Standing.CURRENT: "green",
    Standing.SOON: "amber",
    Standing.BEGUN: "amber",
    Standing.STALE: "red",
    Standing.EMPTY: "red",
}
WORDS: dict[Standing, str] = {
    Standing.CURRENT: _("up to date"),
    Standing.SOON: _("soon to be updated"),
    Standing.STALE: _("not updated in time"),
    Standing.EMPTY: _("empty"),
    Standing.BEGUN: _("nothing published yet"),
}


@dataclass(frozen=True)
class Look:
    """How a column stands: `days` since the last publication, `left` until the period is over
    (negative: over since), in calendar days; None where there is no such number."""

    standing: Standing
    days: int | None = None
    left: int | None = None

    @property
    def level(self) -> Level:
        return LEVELS[self.standing]


def soon(period: int) -> int:
    """Days before the end of `period` from which it is amber."""
    return max(_LEAST, period // _SHARE)


def look(
    today: dt.date, last: dt.date | None, period: int | None, since: dt.date | None = None
) -> Look:
    """How a column stands whose last publication was on `last` (None: nothing), to be updated
    every `period` calendar days (None: whenever there is something), watched from `since`."""
    if last is None:
        if since is not None and period is not None:
            left = period - (today - since).days
            if left >= 0:
                return Look(Standing.BEGUN, None, left)
        return Look(Standing.EMPTY)
    days = (today - last).days
    if period is None:
        return Look(Standing.CURRENT, days)
    left = period - days
    if left < 0:
        return Look(Standing.STALE, days, left)
    return Look(Standing.SOON if left <= soon(period) else Standing.CURRENT, days, left)

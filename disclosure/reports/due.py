"""When an annual report is due, and how near that is. Pure; knows no database."""

import datetime as dt
from typing import Final, Literal

#: Kinds of agency, as `Agency.Kind` names them.
GOVERNMENT: Final = "government"
#: Organisations that owe no annual report: they follow rules of their own (Art. 55).
EXEMPT: Final = frozenset({"public_body"})
#: Days left from which it is said to be soon due; a choice of this project.
SOON: Final = 14


def due_on(year: int, kind: str) -> dt.date | None:
    """Last day for publishing the report on `year` (Art. 49), by the agency's kind.

    A department's by 31 January of the next year, a people's government's by 31 March. Branch
    offices, authorised organisations and townships are named in neither: a department's day,
    unless it is a government. Calendar days; nothing is put off for a holiday. None: it owes none.
    """
    if kind in EXEMPT:
        return None
    return dt.date(year + 1, 3, 31) if kind == GOVERNMENT else dt.date(year + 1, 1, 31)


def last_year(on: dt.date) -> int:
    """The year whose report is awaited on the day `on`: from 1 January on the one just over."""
    return on.year - 1


def level(left: int) -> Literal["green", "amber", "red"]:
    """How pressing a report is that is due in `left` days (negative: days over)."""
    if left < 0:
        return "red"
    return "amber" if left <= SOON else "green"

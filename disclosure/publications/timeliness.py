"""Whether something was published in time (Art. 26): 20 working days from the day on which it was
made or changed. Pure.
"""

import datetime as dt

from disclosure.workdays.calendar import WorkdayCalendar

#: Working days within which what was made or changed is published (Art. 26).
TERM = 20


def workdays_taken(
    runs_from: dt.date | None, out_on: dt.date, calendar: WorkdayCalendar
) -> int | None:
    """Working days from the day made or changed to the day it was out; None: nobody knows."""
    if runs_from is None or runs_from > out_on:
        return None
    return calendar.count_between(runs_from, out_on)


def is_late(taken: int | None) -> bool:
    return taken is not None and taken > TERM

"""Days of the demonstration, counted from the day on which it is loaded."""

import datetime as dt

from disclosure.workdays.calendar import WorkdayCalendar


def counted(days: int, today: dt.date, calendar: WorkdayCalendar) -> dt.date:
    """So many working days after `today` (before it, where negative).

    On a day off it is counted from the working day before, so that the distances between the
    days are always the same.
    """
    base = today if calendar.is_workday(today) else calendar.add_workdays(today, -1)
    return calendar.add_workdays(base, days)

"""The calendar as it stands now: the committed table with staff's rows over it."""

from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.models import CalendarDay


def current_calendar() -> WorkdayCalendar:
    """The calendar that the clock reads: one query, so a change holds from the next call on.

    A view or action asks once and hands the calendar on.
    """
    rows = CalendarDay.objects.values_list("date", "kind", "year__year", "year__announced_on")
    days = []
    announced = set()
    for day, kind, year, announced_on in rows.order_by():
        days.append((day, kind == CalendarDay.Kind.WORK))
        if announced_on and kind == CalendarDay.Kind.OFF and day.year == year:
            announced.add(year)
    return WorkdayCalendar.from_table().with_rows(days, announced)

"""The start page's panel on years whose working days nobody has entered yet."""

import datetime as dt
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.backstage.panels import Panel, Row, register
from disclosure.core.dates import today
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.models import CalendarYear
from disclosure.workdays.store import current_calendar

#: The next year is announced in the autumn; from this month on its absence is worth a look.
FROM_MONTH = 11


def missing_years(on: dt.date, calendar: WorkdayCalendar) -> list[int]:
    """The years in which days are counted now and that are not announced yet."""
    counted = [on.year] + [on.year + 1] * (on.month >= FROM_MONTH)
    return [year for year in counted if not calendar.is_announced(year)]


def missing(user: User) -> Panel | None:
    """For who may enter an announcement: until then all dates in the year are provisional."""
    if not rights.allows(user, "disclosure.add_calendaryear", CalendarYear()):
        return None
    on = today()
    years = missing_years(on, current_calendar())
    if not years:
        return None
    begun = dict(CalendarYear.objects.filter(year__in=years).values_list("year", "pk"))
    rows = [
        Row(
            label=str(year),
            url=reverse("admin:disclosure_calendaryear_change", args=[begun[year]])
            if year in begun
            else f"{reverse('admin:disclosure_calendaryear_add')}?{urlencode({'year': year})}",
            level="red" if year == on.year else "amber",
            word=_("not entered yet"),
            note=_("all dates in it are provisional"),
        )
        for year in years
    ]
    return Panel(
        key="calendar",
        title=_("Working days to be entered once announced"),
        rows=rows,
        count=len(rows),
        url=reverse("admin:disclosure_calendaryear_changelist"),
    )


register("calendar", missing, order=15)

"""Years, months and days to choose from above a long list, without reading the list.

Django's own date hierarchy looks for the dates that occur: seconds for a million entries on
SQLite. The first and the last entry say nearly the same, from an index.
"""

import calendar
import datetime as dt
from typing import Any

from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

FIELD = "at"


def hierarchy(changelist: Any) -> dict[str, Any]:
    """What `admin/date_hierarchy.html` shows for the list; nothing where there are no entries."""
    rows = changelist.root_queryset.order_by()
    edges = [
        rows.order_by(*order).values_list(FIELD, flat=True).first()
        for order in ((FIELD, "pk"), (f"-{FIELD}", "-pk"))
    ]
    if edges[0] is None or edges[1] is None:
        return {"show": False}
    first, last = (timezone.localtime(edge).date() for edge in edges)
    year, month, day = (_number(changelist, part) for part in ("year", "month", "day"))

    def choice(title: str, **parts: int) -> dict[str, str]:
        lookups = {f"{FIELD}__{name}": number for name, number in parts.items()}
        return {"title": title, "link": changelist.get_query_string(lookups, [f"{FIELD}__"])}

    if not year:
        years = range(first.year, last.year + 1)
        return {"show": True, "choices": [choice(str(one), year=one) for one in years]}
    if not month:
        firsts = [dt.date(year, one, 1) for one in range(1, 13)]
        months = [one for one in firsts if first.replace(day=1) <= one <= last]
        return {
            "show": True,
            "back": choice(_("All dates")),
            "choices": [choice(_month(one), year=year, month=one.month) for one in months],
        }
    if day:
        shown = dt.date(year, month, day)
        return {
            "show": True,
            "back": choice(_month(shown), year=year, month=month),
            "choices": [{"title": _day(shown)}],
        }
    length = calendar.monthrange(year, month)[1]
    days = [dt.date(year, month, one) for one in range(1, length + 1)]
    return {
        "show": True,
        "back": choice(str(year), year=year),
        "choices": [
            choice(_day(one), year=year, month=month, day=one.day)
            for one in days
            if first <= one <= last
        ],
    }


def _number(changelist: Any, part: str) -> int:
    """A part of the chosen date; the list has refused one that is no date."""
    value = str(changelist.params.get(f"{FIELD}__{part}", ""))
    return int(value) if value.isdigit() else 0


def _month(day: dt.date) -> str:
    return capfirst(formats.date_format(day, "YEAR_MONTH_FORMAT"))


def _day(day: dt.date) -> str:
    return capfirst(formats.date_format(day, "MONTH_DAY_FORMAT"))

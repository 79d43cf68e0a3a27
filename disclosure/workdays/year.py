"""One year as a calendar has it, for people to hold against the announcement: pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from disclosure.workdays.calendar import WorkdayCalendar

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Break:
    """Days off in a row with a weekday among them, weekends included: as announcements count."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class YearShown:
    """What makes a year differ from Monday to Friday."""

    is_announced: bool
    workdays: int
    breaks: tuple[Break, ...]
    make_up: tuple[date, ...]


def look_at(calendar: WorkdayCalendar, year: int) -> YearShown:
    """`year` in `calendar`; a break that reaches into another year is told in full."""
    days = list(_days(year))
    breaks: list[Break] = []
    for day in days:
        is_off = day.weekday() < _SATURDAY and not calendar.is_workday(day)
        if is_off and not (breaks and day <= breaks[-1].last):
            breaks.append(_around(calendar, day))
    workdays = [day for day in days if calendar.is_workday(day)]
    return YearShown(
        is_announced=calendar.is_announced(year),
        workdays=len(workdays),
        breaks=tuple(breaks),
        make_up=tuple(day for day in workdays if day.weekday() >= _SATURDAY),
    )


def _days(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return (first + n * _DAY for n in range((date(year + 1, 1, 1) - first).days))


def _around(calendar: WorkdayCalendar, day: date) -> Break:
    """The days off before and after `day`, as far as they follow one another."""
    first = last = day
    while not calendar.is_workday(first - _DAY):
        first -= _DAY
    while not calendar.is_workday(last + _DAY):
        last += _DAY
    return Break(first, last)

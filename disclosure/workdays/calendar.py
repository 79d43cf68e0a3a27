"""Counting working days (工作日): a pure calendar from the committed table and staff's rows.

A working day is Monday to Friday less the days off, plus the make-up workdays (调休上班). The day
of an event is never counted: the first day of a period is the next one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Self

from disclosure.workdays.table import ANNOUNCED_THROUGH, YEARS

_DAY = timedelta(days=1)
_SATURDAY = 5


def read_days(year: int, text: str) -> Iterator[date]:
    """The days of a list as the table writes it: `1.1 2.16-20`."""
    for item in text.split():
        month, _, days = item.partition(".")
        first, _, last = days.partition("-")
        for day in range(int(first), int(last or first) + 1):
            yield date(year, int(month), day)


class WorkdayCalendar:
    """Which days are working days, and which years have been announced; immutable.

    `days` holds the exceptions: True a workday, False a day off. Any other day is a workday from
    Monday to Friday, so the calendar has no end; years outside `announced` are provisional.
    """

    def __init__(self, days: Mapping[date, bool], announced: Iterable[int]) -> None:
        self._days = dict(days)
        self._announced = frozenset(announced)
        # Exceptions that change a plain Monday-to-Friday count, sorted for `count_between`.
        changing = sorted(day for day, work in days.items() if work != (day.weekday() < _SATURDAY))
        self._fewer = [day for day in changing if not days[day]]
        self._more = [day for day in changing if days[day]]

    @classmethod
    def from_table(cls) -> Self:
        """The committed table alone (built once for each process)."""
        return cls(*_table())

    def with_rows(self, rows: Iterable[tuple[date, bool]], announced: Iterable[int] = ()) -> Self:
        """This calendar corrected by staff's rows (date, is it a workday), which win.

        A year that only now is announced is taken from its rows alone: the guess for it goes.
        """
        fresh = set(announced) - self._announced
        days = {day: work for day, work in self._days.items() if day.year not in fresh}
        days.update(rows)
        return type(self)(days, self._announced | fresh)

    def is_workday(self, day: date) -> bool:
        """Whether `day` is a working day."""
        exception = self._days.get(day)
        return day.weekday() < _SATURDAY if exception is None else exception

    def is_announced(self, year: int) -> bool:
        """Whether the days off of `year` are known and not guessed."""
        return year in self._announced

    def is_provisional(self, day: date) -> bool:
        """Whether `day` falls in a year that is not yet announced."""
        return day.year not in self._announced

    def workdays_after(self, start: date) -> Iterator[date]:
        """The working days after `start`, one by one, without end."""
        day = start
        while True:
            day += _DAY
            if self.is_workday(day):
                yield day

    def next_workday(self, start: date) -> date:
        """The first working day after `start`."""
        return self.add_workdays(start, 1)

    def on_or_after(self, day: date) -> date:
        """`day` itself if it is a working day, else the next one (a last day on a day off)."""
        return day if self.is_workday(day) else self.next_workday(day)

    def add_workdays(self, start: date, count: int) -> date:
        """The last day of a period of `count` working days; `start` itself is not counted.

        A negative count goes back: the working day from which `start` is `count` away. Zero
        gives `start`.
        """
        step = _DAY if count > 0 else -_DAY
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def count_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative if `end` is earlier."""
        return self._upto(end) - self._upto(start)

    def _upto(self, day: date) -> int:
        """Working days from the first Monday of the calendar (date.min) to `day`."""
        weeks, weekday = divmod(day.toordinal() - 1, 7)
        plain = weeks * 5 + min(weekday + 1, 5)
        return plain - bisect_right(self._fewer, day) + bisect_right(self._more, day)


@cache
def _table() -> tuple[dict[date, bool], tuple[int, ...]]:
    days: dict[date, bool] = {}
    for year, (off, work) in YEARS.items():
        days.update(dict.fromkeys(read_days(year, off), False))
        days.update(dict.fromkeys(read_days(year, work), True))
    return days, tuple(year for year in YEARS if year <= ANNOUNCED_THROUGH)

"""Quiet hours: when messages to staff wait for the morning of a working day. Pure."""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from disclosure.workdays.calendar import WorkdayCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
_SPAN = re.compile(r"(\d{2}:\d{2})-(\d{2}:\d{2})")


@dataclass(frozen=True)
class Quiet:
    """From `start` to before `end` on the clock of China, over midnight where `end` is earlier."""

    start: dt.time
    end: dt.time

    def holds_at(self, time: dt.time) -> bool:
        """Whether it is quiet at that time of a working day."""
        if self.start <= self.end:
            return self.start <= time < self.end
        return time >= self.start or time < self.end


def read(text: str) -> Quiet | None:
    """`20:00-08:00`; None for an empty text (no quiet hours); ValueError for anything else."""
    if not text.strip():
        return None
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not like 20:00-08:00")
    start, end = (dt.time.fromisoformat(part) for part in found.groups())
    if start == end:
        raise ValueError(f"{text!r} would leave no time or be no time")
    return Quiet(start, end)


def next_allowed(
    moment: dt.datetime, quiet: Quiet | None, calendar: WorkdayCalendar
) -> dt.datetime:
    """The first moment from `moment` on that is neither in quiet hours nor on a day off.

    Without quiet hours days off are no hindrance either.
    """
    if quiet is None:
        return moment
    local = moment.astimezone(SHANGHAI)
    while True:
        if not calendar.is_workday(local.date()):
            local = _midnight(calendar.next_workday(local.date()))
        elif not quiet.holds_at(local.time()):
            return local.astimezone(moment.tzinfo)
        elif local.time() < quiet.end:
            local = local.replace(
                hour=quiet.end.hour, minute=quiet.end.minute, second=0, microsecond=0
            )
        else:
            local = _midnight(local.date() + dt.timedelta(days=1))


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, tzinfo=SHANGHAI)

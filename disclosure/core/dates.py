"""The moment and the legal day: stored in UTC, the law computed in Asia/Shanghai."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> dt.datetime:
    """The present moment (aware)."""
    return timezone.now()


def legal_day(moment: dt.datetime) -> dt.date:
    """The calendar day in China on which `moment` falls."""
    return moment.astimezone(SHANGHAI).date()


def today() -> dt.date:
    """Today's calendar day in China."""
    return legal_day(now())


def start_of(day: dt.date) -> dt.datetime:
    """The first moment of `day` in China (aware)."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=SHANGHAI)


def day_after(day: dt.date) -> dt.date:
    """The next calendar day; of the last day that there is, itself."""
    return day + dt.timedelta(days=1) if day < dt.date.max else day

"""Quiet hours: messages to staff wait for a working morning."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from disclosure.workdays.calendar import WorkdayCalendar
from requests_app.messages.quiet import next_allowed, read

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkdayCalendar.from_table()


def china(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-03-03 07:59:59", "2026-03-03 08:00"),  # Tuesday
        ("2026-03-03 00:00", "2026-03-03 08:00"),
        ("2026-03-03 08:00", "2026-03-03 08:00"),
        ("2026-03-03 12:34:56", "2026-03-03 12:34:56"),
        ("2026-03-03 19:59:59", "2026-03-03 19:59:59"),
        ("2026-03-03 20:00", "2026-03-04 08:00"),
        ("2026-03-06 21:00", "2026-03-09 08:00"),  # Friday night: Monday
        ("2026-03-07 12:00", "2026-03-09 08:00"),  # Saturday
        ("2026-02-28 12:00", "2026-02-28 12:00"),  # a Saturday that is worked
        ("2026-02-13 20:00", "2026-02-14 08:00"),  # Friday before a worked Saturday
        ("2026-02-14 20:00", "2026-02-24 08:00"),  # spring festival, 15 to 23
        ("2026-09-30 23:59:59", "2026-10-08 08:00"),  # national day, 1 to 7
    ],
)
def test_over_midnight(moment: str, allowed: str) -> None:
    quiet = read("20:00-08:00")
    found = next_allowed(china(moment), quiet, CALENDAR)
    assert found == china(allowed)
    assert next_allowed(found, quiet, CALENDAR) == found


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-03-03 11:59", "2026-03-03 11:59"),
        ("2026-03-03 12:00", "2026-03-03 14:30"),
        ("2026-03-03 23:00", "2026-03-03 23:00"),
        ("2026-03-07 13:00", "2026-03-09 00:00"),
    ],
)
def test_within_a_day(moment: str, allowed: str) -> None:
    found = next_allowed(china(moment), read("12:00-14:30"), CALENDAR)
    assert found == china(allowed)


def test_moments_come_back_in_their_own_zone() -> None:
    moment = dt.datetime(2026, 3, 3, 13, 0, tzinfo=dt.UTC)  # 21:00 in China
    found = next_allowed(moment, read("20:00-08:00"), CALENDAR)
    assert found.tzinfo is dt.UTC
    assert found == dt.datetime(2026, 3, 4, 0, 0, tzinfo=dt.UTC)


def test_without_quiet_hours_nothing_waits() -> None:
    sunday_night = china("2026-03-08 23:00")
    assert read(" ") is None
    assert next_allowed(sunday_night, None, CALENDAR) == sunday_night


@pytest.mark.parametrize(
    "text", ["20-8", "20:00", "25:00-08:00", "20:00-08:60", "20:00-20:00", "8:00-9:00", "off"]
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read(text)

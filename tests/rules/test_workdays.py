"""Working days: the committed table against the package, and 2026 worked out by hand."""

from datetime import date, timedelta
from itertools import islice

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from disclosure.workdays import make_table
from disclosure.workdays.calendar import WorkdayCalendar, read_days
from disclosure.workdays.table import ANNOUNCED_THROUGH, YEARS

CALENDAR = WorkdayCalendar.from_table()
DAYS = st.dates(date(2008, 1, 1), date(2045, 12, 31))

# The announcement of 2025-11-04, month by month: every working day of 2026.
WORKDAYS_2026 = {
    1: "4 5-9 12-16 19-23 26-30",  # off 1-3, work Sunday 4
    2: "2-6 9-14 24-28",  # off 15-23, work Saturdays 14 and 28
    3: "2-6 9-13 16-20 23-27 30-31",
    4: "1-3 7-10 13-17 20-24 27-30",  # off 4-6
    5: "6-9 11-15 18-22 25-29",  # off 1-5, work Saturday 9
    6: "1-5 8-12 15-18 22-26 29-30",  # off 19-21
    7: "1-3 6-10 13-17 20-24 27-31",
    8: "3-7 10-14 17-21 24-28 31",
    9: "1-4 7-11 14-18 20 21-24 28-30",  # work Sunday 20, off 25-27
    10: "8-10 12-16 19-23 26-30",  # off 1-7, work Saturday 10
    11: "2-6 9-13 16-20 23-27 30",
    12: "1-4 7-11 14-18 21-25 28-31",
}


def days_of(year):
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", range(2008, 2027))
def test_the_table_is_the_package_day_by_day(year):
    package = country_holidays("CN", years=year)
    different = [
        day for day in days_of(year) if CALENDAR.is_workday(day) != package.is_working_day(day)
    ]
    assert different == []
    assert CALENDAR.is_announced(year)


def test_2026_as_announced():
    by_hand = {
        day
        for month, days in WORKDAYS_2026.items()
        for item in days.split()
        for day in read_days(2026, f"{month}.{item}")
    }
    assert {day for day in days_of(2026) if CALENDAR.is_workday(day)} == by_hand
    assert len(by_hand) == 248


def test_the_committed_table_is_what_the_generator_writes():
    assert make_table.main(["--check"]) == 0


def test_the_generator_notices_a_table_out_of_date(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(make_table, "TARGET", tmp_path / "table.py")
    assert make_table.main([]) == 0
    assert make_table.main(["--check"]) == 0
    (tmp_path / "table.py").write_text("YEARS = {}\n")
    assert make_table.main(["--check"]) == 1
    assert "make it anew" in capsys.readouterr().out


def test_later_years_are_guesses_without_make_up_days():
    later = {year: work for year, (_, work) in YEARS.items() if year > ANNOUNCED_THROUGH}
    assert later
    assert not any(later.values())
    assert CALENDAR.is_provisional(date(ANNOUNCED_THROUGH + 1, 1, 4))
    assert not CALENDAR.is_provisional(date(ANNOUNCED_THROUGH, 12, 31))
    assert not CALENDAR.is_workday(date(2027, 10, 1))


@pytest.mark.parametrize("year", [2007, 2041, 2150])
def test_outside_the_table_monday_to_friday_count_provisionally(year):
    assert [day for day in days_of(year) if CALENDAR.is_workday(day)] == [
        day for day in days_of(year) if day.weekday() < 5
    ]
    assert CALENDAR.is_provisional(date(year, 6, 1))


def test_the_day_of_the_event_is_not_counted():
    friday = date(2026, 3, 6)
    assert CALENDAR.add_workdays(friday, 1) == CALENDAR.next_workday(friday) == date(2026, 3, 9)
    assert CALENDAR.add_workdays(friday, 0) == friday
    assert CALENDAR.add_workdays(date(2026, 3, 9), -1) == friday
    assert CALENDAR.count_between(friday, date(2026, 3, 9)) == 1
    assert CALENDAR.count_between(friday, friday) == 0
    assert CALENDAR.count_between(date(2026, 3, 9), friday) == -1


def test_a_last_day_on_a_day_off_moves_on():
    assert CALENDAR.on_or_after(date(2026, 2, 15)) == date(2026, 2, 24)
    assert CALENDAR.on_or_after(date(2026, 2, 14)) == date(2026, 2, 14)


@given(DAYS, DAYS)
def test_counting_is_counting(one, other):
    start, end = min(one, other), max(one, other)
    days = (start + timedelta(n) for n in range(1, (end - start).days + 1))
    assert CALENDAR.count_between(start, end) == sum(map(CALENDAR.is_workday, days))
    assert CALENDAR.count_between(end, start) == -CALENDAR.count_between(start, end)


@given(DAYS, st.integers(1, 60))
def test_adding_and_counting_are_one(start, count):
    end = CALENDAR.add_workdays(start, count)
    assert CALENDAR.is_workday(end)
    assert CALENDAR.count_between(start, end) == count
    assert end == list(islice(CALENDAR.workdays_after(start), count))[-1]
    back = CALENDAR.add_workdays(end, -count)
    assert CALENDAR.is_workday(back)
    assert back <= start or not CALENDAR.is_workday(start)


def test_rows_win_over_the_table():
    corrected = CALENDAR.with_rows([(date(2026, 3, 4), False), (date(2026, 3, 7), True)])
    assert not corrected.is_workday(date(2026, 3, 4))
    assert corrected.is_workday(date(2026, 3, 7))
    assert not corrected.is_workday(date(2026, 10, 1))
    assert corrected.is_announced(2026)
    # A correction can also undo an exception of the table, and every way of counting sees it.
    undone = CALENDAR.with_rows([(date(2026, 10, 1), True), (date(2026, 10, 10), False)])
    assert undone.count_between(date(2026, 9, 30), date(2026, 10, 11)) == 3
    assert CALENDAR.is_workday(date(2026, 3, 4))


def test_an_announced_year_replaces_its_guess():
    announced = CALENDAR.with_rows([(date(2027, 1, 1), False), (date(2027, 1, 3), True)], [2027])
    assert not announced.is_provisional(date(2027, 1, 4))
    assert announced.is_workday(date(2027, 1, 3))
    # 2027-02-08 was a guess only; the announcement given here does not name it.
    assert not CALENDAR.is_workday(date(2027, 2, 8))
    assert announced.is_workday(date(2027, 2, 8))
    assert announced.is_provisional(date(2028, 1, 4))


def test_rows_without_an_announcement_leave_the_year_provisional():
    noted = CALENDAR.with_rows([(date(2027, 2, 11), False)])
    assert not noted.is_workday(date(2027, 2, 11))
    assert not noted.is_workday(date(2027, 2, 8))
    assert noted.is_provisional(date(2027, 2, 12))

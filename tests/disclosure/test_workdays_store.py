"""Staff's rows over the committed working days: what counts, and what the database refuses."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from disclosure.models import CalendarDay, CalendarYear
from disclosure.workdays.store import current_calendar

pytestmark = pytest.mark.django_db


def year_2027(**values):
    values = {"announced_on": date(2026, 11, 5), "source": "国办发明电〔2026〕0号"} | values
    return CalendarYear.objects.create(year=2027, **values)


def test_without_rows_it_is_the_committed_table(django_assert_num_queries):
    with django_assert_num_queries(1):
        calendar = current_calendar()
    assert not calendar.is_workday(date(2026, 10, 1))
    assert calendar.is_announced(2026)
    assert not calendar.is_announced(2027)


def test_an_announced_year_counts_from_the_next_call_on(django_assert_num_queries):
    year = year_2027()
    CalendarDay.objects.create(year=year, date=date(2027, 1, 1), name="元旦")
    CalendarDay.objects.create(year=year, date=date(2027, 1, 3), kind=CalendarDay.Kind.WORK)
    with django_assert_num_queries(1):
        calendar = current_calendar()
    assert not calendar.is_provisional(date(2027, 6, 1))
    assert calendar.is_workday(date(2027, 1, 3))
    assert not calendar.is_workday(date(2027, 1, 1))
    CalendarDay.objects.all().delete()
    assert current_calendar().is_provisional(date(2027, 6, 1))


@pytest.mark.parametrize("missing", ["announcement", "days off"])
def test_half_an_announcement_leaves_the_year_provisional(missing):
    year = year_2027(announced_on=None if missing == "announcement" else date(2026, 11, 5))
    kind = CalendarDay.Kind.WORK if missing == "days off" else CalendarDay.Kind.OFF
    CalendarDay.objects.create(year=year, date=date(2027, 1, 3), kind=kind)
    calendar = current_calendar()
    assert calendar.is_provisional(date(2027, 6, 1))
    assert calendar.is_workday(date(2027, 1, 3)) is (kind == CalendarDay.Kind.WORK)
    assert not calendar.is_workday(date(2027, 2, 8)), "the guess stays"


def test_a_row_corrects_an_announced_year():
    year = CalendarYear.objects.create(year=2026)
    CalendarDay.objects.create(year=year, date=date(2026, 3, 4))
    calendar = current_calendar()
    assert not calendar.is_workday(date(2026, 3, 4))
    assert calendar.is_announced(2026)


@pytest.mark.parametrize(
    "values",
    [
        {"year": 2007},
        {"year": 2101},
        {"year": 2027, "announced_on": date(2026, 11, 5), "source": ""},
    ],
)
def test_years_that_cannot_be(values):
    with pytest.raises(ValidationError):
        CalendarYear(**values).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarYear.objects.create(**values)


def test_a_date_is_there_once_and_in_its_own_year():
    year = year_2027()
    CalendarDay.objects.create(year=year, date=date(2027, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(year=year, date=date(2027, 1, 1), kind="work")
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(year=year, date=date(2027, 1, 2), kind="half")
    with pytest.raises(ValidationError) as refused:
        CalendarDay(year=year, date=date(2028, 1, 1)).full_clean()
    assert "date" in refused.value.message_dict
    CalendarDay(year=year, date=date(2027, 1, 2)).full_clean()


def test_changes_keep_a_history():
    day = CalendarDay.objects.create(year=year_2027(), date=date(2027, 1, 1))
    day.kind = CalendarDay.Kind.WORK
    day.save()
    assert list(day.history.values_list("kind", flat=True)) == ["work", "off"]
    assert day.year.history.count() == 1

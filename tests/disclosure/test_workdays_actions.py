"""Staff change the calendar: who may, what is kept of it, what is refused."""

from datetime import date

import pytest

from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.models import AuditEntry, CalendarDay, CalendarYear
from disclosure.workdays import actions
from disclosure.workdays.store import current_calendar
from tests.factories import make_user

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def administrator():
    return make_user(Role.PLATFORM_ADMIN)


def announce(actor):
    year = CalendarYear(year=2027, announced_on=date(2026, 11, 5), source="放假安排的通知")
    actions.save_year(actor=actor, year=year)
    return actions.save_day(actor=actor, day=CalendarDay(year=year, date=NEW_YEAR))


def test_an_announcement_is_kept_with_who_and_when(administrator):
    day = announce(administrator)
    assert not current_calendar().is_provisional(NEW_YEAR)
    day.kind = CalendarDay.Kind.WORK
    actions.save_day(actor=administrator, day=day)
    actions.delete_day(actor=administrator, day=day)
    actions.delete_year(actor=administrator, year=day.year)
    told = AuditEntry.objects.order_by("pk").values_list("verb", "actor")
    assert list(told) == [
        (f"calendar{verb}", administrator.pk)
        for verb in ("year.added", "day.added", "day.changed", "day.deleted", "year.deleted")
    ]
    assert CalendarDay.history.count() == 3
    assert current_calendar().is_provisional(NEW_YEAR)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PLATFORM_ADMIN])
def test_nobody_else_may(role, administrator):
    other = make_user(role)
    with pytest.raises(NotPermitted):
        announce(other)
    day = announce(administrator)
    for change in (
        lambda: actions.save_day(actor=other, day=day),
        lambda: actions.delete_day(actor=other, day=day),
        lambda: actions.delete_year(actor=other, year=day.year),
    ):
        with pytest.raises(NotPermitted):
            change()
    assert CalendarDay.objects.get().kind == CalendarDay.Kind.OFF


def test_a_day_of_another_year_is_refused(administrator):
    day = announce(administrator)
    with pytest.raises(NotPossible):
        actions.save_day(actor=administrator, day=CalendarDay(year=day.year, date=date(2028, 1, 3)))
    assert CalendarDay.objects.count() == 1

"""What staff can do to the calendar: right, write, history and audit in one transaction.

A change moves the dates of open requests: `rebuild_projections` brings the stored ones up to it.
"""

from django.db import transaction

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.errors import NotPossible, Refusal
from disclosure.workdays.models import OTHER_YEAR, CalendarDay, CalendarYear


def _save(actor: User | None, row: CalendarYear | CalendarDay) -> None:
    verb = "added" if row._state.adding else "changed"
    right = "add" if row._state.adding else "change"
    rights.require(actor, f"disclosure.{right}_{row._meta.model_name}", row)
    row.save()
    record(actor, f"{row._meta.model_name}.{verb}", row)


def _delete(actor: User | None, row: CalendarYear | CalendarDay) -> None:
    rights.require(actor, f"disclosure.delete_{row._meta.model_name}", row)
    record(actor, f"{row._meta.model_name}.deleted", row)
    row.delete()


@transaction.atomic
def save_year(*, actor: User | None, year: CalendarYear) -> CalendarYear:
    """Store a year's announcement; its days follow one by one."""
    _save(actor, year)
    return year


@transaction.atomic
def save_day(*, actor: User | None, day: CalendarDay) -> CalendarDay:
    """Store a day off or a workday of a year."""
    if day.date.year != day.year.year:
        raise NotPossible(Refusal(OTHER_YEAR, code="other_year"))
    _save(actor, day)
    return day


@transaction.atomic
def delete_year(*, actor: User | None, year: CalendarYear) -> None:
    """Take a year's rows away, the days with it: the committed table counts again."""
    _delete(actor, year)


@transaction.atomic
def delete_day(*, actor: User | None, day: CalendarDay) -> None:
    """Take one row away."""
    _delete(actor, day)

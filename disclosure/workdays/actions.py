"""What staff can do to the calendar: right, write, history and audit in one transaction.

A change moves the dates of open requests: `move_with_calendar` brings them up to it.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.core.errors import NotPossible, Refusal
from disclosure.workdays.models import OTHER_YEAR, CalendarDay, CalendarYear

FIXED_YEAR = _("The year of an entry is not changed: delete the entry and make another.")


@transaction.atomic
def save_year(*, actor: User | None, year: CalendarYear) -> CalendarYear:
    """Store a year's announcement; its days follow one by one."""
    if year._state.adding:
        return records.create(
            actor=actor, action="disclosure.add_calendaryear", verb="calendaryear.added", obj=year
        )
    if records.locked(year).year != year.year:
        raise NotPossible(Refusal(FIXED_YEAR, code="year"))
    records.update(
        actor=actor, action="disclosure.change_calendaryear", verb="calendaryear.changed", obj=year
    )
    return year


@transaction.atomic
def save_day(*, actor: User | None, day: CalendarDay) -> CalendarDay:
    """Store a day off or a workday of a year."""
    if day.date.year != day.year.year:
        raise NotPossible(Refusal(OTHER_YEAR, code="other_year"))
    records.locked(day.year)  # nobody takes the year away meanwhile
    if day._state.adding:
        return records.create(
            actor=actor,
            action="disclosure.add_calendarday",
            verb="calendarday.added",
            obj=day,
            label=day.date.isoformat(),
            kind=day.kind,
        )
    records.update(
        actor=actor,
        action="disclosure.change_calendarday",
        verb="calendarday.changed",
        obj=day,
        label=day.date.isoformat(),
        kind=day.kind,
    )
    return day


@transaction.atomic
def delete_year(*, actor: User | None, year: CalendarYear) -> None:
    """Take a year's rows away, the days with it: the committed table counts again."""
    stored = records.locked(year)
    rights.require(actor, "disclosure.delete_calendaryear", stored)
    days = list(stored.days.select_for_update())
    for day in days:
        if actor is not None:
            day._history_user = actor  # type: ignore[attr-defined]
        day.delete()
    records.delete(
        actor=actor,
        action="disclosure.delete_calendaryear",
        verb="calendaryear.deleted",
        obj=stored,
        days=len(days),
    )


@transaction.atomic
def delete_day(*, actor: User | None, day: CalendarDay) -> None:
    """Take one row away."""
    records.delete(
        actor=actor,
        action="disclosure.delete_calendarday",
        verb="calendarday.deleted",
        obj=day,
        label=day.date.isoformat(),
        kind=day.kind,
    )

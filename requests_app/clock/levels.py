"""Warning lights by working days left: the days are stored, the level is computed."""

from dataclasses import dataclass
from datetime import date

from disclosure.workdays.calendar import WorkdayCalendar

# Stage → working days left at which it turns amber, and red.
THRESHOLDS = {
    "answer": (5, 2),
    "correction_notice": (3, 1),
}


@dataclass(frozen=True)
class Levels:
    """The days on which a stage turns amber and red; None while nothing is due."""

    amber_on: date | None
    red_on: date | None


def levels(due: date | None, calendar: WorkdayCalendar, stage: str = "answer") -> Levels:
    """When `stage` turns amber and red: the first day with so many working days left."""
    if due is None:
        return Levels(None, None)
    amber, red = THRESHOLDS[stage]
    return Levels(_first_day_with(amber, due, calendar), _first_day_with(red, due, calendar))


def _first_day_with(left: int, due: date, calendar: WorkdayCalendar) -> date:
    """The first day after which at most `left` working days remain up to and including `due`."""
    day = calendar.add_workdays(due, -left)
    # A delay may be fixed to a day off, which is no working day left.
    return day if calendar.is_workday(due) else calendar.add_workdays(day, -1)


def level(on: date, amber_on: date | None, red_on: date | None) -> str:
    """The light on a day: "green", "amber" or "red" (overdue is red too)."""
    if red_on and on >= red_on:
        return "red"
    if amber_on and on >= amber_on:
        return "amber"
    return "green"


def days_left(due: date, on: date, calendar: WorkdayCalendar) -> int:
    """Working days after `on` up to and including `due`; negative once overdue."""
    return calendar.count_between(on, due)

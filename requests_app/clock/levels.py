"""Warning lights by working days left: the days are stored, the level is computed."""

from dataclasses import dataclass
from datetime import date, timedelta

from disclosure.workdays.calendar import WorkdayCalendar
from requests_app.clock.regulations import REGULATIONS

# Stage → working days left at which it turns amber, and red.
THRESHOLDS = {
    # The agency's: the answer (Art. 33), the notice that asks for a correction (Art. 30).
    "answer": (5, 2),
    "correction_notice": (3, 1),
    # The applicant's: the day told with the correction or the fee notice.
    "correction": (3, 1),
    # Those asked for an opinion (Art. 32, 34).
    "opinion": (3, 1),
    # Offices, whose terms are a few days: red on the day itself.
    "help": (2, 0),
    # The agency's reply in a reconsideration or lawsuit.
    "remedy": (5, 2),
}
#: Further back no request lies whose correction may still be asked for in time: 7 working days
#: reach over the longest holidays within this many days.
_LOOK_BACK = 40


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


def level_of(due: date | None, on: date, calendar: WorkdayCalendar, stage: str) -> str:
    """The light of a stage that is due on `due`; green while nothing is due."""
    found = levels(due, calendar, stage)
    return level(on, found.amber_on, found.red_on)


def latest_lit(on: date, calendar: WorkdayCalendar, stage: str) -> date:
    """The latest last day whose light is amber or red on `on`; every earlier one is lit too."""
    amber, _red = THRESHOLDS[stage]
    return calendar.add_workdays(on, amber + 1) - timedelta(days=1)


def correction_notice_due(received: date, calendar: WorkdayCalendar) -> date:
    """The last day to ask for a correction (Art. 30)."""
    return calendar.add_workdays(received, REGULATIONS["711"].correction_notice_days or 0)


def receipts_to_correct(on: date, calendar: WorkdayCalendar) -> list[date]:
    """The days of receipt whose last day to ask for a correction is amber or red and not past."""
    latest = latest_lit(on, calendar, "correction_notice")
    days = (on - timedelta(days=back) for back in range(_LOOK_BACK))
    first = REGULATIONS["711"].in_force_from
    return [
        day for day in days if day >= first and on <= correction_notice_due(day, calendar) <= latest
    ]


def days_left(due: date, on: date, calendar: WorkdayCalendar) -> int:
    """Working days after `on` up to and including `due`; negative once overdue."""
    return calendar.count_between(on, due)

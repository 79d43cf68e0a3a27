"""Short ways to ask the clock in its tests."""

from datetime import date

from disclosure.workdays.calendar import WorkdayCalendar
from requests_app.clock import Event, Reckoning, parse_event, reckon

CALENDAR = WorkdayCalendar.from_table()


def after(received: str, *events: str, regulation: str | None = None) -> Reckoning:
    """The reckoning after events written as `due --event` takes them."""
    return reckon(
        [Event("received", date.fromisoformat(received)), *map(parse_event, events)],
        CALENDAR,
        regulation,
    )


def day(text: str | None) -> date | None:
    """A date, or None for an empty text."""
    return date.fromisoformat(text) if text else None


def codes(reckoning: Reckoning) -> list[str]:
    """What the steps say, as codes, in order."""
    return [step.what.code for step in reckoning.steps]

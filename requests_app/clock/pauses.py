"""Periods counted in working days, and the pauses that are left out of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from disclosure.workdays.calendar import WorkdayCalendar
from requests_app.clock.regulations import Consultation


@dataclass
class Pause:
    """Time that is not counted: the days after `asked` up to and including `end`."""

    kind: str
    number: object
    rule: Consultation
    asked: date
    received: date | None = None
    answered: date | None = None
    #: By when the opinion is expected, where no article fixes it.
    until: date | None = None

    def last_answer_day(self, calendar: WorkdayCalendar) -> date | None:
        """The last lawful day for the opinion (Art. 32, 34); None where there is no term."""
        if self.rule.answer_days is None:
            return None
        return calendar.add_workdays(self.received or self.asked, self.rule.answer_days)

    def end(self, calendar: WorkdayCalendar) -> date | None:
        """The last day not counted; None while it cannot be known."""
        cap = self.last_answer_day(calendar)
        if self.answered is None or cap is None:
            return self.answered or cap
        return min(self.answered, cap)


@dataclass
class Period:
    """A full reply time limit: it starts at the receipt and anew at a correction, a payment or a
    decision that orders a new answer. `until` fixes its end, as the event named by `fixed_by`
    says.
    """

    start: date
    extension: int | None = None
    until: date | None = None
    fixed_by: str = ""


def last_counted_day(
    start: date, days: int, pauses: Iterable[Pause], calendar: WorkdayCalendar
) -> date | None:
    """The last of `days` working days after `start`; what several pauses hold is left out once.

    None if the count runs into a pause whose end cannot be known. A pause that begins on or
    after the last day comes too late to stop anything.
    """
    spans = [(pause.asked, pause.end(calendar)) for pause in pauses]
    for day in calendar.workdays_after(start):
        ends = [end for asked, end in spans if asked < day and (end is None or day <= end)]
        if None in ends:
            return None
        days -= not ends
        if not days:
            return day
    raise AssertionError("working days have no end")

"""The terms of remedies. All are calendar days or months, except the agency's written reply.

The day of the event is not counted. A last day on a day off moves to the next working day, a
make-up workday (调休上班) included (民事诉讼法 Art. 85, by 行政复议法 Art. 88 and 行政诉讼法
Art. 101). In 行政复议法 only three, five, seven and ten days are working days (Art. 88(2)).
"""

import calendar as months_of
from datetime import date, timedelta
from typing import Final

from disclosure.workdays.calendar import WorkdayCalendar
from requests_app.remedies.outcomes import RemedyKind

#: Calendar days for reconsideration (行政复议法 Art. 20(1)).
RECONSIDERATION_DAYS: Final = 60
#: Months for a lawsuit (行政诉讼法 Art. 46).
COURT_MONTHS: Final = 6
#: Calendar days for a lawsuit after reconsideration (行政诉讼法 Art. 45, 行政复议法 Art. 34).
AFTER_DAYS: Final = 15
#: Months to which remedies that were not told prolong the term at most.
UNTOLD_MONTHS: Final = 12

#: Working days for the written reply to a reconsideration (行政复议法 Art. 48, 54).
REPLY_WORKDAYS: Final = 10
REPLY_WORKDAYS_SIMPLIFIED: Final = 5
#: Calendar days for the answer and the evidence in court (行政诉讼法 Art. 67).
COURT_REPLY_DAYS: Final = 15

#: Calendar days for the reconsideration decision (行政复议法 Art. 62).
DECISION_DAYS: Final = 60
DECISION_EXTENSION_DAYS: Final = 30
DECISION_DAYS_SIMPLIFIED: Final = 30
#: For the judgment of first instance (行政诉讼法 Art. 81, 83).
JUDGMENT_MONTHS: Final = 6
JUDGMENT_DAYS_SIMPLIFIED: Final = 45


def add_months(day: date, count: int) -> date:
    """The same day `count` months later, or the last of that month (31 August + 6: 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = months_of.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def reconsideration_last_day(delivered: date, calendar: WorkdayCalendar) -> date:
    """Last day to apply for reconsideration: 60 calendar days after delivery."""
    return calendar.on_or_after(delivered + timedelta(RECONSIDERATION_DAYS))


def court_last_day(delivered: date, calendar: WorkdayCalendar) -> date:
    """Last day for a lawsuit without reconsideration: 6 months after delivery."""
    return calendar.on_or_after(add_months(delivered, COURT_MONTHS))


def court_after_reconsideration_last_day(decision_served: date, calendar: WorkdayCalendar) -> date:
    """Last day for a lawsuit after reconsideration: 15 calendar days after its decision was
    served or, if it stays silent, after the last day for the decision.
    """
    return calendar.on_or_after(decision_served + timedelta(AFTER_DAYS))


def untold_last_day(
    kind: str, delivered: date, calendar: WorkdayCalendar, *, learned: date | None = None
) -> date:
    """Last day where the letter did not tell of the remedy or its term.

    The term runs from the day on which it was learned of, but ends one year after the content of
    the act was known (行政复议法 Art. 20(3), 法释〔2018〕1号 Art. 64). `learned` None: not yet.
    """
    limit = calendar.on_or_after(add_months(delivered, UNTOLD_MONTHS))
    if learned is None:
        return limit
    term = {
        RemedyKind.RECONSIDERATION: reconsideration_last_day,
        RemedyKind.LITIGATION_DIRECT: court_last_day,
        RemedyKind.LITIGATION_AFTER_RECONSIDERATION: court_after_reconsideration_last_day,
    }[RemedyKind(kind)]
    return min(limit, term(learned, calendar))


def agency_reply_due(
    kind: str, received: date, calendar: WorkdayCalendar, *, simplified: bool = False
) -> date:
    """Last day for the agency's reply, counted from receipt of the copy.

    Reconsideration: 10 working days, 5 in the simplified procedure. Court: 15 calendar days; in
    its simplified procedure the court may fix fewer.
    """
    if RemedyKind(kind) == RemedyKind.RECONSIDERATION:
        days = REPLY_WORKDAYS_SIMPLIFIED if simplified else REPLY_WORKDAYS
        return calendar.add_workdays(received, days)
    return calendar.on_or_after(received + timedelta(COURT_REPLY_DAYS))


def decision_due(
    kind: str,
    accepted: date,
    calendar: WorkdayCalendar,
    *,
    simplified: bool = False,
    extended: bool = False,
) -> date | None:
    """Last day for the decision, counted from acceptance (受理, 立案).

    Reconsideration: 60 calendar days, at most 30 more if extended; simplified 30, which cannot be
    extended. Court, first instance: 6 months, simplified 45 calendar days; None if extended,
    because a higher court fixes for how long. Time for which a case is suspended is not known here.
    """
    if RemedyKind(kind) == RemedyKind.RECONSIDERATION:
        days = DECISION_DAYS_SIMPLIFIED if simplified else DECISION_DAYS
        if extended and not simplified:
            days += DECISION_EXTENSION_DAYS
        return calendar.on_or_after(accepted + timedelta(days))
    if extended:
        return None
    if simplified:
        return calendar.on_or_after(accepted + timedelta(JUDGMENT_DAYS_SIMPLIFIED))
    return calendar.on_or_after(add_months(accepted, JUDGMENT_MONTHS))

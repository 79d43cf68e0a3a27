"""What the clock hands back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from requests_app.clock.wording import Phrase


@dataclass(frozen=True)
class Step:
    """One line of the explanation; `article` is None where no article carries it."""

    date: date
    what: Phrase
    article: str | None


@dataclass(frozen=True)
class Reckoning:
    """What the clock says after the last event; a date is None where nothing is due.

    `correction_notice_due` stays counted from the first receipt (Art. 30). While no end can be
    known, `answer_due` and `extended_answer_due` are None and `waiting_for` says why, and
    `waiting_until` by when it is expected, where a day is fixed.
    `fee_due` is the last day of an unpaid notice. `period_start` is the day before the first
    day of the present period.
    """

    received: date
    regulation: str
    correction_notice_due: date | None
    answer_due: date | None
    extended_answer_due: date | None
    waiting_for: str | None
    fee_due: date | None
    provisional: bool
    period_start: date
    waiting_until: date | None
    is_extended: bool
    #: (kind, number) of each one asked and not heard yet → the last lawful day of its opinion;
    #: without a term it is not named.
    opinions_due: Mapping[tuple[str, int], date]
    steps: tuple[Step, ...]

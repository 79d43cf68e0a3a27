"""Who counts what for the page of figures: rooms register sources, in the app's `ready`."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.utils.functional import Promise

MONTHS: Final = 24
QUARTERS: Final = 8
_OF_QUARTER: Final = 3


class Topic:
    """What is counted. Rows: RECEIVED none, OUTCOMES and APPLICANTS their keys, DAYS how many
    working days an answer took, IN_TIME "yes" or "no", PUBLISHED the root category's code, READ
    (items) and DOWNLOADED (files) none."""

    RECEIVED = "received"
    OUTCOMES = "outcomes"
    APPLICANTS = "applicants"
    DAYS = "days"
    IN_TIME = "in_time"
    PUBLISHED = "published"
    READ = "read"
    DOWNLOADED = "downloaded"


class Count(NamedTuple):
    """How many in one month of one agency; `month` is its first day."""

    agency: int
    topic: str
    month: dt.date
    row: str
    number: int


class Asked(NamedTuple):
    """What several people asked an agency for and that is public now."""

    agency: int
    publication: int
    people: int


@dataclass(frozen=True)
class Window:
    """The whole months and quarters before a day; the running ones are left out."""

    months: tuple[dt.date, ...]
    #: Their first months.
    quarters: tuple[dt.date, ...]
    last: dt.date

    @classmethod
    def before(cls, on: dt.date) -> "Window":
        this = on.replace(day=1)
        this_quarter = this.replace(month=on.month - (on.month - 1) % _OF_QUARTER)
        return cls(
            tuple(later(this, back) for back in range(-MONTHS, 0)),
            tuple(later(this_quarter, back * _OF_QUARTER) for back in range(-QUARTERS, 0)),
            this - dt.timedelta(days=1),
        )

    @property
    def first(self) -> dt.date:
        return min(self.months[0], self.quarters[0])

    def quarter_of(self, month: dt.date) -> dt.date | None:
        """The quarter that a month belongs to; None where it is not whole or too long ago."""
        first = month.replace(month=month.month - (month.month - 1) % _OF_QUARTER)
        return first if first in self.quarters else None


def later(month: dt.date, by: int) -> dt.date:
    """The first day of the month `by` months later."""
    year, index = divmod(month.year * 12 + month.month - 1 + by, 12)
    return dt.date(year, index + 1, 1)


@dataclass(frozen=True)
class Source:
    """Counts of all agencies in a window, in a number of queries that does not grow; `labels`
    name the rows of a topic in their order."""

    name: str
    count: Callable[[Window], Iterable[Count]]
    labels: Mapping[str, Mapping[str, str | Promise]]
    asked: Callable[[], Iterable[Asked]] | None = None


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Have a source asked every day; the same name again replaces it."""
    _sources[source.name] = source


def registered() -> tuple[Source, ...]:
    return tuple(_sources[name] for name in sorted(_sources))


def labels(topic: str) -> dict[str, str]:
    """The rows of a topic with their names in the language of the moment."""
    return {
        key: str(label)
        for source in registered()
        for key, label in source.labels.get(topic, {}).items()
    }

"""Which open requests the working-day calendar moves: what it gives now, held against what is
stored. Read in batches, so that a hundred thousand take no more memory than a few."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from disclosure.workdays.calendar import WorkdayCalendar
from requests_app.casework.models import DisclosureRequest
from requests_app.projection import Projection, project

BATCH = 500
#: The days that people are told of, and what hangs on the calendar beside them.
DAYS = ("answer_due", "waiting_until")
BESIDE = ("amber_on", "red_on", "is_provisional")

Rows = QuerySet[DisclosureRequest]


@dataclass(frozen=True)
class Move:
    """A request whose last day for the answer, or the day until which it waits, is another one."""

    case: DisclosureRequest
    before: dt.date | None
    after: dt.date | None
    waiting_before: dt.date | None
    waiting_after: dt.date | None

    @property
    def is_later(self) -> bool:
        """The answer comes later than was told."""
        return bool(self.before and self.after and self.after > self.before)

    def facts(self) -> dict[str, Any]:
        """What the event holds: the day before and after, that of waiting where it differs too."""
        found = {"before": _iso(self.before), "after": _iso(self.after)}
        if self.waiting_before != self.waiting_after:
            found["waiting_before"] = _iso(self.waiting_before)
            found["waiting_after"] = _iso(self.waiting_after)
        return found


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def move_of(case: DisclosureRequest, now: Projection) -> Move | None:
    """The move of `case` to what its events give now; None where no day changes."""
    if all(getattr(case, name) == getattr(now, name) for name in DAYS):
        return None
    return Move(case, case.answer_due, now.answer_due, case.waiting_until, now.waiting_until)


def needs_rewriting(case: DisclosureRequest, now: Projection) -> bool:
    """Whether what hangs beside the days differs: lights, provisional."""
    return any(getattr(case, name) != getattr(now, name) for name in BESIDE)


def open_rows() -> Rows:
    """The requests that still wait for their answer, in all agencies."""
    return DisclosureRequest.objects.unfinished()


def scan(
    rows: Rows, calendar: WorkdayCalendar, *, after: int = 0, most: int | None = None
) -> Iterator[tuple[DisclosureRequest, Projection]]:
    """Each of `rows` with what its events give now, by key beyond `after`, at most `most`."""
    left = most
    while left is None or left > 0:
        size = BATCH if left is None else min(BATCH, left)
        batch = list(
            rows.filter(pk__gt=after)
            .select_related("agency", "handler")
            .prefetch_related("events")
            .order_by("pk")[:size]
        )
        for case in batch:
            yield case, project(case.events.all(), calendar)
        if len(batch) < size:
            return
        after = batch[-1].pk
        left = None if left is None else left - len(batch)


def moves(rows: Rows, calendar: WorkdayCalendar) -> Iterator[Move]:
    """Every move among `rows`."""
    for case, now in scan(rows, calendar):
        if move := move_of(case, now):
            yield move


@dataclass(frozen=True)
class Preview:
    """A part of what would move. `after`: the key from which the next part goes on, None at the
    end."""

    moves: list[Move]
    looked_at: int
    after: int | None


def preview(rows: Rows, calendar: WorkdayCalendar, *, after: int = 0, most: int = 2000) -> Preview:
    """The moves among the next `most` of `rows`: a page looks at so many, however many there
    are."""
    found: list[Move] = []
    count, last = 0, after
    for case, now in scan(rows, calendar, after=after, most=most):
        count, last = count + 1, case.pk
        if move := move_of(case, now):
            found.append(move)
    return Preview(found, count, last if count == most else None)

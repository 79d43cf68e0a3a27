"""Counts and times of each agency that a person oversees: numbers alone, no request is named."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.backstage.cells import Cell
from disclosure.workdays.calendar import WorkdayCalendar
from requests_app.casework.models import OPEN_VALUES, Answer, DisclosureRequest
from requests_app.oversight.permissions import OVERSEE
from requests_app.oversight.spread import percentile


@dataclass
class Figures:
    """What is counted of one agency, or of all together."""

    agency: Agency | None = None
    open: int = 0
    overdue: int = 0
    waiting: int = 0
    received: int = 0
    answered: int = 0
    on_time: int = 0
    extended: int = 0
    #: Working days from the day of receipt to the answer → how many answers took so many.
    days: Counter[int] = field(default_factory=Counter)

    def add(self, other: "Figures") -> None:
        for name in ("open", "overdue", "waiting", "received", "answered", "on_time", "extended"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.days += other.days

    @property
    def on_time_share(self) -> float | None:
        """Of the answers that had a last day, those given by it."""
        return _share(self.on_time, self.answered)

    @property
    def extended_share(self) -> float | None:
        return _share(self.extended, self.answered)

    @property
    def median(self) -> int | None:
        return percentile(self.days, 0.5)

    @property
    def ninth_decile(self) -> int | None:
        return percentile(self.days, 0.9)


def _share(part: int, whole: int) -> float | None:
    """In percent with one place; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def figures(
    user: User, since: dt.date, until: dt.date, on: dt.date, calendar: WorkdayCalendar
) -> tuple[list[Figures], Figures]:
    """The figures of each agency that `user` oversees, in the order of the tree, and of all
    together. What is open stands as on the day `on`; received and answered from `since` to
    `until`."""
    agencies = rights.agencies(user, OVERSEE).order_by("path")
    found = {agency.pk: Figures(agency) for agency in agencies}
    scope = rights.scope(user, OVERSEE)
    for row in _standing(scope, since, until, on):
        one = found[row["agency"]]
        one.open, one.overdue, one.waiting, one.received = (
            row["open"],
            row["overdue"],
            row["waiting"],
            row["received"],
        )
    for row in answered(scope, since, until):
        one = found[row["agency"]]
        one.answered += row["count"]
        one.on_time += row["on_time"]
        one.extended += row["extended"]
        days = calendar.count_between(row["received_on"], row["answered_on"])
        one.days[max(days, 0)] += row["count"]
    total = Figures()
    for one in found.values():
        total.add(one)
    return list(found.values()), total


def _standing(scope: Q, since: dt.date, until: dt.date, on: dt.date) -> Iterable[Any]:
    """A case that waits for somebody has no last day, and so is never overdue."""
    open_now = Q(state__in=OPEN_VALUES)
    received = Q(received_on__range=(since, until))
    return (
        DisclosureRequest.objects.filter(scope)
        .filter(open_now | received)
        .order_by()
        .values("agency")
        .annotate(
            open=Count("pk", filter=open_now),
            overdue=Count("pk", filter=open_now & Q(answer_due__lt=on)),
            waiting=Count("pk", filter=open_now & ~Q(waiting_for="")),
            received=Count("pk", filter=received),
        )
    )


def answered(scope: Q, since: dt.date, until: dt.date) -> Iterator[Any]:
    """Those that got an answer (not withdrawn, not merged), grouped by what is counted of them."""
    return (
        DisclosureRequest.objects.filter(scope, answered_on__range=(since, until))
        .filter(Exists(Answer.objects.filter(request=OuterRef("pk"))))
        .order_by()
        .values("agency", "received_on", "answered_on")
        .annotate(
            count=Count("pk"),
            on_time=Count(
                "pk", filter=Q(answer_due__isnull=True) | Q(answered_on__lte=F("answer_due"))
            ),
            extended=Count("pk", filter=Q(is_extended=True)),
        )
        .iterator(chunk_size=2000)
    )


@dataclass(frozen=True)
class Column:
    """A column: key, heading, width in characters, value."""

    key: str
    label: str | Promise
    width: int
    value: Callable[[Figures], Cell]


COLUMNS = (
    Column("open", _("Open now"), 8, lambda one: one.open),
    Column("overdue", _("of them overdue"), 8, lambda one: one.overdue),
    Column("waiting", _("of them waiting"), 8, lambda one: one.waiting),
    Column("received", _("Received in the period"), 10, lambda one: one.received),
    Column("answered", _("Answered in the period"), 10, lambda one: one.answered),
    Column("on_time", _("In time (percent)"), 8, lambda one: one.on_time_share),
    Column("extended", _("Extended (percent)"), 8, lambda one: one.extended_share),
    Column("median", _("Median, working days"), 10, lambda one: one.median),
    Column("p90", _("90th percentile, working days"), 10, lambda one: one.ninth_decile),
)


def name_of(one: Figures) -> str:
    return one.agency.name if one.agency else str(_("Together"))


def headings() -> list[tuple[str, int]]:
    return [(str(_("Agency")), 30), *((str(column.label), column.width) for column in COLUMNS)]


def values(rows: Iterable[Figures]) -> Iterator[list[Cell]]:
    for one in rows:
        yield [name_of(one), *(column.value(one) for column in COLUMNS)]

"""What the annual report counts of requests, remedies and fees, for any two dates.

Everything falls out of the casework; nobody keeps a list. A request is `new` on its day of receipt
and processed on the day of its first outcome (`counted_on`), so reopening counts nothing again.
Parts of a split are new at the original receipt, one merged ends as `other`, one sent on ends here
as `unable_not_held` and is new there. Each figure has the rows behind it.

Both days of a period belong to it. The number of queries does not grow with agencies or rows.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum

from disclosure.agencies.models import Agency
from requests_app.casework.choices import ApplicantKind
from requests_app.casework.models import DisclosureRequest
from requests_app.determination import OUTCOMES
from requests_app.fees.models import FeeNotice
from requests_app.remedies.models import RemedyCase
from requests_app.remedies.outcomes import Column, RemedyKind

#: The rows of table three that are no outcome, and all rows in the order of the form.
NEW, CARRIED_IN, PROCESSED, CARRIED_OUT = "new", "carried_in", "processed_total", "carried_out"
ROWS: Final = (NEW, CARRIED_IN, *OUTCOMES, PROCESSED, CARRIED_OUT)
#: The columns of table three: the kinds of applicant, then the total.
TOTAL: Final = "total"
COLUMNS: Final = (*ApplicantKind.values, TOTAL)
REMEDY_COLUMNS: Final = (*(column.value for column in Column), TOTAL)

Agencies = Iterable[Agency] | QuerySet[Agency]
#: Row → its figures, one for each column.
Table = dict[str, list[int]]


@dataclass(frozen=True)
class Period:
    """From one day to another, both counted."""

    first: dt.date
    last: dt.date

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return self.first, self.last


@dataclass(frozen=True)
class FeeCount:
    """Notices of the period with their sum, what was collected in it, what was waived; yuan."""

    notices: int
    amount: Decimal
    collected: Decimal
    waived: int


# --- table three: requests -----------------------------------------------------------------------


def condition(row: str, period: Period) -> Q:
    """Which requests a row of table three counts."""
    received = Q(received_on__lte=period.last)
    if row == NEW:
        return Q(received_on__range=period.days)
    if row == CARRIED_IN:
        undecided = Q(counted_on__isnull=True) | Q(counted_on__gte=period.first)
        return Q(received_on__lt=period.first) & undecided
    if row == CARRIED_OUT:
        return received & (Q(counted_on__isnull=True) | Q(counted_on__gt=period.last))
    processed = received & Q(counted_on__range=period.days)
    return processed if row == PROCESSED else processed & Q(counted_outcome=row)


def table_three(agencies: Agencies, period: Period) -> Table:
    """收到和处理政府信息公开申请情况: every row with the six kinds of applicant and the total;
    one query and one pass over what it counts (`benchmarks/annual_report.py`)."""
    table = {row: [0] * len(COLUMNS) for row in ROWS}
    # The name of a figure is no field's: `other` is a row of the form and a kind of applicant.
    figures = {
        f"row_{row}": Count("pk", filter=condition(row, period))
        for row in (NEW, CARRIED_IN, PROCESSED, CARRIED_OUT)
    }
    grouped: Any = (
        DisclosureRequest.objects.filter(
            Q(counted_on__isnull=True) | Q(counted_on__gte=period.first),
            agency__in=agencies,
            received_on__lte=period.last,
        )
        .values("applicant_kind", "counted_outcome")
        .annotate(**figures)
        .order_by()
    )
    for found in grouped:
        kind, outcome = found["applicant_kind"], found["counted_outcome"]
        for row in (NEW, CARRIED_IN, PROCESSED, CARRIED_OUT):
            _add(table[row], COLUMNS, kind, found[f"row_{row}"])
        if outcome:
            _add(table[outcome], COLUMNS, kind, found[f"row_{PROCESSED}"])
    return table


def requests_behind(
    agencies: Agencies, period: Period, row: str, column: str = TOTAL
) -> QuerySet[DisclosureRequest]:
    """The requests that a figure of table three counts, in order of receipt."""
    if row not in ROWS or column not in COLUMNS:
        raise KeyError((row, column))
    rows = DisclosureRequest.objects.filter(condition(row, period), agency__in=agencies)
    if column != TOTAL:
        rows = rows.filter(applicant_kind=column)
    return rows.order_by("received_on", "pk")


# --- table four: remedies ------------------------------------------------------------------------


def _remedies(agencies: Agencies, period: Period) -> QuerySet[RemedyCase]:
    """Begun by the end of the period and not decided before it."""
    return RemedyCase.objects.filter(
        Q(decided_on__isnull=True) | Q(decided_on__gte=period.first),
        request__agency__in=agencies,
        received_on__lte=period.last,
    )


def _column(column: str, period: Period) -> Q:
    """Pending is what was not decided by the last day, whatever has become of it since."""
    if column == Column.PENDING:
        return Q(decided_on__isnull=True) | Q(decided_on__gt=period.last)
    return Q(decided_on__lte=period.last, outcome=column)


def table_four(agencies: Agencies, period: Period) -> Table:
    """行政复议、行政诉讼情况: each group with upheld, corrected, other, pending and the total."""
    table = {kind.value: [0] * len(REMEDY_COLUMNS) for kind in RemedyKind}
    figures = {f"column_{column}": Count("pk", filter=_column(column, period)) for column in Column}
    grouped: Any = _remedies(agencies, period).values("kind").annotate(**figures).order_by()
    for found in grouped:
        for column in Column:
            _add(table[found["kind"]], REMEDY_COLUMNS, column.value, found[f"column_{column}"])
    return table


def remedies_behind(
    agencies: Agencies, period: Period, kind: str, column: str = TOTAL
) -> QuerySet[RemedyCase]:
    """The remedies that a figure of table four counts, in the order in which they began."""
    if kind not in set(RemedyKind) or column not in REMEDY_COLUMNS:
        raise KeyError((kind, column))
    rows = _remedies(agencies, period).filter(kind=kind)
    if column != TOTAL:
        rows = rows.filter(_column(column, period))
    return rows.order_by("received_on", "pk")


# --- fees ----------------------------------------------------------------------------------------


def fee_count(agencies: Agencies, period: Period) -> FeeCount:
    """Fees for section six of the report (国办函〔2020〕109号): notices by the day on which they
    were received, money by the day on which it was paid."""
    notified, paid = Q(notified_on__range=period.days), Q(paid_on__range=period.days)
    waived = Q(waived_on__range=period.days)
    found = FeeNotice.objects.filter(
        notified | paid | waived, request__agency__in=agencies
    ).aggregate(
        notices=Count("pk", filter=notified),
        sum=Sum("amount", filter=notified),
        received=Sum("collected", filter=paid),
        given_up=Count("pk", filter=waived),
    )
    nothing = Decimal("0.00")
    return FeeCount(
        notices=found["notices"],
        amount=found["sum"] or nothing,
        collected=found["received"] or nothing,
        waived=found["given_up"],
    )


def notices_behind(agencies: Agencies, period: Period) -> QuerySet[FeeNotice]:
    """The fee notices that were received in the period."""
    rows = FeeNotice.objects.filter(
        request__agency__in=agencies, notified_on__range=period.days
    ).select_related("request")
    return rows.order_by("notified_on", "pk")


def _add(figures: list[int], columns: tuple[str, ...], column: str, number: int) -> None:
    """Into its own column and the total."""
    figures[columns.index(column)] += number
    figures[columns.index(TOTAL)] += number

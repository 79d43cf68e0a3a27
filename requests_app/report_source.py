"""What tables three and four of the annual report count: the casework, by `statistics`.

In the form of 2019 (六)其他处理 is one row; it takes in what the form of 2021 counts apart.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from disclosure.agencies.models import Agency
from disclosure.reports import sources
from disclosure.reports.prose.drafting import Facts
from disclosure.reports.remarks import knows
from disclosure.reports.sources import Behind, Figures, Record, Span
from disclosure.reports.tables.forms import FORMS, REMEDIES, REQUESTS
from requests_app import statistics as counted
from requests_app.casework.models import DisclosureRequest
from requests_app.remedies.models import RemedyCase

VIEW_REQUESTS = "requests_app.view_disclosurerequest"
#: The row of the form of 2019, and the rows that it takes in.
OTHER: Final = "other"
OTHERS: Final = ("other_not_corrected", "other_fee_unpaid", "other")


def _period(span: Span) -> counted.Period:
    return counted.Period(span.first, span.last)


def _figures(table: counted.Table, columns: Sequence[str]) -> Figures:
    return {row: dict(zip(columns, cells, strict=True)) for row, cells in table.items()}


# --- table three ---------------------------------------------------------------------------------
def requests(agencies: Sequence[Agency], span: Span) -> Figures:
    """Table three in the form of 2021."""
    return _figures(counted.table_three(agencies, _period(span)), counted.COLUMNS)


def requests_of_2019(agencies: Sequence[Agency], span: Span) -> Figures:
    """Table three in the form of 2019."""
    table = counted.table_three(agencies, _period(span))
    others = [table.pop(row) for row in OTHERS]
    table[OTHER] = [sum(cells) for cells in zip(*others, strict=True)]
    return _figures(table, counted.COLUMNS)


def behind_requests(agencies: Sequence[Agency], span: Span, row: str, column: str) -> Behind:
    """The requests of a cell in the form of 2021."""
    return _shown(counted.requests_behind(agencies, _period(span), row, column))


def behind_requests_of_2019(
    agencies: Sequence[Agency], span: Span, row: str, column: str
) -> Behind:
    """The requests of a cell in the form of 2019."""
    if row != OTHER:
        return behind_requests(agencies, span, row, column)
    found = DisclosureRequest.objects.none()
    for part in OTHERS:
        found = found | counted.requests_behind(agencies, _period(span), part, column)
    return _shown(found)


def _shown(found: QuerySet[DisclosureRequest]) -> Behind:
    def rows(start: int, size: int) -> list[Record]:
        chosen = found.only("pk", "number", "received_on", "state")
        return [
            Record(
                one.number,
                one.received_on,
                reverse("admin:requests_app_disclosurerequest_change", args=[one.pk]),
                str(one.get_state_display()),
            )
            for one in chosen[start : start + size]
        ]

    return Behind(found.count(), rows, VIEW_REQUESTS)


# --- table four ----------------------------------------------------------------------------------
def remedies(agencies: Sequence[Agency], span: Span) -> Figures:
    """Table four, the same in both forms."""
    return _figures(counted.table_four(agencies, _period(span)), counted.REMEDY_COLUMNS)


def behind_remedies(agencies: Sequence[Agency], span: Span, row: str, column: str) -> Behind:
    """The remedies of a cell."""
    found = counted.remedies_behind(agencies, _period(span), row, column)

    def rows(start: int, size: int) -> list[Record]:
        chosen: Any = found.select_related("request")[start : start + size]
        return [
            Record(
                one.request.number,
                one.received_on,
                reverse("admin:requests_app_disclosurerequest_change", args=[one.request_id]),
                _stand(one),
            )
            for one in chosen
        ]

    return Behind(found.count(), rows, VIEW_REQUESTS)


def _stand(case: RemedyCase) -> str:
    return str(case.get_outcome_display()) if case.outcome else ""


# --- from year to year ---------------------------------------------------------------------------
def _keys(row: str, agencies: Sequence[Agency], span: Span) -> list[int]:
    found = counted.requests_behind(agencies, _period(span), row)
    return list(found.values_list("pk", flat=True))


def carried_out(agencies: Sequence[Agency], span: Span) -> list[int]:
    """The requests that are still open when the span ends."""
    return _keys(counted.CARRIED_OUT, agencies, span)


def carried_in(agencies: Sequence[Agency], span: Span) -> list[int]:
    """The requests that were open when the span began."""
    return _keys(counted.CARRIED_IN, agencies, span)


def _records(keys: Sequence[int]) -> list[Record]:
    found = DisclosureRequest.objects.filter(pk__in=keys).order_by("received_on", "pk")
    return list(_shown(found).rows(0, len(keys))) if keys else []


# --- beside the tables ---------------------------------------------------------------------------
def fees(facts: Facts, agencies: Sequence[Agency], span: Span) -> Facts:
    """The processing fees of the year, for section six (国办函〔2020〕109号)."""
    found = counted.fee_count(agencies, _period(span))
    return replace(
        facts,
        fee_notices=found.notices,
        fee_billed=found.amount,
        fee_collected=found.collected,
    )


def declare() -> None:
    """Register the sources; called when the app is ready."""
    knows(fees)
    sources.register_turn(sources.Turn(carried_out, carried_in, _records, VIEW_REQUESTS))
    three = {
        "2021": (requests, behind_requests),
        "2019": (requests_of_2019, behind_requests_of_2019),
    }
    for form, (count, behind) in three.items():
        sources.register(
            sources.Source(
                name=f"requests-{form}",
                table=REQUESTS,
                rows=frozenset(FORMS[form].table(REQUESTS).rows),
                forms=frozenset({form}),
                count=count,
                behind=behind,
            )
        )
    sources.register(
        sources.Source(
            name="remedies",
            table=REMEDIES,
            rows=frozenset(FORMS["2021"].table(REMEDIES).rows),
            forms=frozenset(FORMS),
            count=remedies,
            behind=behind_remedies,
        )
    )

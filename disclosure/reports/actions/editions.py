"""Freezing a report as an edition: what the public reads, never changed afterwards."""

import datetime as dt
from typing import Any

from django.db.models import Max

from disclosure.agencies.models import User
from disclosure.publications.content import digest_of
from disclosure.reports.models import AnnualReport
from disclosure.reports.sources import Span, the_turn
from disclosure.reports.trail import CellAdjustment, ReportEdition

#: Called with each new edition, inside its transaction (files, the sums of agencies above).
AFTER: list[Any] = []


def publish_edition(
    report: AnnualReport, *, actor: User | None, at: dt.datetime, reason: str = ""
) -> ReportEdition:
    """The next edition, of the report as it is written now; the caller moves the report to it."""
    content = report.document().as_json()
    last = report.editions.aggregate(last=Max("number"))["last"] or 0
    edition = ReportEdition.objects.create(
        report=report,
        number=last + 1,
        form=report.form,
        content=content,
        workings=_workings(report),
        sha256=digest_of(content),
        published_at=at,
        published_by=actor,
        approved_by=report.approved_by,
        reason=reason,
    )
    for after in AFTER:
        after(edition)
    return edition


def _workings(report: AnnualReport) -> dict[str, Any]:
    """Where each figure came from, as it was at publication; for staff."""
    if report.table_form is None:
        return {}
    rows = CellAdjustment.objects.filter(report=report).values(
        "table", "row", "column", "kind", "amount", "reason"
    )
    turn = the_turn() if report.computed_until else None
    span = Span.of_year(report.year, report.computed_until)
    return {
        # Which records the next year begins with, as counted for this edition.
        "carried_out": turn.carried_out([report.agency], span) if turn else None,
        "computed": report.computed,
        "computed_until": report.computed_until,
        "summed": report.summed,
        "loaded": report.loaded,
        "adjustments": [
            {**row, "amount": None if row["amount"] is None else f"{row['amount']:f}"}
            for row in rows
        ],
        "notes": dict(report.remark_notes.values_list("key", "note")),
    }


def restore(report: AnnualReport, edition: ReportEdition) -> None:
    """Write the report back to what an edition says, where its figures came from included."""
    document = edition.document()
    report.form, report.title, report.lead = edition.form, document.title, document.lead
    report.sections, report.figures = list(document.sections), list(document.figures)
    report.texts = dict(document.texts)
    report.tables = document.cells.as_json() if document.cells else {}
    workings = edition.workings
    report.computed = workings.get("computed", {})
    report.computed_until = workings.get("computed_until")
    report.summed, report.loaded = workings.get("summed", {}), workings.get("loaded", {})
    report.adjustments.all().delete()
    CellAdjustment.objects.bulk_create(
        CellAdjustment(report=report, **row) for row in workings.get("adjustments", [])
    )

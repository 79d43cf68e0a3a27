"""The sum of an agency's own figures and those of the agencies below it (汇总), at any depth.

A report below that is itself a sum speaks for what is below it; below any other, and below one
that is missing, each agency is looked for by itself. Two queries, however many there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from disclosure.agencies.models import Agency
from disclosure.reports import due
from disclosure.reports.models import AnnualReport
from disclosure.reports.tables.cells import Cell, Cells, as_number
from disclosure.reports.tables.shapes import Form
from disclosure.reports.trail import ReportEdition


@dataclass(frozen=True)
class Summed:
    """The agencies below together; `agencies` are codes with the number of the edition taken."""

    cells: Cells
    agencies: list[tuple[str, int]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "tables": self.cells.as_json(),
            "agencies": [list(one) for one in self.agencies],
            "missing": self.missing,
        }


def add(form: Form, parts: Iterable[Cells]) -> Cells:
    """The sum of several reports of one form; what none of them fills stays blank."""
    values: dict[Any, Cell] = {}
    for cells in parts:
        for place, cell in cells.values.items():
            if cell is None or not form.has(place):
                continue
            before = values.get(place)
            values[place] = cell if before is None else _together(before, cell)
    return Cells(form, values)


def _together(one: Cell, other: Cell) -> Cell:
    """不适用 with a number is the number."""
    if isinstance(one, str):
        return other
    if isinstance(other, str):
        return one
    total: int | Decimal = as_number(one) + as_number(other)
    return total


def sum_below(report: AnnualReport) -> Summed:
    """What the published reports on the same year of the agencies below come to."""
    form = report.table_form
    assert form is not None  # noqa: S101  (asked for forms with tables)
    found = _editions(report)
    parts: list[Cells] = []
    agencies: list[tuple[str, int]] = []
    missing: list[str] = []
    spoken_for = ""
    for agency in _below(report.agency):
        if spoken_for and agency.path.startswith(spoken_for):
            continue
        edition = found.get(agency.pk)
        if edition is None:
            if agency.kind not in due.EXEMPT:
                missing.append(agency.code)
            continue
        cells = edition.document().cells
        if cells is None or cells.form.key != form.key:
            missing.append(agency.code)
            continue
        parts.append(cells)
        agencies.append((agency.code, edition.number))
        if edition.workings.get("summed"):
            spoken_for = agency.path
    return Summed(add(form, parts), agencies, missing)


def out_of_date(report: AnnualReport) -> list[str]:
    """Codes of the agencies below whose report has appeared, changed or gone since it was
    summed; two queries."""
    if not report.summed:
        return []
    now_there = dict(sum_below(report).agencies)
    then = dict(report.summed["agencies"])
    return sorted(code for code in {*now_there, *then} if now_there.get(code) != then.get(code))


def _below(agency: Agency) -> Iterable[Agency]:
    """The active agencies below, each before what is below it."""
    rows = Agency.objects.filter(path__startswith=agency.path, is_active=True)
    return rows.exclude(pk=agency.pk).order_by("path").only("pk", "code", "path", "kind")


def _editions(report: AnnualReport) -> dict[int, ReportEdition]:
    """The public editions below, by agency."""
    rows = ReportEdition.objects.filter(
        pk__in=AnnualReport.objects.filter(
            year=report.year,
            agency__path__startswith=report.agency.path,
            edition__isnull=False,
        ).values("edition")
    ).select_related("report")
    return {row.report.agency_id: row for row in rows}

"""The sum of an agency's own figures and those of the agencies below it (汇总), at any depth.

A report below that is itself a sum speaks for what is below it; below any other, and below one
that is missing, each agency is looked for by itself. Two queries, however many there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from disclosure.agencies.models import Agency
from disclosure.reports import across, due
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


@dataclass(frozen=True)
class _Below:
    """The editions that are added up, in the order of the tree, and the codes of the agencies of
    which there is none."""

    editions: list[tuple[str, ReportEdition]]
    missing: list[str]


def sum_below(report: AnnualReport) -> Summed:
    """What the published reports on the same year of the agencies below come to."""
    form = report.table_form
    assert form is not None  # noqa: S101  (asked for forms with tables)
    found = _below(report)
    cells = [edition.document().cells for _code, edition in found.editions]
    return Summed(
        add(form, [one for one in cells if one is not None]),
        [(code, edition.number) for code, edition in found.editions],
        found.missing,
    )


def out_of_date(report: AnnualReport) -> list[str]:
    """Codes of the agencies below whose report has appeared, changed or gone since it was
    summed; two queries."""
    if not report.summed:
        return []
    now_there = {code: edition.number for code, edition in _below(report).editions}
    then = dict(report.summed["agencies"])
    return sorted(code for code in {*now_there, *then} if now_there.get(code) != then.get(code))


def _below(report: AnnualReport) -> _Below:
    """Which reports of the agencies below are added up, by the rule of `across.counted`."""
    found = _editions(report)
    agencies = list(
        Agency.objects.filter(path__startswith=report.agency.path, is_active=True)
        .exclude(pk=report.agency_id)
        .order_by("path")
        .only("pk", "code", "path", "kind")
    )
    fitting = {
        agency.code: found[agency.pk]
        for agency in agencies
        if agency.pk in found and found[agency.pk].form == report.form
    }
    counted = across.counted(
        across.Part.of(agency.path, agency.code, report.form, None, _summed(fitting[agency.code]))
        for agency in agencies
        if agency.code in fitting
    ).parts
    speaking = tuple(part.path for part in counted if part.sums)
    return _Below(
        [(part.code, fitting[part.code]) for part in counted],
        [
            agency.code
            for agency in agencies
            if agency.code not in fitting
            and not agency.path.startswith(speaking)
            and (agency.pk in found or agency.kind not in due.EXEMPT)
        ],
    )


def _summed(edition: ReportEdition) -> Any:
    return edition.workings.get("summed")


def _editions(report: AnnualReport) -> dict[int, ReportEdition]:
    """The public editions below, by agency."""
    below = AnnualReport.objects.filter(
        year=report.year, agency__path__startswith=report.agency.path
    )
    rows = ReportEdition.objects.of(below).select_related("report")
    return {row.report.agency_id: row for row in rows}

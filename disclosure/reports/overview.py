"""What a year's published reports add up to, for the public index."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disclosure.agencies.models import Agency
from disclosure.charts.shapes import Chart, written
from disclosure.reports import across, charts, due
from disclosure.reports.models import AnnualReport
from disclosure.reports.rollup import add
from disclosure.reports.tables.cells import NA, Cell, Cells, as_number
from disclosure.reports.tables.forms import REMEDIES, REQUESTS, form_for
from disclosure.reports.tables.shapes import TOTAL, Form, Place
from disclosure.reports.trail import ReportEdition

#: Rows of table three that are shown by themselves, outcomes aside.
_COURSE: Final = ("new", "carried_in", "processed_total", "carried_out")
#: What is asked of an edition beside its content.
_OF_EDITION: Final = (
    *("report__agency_id", "report__agency__path", "report__agency__code"),
    "form",
)


@dataclass(frozen=True)
class Line:
    """A row of the table: what is counted, and one figure a column."""

    label: str
    figures: list[str]


@dataclass(frozen=True)
class YearSum:
    """The reports on a year: `reports` are out; of the `owing` agencies that there are now,
    `owed_out` have theirs out. `counted` of them are added up as `cells`, `within` are part of
    the sum of a report above, `after` came too late for it and are in no sum; `of_other_form`
    have tables that cannot be added to the others (None: the year had no tables)."""

    year: int
    reports: int
    owing: int
    owed_out: int
    counted: int = 0
    within: int = 0
    after: int = 0
    of_other_form: int = 0
    cells: Cells | None = None

    @property
    def course(self) -> list[Line]:
        """Received, carried in, processed, carried over."""
        return [
            Line(name, [_said(self._at(REQUESTS, key, TOTAL))])
            for key, name in zip(
                _COURSE,
                (_("Received"), _("Carried in"), _("Processed"), _("Carried over")),
                strict=True,
            )
        ]

    @property
    def outcomes(self) -> list[Line]:
        """What was processed, by the groups of table three."""
        if self.cells is None:
            return []
        return [Line(label, figures) for label, figures in charts.outcomes(self.cells).rows]

    @property
    def remedy_kinds(self) -> list[str]:
        """The kinds of remedy, which head the columns of `remedies`."""
        if self.cells is None:
            return []
        rows = self.cells.form.table(REMEDIES).rows.values()
        return [row.label.in_language(get_language() or "") for row in rows]

    @property
    def remedies(self) -> list[Line]:
        """Results of table four with one figure for each kind of remedy."""
        if self.cells is None:
            return []
        table = self.cells.form.table(REMEDIES)
        return [
            Line(
                column.label.in_language(get_language() or ""),
                [_said(self._at(REMEDIES, row, column.key)) for row in table.rows],
            )
            for column in table.columns(next(iter(table.rows)))
        ]

    @property
    def charts(self) -> list[Chart]:
        if self.cells is None:
            return []
        drawn = (charts.outcomes(self.cells), charts.remedies(self.cells))
        return [chart for chart in drawn if chart.is_drawn]

    def _at(self, table: str, row: str, column: str) -> Cell:
        return self.cells[Place(table, row, column)] if self.cells else None


def of_year(year: int, at: dt.datetime, below: Agency | None = None) -> YearSum:
    """What is public at `at`; of `below` and the agencies under it, where given. Two queries."""
    reports = AnnualReport.objects.visible_to_public(at).filter(year=year)
    agencies = Agency.objects.filter(is_active=True).exclude(kind__in=due.EXEMPT)
    if below is not None:
        reports = reports.filter(agency__path__startswith=below.path)
        agencies = agencies.filter(path__startswith=below.path)
    form = form_for(year)
    content = ("content__tables", "workings__summed") if form else ()
    rows = list(
        ReportEdition.objects.of(reports)
        .order_by("report__agency__path")
        .values_list(
            "report__agency_id", "report__agency__path", "report__agency__code", "form", *content
        )
    )
    owing = set(agencies.values_list("pk", flat=True))
    summary = YearSum(year, len(rows), len(owing), sum(row[0] in owing for row in rows))
    if form is None:
        return summary
    return _added(summary, form, [across.Part.of(*row[1:]) for row in rows])


def _added(summary: YearSum, form: Form, parts: list[across.Part]) -> YearSum:
    found = across.counted(parts)
    fitting = [part for part in found.parts if part.form == form.key]
    cells = [across.outlined(form, part.tables) for part in fitting]
    return replace(
        summary,
        counted=len(fitting),
        within=len(found.within) - len(found.after),
        after=len(found.after),
        of_other_form=len(found.parts) - len(fitting),
        cells=add(across.outline(form), cells) if cells else None,
    )


def _said(cell: Cell) -> str:
    """A blank is a dash."""
    if cell is None:
        return "–"
    return _("not applicable") if cell == NA else written(as_number(cell))

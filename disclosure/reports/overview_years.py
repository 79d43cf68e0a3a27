"""An agency's figures over all years, old free reports beside those with tables, as charts.

Figures belong together where their reports give them the same name and unit; what a report gives
as a bound (20万多份) is drawn with a broken outline. Nothing is worked out or filled in.
"""

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext as _

from disclosure.agencies.models import Agency
from disclosure.charts import making
from disclosure.charts.shapes import Chart, Kind, Series, Value, written
from disclosure.reports import across
from disclosure.reports.models import AnnualReport
from disclosure.reports.presenting import shown_value
from disclosure.reports.reading import Figure
from disclosure.reports.tables.cells import NA, Cells, as_number
from disclosure.reports.tables.forms import FORMS, PROACTIVE, REQUESTS
from disclosure.reports.tables.shapes import TOTAL, Place
from disclosure.reports.trail import ReportEdition
from disclosure.reports.wording import said

#: Charts of named figures; those told in most years come first.
MOST: Final = 12
_TABLED: Final = "chart-requests-years"
_IN_FORCE: Final = "chart-force-years"
_NOWHERE: Final = Value(None, "–")


@dataclass(frozen=True)
class OfYear:
    """What an agency's public report on a year gives."""

    year: int
    cells: Cells | None
    figures: tuple[Figure, ...]

    @classmethod
    def of(cls, year: int, form: str, tables: Any, figures: Any) -> "OfYear":
        declared = FORMS.get(form)
        cells = across.outlined(declared, tables) if declared else None
        return cls(year, cells, tuple(figures or ()))


def figures_over_years(agency: Agency, at: dt.datetime) -> list[Chart]:
    """The charts that there are for the agency itself; one query."""
    visible = AnnualReport.objects.visible_to_public(at).filter(agency=agency)
    rows = ReportEdition.objects.of(visible).values_list(
        "report__year", "form", "content__tables", "content__figures"
    )
    return charts_of([OfYear.of(*row) for row in rows.order_by("report__year")])


def charts_of(reports: Iterable[OfYear]) -> list[Chart]:
    """Requests and documents in force of the years with tables, then the named figures."""
    years = {one.year: one for one in reports}
    drawn = [_requests(years), _in_force(years), *_named(years)]
    return [chart for chart in drawn if chart is not None and chart.is_drawn]


def _requests(years: dict[int, OfYear]) -> Chart | None:
    tabled = {year: one.cells for year, one in years.items() if one.cells is not None}
    series = [
        (_("Received"), Place(REQUESTS, "new", TOTAL)),
        (_("Processed"), Place(REQUESTS, "processed_total", TOTAL)),
    ]
    return _of_cells(_TABLED, _("Requests, all years"), tabled, series)


def _in_force(years: dict[int, OfYear]) -> Chart | None:
    """Of the years whose form counts what is in force."""
    some = {year: one.cells for year, one in years.items() if one.cells is not None}
    rows = ("regulations", "normative_documents")
    places = [Place(PROACTIVE, row, "in_force") for row in rows]
    some = {year: cells for year, cells in some.items() if cells.form.has(places[0])}
    if not some:
        return None
    table = some[max(some)].form.table(PROACTIVE)
    series = [(said(table.rows[place.row].label), place) for place in places]
    return _of_cells(_IN_FORCE, _("Documents in force, all years"), some, series)


def _of_cells(
    key: str, title: str, years: dict[int, Cells], series: list[tuple[str, Place]]
) -> Chart | None:
    if len(years) < 2:
        return None

    return _over(
        key, title, years, [(name, partial(_cell, years, place)) for name, place in series]
    )


def _cell(years: dict[int, Cells], place: Place, year: int) -> Value:
    return _value(years[year], place) if year in years else _NOWHERE


def _value(cells: Cells, place: Place) -> Value:
    cell = cells[place]
    if cell is None:
        return _NOWHERE
    if cell == NA:
        return Value(None, _("not applicable"))
    return Value(as_number(cell), written(as_number(cell)))


# --- named figures -------------------------------------------------------------------------------
def name_key(name: str) -> str:
    """A figure's name without what print makes of it: width, blanks, case, a colon at its end."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    return plain.rstrip(":").casefold()


def _named(years: dict[int, OfYear]) -> list[Chart]:
    found: dict[tuple[str, str], dict[int, list[Figure]]] = {}
    for year, one in years.items():
        for figure in one.figures:
            key = (name_key(figure["name"]), name_key(figure["unit"]))
            found.setdefault(key, {}).setdefault(year, []).append(figure)
    listed = sorted((told for told in found.values() if len(told) > 1), key=lambda told: -len(told))
    return [_of_figure(f"chart-figure-{at}", told) for at, told in enumerate(listed[:MOST], 1)]


def _of_figure(key: str, told: dict[int, list[Figure]]) -> Chart:
    latest = told[max(told)][0]
    name, unit = latest["name"].strip(), latest["unit"].strip()
    title = _("%(name)s (%(unit)s)") % {"name": name, "unit": unit} if unit else name
    is_rough = any(figure.get("qualifier") for some in told.values() for figure in some)
    note = _("Broken outline: the report gives no exact number.") if is_rough else ""
    return _over(key, title, told, [(name, lambda year: _told(told.get(year, [])))], note=note)


def _told(figures: list[Figure]) -> Value:
    """The year's figure; two of one name say which is meant to nobody, so neither is drawn."""
    if not figures:
        return _NOWHERE
    text = " / ".join(dict.fromkeys(shown_value(one) for one in figures))
    if len({(one["value"], one.get("qualifier")) for one in figures}) > 1:
        return Value(None, text)
    figure = figures[0]
    if figure.get("qualifier"):
        return Value(None, text, below=figure["value"])
    return Value(figure["value"], text)


def _over(
    key: str,
    title: str,
    years: Iterable[int],
    series: list[tuple[str, Callable[[int], Value]]],
    *,
    note: str = "",
) -> Chart:
    """Columns from the first year to the last; years between without a figure stay empty."""
    known = list(years)
    span = range(min(known), max(known) + 1)
    made = [Series(name, tuple(value(year) for year in span)) for name, value in series]
    labels = [str(year) for year in span]
    return making.over_time(Kind.COLUMNS, key, title, _("Year"), labels, made, note=note)

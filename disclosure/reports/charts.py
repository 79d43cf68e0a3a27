"""The charts of an annual report, made of its editions' documents alone; those of nothing but
zeros are left out."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from disclosure.charts import making
from disclosure.charts.shapes import Chart, Kind, Series, Value, written
from disclosure.reports.document import Document
from disclosure.reports.tables.cells import NA, Cell, Cells, as_number
from disclosure.reports.tables.forms import REMEDIES, REQUESTS
from disclosure.reports.tables.shapes import TOTAL, Form, Label, Place

#: More years than this are not set side by side.
YEARS: Final = 8
#: What numbers a row in the form: （三）, (3), 1.
_NUMBERING: Final = re.compile(r"^(?:[（(][一二三四五六七八九十\d]+[)）]|\d+[.、])\s*")
#: What the form explains behind a name: （区分处理的，…）, (counted here alone).
_EXPLAINED: Final = re.compile(r"\s*[（(][^）)]*[）)]$")
_OF_YEARS: Final = ("new", "processed_total", "carried_out")


def report_charts(document: Document, others: list[Document]) -> list[Chart]:
    """What the report's tables show: outcomes, years compared, applicants, remedies.

    `others` are the agency's reports on other years; those in the free form have no tables.
    """
    charts = [years_compared([*others, document])]
    if document.form and document.cells:
        cells = document.cells
        charts = [outcomes(cells), *charts, applicants(cells), remedies(cells)]
    return [chart for chart in charts if chart and chart.is_drawn]


def outcomes(cells: Cells) -> Chart:
    """Requests by the groups of table three."""
    rows = []
    for label, keys in outcome_groups(cells.form):
        found = [cells[Place(REQUESTS, key, TOTAL)] for key in keys]
        rows.append((_name(label), _sum(found)))
    return making.bars(
        "chart-outcomes", _("Requests by outcome"), _("Outcome"), _("Requests"), rows
    )


def outcome_groups(form: Form) -> list[tuple[Label, list[str]]]:
    """The groups of table three with their rows, as the form's identity names them."""
    summed = next(one.right for one in form.identities if one.key == "processed")
    groups: dict[Label, list[str]] = {}
    for key in summed:
        row = form.table(REQUESTS).rows[key]
        groups.setdefault(row.above[1] if len(row.above) > 1 else row.label, []).append(key)
    return list(groups.items())


def years_compared(documents: Iterable[Document]) -> Chart | None:
    """Requests received, processed and carried over; from two years on."""
    by_year = {one.year: one.cells for one in documents if one.cells is not None}
    years = sorted(by_year)[-YEARS:]
    if len(years) < 2:
        return None
    names = (_("Received"), _("Processed"), _("Carried over"))
    series = [
        Series(name, tuple(_value(by_year[year][Place(REQUESTS, row, TOTAL)]) for year in years))
        for name, row in zip(names, _OF_YEARS, strict=True)
    ]
    labels = [str(year) for year in years]
    title = _("Requests, years compared")
    return making.over_time(Kind.COLUMNS, "chart-years", title, _("Year"), labels, series)


def applicants(cells: Cells) -> Chart:
    """The year's new requests by the kind of applicant."""
    columns = cells.form.table(REQUESTS).columns("new")
    rows = [
        (column.label.in_language(_language()), _value(cells[Place(REQUESTS, "new", column.key)]))
        for column in columns
        if column.key != TOTAL
    ]
    title = _("Who asked: new requests by kind of applicant")
    return making.bars("chart-applicants", title, _("Applicant"), _("Requests"), rows)


def remedies(cells: Cells) -> Chart:
    """Each kind of remedy that there was, by its result."""
    table = cells.form.table(REMEDIES)
    rows = [
        row
        for row in table.rows
        if as_number(cells[Place(REMEDIES, row, TOTAL)])
        or any(as_number(cells[Place(REMEDIES, row, one.key)]) for one in table.columns(row))
    ]
    columns = [one for one in table.columns(next(iter(table.rows))) if one.key != TOTAL]
    series = [
        Series(
            column.label.in_language(_language()),
            tuple(_value(cells[Place(REMEDIES, row, column.key)]) for row in rows),
        )
        for column in columns
    ]
    labels = [table.rows[row].label.in_language(_language()) for row in rows]
    title = _("Reconsideration and litigation by result")
    return making.share("chart-remedies", title, _("Remedy"), labels, series)


def _language() -> str:
    return get_language() or ""


def _name(label: Label) -> str:
    """A row's name without its number and what the form explains of it."""
    return _EXPLAINED.sub("", _NUMBERING.sub("", label.in_language(_language())))


def _value(cell: Cell) -> Value:
    """A blank is a dash, 不适用 says so; neither is drawn."""
    if cell is None:
        return Value(None, "–")
    if cell == NA:
        return Value(None, _("not applicable"))
    return Value(as_number(cell), written(as_number(cell)))


def _sum(cells: Sequence[Cell]) -> Value:
    """Of several rows; blank only where all are."""
    if all(cell is None or cell == NA for cell in cells):
        return _value(cells[0])
    return Value.of(sum(as_number(cell) for cell in cells))

"""The protocol of a round (评估审查记录): its rows as a page that prints, and as XLSX."""

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

import xlsxwriter
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.utils.translation import gettext

from disclosure import grounds
from disclosure.agencies.models import User
from disclosure.core.citing import cite
from disclosure.core.dates import legal_day
from disclosure.withheld.lifecycle import Outcome
from disclosure.withheld.models import Reassessment, ReassessmentRound

#: Rows of a page that is meant for the printer.
ON_PAPER = 500
_A4 = 9
Cell = str | int | dt.date | None


def headings() -> list[tuple[str, int]]:
    """The columns with their width in characters."""
    return [
        (gettext("No."), 6),
        (gettext("Title"), 40),
        (gettext("Document number"), 20),
        (gettext("Ground"), 26),
        (gettext("Outcome"), 16),
        (gettext("To be looked at again on"), 14),
        (gettext("Note"), 30),
        (gettext("Decided by"), 12),
        (gettext("Decided on"), 12),
    ]


def rows_of(round_: ReassessmentRound) -> QuerySet[Reassessment]:
    """The rows in their order, with all that the protocol says in one query."""
    return round_.rows.select_related("item__agency", "decided_by").order_by("pk")


def totals(round_: ReassessmentRound) -> list[tuple[str, int]]:
    """How many rows each outcome has; one query."""
    counted = dict(round_.rows.order_by().values_list("outcome").annotate(Count("pk")))
    return [(str(outcome.label), counted.get(outcome, 0)) for outcome in Outcome]


def page(round_: ReassessmentRound, user: User, number: str | None) -> Page:
    """One printed page of rows as cells, numbered through."""
    found = Paginator(rows_of(round_), ON_PAPER).get_page(number)
    start = found.start_index() or 1
    rows: Any = found
    rows.object_list = [
        [cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row]
        for row in cells(found.object_list, user, start)
    ]
    return found


def cells(rows: Iterable[Reassessment], user: User, start: int = 1) -> Iterator[list[Cell]]:
    """Each row as `user` may know it: of what bears a marking, number and ground."""
    for number, row in enumerate(rows, start):
        closed = row.item.is_closed_to(user)
        ground = row.ground or row.item.ground
        yield [
            number,
            gettext("(bears a marking)") if closed else row.item.title,
            row.item.document_number,
            f"{grounds.GROUNDS[ground].label} ({cite(grounds.GROUNDS[ground].article)})",
            row.get_outcome_display(),
            row.look_again_on,
            "" if closed else row.note,
            str(row.decided_by or ""),
            legal_day(row.decided_at) if row.decided_at else None,
        ]


def workbook(round_: ReassessmentRound, user: User) -> IO[bytes]:
    """An open temporary file at its beginning; texts are written as texts, never as formulas."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    try:
        _fill(file, round_, user)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def _fill(file: IO[bytes], round_: ReassessmentRound, user: User) -> None:
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    edge = {"border": 1, "text_wrap": True, "valign": "top", "font_size": 10}
    plain = book.add_format(edge)
    day = book.add_format({**edge, "num_format": "yyyy-mm-dd"})
    bold = book.add_format({**edge, "bold": True})
    sheet = book.add_worksheet()
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.write_string(0, 0, round_.title, book.add_format({"bold": True, "font_size": 16}))
    sheet.write_string(1, 0, about(round_))
    for column, (text, width) in enumerate(headings()):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, text, bold)
    for line, row in enumerate(cells(rows_of(round_).iterator(1000), user), start=3):
        for column, value in enumerate(row):
            _write(sheet, line, column, value, plain, day)
    book.close()


def _write(sheet: Any, line: int, column: int, value: Cell, plain: Any, day: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(line, column, None, plain)
    elif isinstance(value, str):
        sheet.write_string(line, column, value, plain)
    elif isinstance(value, int):
        sheet.write_number(line, column, value, plain)
    else:
        sheet.write_datetime(line, column, value, day)


def about(round_: ReassessmentRound) -> str:
    """Agency, days, filing, on one line."""
    parts = [
        str(round_.agency.name),
        gettext("begun on %(day)s") % {"day": round_.begun_on.isoformat()},
    ]
    if round_.closed_on:
        parts.append(gettext("closed on %(day)s") % {"day": round_.closed_on.isoformat()})
    if round_.filed_on:
        parts.append(
            gettext("filed on %(day)s with %(recipient)s")
            % {"day": round_.filed_on.isoformat(), "recipient": round_.filed_with}
        )
    return "; ".join(parts)

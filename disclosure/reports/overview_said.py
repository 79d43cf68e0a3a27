"""What the overview of the agencies below says: findings as sentences, states, the CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext, ngettext

from disclosure.charts.shapes import written
from disclosure.publications.importing.cells import guarded
from disclosure.reports.across import Outlier
from disclosure.reports.overview_list import KEY_FIGURES, STANDINGS, Row
from disclosure.reports.tables.cells import Cell, as_number
from disclosure.reports.tables.shapes import Form
from disclosure.reports.wording import cell_name, plain_line, said

#: Sentences of one kind that are shown; the rest are counted.
MOST = 8


def standing(row: Row) -> str:
    return gettext(str(STANDINGS[row.standing]))


def timing(row: Row) -> str:
    """The days left or over; empty for what is public or not owed."""
    if row.left is None:
        return ""
    if row.left < 0:
        return ngettext("late by %(n)d day", "late by %(n)d days", -row.left) % {"n": -row.left}
    return ngettext("%(n)d day left", "%(n)d days left", row.left) % {"n": row.left}


def figure(cell: Cell) -> str:
    """A blank is a dash."""
    if cell is None:
        return "–"
    return gettext("not applicable") if isinstance(cell, str) else written(as_number(cell))


def sentences(row: Row, most: int = MOST) -> list[str]:
    """Everything that stands out in the row's report; of each kind at most `most`."""
    found, content = row.findings, row.content
    if not found or content is None:
        return []
    form = content.form
    told: list[str] = []
    told += _capped([_outlier(form, one) for one in found.outliers], most)
    told += _capped([plain_line(form, one) for one in found.identities], most)
    told += _capped([plain_line(form, one) for one in found.left_out], most)
    told += _capped(
        [_blank(form, table, key, number) for (table, key), number in found.blanks.items()], most
    )
    return told


def _capped(lines: Sequence[str], most: int) -> Iterator[str]:
    yield from lines[:most]
    rest = len(lines) - most
    if rest > 0:
        yield ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest}


def _outlier(form: Form, one: Outlier) -> str:
    values = {
        "cell": cell_name(form, one.growth.place),
        "now": figure(one.growth.now),
        "other": figure(one.growth.before),
    }
    if one.against == "before":
        return gettext("%(cell)s: %(now)s, the year before %(other)s") % values
    return gettext("%(cell)s: %(now)s, median of such agencies %(other)s") % values


def _blank(form: Form, table: str, row: str, number: int) -> str:
    name = said(form.table(table).rows[row].label)
    return ngettext("%(row)s: %(n)d cell is blank", "%(row)s: %(n)d cells are blank", number) % {
        "row": name,
        "n": number,
    }


def as_csv(rows: Iterable[Row], year: int) -> bytes:
    """The overview for spreadsheets, which run none of it (UTF-8 with its mark)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(
        [
            gettext("agency"),
            gettext("code"),
            gettext("kind"),
            gettext("level"),
            gettext("year"),
            gettext("state"),
            gettext("due on"),
            gettext("days late"),
            gettext("published on"),
            gettext("reminded on"),
            *(str(name) for name, _places in KEY_FIGURES),
            gettext("what stands out"),
        ]
    )
    for row in rows:
        cells = [
            row.agency.local_name,
            row.agency.code,
            row.agency.get_kind_display(),
            row.agency.get_level_display(),
            str(year),
            standing(row),
            row.due_on.isoformat() if row.due_on else "",
            str(-row.left) if row.is_late and row.left is not None else "",
            row.published_on.isoformat() if row.published_on else "",
            row.reminded_on.isoformat() if row.reminded_on else "",
            *("" if cell is None else str(cell) for cell in row.figures),
            "; ".join(sentences(row, most=1000)),
        ]
        writer.writerow([guarded(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")

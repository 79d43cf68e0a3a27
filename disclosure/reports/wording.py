"""Problems of a report's tables and the places they are at, in the reader's language."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from disclosure.reports.tables.checking import Problem
from disclosure.reports.tables.shapes import Form, Label, Place

#: Longer values are cut: a cell may hold a whole page.
_LONGEST: Final = 40

_SENTENCES: Final[dict[str, str | Promise]] = {
    "unknown_table": _("There is no table of this name."),
    "unknown_row": _("There is no row of this name in the table."),
    "unknown_column": _("There is no column of this name in the row."),
    "wrong_shape": _("This must be %(expected)s."),
    "wrong_length": _("The row has %(found)s cells instead of %(expected)s."),
    "not_a_number": _("“%(found)s” is not a number."),
    "negative": _("The number %(found)s is negative."),
    "fraction": _("The number %(found)s has too many decimal places."),
    "too_large": _("The number %(found)s is too large."),
    "missing_table": _("The table is left out; it is not checked."),
    "missing_row": _("The row is left out; it counts as blank."),
    "blank": _("The cell is blank; it counts as 0."),
    "not_applicable": _("The cell says “not applicable”; it counts as 0."),
    "identity": _("Expected %(expected)s, found %(found)s (%(identity)s)."),
}
_SHAPES: Final[dict[str, str | Promise]] = {"object": _("an object"), "list": _("a list")}


def said(label: Label) -> str:
    """A label in the page's language."""
    return label.in_language(get_language() or "")


def sentence(problem: Problem) -> str:
    """What is wrong, without the place."""
    equation = problem.equation
    return gettext(str(_SENTENCES[problem.kind])) % {
        "expected": _SHAPES.get(problem.expected, _short(problem.expected)),
        "found": _short(problem.found),
        "identity": said(equation.identity.label) if equation else "",
    }


def place_name(form: Form, problem: Problem) -> str:
    """Table, row and column as they are headed; what the form does not have, by its key."""
    table = form.by_key.get(problem.table)
    if table is None:
        return problem.table
    names = [said(table.label)]
    row = table.rows.get(problem.row)
    if problem.row:
        names.append(said(row.label) if row else problem.row)
    if problem.column:
        names.append(_column_name(form, problem) if row else problem.column)
    return gettext(" – ").join(names)


def cell_name(form: Form, place: Place) -> str:
    """Row and column of a cell as they are headed."""
    row, column = form.table(place.table).rows[place.row], form.column(place)
    return gettext(" – ").join([said(row.label), said(column.label)])


def key_of(problem: Problem) -> str:
    """The place as programs name it: table.row.column."""
    return ".".join(part for part in (problem.table, problem.row, problem.column) if part)


def _column_name(form: Form, problem: Problem) -> str:
    place: Any = problem.place
    return said(form.column(place).label) if form.has(place) else problem.column


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def plain_line(form: Form, problem: Problem) -> str:
    """Place and sentence."""
    where = place_name(form, problem)
    return gettext("%(where)s: %(sentence)s") % {"where": where, "sentence": sentence(problem)}


def line(form: Form, problem: Problem) -> str:
    """One line: place, sentence, and the place as programs name it."""
    text = plain_line(form, problem)
    key = key_of(problem)
    return f"{text} [{key}]" if key else text

"""What the database itself refuses of annual reports: an edition whose tables do not add up, to
change an edition, and a report that is public as an edition of another.

The identities are those of the declarations; the ones across years hold where last year's
edition of the same agency is public.
"""

from disclosure.core import triggers
from disclosure.reports.tables.forms import FORMS
from disclosure.reports.tables.shapes import (
    Equation,
    Form,
    Layout,
    Place,
    Severity,
    Term,
)

_OWN, _BEFORE = "NEW.content", "b.content"
_LAST_YEAR = """EXISTS (SELECT 1 FROM disclosure_annualreport r
 JOIN disclosure_annualreport l ON l.agency_id = r.agency_id AND l.year = r.year - 1
 JOIN disclosure_reportedition b ON b.id = l.edition_id AND b.form <> 'free'
 WHERE r.id = NEW.report_id AND ({broken}))"""


def _cell(form: Form, place: Place, content: str) -> str:
    """A cell as a number: blank, 不适用 and what is left out count as 0. The operators mean the
    same in SQLite and PostgreSQL."""
    table = form.table(place.table)
    if table.layout == Layout.LISTED:
        keys = [column.key for column in table.columns(place.row)]
        last = str(keys.index(place.column))
    else:
        last = f"'{place.column}'"
    path = f"{content} -> 'tables' -> '{place.table}' -> '{place.row}' ->> {last}"
    return f"CASE WHEN ({path}) = 'NA' THEN 0 ELSE CAST(COALESCE({path}, '0') AS numeric) END"


def _sum(form: Form, terms: tuple[Term, ...]) -> str:
    return " + ".join(
        f"{term.sign} * ({_cell(form, term.place, _BEFORE if term.place.before else _OWN)})"
        for term in terms
    )


def _differs(form: Form, equation: Equation) -> str:
    return f"({_sum(form, equation.left)}) <> ({_sum(form, equation.right)})"


def _has_table(form: Form, equation: Equation) -> str:
    """As in `checking`: what the report leaves out is not checked."""
    rows = sorted({term.place.row for term in equation.left})
    there = [
        f"{_OWN} -> 'tables' -> '{equation.identity.table}' -> '{row}' IS NOT NULL" for row in rows
    ]
    return f"({' OR '.join(there)})"


def _broken(form: Form) -> str:
    """SQL that is true for an edition of this form of which some identity does not hold."""
    within, across = [], []
    for equation in form.equations:
        if equation.identity.severity != Severity.ERROR:
            continue
        test = f"({_has_table(form, equation)} AND {_differs(form, equation)})"
        if not equation.across_years:
            within.append(test)
            continue
        earlier = [term.place for term in equation.right if term.place.before]
        there = " AND ".join(
            f"{_BEFORE} -> 'tables' -> '{place.table}' -> '{place.row}' IS NOT NULL"
            for place in earlier
        )
        across.append(f"({there} AND {test})")
    conditions = [*within, _LAST_YEAR.replace("{broken}", " OR ".join(across))]
    return f"NEW.form = '{form.key}' AND ({' OR '.join(conditions)})"


def declare() -> None:
    """Tell `disclosure.core.triggers`; called when the app is ready."""
    edition = "disclosure.ReportEdition"
    for form in FORMS.values():
        triggers.refuse(
            edition,
            f"inconsistent_{form.key}",
            _broken(form),
            on=["insert"],
            columns=("content", "form", "report_id"),
        )
    triggers.append_only(edition)
    triggers.append_only("disclosure.ReportEvent")
    triggers.refuse(
        "disclosure.AnnualReport",
        "others_edition",
        "NEW.edition_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM disclosure_reportedition e"
        " WHERE e.id = NEW.edition_id AND e.report_id = NEW.id)",
        on=["insert", "update"],
        columns=("edition_id",),
    )

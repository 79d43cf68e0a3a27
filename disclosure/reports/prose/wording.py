"""Remarks and the places that they are at, in the reader's language."""

from django.utils.translation import gettext

from disclosure.reports import wording
from disclosure.reports.prose.findings import Remark
from disclosure.reports.tables.shapes import Form


def sentence(form: Form, remark: Remark) -> str:
    """What is found, with the cell that it is about."""
    if remark.problem is not None:
        return wording.sentence(remark.problem)
    return gettext(remark.message) % {**remark.params, "cell": cell_names(form, remark)}


def section_name(form: Form, remark: Remark) -> str:
    """The section's title, or the table, row and column that an identity is about."""
    if remark.problem is not None:
        return wording.place_name(form, remark.problem)
    if remark.section:
        return wording.said(form.texts[remark.section].label)
    return wording.said(form.table(remark.places[0].table).label) if remark.places else ""


def cell_names(form: Form, remark: Remark) -> str:
    """The cells as they are headed; of many, the first and how many more."""
    names = [wording.cell_name(form, place) for place in remark.places]
    if len(names) <= 2:
        return gettext(" + ").join(names)
    return gettext("%(first)s and %(count)s more cells together") % {
        "first": names[0],
        "count": len(names) - 1,
    }

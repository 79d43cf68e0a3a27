"""Sentences that this room says, in the reader's language."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.reports.reading import ReadingError
from disclosure.reports.reading.errors import BadField

CHANGED_MEANWHILE = _("Somebody else has changed this meanwhile. Please look at it again.")
NO_AGENCY = _("The title names no agency. Give it with --agency CODE.")
UNKNOWN_AGENCY = _("No agency is called “%(name)s”. Give it with --agency CODE.")
SEVERAL_AGENCIES = _(
    "“%(name)s” can mean several agencies (%(codes)s). Choose one with --agency CODE."
)
NO_YEAR = _("The title names no year. Give it with --year YEAR.")
YEAR_NOT_OVER = _("The year %(year)d is not over yet, so there can be no report on it.")
YEAR_TOO_EARLY = _("Reports exist for %(first)d and later years only.")
NO_TITLE = _("A report needs a title.")
TITLE_TOO_LONG = _("The title is longer than %(limit)d characters.")
NO_SECTIONS = _("There is no section with a text yet.")
NOT_DRAFT = _("Only a draft is written on. What is published is corrected; the rest is returned.")
TITLE_FIXED = _("The title of a published report stays; a wrong one is withdrawn.")
FORM_OF_YEAR = _("A report on this year has the tables of %(form)s.")
NO_FORM = _("A report on this year has free sections, not tables.")
OWN_WORK = _("Who has written on the report does not check or approve it.")
CHECKED_OTHER = _("What was checked is not what stands here now. Please return it and check anew.")
NO_SUPERIOR = _("There is no agency above to submit it to; once approved it can be published.")
HAS_SUPERIOR = _("It has to be approved and submitted to the superior agency first.")
NOT_APPROVED = _("It has to be checked and approved first.")
NOT_ABOVE = _("Only the superior agency can return what was submitted to it.")
NO_CORRECTION = _("There is no published edition to go back to.")
NO_ADJUSTMENT_REASON = _("An adjusted figure needs its reason.")
NO_SUCH_CELL = _("There is no such cell in this form.")
NOT_IN_THE_YEAR = _("The day must lie within the year reported on.")
HAS_TABLES = _(
    "The published report of this year has tables; a report without them cannot replace it."
)
ALREADY_OUT = _("A computed report of this year is published; it is corrected, not replaced.")
ALREADY_PUBLISHED = _("This report is already published.")
NOT_PUBLISHED = _("This report is not published.")
NO_REASON = _("Please give the reason.")
ALREADY_THERE = _("This agency already has a report for that year.")


def sentence(error: ReadingError) -> str:
    """What is wrong with a file, in the reader's language."""
    params = {
        key: gettext(str(value)) if key == "expected" else value
        for key, value in error.params.items()
    }
    return gettext(error.message) % params


def wrong_column(error: BadField) -> str:
    """What is wrong with one column of a typed row."""
    return gettext("This must be %(expected)s.") % {
        "expected": gettext(str(error.params["expected"]))
    }

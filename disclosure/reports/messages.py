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
HAS_TABLES = _(
    "The published report of this year has tables; a report without them cannot replace it."
)
TABLES_NOT_KEPT = _("Reports with tables can be checked, but not yet be stored.")
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

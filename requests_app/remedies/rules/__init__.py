"""Remedies as rules, pure: who hears them, which way is open, what a letter says, until when.

`docs/explanation/remedies.md` names the sources and what is unsettled.
"""

from requests_app.remedies.rules.checking import PROBLEMS, check_letter, check_paragraphs
from requests_app.remedies.rules.choices import (
    SINCE,
    Choice,
    Decided,
    Part,
    choice_of_ground,
    choice_of_letter,
    choice_of_row,
    choices_of,
)
from requests_app.remedies.rules.paragraphs import (
    Paragraph,
    RemedyNames,
    letter_paragraphs,
    remedy_paragraphs,
)
from requests_app.remedies.rules.terms import (
    agency_reply_due,
    court_after_reconsideration_last_day,
    court_last_day,
    decision_due,
    reconsideration_last_day,
    untold_last_day,
)
from requests_app.remedies.rules.venues import (
    BODY_LABELS,
    COURT_LABELS,
    Body,
    Court,
    Venue,
    venue_of,
)

__all__ = [
    "BODY_LABELS",
    "COURT_LABELS",
    "PROBLEMS",
    "SINCE",
    "Body",
    "Choice",
    "Court",
    "Decided",
    "Paragraph",
    "Part",
    "RemedyNames",
    "Venue",
    "agency_reply_due",
    "check_letter",
    "check_paragraphs",
    "choice_of_ground",
    "choice_of_letter",
    "choice_of_row",
    "choices_of",
    "court_after_reconsideration_last_day",
    "court_last_day",
    "decision_due",
    "letter_paragraphs",
    "reconsideration_last_day",
    "remedy_paragraphs",
    "untold_last_day",
    "venue_of",
]

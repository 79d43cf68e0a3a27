"""The checklist of a confidentiality review (保密审查表, Art. 17): declared once.

The form, the review's record and the printed sheet read it. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.core.text import gettext_noop as _

YES, NO, NOT_CONCERNED = "yes", "no", "na"
ANSWERS: dict[str, str] = {
    YES: _("In order"),
    NO: _("Not in order"),
    NOT_CONCERNED: _("Does not concern it"),
}


@dataclass(frozen=True)
class Question:
    """One question of the checklist; `article` says why it is asked."""

    key: str
    text: str
    article: str


CHECKLIST: tuple[Question, ...] = (
    Question("secret", _("Holds no state secret and bears no secrecy marking"), "14"),
    Question("forbidden", _("No law or regulation forbids disclosing it"), "14"),
    Question("security", _("Endangers neither security nor social stability"), "14"),
    Question("third_party", _("Holds no trade secret and no personal privacy"), "15"),
    Question(
        "internal", _("Is neither internal nor process information, or may be disclosed"), "16"
    ),
    Question("sensitive", _("The agency's sensitive subjects were looked for"), "17"),
    Question("files", _("Every attachment was opened and read"), "17"),
    Question("agreed", _("Agencies that it touches have agreed, approvals have been given"), "11"),
    Question("accurate", _("Title, number, dates and maker are right"), "6"),
)
#: Without these answered, a review is none.
KEYS = frozenset(question.key for question in CHECKLIST)


def kept(answers: Mapping[str, str]) -> dict[str, str]:
    """What was answered, in the order of the questions: short of all of them when something comes
    back before its review is done."""
    return {
        question.key: answers[question.key]
        for question in CHECKLIST
        if answers.get(question.key) in ANSWERS
    }


def open_questions(answers: dict[str, str]) -> list[Question]:
    """The questions that are not answered, or not in order."""
    return [
        question for question in CHECKLIST if answers.get(question.key) not in (YES, NOT_CONCERNED)
    ]

"""What a step needs beside its state and the right: named here, checked in
`requests_app.policies`. Pure.
"""

from enum import StrEnum

from disclosure.core.text import gettext_noop as _


class Need(StrEnum):
    """A condition of a step; the policy gives the reasons where it does not hold."""

    CLOCK = "clock"
    TEXT = "text"
    TERM = "term"
    LATE_REASON = "late_reason"
    HANDLER = "handler"
    OFFICE = "office"
    PEOPLE = "people"
    REASONS_ONCE = "reasons_once"
    REASONS_ASKED = "reasons_asked"
    REASONS_GIVEN = "reasons_given"
    FEE = "fee"
    AMOUNT = "amount"
    FILES = "files"
    DELIVERY = "delivery"
    OVERDUE = "overdue"
    RATING = "rating"
    PARTY = "party"
    ASKED = "asked"
    OPINION = "opinion"
    OBJECTION = "objection"
    TASK_OPEN = "task_open"
    FOUND = "found"
    NOT_PROPOSED = "not_proposed"
    EXTENDABLE = "extendable"
    PROPOSED = "proposed"
    POINTS_DECIDED = "points_decided"
    FOLLOWS = "follows"
    OPINIONS_IN = "opinions_in"
    HELP_IN = "help_in"
    FOUR_EYES = "four_eyes"
    LETTER_SOUND = "letter_sound"
    DELIVERED = "delivered"
    UNSIGNED = "unsigned"
    ANSWER_SERVED = "answer_served"
    POINTS_TO_SPLIT = "points_to_split"
    YEAR_NOT_REPORTED = "year_not_reported"
    MERGEABLE = "mergeable"
    REMEDY_FILED = "remedy_filed"
    REMEDY_OPEN = "remedy_open"
    NOT_REPLIED = "not_replied"
    RESULT = "result"
    NEW_ANSWER_ORDERED = "new_answer_ordered"
    IDENTITY_CHECKED = "identity_checked"
    AMENDABLE = "amendable"
    KEPT_LONG_ENOUGH = "kept_long_enough"


#: How each reads in the docs.
NEEDS: dict[Need, str] = {
    Need.CLOCK: _("the clock takes it on that day"),
    Need.TEXT: _("a text: what is to be corrected, the reasons, what was said"),
    Need.TERM: _("a day by which the other side answers, after the day of asking"),
    Need.LATE_REASON: _("a correction after its day: a good reason"),
    Need.HANDLER: _("somebody who handles requests at this agency"),
    Need.OFFICE: _("an office of this agency"),
    Need.PEOPLE: _("people who handle requests at this agency, oneself among them"),
    Need.REASONS_ONCE: _("reasons were not asked for yet"),
    Need.REASONS_ASKED: _("reasons were asked for and not given yet"),
    Need.REASONS_GIVEN: _("reasons were asked for and given"),
    Need.FEE: _("a fee that is due by the rules, on one basis only"),
    Need.AMOUNT: _("the whole amount of the notice"),
    Need.FILES: _("at least one file of a kind that is taken"),
    Need.DELIVERY: _("the contact that the way of delivery needs"),
    Need.OVERDUE: _("the last day for the answer has passed"),
    Need.RATING: _("one to five, once an answer"),
    Need.PARTY: _("name and address of the one asked, and what it is asked"),
    Need.ASKED: _("this one was asked"),
    Need.OPINION: _("what the opinion is; an objection has reasons"),
    Need.OBJECTION: _("this one objected with reasons"),
    Need.TASK_OPEN: _("the office has not answered yet"),
    Need.FOUND: _("what the office found, or that it holds nothing"),
    Need.NOT_PROPOSED: _("no extension is proposed at the moment"),
    Need.EXTENDABLE: _("the time limit can still be extended"),
    Need.PROPOSED: _("an extension is proposed"),
    Need.POINTS_DECIDED: _("every point has its determination with all that it must give"),
    Need.FOLLOWS: _("each determination may follow now"),
    Need.OPINIONS_IN: _("each one asked has answered, or its time is over"),
    Need.HELP_IN: _("each office asked has answered"),
    Need.FOUR_EYES: _("somebody else drafted it"),
    Need.LETTER_SOUND: _("the letter answers every point and carries the right remedies"),
    Need.DELIVERED: _("the proof that its way of delivery needs"),
    Need.UNSIGNED: _("a letter to the applicant that is not signed for yet"),
    Need.ANSWER_SERVED: _("the answer is delivered"),
    Need.POINTS_TO_SPLIT: _("points to be taken out, one at least stays"),
    Need.YEAR_NOT_REPORTED: _("the annual report of the year of receipt is not published"),
    Need.MERGEABLE: _("an open request of the same applicant here that was received no later"),
    Need.REMEDY_FILED: _("which remedy, before whom, against what"),
    Need.REMEDY_OPEN: _("the remedy is pending"),
    Need.NOT_REPLIED: _("our reply is not recorded yet"),
    Need.RESULT: _("the result"),
    Need.NEW_ANSWER_ORDERED: _("the decision orders a new answer"),
    Need.IDENTITY_CHECKED: _("how the identity was checked"),
    Need.AMENDABLE: _("the entry may be corrected and everything after it still holds"),
    Need.KEPT_LONG_ENOUGH: _("its retention period is over and no remedy is open"),
}

"""Every step of a disclosure request (办理步骤), one row each: who may do it, from where to where,
what it needs, what event it writes, which letter belongs to it, what the applicant is written.

Pure. Buttons, actions, timeline, e-mail, tests and the state diagram of the docs read this table.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from disclosure.core.text import gettext_noop as _
from requests_app.lifecycle.events import Event
from requests_app.lifecycle.needs import Need
from requests_app.lifecycle.states import (
    DRAFTED,
    FINISHED,
    IN_HAND,
    OPEN_STATES,
    UNDER_WAY,
    State,
)

_APP = "requests_app"
REGISTER = f"{_APP}.register_disclosurerequest"
ENTER = f"{_APP}.add_disclosurerequest"
ASSIGN = f"{_APP}.assign_disclosurerequest"
HANDLE = f"{_APP}.handle_disclosurerequest"
REVIEW = f"{_APP}.review_disclosurerequest"
DECIDE = f"{_APP}.decide_disclosurerequest"
CLOSE = f"{_APP}.close_disclosurerequest"


class Place(StrEnum):
    """What a step is done to, and so where its button stands."""

    CASE = "case"
    PARTY = "party"
    TASK = "task"
    LETTER = "letter"
    REMEDY = "remedy"
    EVENT = "event"
    #: Done by the system or the applicant, or from a page of its own.
    NONE = "none"


class Part(StrEnum):
    """Under which heading a step stands, in the order of the work."""

    ANSWER = "answer"
    APPLICANT = "applicant"
    OTHERS = "others"
    TIME = "time"
    DESK = "desk"
    SEVERAL = "several"
    AFTER = "after"
    INTAKE = "intake"


PART_LABELS: dict[Part, str] = {
    Part.ANSWER: _("Decide and answer"),
    Part.APPLICANT: _("With the applicant"),
    Part.OTHERS: _("Ask others"),
    Part.TIME: _("The time limit"),
    Part.DESK: _("Whose it is"),
    Part.SEVERAL: _("Several requests"),
    Part.AFTER: _("Afterwards"),
    Part.INTAKE: _("Registration"),
}


@dataclass(frozen=True)
class Transition:
    """One lawful step.

    `target` None: the state stays; `restores`: back to where the drafting began. `action` None:
    done by the applicant or the system, not by staff. `letter`: the kind that is issued with it
    (`requests_app.letters.kinds`). `message`: the applicant's e-mail. `is_dated`: staff choose
    the legal day, else it is the day of entry: a letter that is issued here is of today.
    """

    name: str
    sources: frozenset[State | None]
    target: State | None
    event: Event
    action: str | None
    label: str
    needs: tuple[Need, ...] = ()
    letter: str = ""
    message: str = ""
    article: str = ""
    place: Place = Place.CASE
    is_dated: bool = False
    restores: bool = False
    part: Part = Part.INTAKE


def _row(
    name: str,
    sources: Iterable[State | None],
    target: State | None,
    event: Event,
    action: str | None,
    label: str,
    *needs: Need,
    **rest: object,
) -> Transition:
    return Transition(
        name,
        frozenset(sources),
        target,
        event,
        action,
        label,
        needs,
        **rest,  # type: ignore[arg-type]
    )


# One row is one step: the formatter would make a page of each.
# fmt: off
_NEW: tuple[None] = (None,)
_INTAKE = (
    _row(
        "submit", _NEW, State.SUBMITTED, Event.SUBMITTED, None, _("Submit"),
        message="submitted", article="29", place=Place.NONE
    ),
    _row(
        "enter", _NEW, State.REGISTERED, Event.ENTERED, ENTER, _("Enter a request"),
        message="registered", article="29", place=Place.NONE, is_dated=True
    ),
    _row(
        "split_off", _NEW, State.REGISTERED, Event.SPLIT_OFF, None, _("Split off"),
        place=Place.NONE
    ),
    _row(
        "send_here", _NEW, State.SUBMITTED, Event.SENT_HERE, None, _("Sent by another agency"),
        article="36(5)", place=Place.NONE
    ),
    _row(
        "register", {State.SUBMITTED}, State.REGISTERED, Event.REGISTERED, REGISTER,
        _("Register"), message="registered", article="45"
    ),
)
_DESK = (
    _row(
        "assign", OPEN_STATES, None, Event.ASSIGNED, ASSIGN, _("Assign a handler"), Need.HANDLER
    ),
    _row(
        "pass_on", UNDER_WAY, None, Event.PASSED_ON, ASSIGN, _("Pass on to an office"),
        Need.OFFICE
    ),
    _row(
        "restrict", OPEN_STATES | FINISHED, None, Event.RESTRICTED, DECIDE,
        _("Restrict to named people"), Need.PEOPLE
    ),
)
_APPLICANT = (
    _row(
        "ask_correction", IN_HAND, State.CORRECTION, Event.CORRECTION_ASKED, HANDLE,
        _("Ask for a correction"), Need.CLOCK, Need.TEXT, Need.TERM, letter="correction",
        message="correction_asked", article="30"
    ),
    _row(
        "correct", {State.CORRECTION}, State.REGISTERED, Event.CORRECTED, None,
        _("Send a correction"), Need.CLOCK, Need.TEXT, Need.LATE_REASON,
        message="corrected", article="30", place=Place.NONE
    ),
    _row(
        "receive_correction", {State.CORRECTION}, State.REGISTERED, Event.CORRECTED, HANDLE,
        _("Record the correction"), Need.CLOCK, Need.TEXT, Need.LATE_REASON,
        message="corrected", article="30, 31", is_dated=True
    ),
    _row(
        "ask_reasons", IN_HAND, None, Event.REASONS_ASKED, HANDLE,
        _("Ask for the reasons of many requests"), Need.REASONS_ONCE, Need.TEXT, Need.TERM,
        letter="reasons", message="reasons_asked", article="35"
    ),
    _row(
        "give_reasons", UNDER_WAY, None, Event.REASONS_GIVEN, None, _("Explain the requests"),
        Need.REASONS_ASKED, Need.TEXT, article="35", place=Place.NONE
    ),
    _row(
        "record_reasons", IN_HAND, None, Event.REASONS_GIVEN, HANDLE, _("Record the reasons"),
        Need.REASONS_ASKED, Need.TEXT, article="35", is_dated=True
    ),
    _row(
        "notify_fee", IN_HAND, State.PAYMENT, Event.FEE_NOTIFIED, DECIDE,
        _("Send a fee notice"), Need.CLOCK, Need.FEE, letter="fee", message="fee_notified",
        article="42", is_dated=True
    ),
    _row(
        "record_payment", {State.PAYMENT}, State.REGISTERED, Event.FEE_PAID, HANDLE,
        _("Record the payment"), Need.CLOCK, Need.AMOUNT, message="fee_paid", article="42",
        is_dated=True
    ),
    _row(
        "waive_fee", {State.PAYMENT}, State.REGISTERED, Event.FEE_WAIVED, DECIDE,
        _("Waive the fee"), Need.CLOCK, Need.TEXT, message="fee_paid", article="42",
        is_dated=True
    ),
    _row(
        "add_files", UNDER_WAY | {State.SUBMITTED}, None, Event.FILES_ADDED, None,
        _("Add files"), Need.FILES, place=Place.NONE
    ),
    _row(
        "choose_delivery", OPEN_STATES - DRAFTED, None, Event.DELIVERY_CHOSEN, None,
        _("Choose form and way of delivery"), Need.DELIVERY, article="40", place=Place.NONE
    ),
    _row(
        "complain", OPEN_STATES, None, Event.COMPLAINED, None, _("Object to delay"),
        Need.OVERDUE, Need.TEXT, article="51", place=Place.NONE
    ),
    _row(
        "rate", FINISHED, None, Event.RATED, None, _("Rate the answer"), Need.RATING,
        place=Place.NONE
    ),
    _row(
        "withdraw", OPEN_STATES, State.CLOSED, Event.WITHDRAWN, None, _("Withdraw the request"),
        message="withdrawn", place=Place.NONE
    ),
    _row(
        "record_withdrawal", OPEN_STATES, State.CLOSED, Event.WITHDRAWN, HANDLE,
        _("Record a withdrawal"), Need.TEXT, message="withdrawn", is_dated=True
    ),
)
_OTHERS = (
    _row(
        "ask_third_party", IN_HAND, None, Event.THIRD_PARTY_ASKED, HANDLE,
        _("Ask a third party"), Need.CLOCK, Need.PARTY, letter="third_party",
        message="third_party_asked", article="32"
    ),
    _row(
        "third_party_received", UNDER_WAY, None, Event.THIRD_PARTY_RECEIVED, HANDLE,
        _("Third party: letter received"), Need.CLOCK, Need.ASKED, article="32",
        place=Place.PARTY, is_dated=True
    ),
    _row(
        "third_party_answered", UNDER_WAY, None, Event.THIRD_PARTY_ANSWERED, HANDLE,
        _("Third party: record its opinion"), Need.CLOCK, Need.ASKED, Need.OPINION,
        article="32", place=Place.PARTY, is_dated=True
    ),
    _row(
        "override_objection", IN_HAND, None, Event.OBJECTION_OVERRIDDEN, DECIDE,
        _("Disclose against the objection"), Need.OBJECTION, Need.TEXT,
        letter="third_party_disclosure", article="32", place=Place.PARTY
    ),
    _row(
        "ask_co_maker", IN_HAND, None, Event.CO_MAKER_ASKED, HANDLE, _("Ask another maker"),
        Need.CLOCK, Need.PARTY, letter="co_maker", article="34"
    ),
    _row(
        "co_maker_received", UNDER_WAY, None, Event.CO_MAKER_RECEIVED, HANDLE,
        _("Other maker: letter received"), Need.CLOCK, Need.ASKED, article="34",
        place=Place.PARTY, is_dated=True
    ),
    _row(
        "co_maker_answered", UNDER_WAY, None, Event.CO_MAKER_ANSWERED, HANDLE,
        _("Other maker: record its opinion"), Need.CLOCK, Need.ASKED, Need.OPINION,
        article="34", place=Place.PARTY, is_dated=True
    ),
    _row(
        "ask_agency", IN_HAND, None, Event.AGENCY_ASKED, HANDLE, _("Ask another agency"),
        Need.CLOCK, Need.PARTY, Need.TERM, letter="agency", article="33"
    ),
    _row(
        "agency_answered", UNDER_WAY, None, Event.AGENCY_ANSWERED, HANDLE,
        _("Other agency: record its opinion"), Need.CLOCK, Need.ASKED, Need.OPINION,
        article="33", place=Place.PARTY, is_dated=True
    ),
    _row(
        "ask_help", UNDER_WAY, None, Event.HELP_ASKED, HANDLE, _("Ask an office for help"),
        Need.OFFICE, Need.TEXT, Need.TERM, letter="help"
    ),
    _row(
        "chase_help", UNDER_WAY, None, Event.HELP_CHASED, HANDLE, _("Remind the office"),
        Need.TASK_OPEN, place=Place.TASK
    ),
    _row(
        "give_help", UNDER_WAY, None, Event.HELP_GIVEN, HANDLE, _("Record the office's answer"),
        Need.TASK_OPEN, Need.FOUND, place=Place.TASK, is_dated=True
    ),
)
_TIME = (
    _row(
        "ask_extension", IN_HAND | DRAFTED, None, Event.EXTENSION_ASKED, HANDLE,
        _("Propose an extension"), Need.NOT_PROPOSED, Need.EXTENDABLE, Need.TEXT, article="33"
    ),
    _row(
        "refuse_extension", UNDER_WAY, None, Event.EXTENSION_REFUSED, DECIDE,
        _("Do not agree to extend"), Need.PROPOSED, Need.TEXT, article="33"
    ),
    _row(
        "extend", IN_HAND | DRAFTED, None, Event.EXTENDED, DECIDE, _("Extend the time limit"),
        Need.CLOCK, Need.TEXT, letter="extension", message="extended", article="33"
    ),
    _row(
        "delay", IN_HAND, None, Event.DELAYED, DECIDE, _("Fix a reasonable delay"), Need.CLOCK,
        Need.REASONS_GIVEN, Need.TEXT, letter="delay", message="extended", article="35"
    ),
    _row(
        "move_calendar", OPEN_STATES, None, Event.CALENDAR_MOVED, None,
        _("Move with the calendar"), message="calendar_moved", place=Place.NONE
    ),
)
_ANSWER = (
    _row(
        "propose", {State.REGISTERED, State.CORRECTION, State.PAYMENT}, State.REVIEW,
        Event.DRAFTED, HANDLE, _("Send the draft to legal review"), Need.POINTS_DECIDED,
        Need.FOLLOWS, Need.OPINIONS_IN, Need.HELP_IN, article="36"
    ),
    _row(
        "pass_review", {State.REVIEW}, State.APPROVAL, Event.REVIEWED, REVIEW,
        _("Pass the legal review"), Need.FOUR_EYES
    ),
    _row(
        "return_draft", DRAFTED, None, Event.RETURNED, REVIEW, _("Return the draft"), Need.TEXT,
        restores=True
    ),
    _row(
        "approve", {State.APPROVAL}, State.APPROVED, Event.APPROVED, DECIDE,
        _("Approve the answer"), Need.FOUR_EYES
    ),
    _row(
        "issue", {State.APPROVED}, State.ANSWERED, Event.ANSWERED, HANDLE,
        _("Issue the answer"), Need.FOLLOWS, Need.LETTER_SOUND, letter="answer",
        message="answered", article="36"
    ),
    _row(
        "serve", OPEN_STATES | FINISHED, None, Event.SERVED, HANDLE, _("Record the delivery"),
        Need.DELIVERED, place=Place.LETTER, is_dated=True
    ),
    _row(
        "sign_for", OPEN_STATES | FINISHED, None, Event.SERVED, None, _("Confirm receipt"),
        Need.UNSIGNED, place=Place.NONE
    ),
    _row(
        "send_on", FINISHED, None, Event.SENT_ON, None, _("Send on to the responsible agency"),
        message="transferred", article="36(5)", place=Place.NONE
    ),
    _row(
        "close", {State.ANSWERED}, State.CLOSED, Event.CLOSED, CLOSE, _("Close the case"),
        Need.ANSWER_SERVED, is_dated=True
    ),
)
_SEVERAL = (
    _row(
        "split", IN_HAND, None, Event.SPLIT, HANDLE, _("Split into several requests"),
        Need.POINTS_TO_SPLIT, Need.YEAR_NOT_REPORTED, message="split"
    ),
    _row(
        "merge", IN_HAND, State.CLOSED, Event.MERGED, HANDLE, _("Merge into another request"),
        Need.MERGEABLE, message="merged"
    ),
    _row(
        "merge_here", UNDER_WAY, None, Event.MERGED_HERE, None, _("Another merged into this"),
        place=Place.NONE
    ),
)
_AFTER = (
    _row(
        "file_remedy", OPEN_STATES | FINISHED, None, Event.REMEDY_FILED, HANDLE,
        _("Record a reconsideration or lawsuit"), Need.REMEDY_FILED, article="51", is_dated=True
    ),
    _row(
        "reply_remedy", OPEN_STATES | FINISHED, None, Event.REMEDY_REPLIED, HANDLE,
        _("Record our reply"), Need.REMEDY_OPEN, Need.NOT_REPLIED, article="51",
        place=Place.REMEDY, is_dated=True
    ),
    _row(
        "decide_remedy", OPEN_STATES | FINISHED, None, Event.REMEDY_DECIDED, HANDLE,
        _("Record the decision"), Need.REMEDY_OPEN, Need.RESULT, article="51",
        place=Place.REMEDY, is_dated=True
    ),
    _row(
        "reopen", FINISHED, State.REGISTERED, Event.REOPENED, DECIDE,
        _("Reopen for a new answer"), Need.CLOCK, Need.NEW_ANSWER_ORDERED, message="reopened",
        article="51", place=Place.REMEDY, is_dated=True
    ),
    _row(
        "renew_code", OPEN_STATES | FINISHED, None, Event.CODE_RENEWED, HANDLE,
        _("Give a new access code"), Need.IDENTITY_CHECKED, message="code_renewed"
    ),
    _row(
        "amend", OPEN_STATES | FINISHED, None, Event.AMENDED, DECIDE, _("Correct an entry"),
        Need.AMENDABLE, Need.TEXT, place=Place.EVENT
    ),
    _row(
        "erase", {State.CLOSED}, None, Event.ERASED, None, _("Erase personal data"),
        Need.KEPT_LONG_ENOUGH, place=Place.NONE
    ),
)
# fmt: on

_PARTS: tuple[tuple[Part, tuple[Transition, ...]], ...] = (
    (Part.INTAKE, _INTAKE),
    (Part.ANSWER, _ANSWER),
    (Part.APPLICANT, _APPLICANT),
    (Part.OTHERS, _OTHERS),
    (Part.TIME, _TIME),
    (Part.DESK, _DESK),
    (Part.SEVERAL, _SEVERAL),
    (Part.AFTER, _AFTER),
)
TRANSITIONS: dict[str, Transition] = {
    row.name: replace(row, part=part) for part, rows in _PARTS for row in rows
}

#: What staff do to a case that is there already.
CASE_STEPS = {
    name: row for name, row in TRANSITIONS.items() if row.action and row.place != Place.NONE
}
#: What the applicant does on the page of the request.
APPLICANT_STEPS = {
    name: row
    for name, row in TRANSITIONS.items()
    if row.action is None
    and name
    in {
        "correct",
        "give_reasons",
        "add_files",
        "choose_delivery",
        "complain",
        "rate",
        "withdraw",
        "sign_for",
    }
}


def steps_writing(event: str) -> list[Transition]:
    """The rows that write events of this kind."""
    return [row for row in TRANSITIONS.values() if row.event == event]

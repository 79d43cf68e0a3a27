"""What happens to a disclosure request: every kind of event and how it reads. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from disclosure.core.text import gettext_noop as _


class Event(StrEnum):
    """Kinds of events; those that move the clock bear the names that it knows."""

    # How it came
    SUBMITTED = "submitted"
    ENTERED = "entered"
    SPLIT_OFF = "split_off"
    SENT_HERE = "sent_here"
    RECEIVED = "received"
    REGISTERED = "registered"
    # Whose it is
    ASSIGNED = "assigned"
    PASSED_ON = "passed_on"
    RESTRICTED = "restricted"
    # What the applicant is asked and does
    CORRECTION_ASKED = "correction_asked"
    CORRECTED = "corrected"
    REASONS_ASKED = "reasons_asked"
    REASONS_GIVEN = "reasons_given"
    FEE_NOTIFIED = "fee_notified"
    FEE_PAID = "fee_paid"
    FEE_WAIVED = "fee_waived"
    FILES_ADDED = "files_added"
    DELIVERY_CHOSEN = "delivery_chosen"
    COMPLAINED = "complained"
    RATED = "rated"
    WITHDRAWN = "withdrawn"
    # Who else is asked
    THIRD_PARTY_ASKED = "third_party_asked"
    THIRD_PARTY_RECEIVED = "third_party_received"
    THIRD_PARTY_ANSWERED = "third_party_answered"
    OBJECTION_OVERRIDDEN = "objection_overridden"
    CO_MAKER_ASKED = "co_maker_asked"
    CO_MAKER_RECEIVED = "co_maker_received"
    CO_MAKER_ANSWERED = "co_maker_answered"
    AGENCY_ASKED = "agency_asked"
    AGENCY_ANSWERED = "agency_answered"
    HELP_ASKED = "help_asked"
    HELP_CHASED = "help_chased"
    HELP_GIVEN = "help_given"
    # The time limit
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_REFUSED = "extension_refused"
    EXTENDED = "extended"
    DELAYED = "delayed"
    CALENDAR_MOVED = "calendar_moved"
    # The answer
    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    RETURNED = "returned"
    APPROVED = "approved"
    ANSWERED = "answered"
    SERVED = "served"
    SENT_ON = "sent_on"
    CLOSED = "closed"
    # Several requests
    SPLIT = "split"
    MERGED = "merged"
    MERGED_HERE = "merged_here"
    # Afterwards
    REMEDY_FILED = "remedy_filed"
    REMEDY_REPLIED = "remedy_replied"
    REMEDY_DECIDED = "remedy_decided"
    REOPENED = "reopened"
    CODE_RENEWED = "code_renewed"
    ERASED = "erased"
    AMENDED = "amended"


@dataclass(frozen=True)
class EventText:
    """How an event reads on the timeline; one without `public` is not shown to the applicant."""

    staff: str
    public: str = ""
    article: str = ""


EVENT_TEXTS: dict[Event, EventText] = {
    Event.SUBMITTED: EventText(_("Submitted online"), _("You submitted the request"), "29"),
    Event.ENTERED: EventText(
        _("Entered by staff"), _("The agency entered the request for you"), "29"
    ),
    Event.SPLIT_OFF: EventText(
        _("Split off another request"), _("Part of your request, now handled on its own")
    ),
    Event.SENT_HERE: EventText(
        _("Sent here by another agency"), _("Another agency sent your request here"), "36(5)"
    ),
    Event.RECEIVED: EventText(_("Received"), _("Day of receipt: the time limit begins"), "31"),
    Event.REGISTERED: EventText(_("Registered"), _("The agency registered the request")),
    Event.ASSIGNED: EventText(_("Handler assigned")),
    Event.PASSED_ON: EventText(_("Passed on to an office")),
    Event.RESTRICTED: EventText(_("Restricted to named people")),
    Event.CORRECTION_ASKED: EventText(
        _("Applicant asked to correct the request"),
        _("You were asked to correct the request; until then no time limit runs"),
        "30",
    ),
    Event.CORRECTED: EventText(
        _("Correction received; the time limit starts anew"),
        _("The agency received your correction; the full time limit starts anew the next day"),
        "30",
    ),
    Event.REASONS_ASKED: EventText(
        _("Applicant asked to explain the requests"),
        _("You were asked to explain why you make so many requests"),
        "35",
    ),
    Event.REASONS_GIVEN: EventText(
        _("Applicant explained the requests"), _("You explained your requests"), "35"
    ),
    Event.FEE_NOTIFIED: EventText(
        _("Fee notice received by the applicant"),
        _("You received the fee notice; until payment no time limit runs"),
        "42",
    ),
    Event.FEE_PAID: EventText(
        _("Fee paid; the time limit starts anew"),
        _("You paid the fee; the full time limit starts anew the next day"),
        "42",
    ),
    Event.FEE_WAIVED: EventText(
        _("Fee waived; the time limit starts anew"),
        _("The fee is waived; the full time limit starts anew the next day"),
        "42",
    ),
    Event.FILES_ADDED: EventText(_("Applicant added files"), _("You added files")),
    Event.DELIVERY_CHOSEN: EventText(
        _("Applicant chose another form or way of delivery"),
        _("You chose another form or way of delivery"),
        "40",
    ),
    Event.COMPLAINED: EventText(
        _("Applicant complains of delay"), _("You objected that nothing is done"), "51"
    ),
    Event.RATED: EventText(_("Applicant rated the answer"), _("You rated the answer")),
    Event.WITHDRAWN: EventText(_("Applicant withdrew the request"), _("You withdrew the request")),
    Event.THIRD_PARTY_ASKED: EventText(
        _("Third party asked in writing for its opinion"),
        _("A third party is asked for its opinion; that time is not counted"),
        "32",
    ),
    Event.THIRD_PARTY_RECEIVED: EventText(_("The third party received the letter"), "", "32"),
    Event.THIRD_PARTY_ANSWERED: EventText(
        _("The third party answered"), _("The third party answered"), "32"
    ),
    Event.OBJECTION_OVERRIDDEN: EventText(
        _("To be disclosed in the public interest, against the third party's objection"), "", "32"
    ),
    Event.CO_MAKER_ASKED: EventText(
        _("Another maker of the information asked for its opinion"),
        _("Another maker of the information is asked; that time is not counted"),
        "34",
    ),
    Event.CO_MAKER_RECEIVED: EventText(_("The other maker received the letter"), "", "34"),
    Event.CO_MAKER_ANSWERED: EventText(
        _("The other maker answered"), _("The other maker answered"), "34"
    ),
    Event.AGENCY_ASKED: EventText(
        _("Another agency or the secrecy administration asked"),
        _("Another agency is asked; that time is not counted"),
        "33",
    ),
    Event.AGENCY_ANSWERED: EventText(
        _("The other agency answered"), _("The other agency answered"), "33"
    ),
    Event.HELP_ASKED: EventText(_("An office asked for its help")),
    Event.HELP_CHASED: EventText(_("The office was reminded")),
    Event.HELP_GIVEN: EventText(_("The office answered")),
    Event.EXTENSION_ASKED: EventText(_("Handler proposes to extend the time limit"), "", "33"),
    Event.EXTENSION_REFUSED: EventText(_("Extension not agreed to"), "", "33"),
    Event.EXTENDED: EventText(_("Time limit extended"), _("The time limit was extended"), "33"),
    Event.DELAYED: EventText(
        _("Reasonable delay fixed"), _("The agency fixed a reasonable delay"), "35"
    ),
    Event.CALENDAR_MOVED: EventText(
        _("The working-day calendar changed, and with it the last day"),
        _("The working-day calendar changed, and with it the last day for the answer"),
    ),
    Event.DRAFTED: EventText(_("Draft answer sent to legal review")),
    Event.REVIEWED: EventText(_("Legal review passed")),
    Event.RETURNED: EventText(_("Draft answer returned")),
    Event.APPROVED: EventText(_("Answer approved")),
    Event.ANSWERED: EventText(_("Answered"), _("The agency answered"), "36"),
    Event.SERVED: EventText(_("Letter delivered"), _("A letter was delivered to you")),
    Event.SENT_ON: EventText(
        _("Sent on to the responsible agency"),
        _("Sent on to the agency that is responsible"),
        "36(5)",
    ),
    Event.CLOSED: EventText(_("Closed"), _("The request was closed")),
    Event.SPLIT: EventText(
        _("Split into several requests"), _("Split: each matter is now handled on its own")
    ),
    Event.MERGED: EventText(
        _("Merged into another request"), _("Handled together with another request of yours")
    ),
    Event.MERGED_HERE: EventText(
        _("Another request was merged into this one"),
        _("Another request of yours is handled together with this one"),
    ),
    Event.REMEDY_FILED: EventText(_("Reconsideration or lawsuit begun"), "", "51"),
    Event.REMEDY_REPLIED: EventText(_("Reply given in the reconsideration or lawsuit"), "", "51"),
    Event.REMEDY_DECIDED: EventText(_("Reconsideration or lawsuit decided"), "", "51"),
    Event.REOPENED: EventText(
        _("Reopened: a new answer is ordered"),
        _("A decision orders a new answer; the agency works on it again"),
        "51",
    ),
    Event.CODE_RENEWED: EventText(_("New access code given"), _("You got a new access code")),
    Event.ERASED: EventText(_("Personal data erased")),
    Event.AMENDED: EventText(_("An entry was corrected"), _("The agency corrected an entry")),
}

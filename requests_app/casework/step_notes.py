"""What each step will do, in a sentence, for its page."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from requests_app.casework.models import DisclosureRequest
from requests_app.clock import REGULATIONS
from requests_app.fees.rules import by_nth, in_yuan
from requests_app.letters.kinds import KINDS
from requests_app.lifecycle import TRANSITIONS
from requests_app.policies import requests_of_month

NOTES: dict[str, str | Promise] = {
    "register": _("You become its handler. The applicant sees that it is registered."),
    "assign": _("The new handler finds it on the start page; the applicant sees nothing."),
    "pass_on": _("The office is in charge from now on; the time limit runs on."),
    "ask_correction": _(
        "Only once (Art. 30), within 7 working days of receipt. From now on no time limit runs; "
        "it starts anew when the correction is here."
    ),
    "receive_correction": _("The full time limit starts anew on the next day (Art. 30)."),
    "ask_third_party": _(
        "Its opinion is wanted in writing; it has 15 working days from receiving the letter, which "
        "are not counted (Art. 32). The applicant is told that somebody is asked, not who."
    ),
    "ask_co_maker": _(
        "It has 15 working days from receiving the letter, which are not counted; silence means "
        "consent (Art. 34)."
    ),
    "ask_agency": _("The time until its answer is not counted (Art. 33); the law sets no term."),
    "override_objection": _(
        "Only where withholding may have a major effect on the public interest. The third party is "
        "told what is disclosed and why (Art. 32)."
    ),
    "ask_help": _("The time limit runs on: offices of the agency never stop it."),
    "ask_extension": _("The head of the disclosure office decides (Art. 33)."),
    "extend": _("The applicant must be told before the time limit ends (Art. 33). Only once."),
    "delay": _(
        "Only after the applicant has explained so many requests, and the reasons hold (Art. 35)."
    ),
    "record_payment": _("The full time limit starts anew on the next day."),
    "waive_fee": _("The full time limit starts anew on the next day; nothing is collected."),
    "propose": _(
        "The draft is closed from now on: whoever finds something returns it. Somebody else "
        "reviews it, then the head approves it."
    ),
    "pass_review": _("It goes to the head of the disclosure office for approval."),
    "return_draft": _("The handler can change the draft again."),
    "approve": _("The answer can be issued from now on, exactly as it is."),
    "issue": _(
        "The letter gets its number and is frozen. The applicant reads it at once on this site; "
        "it is not changed any more."
    ),
    "serve": _(
        "The day of sending decides whether it was in time, the day of signing when the "
        "remedies end."
    ),
    "close": _("The case is complete. The answer stays readable for the applicant."),
    "split": _(
        "Each point taken out becomes a request with a number of its own (一事一申请). The "
        "applicant sees all of them with the old number and code."
    ),
    "merge": _("What is asked here is answered there. This request ends as “other”."),
    "record_withdrawal": _("The request ends as “other”."),
    "reopen": _("What was decided on each point is emptied; the letters stay."),
    "amend": _("The entry itself stays; the correction counts from now on, and both can be read."),
    "restrict": _("Everybody else no longer finds it, not even by its address."),
    "renew_code": _("The old code opens nothing any more. The new one is shown once."),
}


def step_note(case: DisclosureRequest, step: str) -> str:
    """What will happen: the step's sentence, the letter that goes out, what a fee would be."""
    row = TRANSITIONS[step]
    parts = [str(NOTES[step])] if step in NOTES else []
    if row.letter and step != "issue":
        parts.append(
            gettext("A letter is issued with it: %(letter)s.")
            % {"letter": gettext(KINDS[row.letter].label)}
        )
    if step == "notify_fee" and case.received_on:
        nth = requests_of_month(case)
        parts.append(
            gettext(
                "It is request no. %(nth)d of this applicant to this agency in its month: by "
                "request it costs %(amount)s yuan. By page it costs what the pages are."
            )
            % {"nth": nth, "amount": in_yuan(by_nth(nth).amount)}
        )
    if step == "extend":
        days = REGULATIONS["711"].extension_days
        parts.append(gettext("At most %(days)d working days.") % {"days": days})
    return " ".join(parts)

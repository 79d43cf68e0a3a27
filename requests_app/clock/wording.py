"""What the clock says, as tables of English sentences.

The clock imports no Django, so a sentence leaves it as a `Phrase`: a code, the English msgid and
its parameters. `requests_app.deadline.wording.say` translates it for the reader.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from disclosure.core.text import gettext_noop as _


@dataclass(frozen=True)
class Phrase:
    """A sentence still to be translated; a parameter may itself be a phrase."""

    code: str
    msgid: str
    params: Mapping[str, "str | int | date | Phrase"] = field(default_factory=dict)

    def __str__(self) -> str:
        """In English, for logs and tests."""
        return self.msgid % {name: str(value) for name, value in self.params.items()}


EVENT_NAMES = {
    "received": _("Receipt"),  # 收到申请
    "correction_asked": _("Request to correct"),  # 补正告知
    "corrected": _("Correction received"),  # 收到补正
    "third_party_asked": _("Third party asked"),  # 征求第三方意见
    "third_party_received": _("Letter received by the third party"),
    "third_party_answered": _("Third party's answer"),
    "co_maker_asked": _("Other maker asked"),  # 征求共同制作机关意见
    "co_maker_received": _("Letter received by the other maker"),
    "co_maker_answered": _("Other maker's answer"),
    "agency_asked": _("Other agency asked"),  # 征求其他机关意见
    "agency_answered": _("Other agency's answer"),
    "extended": _("Extension"),  # 延期答复
    "delayed": _("Reasonable delay"),  # 确定延迟答复的合理期限
    "fee_notified": _("Fee notice"),  # 收费通知
    "fee_paid": _("Fee paid"),  # 缴费
    "fee_waived": _("Fee waived"),  # 免收信息处理费
    "reopened": _("Reopened by a decision"),  # 复议决定或判决责令重新答复
}

WAITING_NAMES = {
    "correction": _("The applicant's correction"),
    "payment": _("Payment of the processing fee"),
    "third_party": _("A third party's opinion"),
    "agency": _("Another agency's opinion"),
}

STEPS = {
    "received": _("Request received; Decree No. %(decree)s applies, being in force on that day"),
    "received_as_asked": _("Request received; counted by Decree No. %(decree)s, as asked"),
    "correction_notice_due": _(
        "Last day to ask the applicant to correct an unclear request: "
        "%(days)s working days after receipt"
    ),
    "correction_asked": _(
        "Applicant asked to correct the request; no reply time limit runs until the correction"
    ),
    "correction_asked_late": _("The request to correct came after its last day (%(due)s)"),
    "corrected": _("Corrected request received; the full time limit starts anew the next day"),
    "third_party_asked": _("Third party asked in writing for its opinion"),
    "co_maker_asked": _("Another maker of the information asked for its opinion"),
    "agency_asked": _("Another agency or the secrecy administration asked"),
    "third_party_received": _("The third party received the letter"),
    "co_maker_received": _("The other maker received the letter"),
    "third_party_answered": _("The third party answered"),
    "co_maker_answered": _("The other maker answered"),
    "agency_answered": _("The other agency answered"),
    "answered_late": _(
        "The answer came after the last day for it (%(due)s) and stops nothing more"
    ),
    "opinion_due": _("Last day for the opinion: %(days)s working days after receipt of the letter"),
    "not_counted": _("Not counted: %(first)s to %(last)s, while an opinion is sought"),
    "not_counted_open": _("Not counted from %(first)s on, until the answer is here"),
    "extended": _("Time limit extended; working days added: %(days)s"),
    "delayed": _("Reasonable delay fixed and told: answer by %(until)s"),
    "fee_notified": _(
        "Fee notice received by the applicant; no reply time limit runs until payment"
    ),
    "fee_due": _("Last day to pay: %(days)s working days after the notice"),
    "fee_paid": _("Fee paid; the full time limit starts anew the next day"),
    "fee_waived": _("Fee waived; the full time limit starts anew the next day"),
    "reopened": _(
        "A reconsideration or court decision orders a new answer; "
        "the full time limit starts anew the next day"
    ),
    "reopened_until": _("A reconsideration or court decision orders a new answer by %(until)s"),
    "answer_due": _(
        "Last day for the answer: %(days)s working days counted from the day after %(start)s"
    ),
    "answer_due_delayed": _("Last day for the answer, as fixed with the delay"),
    "answer_due_ordered": _("Last day for the answer, as fixed by the decision"),
    "extended_answer_due": _(
        "Last day for the answer if the time limit is extended by the longest lawful "
        "%(days)s working days"
    ),
}

ERRORS = {
    "bad_date": _("“%(text)s” is not a date. Write it as year-month-day, for example 2026-02-10."),
    "date_too_far": _("%(date)s is too far ahead: dates up to %(last)s are reckoned."),
    "before_regulation": _(
        "On %(date)s no Regulation on disclosure was in force: the first dates from %(first)s."
    ),
    "unknown_regulation": _("“%(text)s” is not a Regulation known here: 711 or 492."),
    "no_receipt": _("The first event must be the receipt of the request."),
    "second_receipt": _("A request is received only once."),
    "unknown_event": _("“%(text)s” is not an event known here."),
    "bad_event": _("“%(text)s” is not of the form KIND=DATE."),
    "not_numbered": _("“%(event)s” takes no number."),
    "needless_value": _("“%(event)s” takes a date and nothing more."),
    "bad_days": _("“%(text)s” is not a whole number of days."),
    "missing_until": _("“%(event)s” needs the date up to which the answer is delayed."),
    "out_of_order": _(
        "“%(event)s” of %(date)s stands after an event of %(previous)s: give them in order of date."
    ),
    "before_receipt": _(
        "“%(event)s” of %(date)s lies before the receipt of the request (%(received)s)."
    ),
    "not_in_regulation": _("“%(event)s” has no basis in Decree No. %(decree)s."),
    "correction_twice": _("The applicant can be asked to correct only once."),
    "correction_not_asked": _("The applicant was not asked to correct the request."),
    "corrected_twice": _("The request has been corrected already."),
    "waits_for_correction": _(
        "“%(event)s” is not possible while the request waits for its correction: "
        "no time limit runs."
    ),
    "waits_for_payment": _(
        "“%(event)s” is not possible while the request waits for payment: no time limit runs."
    ),
    "asked_twice": _("“%(event)s” is already open: number another one, for example #2."),
    "not_asked": _("“%(event)s” is not possible: nobody was asked before."),
    "recorded_twice": _("“%(event)s” is recorded already."),
    "received_after_answer": _("“%(event)s” cannot come after the answer."),
    "after_answer_due": _("“%(event)s” of %(date)s is too late: the time limit ended on %(due)s."),
    "extended_twice": _("The time limit has been extended already."),
    "extension_days": _("An extension is 1 to %(most)s working days long, not %(days)s."),
    "extension_after_delay": _(
        "A time limit fixed with a reasonable delay cannot be extended as well."
    ),
    "extension_after_decision": _(
        "A time limit fixed by a reconsideration or court decision cannot be extended."
    ),
    "delay_not_later": _(
        "The delay must end later than the present time limit (%(due)s), not on %(until)s."
    ),
    "fee_too_early": _("No processing fee is lawful for requests received before %(first)s."),
    "fee_twice": _("A fee notice has been given already: one request, one notice."),
    "fee_not_notified": _("No fee notice has been given."),
    "fee_paid_twice": _("The fee has been paid already."),
    "until_not_later": _("“%(until)s” must lie after the day of the decision (%(date)s)."),
    "paid_late": _(
        "Paid on %(date)s, after the last day to pay (%(due)s): the request counts as abandoned."
    ),
    "waived_late": _(
        "Waived on %(date)s, after the last day to pay (%(due)s): the request counts as abandoned."
    ),
}


def step_phrase(code: str, **params: "str | int | date | Phrase") -> Phrase:
    """The sentence of a step."""
    return Phrase(code, STEPS[code], params)


def numbered(what: Phrase, number: object) -> Phrase:
    """The second and later third parties or agencies bear their number."""
    if number == 1:
        return what
    return Phrase(what.code, "%(step)s (#%(number)s)", {"step": what, "number": str(number)})


class ClockError(ValueError):
    """What the clock refuses, with the reason as a phrase and the article where there is one."""

    def __init__(
        self, code: str, article: str | None = None, **params: "str | int | date | Phrase"
    ) -> None:
        self.code = code
        self.reason = Phrase(code, ERRORS[code], params)
        self.article = article
        super().__init__(str(self.reason))

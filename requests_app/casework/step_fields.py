"""What the form of each step asks: one table of step → fields, one of field → how it is made.

A field is made for a case, so that its choices are the case's own.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from requests_app.casework.choices import IntakeChannel
from requests_app.casework.models import DisclosureRequest, RequestEvent
from requests_app.consulting.models import HelpTask, Party
from requests_app.deciding.models import Point
from requests_app.fees.models import FeeNotice
from requests_app.intake import text
from requests_app.intake.fields import TextField
from requests_app.letters.composing import style_of
from requests_app.letters.models import Delivery, Letter
from requests_app.lifecycle.transitions import HANDLE
from requests_app.policies import mergeable
from requests_app.purposes import CHECKED_BY, CONFIRMED_BY
from requests_app.remedies.models import RemedyCase
from requests_app.remedies.outcomes import RESULTS

LONGEST = 8000
Maker = Callable[[DisclosureRequest], forms.Field]

#: The fields of each step's form, in their order; the legal day comes by itself where the step is
#: dated, the files where `files` stands here.
STEP_FIELDS: dict[str, tuple[str, ...]] = {
    "assign": ("handler",),
    "pass_on": ("office", "note"),
    "restrict": ("people",),
    "ask_correction": ("text", "until"),
    "receive_correction": ("came_by", "confirmed", "text", "reason", "files"),
    "ask_reasons": ("text", "until"),
    "record_reasons": ("text", "files"),
    "notify_fee": ("basis", "pages", "payment"),
    "record_payment": ("amount",),
    "waive_fee": ("text",),
    "record_withdrawal": ("text",),
    "ask_third_party": ("name", "contact", "phone", "email", "postal_address", "text"),
    "third_party_received": ("party",),
    "third_party_answered": ("party", "opinion", "note", "files"),
    "override_objection": ("party", "text"),
    "ask_co_maker": ("name", "contact", "phone", "email", "postal_address", "text"),
    "co_maker_received": ("party",),
    "co_maker_answered": ("party", "opinion", "note", "files"),
    "ask_agency": ("name", "contact", "phone", "email", "postal_address", "text", "until"),
    "agency_answered": ("party", "opinion", "note", "files"),
    "ask_help": ("office", "task_kind", "text", "until"),
    "chase_help": ("task",),
    "give_help": ("task", "found", "note", "files"),
    "ask_extension": ("days", "text"),
    "refuse_extension": ("text",),
    "extend": ("days", "text"),
    "delay": ("until", "text"),
    "pass_review": ("note",),
    "return_draft": ("text",),
    "approve": ("note",),
    "issue": ("released_on",),
    "serve": ("letter", "delivery", "carrier", "tracking_number", "served_on", "files"),
    "split": ("points",),
    "merge": ("into",),
    "file_remedy": (
        "remedy_kind",
        "by",
        "remedy_party",
        "against",
        "body",
        "reference",
        "is_simplified",
        "filed_on",
    ),
    "reply_remedy": ("remedy",),
    "decide_remedy": ("remedy", "result", "until_maybe"),
    "reopen": ("remedy",),
    "renew_code": ("how",),
    "amend": ("event", "day", "void", "text"),
}

#: Field of the form → the name under which the action takes it, where they differ.
TAKEN_AS = {
    "note": "text",
    "until_maybe": "until",
    "task_kind": "kind",
    "delivery": "channel",
    "remedy_kind": "kind",
    "remedy_party": "party",
}

#: What a step's own text is called, and what it says beside it.
TEXT_LABELS: dict[str, tuple[str | Promise, str | Promise]] = {
    "ask_correction": (
        _("What is to be corrected"),
        _("It stands in the letter exactly so. Say what is unclear and what would make it clear."),
    ),
    "receive_correction": (_("The correction"), _("What the applicant wrote.")),
    "ask_reasons": (_("What is to be explained"), _("It stands in the letter exactly so.")),
    "record_reasons": (_("The reasons given"), ""),
    "waive_fee": (_("Why it is waived"), ""),
    "record_withdrawal": (_("How the applicant withdrew"), _("For example: in writing, by post.")),
    "ask_third_party": (
        _("What information concerns it"),
        _("It stands in the letter exactly so. Do not name the applicant."),
    ),
    "ask_co_maker": (_("What information was made together"), _("It stands in the letter.")),
    "ask_agency": (_("What is asked"), _("It stands in the letter exactly so.")),
    "override_objection": (
        _("What is disclosed, and why"),
        _("Both stand in the letter: the content to be disclosed and the reasons (Art. 32)."),
    ),
    "ask_help": (_("What the office is asked to do"), _("It stands in the letter exactly so.")),
    "ask_extension": (_("Why it cannot be answered in time"), ""),
    "refuse_extension": (_("Why not"), ""),
    "extend": (
        _("Why it cannot be answered in time"),
        _(
            "It stands in the letter on a line of its own, for example: "
            "检索涉及多个部门，资料较多。"
        ),
    ),
    "delay": (_("Why, in the letter"), ""),
    "return_draft": (_("What is to be changed"), ""),
    "amend": (_("Why the entry was wrong"), ""),
}


class DayInput(forms.DateInput):
    """The browser's own date field: keyboard and screen reader know it, no script needed."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A legal day."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"],
            error_messages={"invalid": _("Please give a day, for example 2026-02-10.")},
            **kwargs,
        )


class OwnRow(forms.ModelChoiceField):
    """A row of the case, named by the address and kept hidden."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset=queryset, widget=forms.HiddenInput, **kwargs)


class OfficeField(forms.ModelChoiceField):
    """An office of the agency."""


def words(label: Any, *, rows: int = 0, **kwargs: Any) -> TextField:
    """A text; with `rows` of several lines."""
    kwargs.setdefault("most", LONGEST if rows else 200)
    if rows:
        kwargs["normalise"] = text.several_lines
        kwargs["widget"] = forms.Textarea(attrs={"rows": rows, "lang": "zh-Hans"})
    return TextField(label=label, **kwargs)


def _choice(label: Any, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=lambda: [("", _("Please choose")), *choices], **kwargs
    )


def _people(case: DisclosureRequest) -> forms.Field:
    return forms.ModelMultipleChoiceField(
        label=_("Named people"),
        queryset=rights.holders("requests_app.view_disclosurerequest", case.agency).order_by(
            "full_name", "username"
        ),
        initial=[named.user_id for named in case.named_people.all()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Only they see the request. Nobody named: everybody whose role allows it."),
    )


def _handler(case: DisclosureRequest) -> forms.Field:
    return forms.ModelChoiceField(
        label=_("Handler"),
        queryset=rights.holders(HANDLE, case.agency)
        .exclude(pk=case.handler_id or 0)
        .order_by("full_name", "username"),
        empty_label=_("Please choose"),
        error_messages={
            "invalid_choice": _("This person is not a request handler of this agency.")
        },
    )


def _body(case: DisclosureRequest) -> forms.Field:
    return words(
        _("Reconsideration body or court"), initial=style_of(case.agency).reconsideration_body
    )


def _amount(case: DisclosureRequest) -> forms.Field:
    notice = FeeNotice.objects.filter(request=case).first()
    return forms.DecimalField(
        label=_("Amount paid, in yuan"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal("0.01"),
        initial=notice.amount if notice else None,
    )


FIELDS: dict[str, Maker] = {
    "text": lambda case: words(_("Text"), rows=6),
    "note": lambda case: words(_("Note"), rows=4, required=False),
    "reason": lambda case: words(
        _("Good reason for being late"),
        rows=3,
        required=False,
        help_text=_("Only where the correction came after its day (Art. 30)."),
    ),
    "came_by": lambda case: _choice(_("How it came in"), IntakeChannel.choices, required=False),
    "confirmed": lambda case: _choice(
        _("Confirmed with the applicant"),
        [(key, _(label)) for key, label in CONFIRMED_BY.items()],
        required=False,
        help_text=_("A letter, fax or e-mail (Art. 31): the day of receipt is that of confirming."),
    ),
    "until": lambda case: DayField(label=_("By when")),
    "until_maybe": lambda case: DayField(
        label=_("By when"), required=False, help_text=_("Where a day is fixed.")
    ),
    "days": lambda case: forms.IntegerField(
        label=_("Working days added"),
        min_value=1,
        max_value=20,
        initial=20,
        help_text=_("20 at most (Art. 33)."),
    ),
    "handler": _handler,
    "people": _people,
    "office": lambda case: OfficeField(
        label=_("Office"),
        queryset=case.agency.offices.order_by("order", "pk"),
        empty_label=_("Please choose"),
    ),
    "basis": lambda case: _choice(_("Basis"), FeeNotice.Basis.choices),
    "pages": lambda case: forms.IntegerField(
        label=_("Number of pages"),
        min_value=1,
        max_value=1_000_000,
        required=False,
        help_text=_("Only by page: one side of A4 or smaller is a page."),
    ),
    "payment": lambda case: words(
        _("How to pay"), rows=3, help_text=_("It stands in the notice: account, counter, hours.")
    ),
    "amount": _amount,
    "name": lambda case: words(_("Name")),
    "contact": lambda case: words(_("Contact person"), required=False),
    "phone": lambda case: words(_("Telephone"), required=False),
    "email": lambda case: forms.EmailField(label=_("E-mail address"), required=False),
    "postal_address": lambda case: words(_("Postal address"), required=False),
    "party": lambda case: OwnRow(Party.objects.filter(request=case)),
    "task": lambda case: OwnRow(HelpTask.objects.filter(request=case)),
    "letter": lambda case: OwnRow(Letter.objects.filter(request=case)),
    "remedy": lambda case: OwnRow(RemedyCase.objects.filter(request=case)),
    "event": lambda case: OwnRow(RequestEvent.objects.filter(request=case)),
    "opinion": lambda case: _choice(_("Opinion"), Party.Opinion.choices),
    "found": lambda case: _choice(_("Answer of the office"), HelpTask.Found.choices),
    "task_kind": lambda case: forms.ChoiceField(
        label=_("What is wanted"),
        choices=HelpTask.Kind.choices,
        widget=forms.RadioSelect,
        initial=HelpTask.Kind.SEARCH,
    ),
    "released_on": lambda case: DayField(
        label=_("Release the files on"),
        required=False,
        help_text=_(
            "Only where a third party may still contest the disclosure: the letter is readable at "
            "once, the files from this day on."
        ),
    ),
    "remedy_party": lambda case: forms.ModelChoiceField(
        label=_("Which third party"),
        queryset=Party.objects.filter(request=case, kind=Party.Kind.THIRD_PARTY),
        required=False,
        empty_label=_("None"),
    ),
    "delivery": lambda case: _choice(
        _("How it was delivered"),
        [one for one in Delivery.Channel.choices if one[0] != Delivery.Channel.ONLINE],
    ),
    "carrier": lambda case: words(
        _("Postal service"),
        required=False,
        help_text=_("By post: EMS or registered mail of the postal enterprise only."),
    ),
    "tracking_number": lambda case: words(_("Number of the item"), required=False, most=40),
    "served_on": lambda case: DayField(
        label=_("Signed for on"),
        required=False,
        help_text=_("The remedies run from this day. By post it may follow later."),
    ),
    "points": lambda case: forms.ModelMultipleChoiceField(
        label=_("Points to take out"),
        queryset=Point.objects.filter(request=case),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each becomes a request of its own with the same time limit."),
    ),
    "into": lambda case: forms.ModelChoiceField(
        label=_("Into which request"),
        queryset=DisclosureRequest.objects.filter(pk__in=[one.pk for one in mergeable(case)]),
        empty_label=_("Please choose"),
    ),
    "remedy_kind": lambda case: _choice(_("Kind"), RemedyCase.Kind.choices),
    "by": lambda case: _choice(_("Begun by"), RemedyCase.By.choices),
    "against": lambda case: _choice(_("Against"), RemedyCase.Against.choices),
    "body": _body,
    "reference": lambda case: words(_("Case number"), required=False, most=100),
    "is_simplified": lambda case: forms.BooleanField(
        label=_("Simplified procedure"), required=False
    ),
    "filed_on": lambda case: DayField(label=_("Filed on"), required=False),
    "result": lambda case: _choice(
        _("Result"), [(row.key, _(row.label)) for row in RESULTS.values()]
    ),
    "how": lambda case: _choice(
        _("How the identity was checked"),
        [(key, _(label)) for key, label in CHECKED_BY.items() if key != "email"],
    ),
    "day": lambda case: DayField(label=_("The right day"), required=False),
    "void": lambda case: forms.BooleanField(
        label=_("Take the entry back altogether"), required=False
    ),
}

#: How the legal day of a step is called, where “legal day” would not be understood.
DAY_LABELS: dict[str, str | Promise] = {
    "receive_correction": _("Received on"),
    "record_payment": _("Paid on"),
    "notify_fee": _("Notice received by the applicant on"),
    "third_party_received": _("Letter received on"),
    "co_maker_received": _("Letter received on"),
    "third_party_answered": _("Answer received on"),
    "co_maker_answered": _("Answer received on"),
    "agency_answered": _("Answer received on"),
    "serve": _("Sent or handed over on"),
    "file_remedy": _("Copy received on"),
    "reply_remedy": _("Replied on"),
    "decide_remedy": _("Decision served on"),
    "reopen": _("Decision served on"),
    "close": _("Closed on"),
    "issue": _("Day of the answer"),
}

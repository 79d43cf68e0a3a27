"""A request that came otherwise than online, entered by staff for the applicant (Art. 29, 31)."""

from dataclasses import replace
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.core.dates import today
from requests_app import policies
from requests_app.actions import Submission
from requests_app.casework.choices import DeliveryChannel, Form, IntakeChannel
from requests_app.casework.step_fields import DayField
from requests_app.casework.step_forms import ACCEPTED, Kept
from requests_app.intake.fields import AgencyField, askable_agencies
from requests_app.intake.forms import RequestForm
from requests_app.purposes import CONFIRMED_BY

#: The form's words to the applicant, as staff read them.
LABELS = {
    "agency": _("Agency asked"),
    "applicant_kind": _("Kind of applicant"),
    "name": _("Name of the applicant"),
    "id_type": _("Identity document"),
    "id_number": _("Number of the document"),
    "information_name": _("Name of the information"),
    "document_number": _("Document number"),
    "description": _("Other features"),
    "attachments": _("Files from the applicant"),
    "form": _("Form wanted"),
    "channel": _("Way of delivery"),
}
ENTER = "requests_app.add_disclosurerequest"


class EntryForm(RequestForm):
    """The applicant's form as staff fill it in, with how and when it came.

    What the applicant left out is no reason not to take it: it was received all the same, and
    the agency asks for it afterwards (Art. 30). What is given is checked.
    """

    field_order = ["agency", "intake_channel", "received_on", "arrived_on", "confirmed"]
    #: Without these there is nothing to register.
    NEEDED = frozenset({"information_name"})

    intake_channel = forms.ChoiceField(
        label=_("How it came in"),
        choices=[choice for choice in IntakeChannel.choices if choice[0] != IntakeChannel.ONLINE],
        initial=IntakeChannel.IN_PERSON,
        widget=forms.RadioSelect,
    )
    received_on = DayField(
        label=_("Day of receipt"),
        help_text=_(
            "Art. 31: handed over in person, the day of handing over; registered post or EMS, the "
            "day on which you signed for it; ordinary letter, fax or e-mail, the day on which you "
            "confirmed it with the applicant."
        ),
    )
    arrived_on = DayField(
        label=_("Arrived on"),
        required=False,
        help_text=_("Where that was another day: a letter has to be confirmed the day it arrives."),
    )
    confirmed = forms.ChoiceField(
        label=_("Confirmed with the applicant"),
        required=False,
        choices=lambda: [
            ("", gettext("Not needed: handed over, signed for or orally")),
            *((key, gettext(label)) for key, label in CONFIRMED_BY.items()),
        ],
    )
    declaration = None  # type: ignore[assignment]

    def __init__(self, *args: Any, user: User, kept: Kept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.kept = user, kept
        agency = cast("AgencyField", self.fields["agency"])
        agency.queryset = askable_agencies().filter(rights.scope(user, ENTER, prefix=""))
        choices = list(agency.queryset[:2])
        if len(choices) == 1:
            agency.initial = choices[0].code
        self.fields["form"].initial, self.fields["channel"].initial = (
            Form.PAPER,
            DeliveryChannel.MAIL,
        )
        for name, label in LABELS.items():
            self.fields[name].label, self.fields[name].help_text = label, ""
        self.fields["attachments"].widget.attrs["accept"] = ACCEPTED
        self.fields["token"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=kept.token
        )

    def clean_agency(self) -> Agency:
        """Another agency's is refused as if it were not there."""
        agency: Agency = self.cleaned_data["agency"]
        if not rights.allows(self.user, ENTER, agency):
            field = self.fields["agency"]
            raise forms.ValidationError(field.error_messages["invalid_choice"], "invalid_choice")
        return agency

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        channel, received = cleaned.get("intake_channel"), cleaned.get("received_on")
        if channel and received:
            reasons = policies.why_not_receive(
                channel,
                received,
                submitted_on=today(),
                arrived_on=cleaned.get("arrived_on"),
                confirmed=cleaned.get("confirmed", ""),
            )
            for refusal in reasons:
                place = refusal.code if refusal.code in self.fields else "received_on"
                self.add_error(place, str(refusal))
        for refusal in self.kept.refused:
            self.add_error("attachments", str(refusal))
        return cleaned

    def _need(self, name: str, message: Any) -> None:
        if name in self.NEEDED:
            super()._need(name, message)

    def submission(self) -> Submission:
        """What `actions.enter` takes; the applicant is written to in Chinese."""
        return replace(super().submission(), language="zh-hans")

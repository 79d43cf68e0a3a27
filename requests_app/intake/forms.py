"""The request form (政府信息公开申请表, Art. 29); the fields' names are the contract's."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from disclosure.core import identities
from disclosure.core.dates import today
from disclosure.files import sniff
from requests_app.actions import Submission
from requests_app.applicants import ApplicantData
from requests_app.casework.choices import ApplicantKind, DeliveryChannel, Form
from requests_app.intake import text
from requests_app.intake.fields import (
    AgencyField,
    ConditionalChoiceField,
    ManyFilesField,
    ManyFilesInput,
    TextField,
    askable_agencies,
)

ID_TYPES = [
    ("", _("Please choose")),
    ("resident_id", _("Resident identity card")),
    ("passport", _("Passport")),
    ("hk_macao_permit", _("Travel permit for Hong Kong and Macao residents")),
    ("taiwan_permit", _("Travel permit for Taiwan residents")),
    ("residence_permit", _("Residence permit for Hong Kong, Macao and Taiwan residents")),
    ("foreign_permanent_residence", _("Foreign permanent resident identity card")),
    ("other", _("Other document")),
]
AGENT_RELATIONS = [
    ("", _("Please choose")),
    ("agent", _("Agent with a power of attorney")),
    ("guardian", _("Guardian")),
]
#: What each kind of applicant gives; the other's fields are left out.
OF_PERSONS = ("id_type", "id_number")
OF_ORGANISATIONS = ("organisation_code", "representative")
CONTACTS = ("phone", "email", "postal_address")
#: The contact that each channel needs; any will do for the others.
CHANNEL_NEEDS = {"mail": "postal_address", "email": "email"}

CHOOSE = {"required": _("Please choose one."), "invalid_choice": _("Please choose one.")}
ACCEPTED = ",".join(
    sorted(f".{ending}" for kind in sniff.FROM_PUBLIC for ending in sniff.ENDINGS[kind])
)


class RequestForm(forms.Form):
    """What an applicant fills in.

    `required` stands for what the reader is told; what depends on other answers is conditional
    and judged in `clean`.
    """

    use_required_attribute = False

    applicant_kind = forms.ChoiceField(
        label=_("You ask as"),
        choices=ApplicantKind.choices,
        initial=ApplicantKind.NATURAL_PERSON,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    name = TextField(
        label=_("Your name"),
        most=100,
        help_text=_("As in your identity document; for an organisation its full registered name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please give your name.")},
    )
    id_type = ConditionalChoiceField(
        label=_("Identity document"),
        choices=ID_TYPES,
        help_text=_("The law asks for proof of identity (Art. 29)."),
        error_messages=CHOOSE,
    )
    id_number = TextField(
        label=_("Number of the document"),
        most=40,
        conditional=True,
        normalise=lambda value: identities.normalise_number(text.plain_width(value)),
        help_text=_("Stored encrypted; seen only by staff who handle your request."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    organisation_code = TextField(
        label=_("Unified social credit code"),
        most=40,
        conditional=True,
        normalise=lambda value: identities.normalise_number(text.plain_width(value)),
        help_text=_("18 characters, on the business licence or registration certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    representative = TextField(
        label=_("Legal representative or contact person"),
        most=60,
        required=False,
    )
    phone = TextField(
        label=_("Telephone"),
        most=40,
        conditional=True,
        normalise=text.plain_width,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = TextField(
        label=_("E-mail address"),
        most=254,
        conditional=True,
        normalise=text.plain_width,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        validators=[EmailValidator(_("This is not an e-mail address; example: name@example.cn."))],
    )
    postal_address = TextField(
        label=_("Postal address"),
        most=200,
        conditional=True,
        help_text=_("With postcode, so that a letter arrives."),
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    agent_name = TextField(
        label=_("Name of the agent or guardian"),
        most=60,
        required=False,
        help_text=_(
            "If somebody applies for the applicant. Please add the power of attorney, or the proof "
            "of guardianship, to the supporting files."
        ),
    )
    agent_relation = ConditionalChoiceField(
        label=_("Applies as"), choices=AGENT_RELATIONS, required=False, error_messages=CHOOSE
    )
    co_applicants = TextField(
        label=_("Others who apply together with the applicant"),
        most=600,
        required=False,
        normalise=text.several_lines,
        help_text=_(
            "One name a line. The agency writes to the applicant named first and to nobody else."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "data-most": 600}),
    )
    agency = AgencyField(
        label=_("Agency that you ask"),
        empty_label=_("Please choose"),
        help_text=_(
            "The one that made the information, or that keeps it (Art. 10). If you are not sure, "
            "ask the one nearest to the matter: it must tell you who is responsible (Art. 36)."
        ),
        error_messages={
            "required": _("Please choose an agency."),
            "invalid_choice": _("This agency is not known here. Please choose one from the list."),
        },
    )
    information_name = TextField(
        label=_("Name of the information"),
        most=300,
        conditional=True,
        help_text=_("Title of the document, or what it is about, as exactly as you can."),
    )
    document_number = TextField(
        label=_("Document number"),
        most=100,
        required=False,
        help_text=_("If you know it."),
    )
    description = TextField(
        label=_("Other features that help to find it"),
        most=4000,
        conditional=True,
        normalise=text.several_lines,
        help_text=_(
            "Time, place, project, who was involved: the clearer, the faster the answer. "
            "One matter for each request, please."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "data-most": 4000}),
    )
    attachments = ManyFilesField(
        label=_("Supporting files"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": ACCEPTED}),
    )
    form = forms.ChoiceField(
        label=_("Form in which you want the information"),
        choices=Form.choices,
        initial=Form.ELECTRONIC,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    channel = forms.ChoiceField(
        label=_("How it shall reach you"),
        choices=DeliveryChannel.choices,
        initial=DeliveryChannel.ONLINE,
        widget=forms.RadioSelect,
        help_text=_("By post needs your postal address, by e-mail your e-mail address."),
        error_messages=CHOOSE,
    )
    declaration = forms.BooleanField(
        label=_("I declare that what I have given is true."),
        error_messages={"required": _("Please confirm that what you have given is true.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        cast("AgencyField", self.fields["agency"]).queryset = askable_agencies()

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and not text.is_phone(phone):
            raise ValidationError(
                _("This is not a telephone number; example: 024-12345678 or 13800000000."),
                code="phone",
            )
        return phone

    def clean(self) -> dict[str, Any]:
        """What depends on several answers; nothing is said twice of one field."""
        self._judge_identity()
        self._judge_contacts()
        self._judge_agent()
        if not self._given("information_name") and not self._given("description"):
            self._need(
                "information_name", _("Please say what you want to know: its name or features.")
            )
        return self.cleaned_data

    def _judge_identity(self) -> None:
        kind = self.cleaned_data.get("applicant_kind")
        if not kind:
            return
        if kind != ApplicantKind.NATURAL_PERSON:
            self._leave_out(OF_PERSONS)
            self._need("organisation_code", _("Please give the unified social credit code."))
            self._check("organisation_code", identities.validate_social_credit_code)
            return
        self._leave_out(OF_ORGANISATIONS)
        self._need("id_type", _("Please choose the kind of document."))
        self._need("id_number", _("Please give the number of the document."))
        if self.cleaned_data.get("id_type") == "resident_id":
            self._check(
                "id_number", lambda value: identities.validate_resident_id(value, on=today())
            )

    def _judge_contacts(self) -> None:
        needed = CHANNEL_NEEDS.get(self.cleaned_data.get("channel", ""))
        if needed == "postal_address":
            self._need(needed, _("To get the answer by post you have to give a postal address."))
        elif needed == "email":
            self._need(needed, _("To get the answer by e-mail you have to give an address for it."))
        elif not any(self._given(name) for name in CONTACTS):
            self._need("phone", _("Please give at least one way to reach you."))

    def _judge_agent(self) -> None:
        if self._given("agent_name"):
            self._need("agent_relation", _("Please say whether as agent or as guardian."))
        elif self.cleaned_data.get("agent_relation"):
            self._need("agent_name", _("Please give the name of the agent or guardian."))

    def _given(self, name: str) -> bool:
        """Whether the field was filled in, rightly or not."""
        return bool(self.cleaned_data.get(name)) or name in self.errors

    def _need(self, name: str, message: Any) -> None:
        if not self._given(name):
            self.add_error(name, ValidationError(message, code="required"))

    def _check(self, name: str, validate: Any) -> None:
        if self.cleaned_data.get(name):
            try:
                validate(self.cleaned_data[name])
            except ValidationError as error:
                self.add_error(name, error)

    def _leave_out(self, names: tuple[str, ...]) -> None:
        """What this kind of applicant does not give is neither judged nor kept."""
        for name in names:
            self.cleaned_data[name] = ""
            self.errors.pop(name, None)

    def has_others(self) -> bool:
        """Whether an agent or others together are named, or wrongly so: then that part is open."""
        names = ("agent_name", "agent_relation", "co_applicants")
        return any(self[name].value() or self[name].errors for name in names)

    def answers(self) -> list[tuple[str, str]]:
        """The cleaned answers as (field, value) pairs that give the same form when sent again."""
        pairs = []
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if name == "agency":
                value = value.code if value else ""
            elif name == "declaration":
                value = "on" if value else ""
            if value:
                pairs.append((name, str(value)))
        return pairs

    def submission(self) -> Submission:
        """What `actions.submit` takes, of a valid form."""
        data = self.cleaned_data
        return Submission(
            agency=data["agency"],
            applicant_kind=data["applicant_kind"],
            applicant=ApplicantData(
                **{name: data[name] for name in ApplicantData.__dataclass_fields__}
            ),
            form=data["form"],
            channel=data["channel"],
            information_name=data["information_name"],
            document_number=data["document_number"],
            description=data["description"],
            language=get_language() or "zh-hans",
        )

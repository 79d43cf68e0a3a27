"""The forms of what an applicant does to a request that is there already."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from disclosure.core.dates import today
from disclosure.core.errors import Refusal
from requests_app.applicants import masked
from requests_app.casework.choices import DeliveryChannel, Form
from requests_app.casework.models import DisclosureRequest, StagedUpload
from requests_app.intake import text
from requests_app.intake.fields import ManyFilesField, ManyFilesInput, TextField
from requests_app.intake.forms import ACCEPTED
from requests_app.policies.words import NEEDED_FOR

LONGEST = 4000


@dataclass(frozen=True)
class Kept:
    """The files that a form has kept so far under its token, and why others were not."""

    token: str = ""
    staged: Sequence[StagedUpload] = ()
    refused: Sequence[Refusal] = field(default=())


class StepForm(forms.Form):
    """What a step asks for; `given` is what `actions.take` gets."""

    use_required_attribute = False
    takes_files = False

    def __init__(self, *args: Any, case: DisclosureRequest, kept: Kept, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.case, self.kept = case, kept

    def given(self) -> dict[str, Any]:
        found = dict(self.cleaned_data)
        if self.takes_files:
            found["staged"] = found["files"] = list(self.kept.staged)
        return found

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Say what the policy says, beside the field that it is about where there is one."""
        for refusal in refusals:
            self.add_error(refusal.code if refusal.code in self.fields else None, str(refusal))


class FilesMixin(StepForm):
    """Files are kept under the form's token, so that nobody has to choose them again."""

    takes_files = True
    needs_files = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = ManyFilesField(
            label=_("Files"),
            required=self.needs_files,
            widget=ManyFilesInput(attrs={"accept": ACCEPTED}),
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for refusal in self.kept.refused:
            self.add_error("files", str(refusal))
        return cleaned


def _words(label: Any, *, required: bool = True, rows: int = 8, **kwargs: Any) -> TextField:
    return TextField(
        label=label,
        most=LONGEST,
        required=required,
        normalise=text.several_lines,
        widget=forms.Textarea(attrs={"rows": rows, "data-most": LONGEST}),
        error_messages={"required": _("Please write what it is about.")},
        **kwargs,
    )


class CorrectForm(FilesMixin):
    """A correction (补正, Art. 30)."""

    text = _words(
        _("Your correction"), help_text=_("Say anew, and more exactly, what you ask for.")
    )
    reason = _words(
        _("Why it comes late"),
        rows=3,
        help_text=_("The day for it has passed; it counts only with a good reason (Art. 30)."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        until: dt.date | None = self.case.waiting_until
        if until is None or today() <= until:
            del self.fields["reason"]


class ReasonsForm(FilesMixin):
    """Reasons for many requests (说明理由, Art. 35)."""

    text = _words(_("Why you make these requests"))


class AddFilesForm(FilesMixin):
    """More files."""

    needs_files = True


class DeliveryForm(StepForm):
    """The form in which, and the way by which, the information is wanted (Art. 29, 40)."""

    form = forms.ChoiceField(
        label=_("Form in which you want the information"),
        choices=Form.choices,
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(
        label=_("How it shall reach you"),
        choices=DeliveryChannel.choices,
        widget=forms.RadioSelect,
        help_text=_("By post needs your postal address, by e-mail your e-mail address."),
    )
    email = TextField(
        label=_("E-mail address"),
        most=254,
        required=False,
        normalise=text.plain_width,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        validators=[EmailValidator(_("This is not an e-mail address; example: name@example.cn."))],
    )
    postal_address = TextField(
        label=_("Postal address"),
        most=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    phone = TextField(
        label=_("Telephone"),
        most=40,
        required=False,
        normalise=text.plain_width,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, case: DisclosureRequest, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"form": case.form, "channel": case.channel})
        super().__init__(*args, case=case, **kwargs)
        known = masked(case.applicant.data or {})
        for name in ("email", "postal_address", "phone"):
            self.fields[name].help_text = (
                _("On file: %(value)s. Leave this empty to keep it.") % {"value": known[name]}
                if known.get(name)
                else _("None on file.")
            )

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and not text.is_phone(phone):
            raise ValidationError(
                _("This is not a telephone number; example: 024-12345678 or 13800000000."),
                code="phone",
            )
        return phone

    def clean(self) -> dict[str, Any] | None:
        """The contact that the way of delivery needs is asked for beside its field."""
        cleaned = super().clean()
        channel = self.cleaned_data.get("channel")
        needed = NEEDED_FOR.get(DeliveryChannel(channel)) if channel else None
        known = self.case.applicant.data or {}
        given = needed and (self.cleaned_data.get(needed) or known.get(needed))
        if needed and not given and needed not in self.errors:
            self.add_error(needed, _("This way of delivery needs the address."))
        return cleaned


class ComplainForm(StepForm):
    """An objection that nothing is done (Art. 51)."""

    text = _words(_("Your objection"), rows=5)


class RateForm(StepForm):
    """How the answer was (满意度评价)."""

    stars = forms.TypedChoiceField(
        label=_("How satisfied are you with the answer?"),
        choices=[
            ("5", _("5 – very satisfied")),
            ("4", _("4 – satisfied")),
            ("3", _("3 – middling")),
            ("2", _("2 – not satisfied")),
            ("1", _("1 – not satisfied at all")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose one to five."),
            "invalid_choice": _("Please choose one to five."),
        },
    )
    text = _words(_("What was good or bad about it"), required=False, rows=4)


class WithdrawForm(StepForm):
    """A withdrawal (撤回)."""

    text = _words(_("Reason, if you like"), required=False, rows=3)

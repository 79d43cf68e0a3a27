"""A code, and a copy if there is one."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from requests_app.intake import text
from requests_app.intake.fields import TextField
from requests_app.letters.verifying.fingerprints import Fingerprint


class VerifyForm(forms.Form):
    """What is asked about a letter; whether there is one is judged by the view."""

    use_required_attribute = False

    code = TextField(
        label=_("Verification code"),
        most=64,
        normalise=text.plain_width,
        help_text=_("At the end of the letter: 16 letters and digits, with or without hyphens."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Please give the verification code.")},
    )
    copy = forms.FileField(
        label=_("Electronic copy"),
        required=False,
        help_text=_(
            "The PDF or DOCX as you received it: it is compared byte by byte and not kept here."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
        error_messages={"empty": _("This file is empty.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def clean_copy(self) -> Fingerprint | None:
        copy: Fingerprint | None = self.cleaned_data["copy"]
        if copy is not None and (copy.size or 0) > settings.UPLOAD_MAX_BYTES:
            raise ValidationError(
                _("The file is too large: at most %(size)d MB."),
                code="size",
                params={"size": settings.UPLOAD_MAX_BYTES // 2**20},
            )
        return copy

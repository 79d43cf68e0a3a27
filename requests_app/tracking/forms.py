"""Number and access code."""

from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from requests_app.intake import text
from requests_app.intake.fields import TextField


def number_field() -> TextField:
    """The request's number as people write it, in capitals afterwards."""
    return TextField(
        label=_("Request number"),
        most=32,
        normalise=lambda value: text.plain_width(value).upper(),
        help_text=_("On your receipt, for example SL-2026-0001."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Please give the request number.")},
    )


class TrackForm(forms.Form):
    """What opens a request; whether it does is judged by the view."""

    use_required_attribute = False

    number = number_field()
    access_code = TextField(
        label=_("Access code"),
        most=64,
        normalise=text.plain_width,
        help_text=_("16 letters and digits; capitals and hyphens do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Please give the access code.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class CodeForm(forms.Form):
    """Who has lost the code: the number and the e-mail address on file."""

    use_required_attribute = False

    number = number_field()
    email = TextField(
        label=_("E-mail address"),
        most=254,
        normalise=text.plain_width,
        help_text=_("The one that you gave with the request."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        validators=[EmailValidator(_("This is not an e-mail address; example: name@example.cn."))],
        error_messages={"required": _("Please give the e-mail address.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

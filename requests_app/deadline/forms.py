"""What the calculator asks: the day of receipt and, if wanted, a Regulation."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from requests_app.clock import ClockError, parse_date
from requests_app.deadline.wording import say_error

REGULATION_CHOICES = [
    ("", _("The one in force on the day of receipt")),
    ("711", _("Decree No. 711 (since 15 May 2019): 20 working days")),
    ("492", _("Decree No. 492 (1 May 2008 to 14 May 2019): 15 working days")),
]


class ReceiptField(forms.CharField):
    """A date written as the clock reads it, with the clock's own words for what is wrong."""

    #: The browser's own date picker.
    widget = forms.DateInput(attrs={"type": "date"})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`, which a date picker does not know."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs

    def clean(self, value: Any) -> Any:
        """The date that was typed."""
        try:
            return parse_date(super().clean(value))
        except ClockError as error:
            raise ValidationError(say_error(error), code=error.code) from error


class DeadlineForm(forms.Form):
    """The query of `/deadline/` and of its interface."""

    received = ReceiptField(
        label=_("Day of receipt"),
        help_text=_("The day the agency received the request; online, the day you submitted it."),
        max_length=40,
        error_messages={"required": _("Give the day of receipt, for example 2026-02-10.")},
    )
    regulation = forms.ChoiceField(
        label=_("Regulation"),
        choices=REGULATION_CHOICES,
        required=False,
        error_messages={
            "invalid_choice": _("“%(value)s” is not a Regulation known here: 711 or 492.")
        },
    )

    def received_day(self) -> date:
        """The day of receipt of a valid form."""
        day: date = self.cleaned_data["received"]
        return day

    def show_what_was_typed(self) -> None:
        """A date picker hides what is no date: after an error it becomes a plain field."""
        if "received" in self.errors:
            self.fields["received"].widget.input_type = "text"

"""The rows in which staff type a report's sections and its named figures."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from disclosure.backstage.rows import RowForm
from disclosure.reports import messages
from disclosure.reports.reading.contract import checked_figures, checked_sections
from disclosure.reports.reading.errors import BadField

#: As many as a form can send (Django takes 1,000 values); a report with more is imported.
MOST_SECTIONS = 40
MOST_FIGURES = 100
MOST_CHARACTERS = 50_000

CHINESE = {"lang": "zh-Hans"}


def _line(label: Any, length: int, **how: Any) -> forms.CharField:
    widget = forms.TextInput(attrs=CHINESE)
    return forms.CharField(label=label, max_length=length, widget=widget, **how)


def _checked(check: Callable[[Any], Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """The record in the contract's exact shape; what is wrong is said at its column."""
    try:
        record: dict[str, Any] = check([typed])[0]
    except BadField as error:
        column = str(error.params["field"]).rpartition(".")[2]
        raise ValidationError({column: messages.wrong_column(error)}) from error
    return record


class SectionRow(RowForm):
    """A numbered section; a line of its text is a paragraph."""

    number = _line(_("Number"), 20, required=False)
    heading = _line(_("Heading"), 200)
    text = forms.CharField(
        label=_("Text"),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs=CHINESE),
    )
    folded = "text"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = str(self["text"].value() or "")
        lines = sum(1 + len(line) // 50 for line in text.split("\n"))
        self.fields["text"].widget.attrs["rows"] = min(max(lines + 1, 5), 24)

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")

    def made(self, typed: dict[str, Any]) -> dict[str, Any]:
        return _checked(checked_sections, typed)


class FigureRow(RowForm):
    """A named figure; how exact it is, and how the text words it, where that differs."""

    name = _line(_("Name"), 200)
    qualifier = forms.ChoiceField(
        label=_("How exact"),
        required=False,
        choices=[
            ("", _("exactly")),
            ("over", _("more than")),
            ("about", _("about")),
            ("nearly", _("nearly")),
        ],
    )
    value = forms.CharField(
        label=_("Number"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    unit = _line(_("Unit"), 30, required=False)
    as_written = _line(_("Wording"), 100, required=False)
    tabular = True

    @classmethod
    def shown(cls, record: Mapping[str, Any]) -> dict[str, Any]:
        """With the number written out: never as 1e+16."""
        return {**record, "value": format(Decimal(str(record["value"])), "f")}

    def made(self, typed: dict[str, Any]) -> dict[str, Any]:
        return _checked(checked_figures, {**typed, "qualifier": typed["qualifier"] or None})

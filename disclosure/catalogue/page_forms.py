"""The forms of guides and rules: the working text, kept in their publication's open row."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from disclosure.backstage.rich import rich_field
from disclosure.backstage.typed import no_control_characters
from disclosure.catalogue import standing
from disclosure.catalogue.page_actions import Text
from disclosure.publications.models import Publication


def _of_publication(name: str) -> Any:
    """The publication's own field: its words and its limits."""
    return Publication._meta.get_field(name)


def _line(name: str, *, required: bool, rows: int) -> forms.CharField:
    field = _of_publication(name)
    return forms.CharField(
        label=capfirst(field.verbose_name),
        max_length=field.max_length,
        required=required,
        help_text=field.help_text,
        widget=AdminTextareaWidget(attrs={"rows": rows, "lang": "zh-Hans"}),
        validators=[no_control_characters],
    )


class PageForm(forms.ModelForm):
    """What guides and rules share: the day made, and the note of a revision."""

    date_made = forms.DateField(
        label=capfirst(_of_publication("date_made").verbose_name),
        required=False,
        widget=AdminDateWidget,
        help_text=_("Needed before it is handed in."),
    )
    change_note = _line("change_note", required=False, rows=2)
    #: Fields that are the publication's.
    of_text: tuple[str, ...] = ("date_made",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = standing.working(self.instance)
        if row is not None:
            self.initial.update({name: getattr(row, name) for name in self.of_text})
            self.initial["change_note"] = row.change_note if row.revises_id else ""


class GuideForm(PageForm):
    """An agency's guide: its parts as the newest text has them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update(standing.parts_of(self.instance))


class RuleForm(PageForm):
    """A rule: its text beside its place."""

    title = _line("title", required=True, rows=2)
    body = rich_field(_of_publication("body").verbose_name, required=True, rows=24)
    of_text = ("title", "date_made", "body")

    def clean_body(self) -> str:
        """What is left of it when it has been cleaned."""
        body: str = self.cleaned_data["body"]
        if not body:
            raise ValidationError(self.fields["body"].error_messages["required"], code="required")
        return body

    def text(self) -> Text:
        """What goes into the publication."""
        got = self.cleaned_data
        return Text(got["title"], got["body"], got["date_made"], got["change_note"])

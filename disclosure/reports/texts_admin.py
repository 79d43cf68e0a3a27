"""The form of a report with tables: its written sections, and the way to its tables."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import ReasonedForm
from disclosure.backstage.typed import no_control_characters
from disclosure.reports.models import AnnualReport
from disclosure.reports.remarks import open_remarks
from disclosure.reports.tables.forms import OTHER, OVERVIEW, PROBLEMS
from disclosure.reports.tables.shapes import Text
from disclosure.reports.wording import said

#: Longer than any published one.
MOST_CHARACTERS = 50_000
TEXTS: tuple[Text, ...] = (OVERVIEW, PROBLEMS, OTHER)


def field_of(text: Text) -> str:
    """The name of a written section's field in forms."""
    return f"text_{text.key}"


def _text(rows: int) -> forms.CharField:
    return forms.CharField(
        required=False,
        max_length=MOST_CHARACTERS,
        validators=[no_control_characters],
        widget=forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField", "lang": "zh-Hans"}),
    )


class AnnualReportForm(ReasonedForm):
    """A report; of one with tables, the written sections are fields of their own."""

    text_overview = _text(14)
    text_problems = _text(8)
    text_other = _text(5)

    class Meta:
        widgets = {
            "title": forms.Textarea(
                attrs={"rows": 2, "class": "vLargeTextField title", "lang": "zh-Hans"}
            ),
            "lead": forms.Textarea(
                attrs={"rows": 4, "class": "vLargeTextField", "lang": "zh-Hans"}
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for text in TEXTS:
            name = field_of(text)
            if name in self.fields:
                self.fields[name].label = f"{text.number}、{said(text.label)}"
                self.initial.setdefault(name, self.instance.texts.get(text.key, ""))

    def _post_clean(self) -> None:
        typed = {
            text.key: self.cleaned_data[field_of(text)].replace("\r\n", "\n").replace("\r", "\n")
            for text in TEXTS
            if field_of(text) in self.cleaned_data
        }
        if typed:
            self.instance.texts = {**self.instance.texts, **typed}
        super()._post_clean()  # type: ignore[misc]


class TextsMixin:
    """Fields of the form by the kind of report."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A report with tables has its written sections instead of free ones and figures."""
        base: Any = super()
        found: list[Any] = list(base.get_fieldsets(request, obj))
        if obj is None or obj.table_form is None:
            return found
        admin_: Any = self
        may = admin_.has_change_permission(request, obj)
        (_none, first), *rest = found
        fields = [name for name in first["fields"] if name != "lead"]
        texts = [field_of(text) if may else f"read_{text.key}" for text in TEXTS]
        return [
            (None, {**first, "fields": fields}),
            (_("Tables"), {"fields": ("read_tables",)}),
            (_("Written sections"), {"fields": texts}),
            *rest[2:],
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        base: Any = super()
        fixed = list(base.get_readonly_fields(request, obj))
        if obj is None:
            return fixed
        texts = [f"read_{text.key}" for text in TEXTS]
        return [*fixed, "form", "read_tables", *texts]

    @admin.display(description=_("tables"))
    def read_tables(self, report: AnnualReport) -> SafeString:
        """The way to the tables, with what is open there."""
        count = len(open_remarks(report))
        url = reverse("admin:disclosure_annualreport_tables", args=[report.pk])
        state = (
            gettext("%(count)d to be settled") % {"count": count}
            if count
            else gettext("every identity holds")
        )
        return format_html(
            '<a class="button" href="{}">{}</a> {}', url, gettext("Open the tables"), state
        )

    @admin.display(description=capfirst(OVERVIEW.label.zh))
    def read_overview(self, report: AnnualReport) -> SafeString:
        return _read(report, OVERVIEW)

    @admin.display(description=capfirst(PROBLEMS.label.zh))
    def read_problems(self, report: AnnualReport) -> SafeString:
        return _read(report, PROBLEMS)

    @admin.display(description=capfirst(OTHER.label.zh))
    def read_other(self, report: AnnualReport) -> SafeString:
        return _read(report, OTHER)


def _read(report: AnnualReport, text: Text) -> SafeString:
    """A section's text, a paragraph a line."""
    lines = [line for line in report.texts.get(text.key, "").split("\n") if line.strip()]
    paragraphs = format_html_join("", "<p>{}</p>", ((line,) for line in lines))
    return format_html('<div class="doc report-text" lang="zh-Hans">{}</div>', paragraphs or "–")

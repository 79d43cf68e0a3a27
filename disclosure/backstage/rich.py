"""Rich text in forms: HTML (or plain text) in a text area, with a preview of what is stored."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Field, Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disclosure.core import html

HELP = gettext_lazy("HTML, or plain text in which a blank line parts the paragraphs.")


class _StoredText(forms.BoundField):
    """Stored text as HTML also where it begins with a word: else it would be taken for plain."""

    @cached_property
    def initial(self) -> str:
        return html.as_html_source(super().initial or "")


class RichTextField(forms.CharField):
    """Text that is stored as sanitised HTML; plain text becomes paragraphs."""

    widget = forms.Textarea

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        return _StoredText(form, self, field_name)

    def clean(self, value: Any) -> str:
        return html.from_either(super().clean(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return html.from_either(initial or "") != html.from_either(data or "")


def rich_field(label: Any, *, required: bool, rows: int) -> RichTextField:
    """A box for rich text, for a form that declares its own."""
    return RichTextField(
        label=capfirst(label),
        required=required,
        help_text=HELP,
        widget=forms.Textarea(
            attrs={"rows": rows, "class": "vLargeTextField rich-text", "lang": "zh-Hans"}
        ),
    )


def _label(model: type[Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return capfirst(str(field.verbose_name))


def _reader(
    model: type[Model], name: str, source: Callable[[Any], Any]
) -> Callable[[Model], SafeString]:
    """A read-only field that shows the stored text as it reads."""
    label = _label(model, name)

    @admin.display(description=label, empty_value="–")
    def read(obj: Model) -> SafeString:
        text = html.sanitise(getattr(source(obj), name, ""))
        return format_html('<div class="doc" lang="zh-Hans">{}</div>', mark_safe(text))

    return read


class RichTextMixin:
    """Adds rich text fields and their preview to a ScopedModelAdmin."""

    model: type[Model]
    has_change_permission: Callable[..., bool]
    rich_fields: Sequence[str] = ("body",)
    rich_rows = 24
    #: Whose fields the texts are, where they are not the record's own.
    rich_model: type[Model] | None = None
    preview_template = "admin/preview.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.rich_fields:
            reader = _reader(self.rich_model or self.model, name, self.rich_source)
            setattr(self, self._reader(name), reader)

    def rich_source(self, obj: Any) -> Any:
        """What holds the texts of a record."""
        return obj

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.rich_fields:
            return rich_field(
                db_field.verbose_name, required=not db_field.blank, rows=self.rich_rows
            )
        base: Any = super()
        return base.formfield_for_dbfield(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who may only read the record reads the text, not its markup."""
        base: Any = super()
        found = base.get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return found
        return [
            (title, {**options, "fields": [self._reader(name) for name in options["fields"]]})
            for title, options in found
        ]

    def _reader(self, name: Any) -> Any:
        return f"read_{name}" if name in self.rich_fields else name

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        base: Any = super()
        fixed = list(base.get_readonly_fields(request, obj))
        if obj is None or self.has_change_permission(request, obj):
            return fixed
        return [*fixed, *map(self._reader, self.rich_fields)]

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        site: Any = self.admin_site  # type: ignore[attr-defined]
        meta = self.model._meta
        preview = path(
            "preview/",
            site.admin_view(self.preview_view),
            name=f"{meta.app_label}_{meta.model_name}_preview",
        )
        return [preview, *base.get_urls()]

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """What the typed text will look like, sanitised as it would be stored; stores nothing."""
        admin: Any = self
        if not (admin.has_add_permission(request) or admin.has_change_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        parts = []
        for name in self.rich_fields:
            clean = html.from_either(request.POST.get(name, "").replace("\x00", ""))
            if clean:
                label = _label(self.rich_model or self.model, name)
                # nh3 has cleaned it a line above.
                parts.append({"label": label, "text": mark_safe(clean)})
        context = {
            **admin.admin_site.each_context(request),
            "title": _("Preview"),
            "subtitle": None,
            "is_popup": True,
            "heading": request.POST.get("title", "")[:300],
            "parts": parts,
            "labelled": len(self.rich_fields) > 1,
            "opts": self.model._meta,
        }
        request.current_app = admin.admin_site.name
        return TemplateResponse(request, self.preview_template, context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        meta = self.model._meta
        admin: Any = self
        obj = kwargs.get("obj")
        may = (
            admin.has_change_permission(request, obj)
            if obj is not None
            else admin.has_add_permission(request)
        )
        if may:
            context["preview_url"] = reverse(f"admin:{meta.app_label}_{meta.model_name}_preview")
        base: Any = super()
        return base.render_change_form(request, context, *args, **kwargs)

"""The staff page of a file's check: what hid in it, why it is held, its original, the reviewer's
word that it was looked into by hand.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import ScopedModelAdmin, person
from disclosure.backstage.steps import StepsMixin
from disclosure.core.errors import Refusal
from disclosure.core.transitions import Transition
from disclosure.files import actions, kinds, policies
from disclosure.files.models import FileCheck
from disclosure.files.names import content_disposition

OPEN_BY_HAND = "open_by_hand"
STEPS: dict[str, Transition[str]] = {
    OPEN_BY_HAND: Transition(
        OPEN_BY_HAND,
        frozenset({FileCheck.Gate.HELD.value}),
        FileCheck.Gate.HELD.value,
        "disclosure.look_into_attachment",
        _("Say that it was looked into by hand"),
    )
}


class ByHandForm(forms.Form):
    """How a reviewer has looked into a file that no program can."""

    note = forms.CharField(
        label=_("How was it looked into?"),
        max_length=actions.NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@admin.register(FileCheck)
class FileCheckAdmin(StepsMixin, ScopedModelAdmin):
    """Checks of files (附件检查)."""

    steps = STEPS
    list_display = (
        *("name", "publication", "scan_state", "strip_state", "gate_state", "why_held"),
        "cleared_at",
    )
    list_select_related = ("attachment__publication__agency",)
    list_filter = ("gate_state", "scan_state", "strip_state", "attachment__publication__state")
    search_fields = ("attachment__name", "attachment__publication__title")
    search_help_text = _("Name of the file, title")
    ordering = ("-pk",)
    fields = (
        "name",
        "publication",
        ("scan_state", "scanned_at", "signature"),
        ("strip_state", "what_hid"),
        ("gate_state", "why_held"),
        ("opened_by", "opened_at", "opened_note"),
        "cleared_at",
        "original_link",
        "original_sha256",
    )
    readonly_fields = ("name", "publication", "what_hid", "why_held", "original_link")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.original_view)
        return [
            path("<path:object_id>/original/", view, name="disclosure_filecheck_original"),
            *super().get_urls(),
        ]

    # --- what is shown ------------------------------------------------------------------------
    @admin.display(description=_("name"))
    def name(self, check: FileCheck) -> SafeString:
        return format_html('<span lang="zh-Hans">{}</span>', check.attachment.name)

    @admin.display(description=_("publication"))
    def publication(self, check: FileCheck) -> SafeString:
        item = check.attachment.publication
        url = reverse("admin:disclosure_publication_change", args=[item.pk])
        return format_html('<a href="{}" lang="zh-Hans">{}</a>', url, item.title)

    @admin.display(description=_("found in the original"))
    def what_hid(self, check: FileCheck) -> SafeString | str:
        found = kinds.findings([*check.found, *check.told])
        return _listed(
            (kinds.label(one.kind), kinds.place(one.where), one.detail)
            for one in dict.fromkeys(found)
        )

    @admin.display(description=_("reasons"))
    def why_held(self, check: FileCheck) -> SafeString | str:
        return _listed((one.sentence, "", "") for one in kinds.problems(check.problems))

    @admin.display(description=_("original"))
    def original_link(self, check: FileCheck) -> SafeString | str:
        if not check.original:
            return gettext("The public copy is the file as it was handed in.")
        url = reverse("admin:disclosure_filecheck_original", args=[check.pk])
        return format_html('<a href="{}">{}</a>', url, gettext("The file as it was handed in"))

    def original_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """The original, for staff who may see the check; never opened in the portal's origin."""
        found: Any = self.get_object(request, object_id)
        if not self.has_view_permission(request, found) or not found.original:
            raise Http404
        try:
            response = FileResponse(found.original.open("rb"))
        except FileNotFoundError:
            raise Http404 from None
        response["Content-Type"] = found.attachment.content_type
        response["Content-Disposition"] = content_disposition(found.attachment.name)
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    # --- looking into it by hand --------------------------------------------------------------
    def state_label(self, obj: FileCheck) -> str:
        return str(obj.get_gate_state_display())

    def why_not_step(self, request: HttpRequest, obj: FileCheck, step: str) -> Sequence[Refusal]:
        return policies.why_not_open_by_hand(obj.attachment, obj, actor=person(request), note="…")

    def step_form(self, request: HttpRequest, obj: Any, step: str) -> Any:
        return ByHandForm

    def step_note(self, obj: Any, step: str) -> str:
        return gettext(
            "No program can show what is in this file. You say that you have opened it yourself, "
            "with what it hides, and that nothing in it stays closed."
        )

    def do_step(
        self, request: HttpRequest, obj: FileCheck, step: str, data: Mapping[str, Any]
    ) -> None:
        actions.open_by_hand(actor=person(request), attachment=obj.attachment, note=data["note"])


def _listed(rows: Any) -> SafeString | str:
    items = format_html_join("", '<li>{} {} <span lang="zh-Hans">{}</span></li>', rows)
    return format_html("<ul>{}</ul>", items) if items else "—"

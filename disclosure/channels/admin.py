"""The staff pages of appearances: the list, the form with its proof, and the proof itself."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import ReasonedForm, ScopedModelAdmin, person
from disclosure.channels import actions, policies
from disclosure.channels.actions import Proof
from disclosure.channels.models import Appearance
from disclosure.files import sniff
from disclosure.files.names import clean_name, content_disposition

ACCEPTED = tuple(sorted({end for ends in sniff.ENDINGS.values() for end in ends}))


class AppearanceForm(ReasonedForm):
    """An appearance with the file that proves it."""

    proof_file = forms.FileField(
        label=_("proof"),
        required=False,
        help_text=_(
            "A scan, a photograph or a screenshot of at most 10 MB; staff alone can have it. A new "
            "one takes the place of the earlier one."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in ACCEPTED)}),
    )

    def clean(self) -> dict[str, Any] | None:
        """The file's kind from its content; the reason stands at the file."""
        cleaned = super().clean()
        upload = self.cleaned_data.get("proof_file")
        if isinstance(upload, UploadedFile):
            name = clean_name(upload.name or "")
            data = upload.read(policies.MOST_BYTES + 1)
            for refusal in policies.why_not_proof(name, data):
                self.add_error("proof_file", str(refusal))
            self.cleaned_data["proof"] = Proof(name, data)
            # The constraint asks for a proof; the action writes the file that was sent.
            self.instance.proof_name = name
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """What proves it is asked by the policy, which knows of the file to come."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"proof"}


@admin.register(Appearance)
class AppearanceAdmin(ScopedModelAdmin):
    """Where items appeared besides this portal (公开渠道, Art. 23–25)."""

    form = AppearanceForm
    list_display = ("publication", "channel", "on", "reference", "proof_link")
    list_select_related = ("publication", "publication__agency")
    list_filter = ("channel",)
    date_hierarchy = "on"
    search_fields = ("publication__title", "publication__index_number", "reference")
    search_help_text = _("Title, index number, name of the paper")
    ordering = ("-on", "-pk")
    autocomplete_fields = ("publication",)
    readonly_fields = ("proof_link", "recorded_by", "recorded_at")
    fields = (
        "publication",
        "channel",
        "on",
        "reference",
        "url",
        "proof_file",
        "proof_link",
        "note",
        "recorded_by",
        "recorded_at",
        "reason",
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.proof_view)
        return [
            path("<path:object_id>/proof/", view, name="disclosure_appearance_proof"),
            *super().get_urls(),
        ]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = list(super().get_fields(request, obj))
        if obj is None:
            left_out = {"proof_link", "recorded_by", "recorded_at", "reason"}
        elif not self.has_change_permission(request, obj):
            left_out = {"proof_file", "reason"}
        else:
            left_out = set()
        return [name for name in fields if name not in left_out]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, "publication"] if obj is not None else fixed

    @admin.display(description=_("proof"))
    def proof_link(self, appearance: Appearance) -> SafeString | str:
        if not appearance.proof:
            return "—"
        url = reverse("admin:disclosure_appearance_proof", args=[appearance.pk])
        return format_html('<a href="{}">{}</a>', url, appearance.proof_name)

    def proof_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """The proof, for staff who may see the appearance; never opened in the portal's origin."""
        found: Any = self.get_object(request, object_id)
        if not self.has_view_permission(request, found) or not found.proof:
            raise Http404
        try:
            response = FileResponse(found.proof.open("rb"), content_type=found.proof_type)
        except FileNotFoundError:
            raise Http404 from None
        response["Content-Disposition"] = content_disposition(found.proof_name)
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    # --- saving -------------------------------------------------------------------------------
    def create_record(self, request: HttpRequest, obj: Appearance, form: forms.ModelForm) -> None:
        actions.record_appearance(
            actor=person(request), appearance=obj, proof=form.cleaned_data.get("proof")
        )

    def update_record(self, request: HttpRequest, obj: Appearance, form: forms.ModelForm) -> None:
        actions.change_appearance(
            actor=person(request), appearance=obj, proof=form.cleaned_data.get("proof")
        )

    def delete_record(self, request: HttpRequest, obj: Appearance) -> None:
        actions.delete_appearance(actor=person(request), appearance=obj)

"""The attachments of a publication within its form: uploads told by content, kept files linked."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.admin_base import ScopedStackedInline, person
from disclosure.files import limits, sniff
from disclosure.files.names import MAX_LENGTH
from disclosure.publications import actions, policies
from disclosure.publications.lifecycle import WRITE
from disclosure.publications.models import Attachment

ACCEPTED = tuple(sorted({end for ends in sniff.ENDINGS.values() for end in ends}))


class StoredFileInput(forms.FileInput):
    """A file input; for a file that is there already, a link to it."""

    attachment: Attachment | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        stored = self.attachment
        if stored is None:
            return super().render(name, None, attrs, renderer)
        return stored_link(stored)


def stored_link(stored: Attachment) -> SafeString:
    """Where the file is read, by its kind and size."""
    return format_html(
        '<a href="{}">{}</a> <span class="muted">{}</span>',
        stored.get_absolute_url(),
        sniff.ENDINGS.get(stored.content_type, ("?",))[0].upper(),
        filesizeformat(stored.size),
    )


class AttachmentForm(forms.ModelForm):
    """A new file, or the name and the order of one that is there."""

    file = forms.FileField(label=_("file"), widget=StoredFileInput)
    name = forms.CharField(
        label=_("name"),
        max_length=MAX_LENGTH,
        required=False,
        help_text=_("Empty: the name of the file."),
    )

    class Meta:
        model = Attachment
        fields = ("file", "name", "order")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("file")
        if field is None:
            return
        if self.instance.pk:
            field.disabled = True
            field.widget.attachment = self.instance
        else:
            field.widget.attrs["accept"] = ",".join(f".{ending}" for ending in ACCEPTED)

    def clean(self) -> dict[str, Any] | None:
        """The file's kind from its content; the reason stands at the file."""
        cleaned = super().clean()
        upload = self.cleaned_data.get("file")
        named = self.cleaned_data.get("name") or ""
        if not isinstance(upload, UploadedFile):
            if self.instance.pk:
                self.cleaned_data["name"] = actions.kept_name(self.instance, named)
            return cleaned
        name = actions.full_name(named, upload.name or "")
        too_large = limits.why_not_size(upload.size or 0)
        upload.seek(0)  # a form that an action refused reads it once more
        data = b"" if too_large else upload.read()
        for refusal in too_large or actions.why_not_attach(name, data):
            self.add_error("file", str(refusal))
        self.cleaned_data["name"], self.cleaned_data["data"] = name, data
        return cleaned


class AttachmentInline(ScopedStackedInline):
    """The files of a publication (附件); a line each, which breaks where it is narrow."""

    model = Attachment
    form = AttachmentForm
    fields = (("file", "name", "order"),)
    readonly_fields = ("stored",)
    ordering = ("order", "pk")
    #: Without JavaScript it is the only one for a new file; left empty it is nothing.
    extra = 1

    def allowed(self, request: HttpRequest, verb: str, obj: Any = None) -> bool:
        """Files are changed by whoever may change their publication as it stands."""
        if verb == "view" or obj is None:
            return super().allowed(request, verb, obj)
        return not policies.why_not_edit(obj) and rights.allows(person(request), WRITE, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only reads gets the file itself, not its place in the store."""
        may_change = obj is None or self.has_change_permission(request, obj)
        return self.fields if may_change else (("stored", "name", "order"),)

    @admin.display(description=_("file"))
    def stored(self, attachment: Attachment) -> SafeString:
        return stored_link(attachment)

    def save_row(self, request: HttpRequest, obj: Attachment, form: forms.ModelForm) -> None:
        if obj.pk:
            actions.rename_attachment(
                actor=person(request), attachment=obj, name=obj.name, order=obj.order
            )
            return
        actions.attach(
            actor=person(request),
            publication=obj.publication,
            name=form.cleaned_data["name"],
            data=form.cleaned_data["data"],
            order=form.cleaned_data.get("order"),
        )

    def delete_row(self, request: HttpRequest, obj: Attachment) -> None:
        actions.detach(actor=person(request), attachment=obj)

"""The text of a publication brought in as a DOCX: converted on saving, never stored itself."""

from copy import copy
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import ReasonedForm
from disclosure.core import html
from disclosure.core.errors import NotPossible
from disclosure.files import docx_text, kinds, limits, sniff

DOCX = "docx"
NOT_DOCX = _("Please choose a DOCX file. What is stored in an older format is stored anew as DOCX.")
NO_TEXT = _("It holds no text.")
BOTH = _(
    "The text was changed by hand as well. Nothing was taken over: please empty the text, or "
    "choose no file."
)


class TextFileForm(ReasonedForm):
    """A form whose `body` may come from a file instead of the box."""

    body_file = forms.FileField(
        label=_("Text from a DOCX"),
        required=False,
        widget=forms.FileInput(attrs={"accept": f".{DOCX}"}),
        help_text=_(
            "Replaces the text. Tracked changes are accepted; hidden text, comments and pictures "
            "are left out. The file itself is not kept."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: What the file had and the text has not, each as a sentence.
        self.left_out: list[str] = []

    def clean(self) -> dict[str, Any] | None:
        """The file's text in the place of what was there, never of what was just typed."""
        cleaned = super().clean()
        upload = self.cleaned_data.get("body_file")
        if isinstance(upload, UploadedFile) and "body" in self.fields:
            try:
                self._take_over(upload)
            except forms.ValidationError as error:
                self.add_error("body_file", error)
        return cleaned

    def _take_over(self, upload: UploadedFile) -> None:
        converted, self.left_out = _converted(upload)
        typed = self.cleaned_data.get("body", "")
        changed = self.fields["body"].has_changed(self["body"].initial, typed)
        if typed and changed and typed != converted:
            raise forms.ValidationError(BOTH)
        self.cleaned_data["body"] = converted
        # A browser forgets a chosen file: when the form comes back, its text stands in the box.
        data: Any = copy(self.data)
        data[self.add_prefix("body")] = html.as_html_source(converted)
        self.data = data


def _converted(upload: UploadedFile) -> tuple[str, list[str]]:
    """The text of the file and what was left out; a ValidationError says why there is none."""
    refusals = limits.why_not_size(upload.size or 0)
    if refusals:
        raise forms.ValidationError([str(one) for one in refusals])
    upload.seek(0)  # a form that an action refused reads it once more
    data = upload.read()
    if sniff.is_encrypted_office(data):
        raise forms.ValidationError(kinds.refusal_sentence("encrypted"))
    kind = sniff.recognise(data, upload.name or "")
    if kind is None or kind.ending != DOCX:
        raise forms.ValidationError(NOT_DOCX)
    try:
        converted, left_out = docx_text.docx_to_html(data)
    except NotPossible as error:
        raise forms.ValidationError([str(one) for one in error.refusals]) from None
    if not html.to_plain(converted).strip():
        raise forms.ValidationError(NO_TEXT)
    return converted, left_out

"""What a draft from a request needs: words that staff choose."""

from django import forms
from django.utils.translation import gettext_lazy as _

from disclosure.backstage.typed import no_control_characters
from disclosure.withheld.step_forms import category_field


class DraftForm(forms.Form):
    """The record of the draft. The words are staff's own: what was asked stays with the request."""

    title = forms.CharField(
        label=_("Title of the draft"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField title"}),
        validators=[no_control_characters],
        help_text=_("Of the information itself; nothing that says who asked, or why."),
    )
    category = category_field()
    document_number = forms.CharField(
        label=_("Document number"),
        max_length=100,
        required=False,
        validators=[no_control_characters],
    )
    date_made = forms.DateField(
        label=_("Date made"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

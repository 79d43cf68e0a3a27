"""What the steps of clean-up rounds ask of staff, as forms, and what they will do, as notes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from disclosure.backstage.steps import ReasonForm
from disclosure.life.round_steps import Decision
from disclosure.publications.step_forms import DateInput


class EndForm(ReasonForm):
    """An end: why, and from which day; the reason stands in the document's public history."""

    ends_on = forms.DateField(
        label=_("No longer in force from"),
        widget=DateInput(),
        required=False,
        help_text=_("Empty: from the day on which the round is closed."),
    )


class KeepForm(forms.Form):
    reason = forms.CharField(label=_("Note"), max_length=300, required=False)


ENTRY_FORMS: dict[str, type[forms.Form]] = {
    Decision.KEEP: KeepForm,
    Decision.AMEND: ReasonForm,
    Decision.REPEAL: EndForm,
    Decision.LAPSE: EndForm,
}
ENTRY_NOTES: dict[str, Any] = {
    Decision.KEEP: _("It stays in force and stands so in the announcement."),
    Decision.AMEND: _(
        "It stays as it is and stands in the announcement as to be amended. Begin its revision "
        "from its own page."
    ),
    Decision.REPEAL: _("It is marked as repealed when the round is closed, not before."),
    Decision.LAPSE: _("It is marked as lapsed when the round is closed, not before."),
}
ROUND_NOTES: dict[str, Any] = {
    "check": _(
        "You have read the decisions and the text of the announcement, and it may be disclosed. "
        "Nothing is decided any more unless the round is opened again."
    ),
    "return": _("Decisions can be changed again; it then has to be checked anew."),
    "close": _(
        "Everything happens at once: what ends is marked, and the announcement is published, "
        "signed off by you. If one document cannot be marked, nothing happens."
    ),
}

"""What each step of a case asks of staff."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.core.citing import cite
from disclosure.core.dates import today
from disclosure.core.errors import Refusal
from disclosure.files import sniff
from requests_app.casework.models import DisclosureRequest, StagedUpload
from requests_app.determination import GROUP_LABELS, OUTCOMES, Group
from requests_app.intake import text
from requests_app.intake.fields import ManyFilesField, ManyFilesInput, TextField
from requests_app.purposes import PURPOSES

LONGEST_ANSWER = 20_000
ACCEPTED = ",".join(
    sorted(f".{ending}" for kind in sniff.FROM_STAFF for ending in sniff.ENDINGS[kind])
)


@dataclass(frozen=True)
class Kept:
    """The files that a form has kept so far under its token, and why others were not."""

    token: str
    staged: Sequence[StagedUpload] = ()
    refused: Sequence[Refusal] = field(default=())


class DayInput(forms.DateInput):
    """The browser's own date field: keyboard and screen reader know it, no script needed."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A legal day, today unless another is typed."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            initial=today,
            input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"],
            error_messages={"invalid": _("Please give a day, for example 2026-02-10.")},
            **kwargs,
        )


class KeptFilesMixin(forms.Form):
    """Files kept under the form's token; with `kept.refused` the form says why some were not."""

    def __init__(self, *args: Any, kept: Kept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept
        self.fields["token"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=kept.token
        )
        self.fields["files"] = ManyFilesField(
            label=_("Files"),
            required=False,
            widget=ManyFilesInput(attrs={"accept": ACCEPTED}),
            help_text=_("Several at once are possible. They are stored encrypted."),
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for refusal in self.kept.refused:
            self.add_error("files", str(refusal))
        return cleaned


def outcome_choices() -> list[tuple[str, Any]]:
    """The rows of table three in their groups, each with its article."""
    groups: dict[Group, list[tuple[str, str]]] = {}
    for row in OUTCOMES.values():
        article = cite(row.article.partition("(")[0])
        label = gettext(row.label)
        if article:
            label = gettext("%(outcome)s (%(article)s)") % {"outcome": label, "article": article}
        groups.setdefault(row.group, []).append((row.key, label))
    return [("", gettext("Please choose"))] + [
        (gettext(GROUP_LABELS[group]), rows) for group, rows in groups.items()
    ]


class AnswerForm(KeptFilesMixin):
    """The answer (答复): outcome, text, legal day, files."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=outcome_choices,
        help_text=_("It decides the row of the annual report's table three."),
        error_messages={"required": _("Please choose the outcome.")},
    )
    text = TextField(
        label=_("Text of the answer"),
        most=LONGEST_ANSWER,
        normalise=text.several_lines,
        help_text=_(
            "As in the letter: what is decided and why, and for a refusal the legal basis and the "
            "remedies (Art. 36, 51). The applicant reads exactly this."
        ),
        widget=forms.Textarea(attrs={"rows": 14, "lang": "zh-Hans"}),
        error_messages={"required": _("The answer needs a text.")},
    )
    answered_on = DayField(
        label=_("Day of the answer"),
        help_text=_("The day on which it goes out: it is compared with the last day."),
    )
    field_order = ["outcome", "text", "answered_on", "files"]


class CloseForm(forms.Form):
    """Closing (办结)."""

    closed_on = DayField(label=_("Closed on"))


class AssignForm(forms.Form):
    """Whose request it is from now on (经办人)."""

    handler = forms.ModelChoiceField(
        label=_("Handler"),
        queryset=User.objects.none(),
        empty_label=_("Please choose"),
        error_messages={
            "invalid_choice": _("This person is not a request handler of this agency.")
        },
    )

    def __init__(self, *args: Any, case: DisclosureRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = rights.holders("requests_app.answer_disclosurerequest", case.agency)
        choices: Any = self.fields["handler"]
        choices.queryset = people.exclude(pk=case.handler_id or 0).order_by("full_name", "username")

    def has_choices(self) -> bool:
        """Whether there is anybody else to give it to."""
        choices: Any = self.fields["handler"]
        return bool(choices.queryset.exists())


class RevealForm(forms.Form):
    """Why the applicant's personal data are to be shown in full."""

    purpose = forms.ChoiceField(
        label=_("What you need it for"),
        choices=lambda: (
            [("", gettext("Please choose"))]
            + [(key, gettext(label)) for key, label in PURPOSES.items()]
        ),
        help_text=_("It is recorded with your name and the time."),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Please say what you need it for.")
        ),
    )

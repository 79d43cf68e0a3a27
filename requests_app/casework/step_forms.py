"""The form of a step, made from the tables of `step_fields`; files chosen in it are kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import RoleAssignment, User
from disclosure.core.dates import today
from disclosure.core.errors import Refusal
from disclosure.files import sniff
from requests_app import uploads
from requests_app.casework.models import DisclosureRequest, StagedUpload
from requests_app.casework.step_fields import (
    DAY_LABELS,
    FIELDS,
    STEP_FIELDS,
    TAKEN_AS,
    TEXT_LABELS,
    DayField,
)
from requests_app.intake.fields import ManyFilesField, ManyFilesInput
from requests_app.lifecycle import TRANSITIONS, Event
from requests_app.lifecycle.transitions import ASSIGN, HANDLE
from requests_app.purposes import PURPOSES

ACCEPTED = ",".join(
    sorted(f".{ending}" for kind in sniff.FROM_STAFF for ending in sniff.ENDINGS[kind])
)


@dataclass(frozen=True)
class Kept:
    """The files that a form has kept so far under its token, and why others were not."""

    token: str
    staged: Sequence[StagedUpload] = ()
    refused: Sequence[Refusal] = field(default=())


def add_files_field(form: forms.Form, kept: Kept) -> None:
    """Files kept under the form's token."""
    form.kept = kept  # type: ignore[attr-defined]
    form.fields["token"] = forms.CharField(
        widget=forms.HiddenInput, required=False, initial=kept.token
    )
    form.fields["files"] = ManyFilesField(
        label=_("Files"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": ACCEPTED}),
        help_text=_("Several at once are possible. They are stored encrypted."),
    )


class StepForm(forms.Form):
    """What a step asks of staff; `given` are the rows that the address names."""

    def __init__(
        self,
        *args: Any,
        case: DisclosureRequest,
        step: str,
        kept: Kept | None = None,
        given: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", given or {})
        super().__init__(*args, **kwargs)
        self.kept = kept
        for name in STEP_FIELDS.get(step, ()):
            if name == "files":
                if kept is not None:
                    add_files_field(self, kept)
                continue
            made = FIELDS[name](case)
            if name == "text" and step in TEXT_LABELS:
                label, hint = TEXT_LABELS[step]
                made.label, made.help_text = str(label), str(hint)
            self.fields[name] = made
        if TRANSITIONS[step].is_dated:
            self.fields["on"] = DayField(label=DAY_LABELS.get(step, _("Legal day")), initial=today)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for refusal in self.kept.refused if self.kept else ():
            self.add_error("files", str(refusal))
        return cleaned


def proposal(case: DisclosureRequest) -> dict[str, Any]:
    """What the handler proposed, for the head to take over or change (Art. 33)."""
    if not case.is_extension_proposed:
        return {}
    event = case.events.filter(kind=Event.EXTENSION_ASKED).select_related("note").last()
    if event is None:
        return {}
    note = getattr(event, "note", None)
    return {"days": event.facts.get("days"), "text": note.text if note else ""}


def as_taken(data: dict[str, Any]) -> dict[str, Any]:
    """What the action takes of a valid form: rows, words, days; the files with their bytes."""
    taken = {}
    for name, value in data.items():
        if name in {"token", "files"} or (name in TAKEN_AS and value in ("", None)):
            continue
        taken[TAKEN_AS.get(name, name)] = value
    if "token" in data:
        taken["uploads"] = [
            uploads.Upload(each.name, uploads.read(each))
            for each in uploads.staged_for(data["token"])
        ]
    return taken


class BulkAssignForm(forms.Form):
    """To whom the chosen requests go; each is judged alone."""

    handler = forms.ModelChoiceField(
        label=_("Handler"), queryset=User.objects.none(), empty_label=_("Please choose")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = RoleAssignment.objects.filter(
            rights.scope(user, ASSIGN), role__in=rights.TABLE[HANDLE]
        )
        choices: Any = self.fields["handler"]
        choices.queryset = User.objects.filter(
            is_active=True, pk__in=roles.values("user")
        ).order_by("full_name", "username")


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

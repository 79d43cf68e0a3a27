"""What each step asks of staff, as a form."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure import grounds
from disclosure.backstage.steps import ConfirmForm, ReasonForm
from disclosure.catalogue.models import Category
from disclosure.core.citing import cite
from disclosure.core.dates import legal_day, now, today
from disclosure.publications import policies, review
from disclosure.publications.lifecycle import TRANSITIONS, State
from disclosure.publications.models import Publication

#: The checklist's fields are named after its questions.
QUESTION = "question_"
#: Pressed in the form of one conclusion, it leads to that of another with the answers given.
CARRY = "carry"
#: The steps that conclude a review.
CONCLUSIONS = ("pass_review", "return_review", "refer", "refuse")


def _opinion(*, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=_("Opinion"),
        max_length=1000,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For colleagues; it stands in the item's record."),
    )


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OpinionForm(forms.Form):
    """A step with which something may be said."""

    opinion = _opinion()


class AnswersForm(forms.Form):
    """The questions of the confidentiality review (Art. 17), as far as they were gone through."""

    must_answer = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in review.CHECKLIST:
            self.fields[f"{QUESTION}{question.key}"] = forms.ChoiceField(
                label=gettext(question.text),
                help_text=cite(question.article),
                required=self.must_answer,
                choices=[
                    ("", "—"),
                    *((key, gettext(text)) for key, text in review.ANSWERS.items()),
                ],
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        cleaned["checklist"] = {
            question.key: cleaned.get(f"{QUESTION}{question.key}", "")
            for question in review.CHECKLIST
        }
        return cleaned


class ChecklistForm(AnswersForm):
    """The review is passed: every question is answered."""

    must_answer = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opinion"] = _opinion()


class ReferredForm(ChecklistForm):
    """The review after the secrecy authority has answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority_answer"] = forms.CharField(
            label=_("The authority's answer"),
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["answered_on"] = forms.DateField(
            label=_("Answered on"), widget=DateInput(), initial=today
        )


class ReferForm(AnswersForm):
    """Asking the secrecy authority where the reviewer is unsure (Art. 17)."""

    authority = forms.CharField(label=_("Authority asked"), max_length=120)
    opinion = _opinion(required=True)


class RefuseForm(AnswersForm):
    """The conclusion that it is not disclosed, on a ground."""

    ground = forms.ChoiceField(label=_("Ground"), choices=[("", "—"), *grounds.CHOICES])
    opinion = _opinion(required=True)


class ReturnReviewForm(AnswersForm, ReasonForm):
    """Back from the review: the reason, and what was answered until then."""


class SignOffForm(forms.Form):
    """The sign-off; what looks too early asks for a reason."""

    opinion = _opinion()

    def __init__(self, *args: Any, obj: Publication | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moment = now()
        goes_out = max((obj.published_at if obj else None) or moment, moment)
        why = policies.early(obj, on=legal_day(goes_out)) if obj else []
        if obj is None or why:
            self.fields["early_reason"] = forms.CharField(
                label=_("Why it is published now"),
                max_length=500,
                required=bool(why),
                help_text=" ".join(why),
                widget=forms.Textarea(attrs={"rows": 2}),
            )


class PublicReasonForm(ReasonForm):
    """A step whose reason the public reads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Stands in the history on the public page.")


class EndsForm(PublicReasonForm):
    """From which day a document is no longer in force."""

    expires_on = forms.DateField(
        label=_("No longer in force from"), widget=DateInput(), initial=today
    )


class ReviseForm(forms.Form):
    """When the information changed: 20 working days run from then (Art. 26)."""

    changed_on = forms.DateField(
        label=_("Changed on"),
        widget=DateInput(),
        initial=today,
        help_text=_("Day on which the information changed; the 20 working days run from it."),
    )

    def clean_changed_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["changed_on"]
        if day > today():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class ReclassifyForm(forms.Form):
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.filter(is_active=True)
    )


class WithdrawForm(PublicReasonForm):
    """The reason stands on the page that is left."""

    tombstone = forms.BooleanField(
        label=_("Leave nothing but the fact and the day"),
        required=False,
        help_text=_("Where the law demands it: neither title nor reason are shown any more."),
    )


def taken_along(form: Any, typed: Mapping[str, str]) -> Any:
    """What makes `form`, not sent yet, with what was typed into the form of another conclusion."""
    initial = {name: text for name, text in typed.items() if name.startswith(QUESTION)}
    initial["opinion"] = initial["reason"] = typed.get("opinion") or typed.get("reason") or ""
    return lambda *_args, **_kwargs: form(initial=initial)


def form_for(obj: Publication | None, step: str) -> Any:
    """What makes the form of a step; without `obj` for many at once."""
    if step == "sign_off":
        return lambda *args, **kwargs: SignOffForm(*args, obj=obj, **kwargs)
    if step == "pass_review" and (obj is None or obj.state != State.REFERRED):
        return ChecklistForm
    found = _FORMS.get(step)
    if found is not None:
        return found
    return ReasonForm if TRANSITIONS[step].needs_reason else ConfirmForm


_FORMS: dict[str, type[forms.Form]] = {
    "check": OpinionForm,
    "pass_review": ReferredForm,
    "refer": ReferForm,
    "refuse": RefuseForm,
    "return_review": ReturnReviewForm,
    "amend": PublicReasonForm,
    "restore": PublicReasonForm,
    "repeal": EndsForm,
    "lapse": EndsForm,
    "revise": ReviseForm,
    "reclassify": ReclassifyForm,
    "withdraw": WithdrawForm,
}

#: What a step will do, for its page.
NOTES: dict[str, Any] = {
    "submit": _("It goes to the first check as it is; while it is there it is not written on."),
    "check": _("The text and the record are right and complete; it goes to the review."),
    "pass_review": _(
        "You have read the text and every attachment, and it may be disclosed. Who wrote it does "
        "not review it, and who reviewed it does not sign it off."
    ),
    "refer": _("It waits until the authority has answered; the Regulation sets no term for that."),
    "refuse": _("It is closed unpublished and comes into the register of what is withheld."),
    "sign_off": _("You answer for exactly this content going out; any change takes it back."),
    "revise": _(
        "You get a copy to write on. The public reads the present version until the revision has "
        "gone the whole way; the present one then stays to be read as an earlier version."
    ),
    "withdraw": _(
        "The public no longer sees it; at its address stands that it was withdrawn. "
        "The record and its history stay."
    ),
    "recall": _("It becomes your draft again and has to be handed in anew."),
    "reopen": _("It becomes a draft, to be mended and to go the whole way anew."),
    "give_up": _("The revision is closed; what is public stays as it is."),
    "repeal": _("It stays to be read and is plainly marked as repealed, from the day you give."),
    "lapse": _("It stays to be read and is plainly marked as lapsed, from the day you give."),
}


def note_for(obj: Publication, step: str) -> str:
    if step == "publish":
        if obj.revises_id:
            return gettext(
                "It takes the place of what is public, which becomes an earlier version."
            )
        if obj.published_at and obj.published_at > now():
            return gettext("It comes out by itself at the moment that its record gives.")
        return gettext("Everyone can read it at once, and it keeps its index number for good.")
    return str(NOTES.get(step, ""))

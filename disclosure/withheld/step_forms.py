"""What the steps of an entry and of a round ask."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from disclosure import grounds
from disclosure.backstage.steps import ReasonForm
from disclosure.backstage.typed import no_control_characters
from disclosure.catalogue.models import Category
from disclosure.core.dates import today
from disclosure.withheld.actions import a_year_after


def _day(label: object, **rest: object) -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type]
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **rest,  # type: ignore[arg-type]
    )


def _words(label: object, most: int, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_control_characters],
    )


class CategoryField(forms.ModelChoiceField):
    """A category in use, indented as it lies in the tree."""

    def label_from_instance(self, obj: Category) -> str:
        return "\u3000" * (obj.depth - 1) + obj.local_name


def category_field() -> CategoryField:
    return CategoryField(
        label=_("Category of the draft"),
        queryset=Category.objects.filter(is_active=True).order_by("path"),
    )


class KeepForm(forms.Form):
    """Ground and next day are confirmed."""

    ground = forms.ChoiceField(label=_("Ground"), choices=grounds.CHOICES)
    look_again_on = _day(_("To be looked at again on"), initial=lambda: a_year_after(today()))
    withheld_until = _day(
        _("Withheld until"),
        required=False,
        help_text=_("Where the reason ends on a known day, which brings it back by itself."),
    )
    note = _words(_("Note"), 500, required=False)


class DiscloseForm(forms.Form):
    category = category_field()
    note = _words(_("Note"), 500, required=False)


class InPartForm(KeepForm):
    """What goes out becomes a draft, the rest stays as after keeping it."""

    category = category_field()
    masked = _words(_("What stays withheld"), 500)
    field_order = ["category", "masked", "ground", "look_again_on", "withheld_until"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        del self.fields["note"]


class FileForm(forms.Form):
    """A filing for the record (备案)."""

    filed_on = _day(_("Day of filing"), initial=today)
    filed_with = forms.CharField(
        label=_("Filed with"),
        max_length=120,
        validators=[no_control_characters],
        help_text=_("The department that takes it for the record."),
    )


class WithholdAgainForm(ReasonForm):
    look_again_on = _day(_("To be looked at again on"), initial=lambda: a_year_after(today()))


#: Step → its form; steps that are not here ask for a reason or for nothing.
FORMS: Mapping[str, type[forms.Form]] = {
    "keep": KeepForm,
    "disclose": DiscloseForm,
    "disclose_in_part": InPartForm,
    "file": FileForm,
    "reopen": WithholdAgainForm,
}
#: What each step will do, in a sentence.
NOTES = {
    "keep": _("It goes on being withheld, with its ground confirmed and a day to look again."),
    "disclose": _(
        "A draft is made with its name, number and date; it takes the way out like any other. The "
        "words for staff do not go along. Should the review refuse it, the entry is back."
    ),
    "disclose_in_part": _(
        "A draft is made of what can be disclosed; the entry stays on the register for the rest."
    ),
    "file": _("The handling is filed with the department for the record; day and recipient stay."),
    "close": _("It is counted no longer and does not come back; the entry and its history stay."),
    "reopen": _("It is on the register again. A draft that was made from it is not touched."),
}

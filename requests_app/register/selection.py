"""Which requests a page of the register lists: a period, and what else is chosen."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from requests_app.casework.choices import ApplicantKind, IntakeChannel
from requests_app.casework.models import OPEN_VALUES, OUTCOME_CHOICES, DisclosureRequest

VIEW = "requests_app.view_register"
#: The order of the register, and of its paging.
ORDER = ("received_on", "id")
FIRST_YEAR = 2008

STANDINGS = {
    "open": (_("Unanswered"), lambda on: Q(state__in=OPEN_VALUES)),
    "overdue": (_("Overdue"), lambda on: Q(state__in=OPEN_VALUES, answer_due__lt=on)),
    "answered": (_("Answered"), lambda on: ~Q(outcome="")),
    "closed": (_("Closed"), lambda on: Q(state="closed")),
}


class _Choice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(getattr(obj, "local_name", obj))


class PeriodForm(forms.Form):
    """From when to when; without a word of it: the year that runs."""

    since = forms.DateField(
        label=_("Received from"), required=False, widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(
        label=_("Received up to"), required=False, widget=forms.DateInput({"type": "date"})
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=2100)

    def __init__(self, data: Any, *, on: dt.date) -> None:
        super().__init__(data or {})
        self.on = on

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first."))
        return cleaned

    def period(self) -> tuple[dt.date, dt.date]:
        """The days that are asked for; days win over the year, a wrong one is as if not given."""
        given = self.cleaned_data if hasattr(self, "cleaned_data") or self.is_valid() else {}
        since, until, year = given.get("since"), given.get("until"), given.get("year")
        if not year and (since or until):
            return since or dt.date(FIRST_YEAR, 1, 1), until or self.on
        year = year or self.on.year
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        return max(since or first, first), min(until or last, last)


class RegisterForm(PeriodForm):
    """What the register is looked through by."""

    agency = _Choice(Agency.objects.none(), label=_("Agency"), required=False)
    standing = forms.ChoiceField(label=_("Standing"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of applicant"), required=False, choices=[("", "–"), *ApplicantKind.choices]
    )
    channel = forms.ChoiceField(
        label=_("Came in"), required=False, choices=[("", "–"), *IntakeChannel.choices]
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", "–"), *OUTCOME_CHOICES]
    )
    handler = _Choice(User.objects.none(), label=_("Handler"), required=False)

    def __init__(self, data: Any, *, user: User, on: dt.date) -> None:
        super().__init__(data, on=on)
        self.user = user
        fields: dict[str, Any] = self.fields
        fields["agency"].queryset = rights.agencies(user, VIEW).order_by("path")
        fields["handler"].queryset = User.objects.filter(
            pk__in=all_rows(user).exclude(handler=None).values("handler")
        ).order_by("full_name", "username")
        fields["standing"].choices = [
            ("", "–"),
            *((name, label) for name, (label, _condition) in STANDINGS.items()),
        ]

    def rows(self) -> QuerySet[DisclosureRequest]:
        """The requests chosen; what is wrong in the form is said there and left out here."""
        self.is_valid()
        given = self.cleaned_data
        rows = all_rows(self.user).filter(received_on__range=self.period())
        for field, name in (
            ("agency", "agency"),
            ("handler", "handler"),
            ("applicant_kind", "kind"),
            ("intake_channel", "channel"),
            ("outcome", "outcome"),
        ):
            if given.get(name):
                rows = rows.filter(**{field: given[name]})
        if given.get("standing"):
            rows = rows.filter(STANDINGS[given["standing"]][1](self.on))
        return rows


def all_rows(user: User) -> QuerySet[DisclosureRequest]:
    """Every request in the registers that `user` may read; a restricted one only if named."""
    rows: Any = DisclosureRequest.objects.filter(rights.scope(user, VIEW))
    opened: QuerySet[DisclosureRequest] = rows.open_to(user)
    return opened

"""Who saw an applicant's identity or opened files, when and what for: the audit trail, for the
auditor."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.audit import verbs
from disclosure.audit.models import AuditEntry
from disclosure.core.dates import day_after, start_of
from requests_app.register.selection import PeriodForm
from requests_app.verbs import purpose_label

VIEW = "disclosure.view_auditentry"
#: What shows somebody's data to a member of staff.
VERBS = (
    "request.identity_seen",
    "request.file_opened",
    "casefile.downloaded",
    "casefile.slip_shown",
    "register.downloaded",
)
ORDER = ("at", "id")


class AccessForm(PeriodForm):
    """Whose looks, at which request, when."""

    who = forms.CharField(label=_("Who: name or user name"), required=False, max_length=60)
    number = forms.CharField(label=_("Number of the request"), required=False, max_length=32)
    verb = forms.ChoiceField(label=_("What"), required=False)

    def __init__(self, data: Any, *, user: User, on: dt.date) -> None:
        super().__init__(data, on=on)
        self.user = user
        self.fields["since"].label = _("From")
        self.fields["until"].label = _("Up to")
        fields: dict[str, Any] = self.fields
        fields["verb"].choices = [
            ("", "–"),
            *((verb, verbs.deed_label(verb)) for verb in VERBS),
        ]

    def rows(self) -> QuerySet[AuditEntry]:
        """The looks at agencies whose trail the person reads."""
        self.is_valid()
        given = self.cleaned_data
        first, last = self.period()
        rows = AuditEntry.objects.filter(
            rights.scope(self.user, VIEW),
            verb__in=[given["verb"]] if given.get("verb") else VERBS,
            at__gte=start_of(first),
            at__lt=start_of(day_after(last)),
        )
        if who := given.get("who", "").strip():
            people = User.objects.filter(Q(username=who) | Q(full_name__contains=who))
            rows = rows.filter(actor__in=people)
        if number := given.get("number", "").strip().upper():
            rows = rows.filter(target_label=number)
        return rows.select_related("actor", "agency")


@dataclass(frozen=True)
class Look:
    """One entry, ready to show."""

    entry: AuditEntry
    what: str
    purpose: str


def look(entry: AuditEntry) -> Look:
    purpose = entry.facts.get("purpose")
    return Look(entry, str(verbs.deed_label(entry.verb)), purpose_label(purpose) if purpose else "")

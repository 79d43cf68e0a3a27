"""The register of publishing (发布台账): every version that went out, with who passed it.

What came in under a blanket sign-off was published elsewhere before: it is not timed.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.catalogue.models import Category
from disclosure.core.dates import day_after, legal_day, start_of
from disclosure.publications.models import Publication
from disclosure.publications.presenting import minute_text
from disclosure.publications.timeliness import TERM, is_late, workdays_taken
from disclosure.publications.trail import SignOff
from disclosure.workdays.calendar import WorkdayCalendar

VIEW = "disclosure.view_publication"
ORDER = ("version_at", "id")
FIRST_YEAR = 1900
#: Rows that are looked at for the figures, and that one file holds.
MOST = 20_000
_PEOPLE = (
    "created_by",
    "published_by",
    "sign_off__reviewed_by",
    "sign_off__signed_by",
)
COLUMNS: tuple[tuple[str, Any, int], ...] = (
    ("index_number", _("index number"), 18),
    ("title", _("title"), 44),
    ("document_number", _("document number"), 18),
    ("agency", _("agency"), 24),
    ("category", _("category"), 16),
    ("date_made", _("date made"), 12),
    ("out_at", _("published at"), 17),
    ("version", _("version"), 8),
    ("written_by", _("author"), 12),
    ("reviewed_by", _("reviewed by"), 12),
    ("signed_by", _("signed off by"), 12),
    ("published_by", _("published by"), 12),
    ("state", _("state"), 10),
    ("taken", _("working days taken"), 10),
    ("note", _("note"), 30),
)


@dataclass(frozen=True)
class Line:
    """A version that went out; texts ready to show."""

    key: int
    cells: tuple[Any, ...]
    is_late: bool
    is_early: bool


class RegisterForm(forms.Form):
    """A period, an agency and a category with those below them, only what was late."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("agency"), required=False, empty_label=_("All")
    )
    category = forms.ModelChoiceField(
        Category.objects.order_by("path"), label=_("category"), required=False, empty_label=_("All")
    )
    since = forms.DateField(
        label=_("Published from"), required=False, widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(
        label=_("Published up to"), required=False, widget=forms.DateInput({"type": "date"})
    )
    late = forms.BooleanField(label=_("Only what was late"), required=False)

    def __init__(self, data: Any, *, user: User, on: dt.date) -> None:
        super().__init__(data or {}, label_suffix="")
        self.user, self.on = user, on
        agencies: Any = self.fields["agency"]
        agencies.queryset = rights.agencies(user, VIEW).order_by("path")
        for name in ("agency", "category"):
            field: Any = self.fields[name]
            field.label_from_instance = lambda one: "\u3000" * (one.depth - 1) + one.local_name

    def period(self) -> tuple[dt.date, dt.date]:
        """The days asked for; without a word of it the year that runs."""
        self.is_valid()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        first = since or (dt.date(FIRST_YEAR, 1, 1) if until else self.on.replace(month=1, day=1))
        return first, until or self.on

    def rows(self) -> QuerySet[Publication]:
        """The versions of the period that the person may see."""
        since, until = self.period()
        found = Publication.objects.filter(
            rights.scope(self.user, VIEW),
            version__gt=0,
            version_at__gte=start_of(since),
            version_at__lt=start_of(day_after(until)),
        )
        for name in ("agency", "category"):
            chosen = self.cleaned_data.get(name)
            if chosen is not None:
                found = found.filter(**{f"{name}__path__startswith": chosen.path})
        return found


@dataclass(frozen=True)
class Figures:
    """What a period adds up to; `is_capped`: only the newest were looked at."""

    count: int
    timed: int
    late: int
    early: int
    late_keys: tuple[int, ...]
    is_capped: bool

    @property
    def on_time_share(self) -> str:
        return f"{(self.timed - self.late) * 100 // self.timed}%" if self.timed else "–"


def figures(rows: QuerySet[Publication], calendar: WorkdayCalendar) -> Figures:
    """How many, how many late and early; one query over at most MOST rows."""
    found = list(
        rows.order_by("-version_at", "-id")
        .annotate(runs_from=Coalesce("changed_on", "date_made"))
        .values_list("pk", "runs_from", "version_at", "sign_off__is_blanket", "sign_off__note")[
            : MOST + 1
        ]
    )
    looked_at = found[:MOST]
    late, timed, early = [], 0, 0
    for key, runs_from, out_at, is_blanket, note in looked_at:
        if is_blanket:
            continue
        taken = workdays_taken(runs_from, legal_day(out_at), calendar) if out_at else None
        timed += taken is not None
        early += bool(note)
        if is_late(taken):
            late.append(key)
    return Figures(len(looked_at), timed, len(late), early, tuple(late), len(found) > MOST)


def late_between(
    agency: Agency, start: dt.date, end: dt.date, calendar: WorkdayCalendar
) -> tuple[int, int]:
    """Of what the agency itself published from `start` to `end`: (late, timed)."""
    rows = Publication.objects.filter(
        agency=agency,
        version__gt=0,
        version_at__gte=start_of(start),
        version_at__lt=start_of(day_after(end)),
    )
    found = figures(rows, calendar)
    return found.late, found.timed


def with_everything(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    return rows.select_related("agency", "category", "sign_off", *_PEOPLE).defer("body")


def lines(rows: Iterable[Publication], calendar: WorkdayCalendar) -> Iterator[Line]:
    """The rows, which have `with_everything`, as they are shown and written."""
    for one in rows:
        sign_off, out_at = one.sign_off, one.version_at
        is_blanket = sign_off is None or sign_off.is_blanket
        taken = None
        if not is_blanket and out_at is not None:
            taken = workdays_taken(one.changed_on or one.date_made, legal_day(out_at), calendar)
        note = sign_off.note if sign_off is not None else ""
        yield Line(
            key=one.pk,
            cells=(
                one.index_number,
                one.title,
                one.document_number,
                one.agency.local_name,
                one.category.local_name,
                one.date_made.isoformat() if one.date_made else "",
                minute_text(out_at),
                one.version,
                str(one.created_by or "–"),
                str((sign_off and sign_off.reviewed_by) or "–"),
                _signer(sign_off),
                str(one.published_by or "–"),
                one.get_state_display(),
                _said(taken, is_blanket=is_blanket),
                note,
            ),
            is_late=is_late(taken),
            is_early=bool(note) and not is_blanket,
        )


def _signer(sign_off: SignOff | None) -> str:
    """Who signed; that it was for all of an import at once is said with it."""
    name = str((sign_off and sign_off.signed_by) or "–")
    if sign_off is None or not sign_off.is_blanket:
        return name
    return gettext("%(name)s (blanket sign-off of an import)") % {"name": name}


def _said(taken: int | None, *, is_blanket: bool) -> str:
    """Late is said in words, never by colour alone."""
    if is_blanket:
        return gettext("taken over")
    if taken is None:
        return "–"
    if is_late(taken):
        return gettext("%(days)d, %(over)d over") % {"days": taken, "over": taken - TERM}
    return str(taken)

"""The reports on a year of all agencies below, for the superior agency's reader: how far each is,
its figures, and what stands out. Page and CSV ask here; five queries, however many agencies."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.db.models import Max, Min, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.core.dates import legal_day
from disclosure.reports import across, due, reminding
from disclosure.reports.lifecycle import State
from disclosure.reports.models import AnnualReport
from disclosure.reports.reading import FIRST_YEAR
from disclosure.reports.tables.cells import Cell, Cells
from disclosure.reports.tables.forms import FORMS, REMEDIES, REQUESTS
from disclosure.reports.tables.shapes import TOTAL, Form, Place
from disclosure.reports.trail import ReportEdition
from disclosure.reports.worklist import VIEW

NOT_BEGUN: Final = "none"
CORRECTING: Final = "correcting"
#: How far a report is; the page's filter offers them.
STANDINGS: Final[dict[str, str | Promise]] = {
    NOT_BEGUN: _("not begun"),
    **{state.value: state.label for state in State},
    CORRECTING: _("Published, being corrected"),
}
#: The figures shown for each agency.
KEY_FIGURES: Final[tuple[tuple[str | Promise, tuple[Place, ...]], ...]] = (
    (_("Received"), (Place(REQUESTS, "new", TOTAL),)),
    (_("Processed"), (Place(REQUESTS, "processed_total", TOTAL),)),
    (_("Carried over"), (Place(REQUESTS, "carried_out", TOTAL),)),
    (_("Reconsiderations"), (Place(REMEDIES, "reconsideration", TOTAL),)),
    (
        _("Lawsuits"),
        (
            Place(REMEDIES, "litigation_direct", TOTAL),
            Place(REMEDIES, "litigation_after_reconsideration", TOTAL),
        ),
    ),
)


@dataclass(frozen=True)
class Content:
    """The tables of a report that can be looked into."""

    form: Form
    tables: Any

    @classmethod
    def of(cls, form: str, tables: Any) -> "Content | None":
        declared = FORMS.get(form)
        return cls(declared, tables) if declared else None

    @cached_property
    def cells(self) -> Cells:
        return across.outlined(self.form, self.tables)


@dataclass
class Row:
    """An agency below with its report on the year, if there is one.

    `left`: calendar days to the day it is due, while it is not public; None for what is public
    or not owed. `content` is what is public, else what was submitted to the superior agency.
    """

    agency: Agency
    standing: str
    due_on: dt.date | None
    left: int | None
    report: int | None = None
    published_on: dt.date | None = None
    content: Content | None = None
    before: Content | None = None
    median: Cells | None = None
    reminded_on: dt.date | None = None
    may_remind: bool = False

    @property
    def is_late(self) -> bool:
        return self.left is not None and self.left < 0

    @property
    def kind(self) -> tuple[str, str]:
        """Agencies of one kind and level are held against each other."""
        return self.agency.kind, self.agency.level

    @property
    def figures(self) -> list[Cell]:
        """KEY_FIGURES; blank where the report leaves them so."""
        if self.content is None:
            return [None] * len(KEY_FIGURES)
        cells = self.content.cells
        return [_sum([cells[place] for place in places]) for _name, places in KEY_FIGURES]

    @cached_property
    def findings(self) -> across.Findings | None:
        if self.content is None:
            return None
        before = (self.before.form, self.before.tables) if self.before else None
        return across.findings(self.content.form, self.content.tables, before, self.median)


def _sum(cells: list[Cell]) -> Cell:
    numbers = [cell for cell in cells if cell is not None and not isinstance(cell, str)]
    return sum(numbers[1:], numbers[0]) if numbers else cells[0]


def reach(user: User, *, prefix: str = "agency") -> Q:
    """Agencies below one whose reports `user` reads with those below it, that one left out."""
    return rights.scope_below(user, VIEW, prefix=prefix)


def reads_below(user: User) -> bool:
    """Whether there can be agencies below whose reports `user` reads."""
    return rights.reaches_below(user, VIEW)


def years(user: User, on: dt.date) -> list[int]:
    """The years to choose from, the latest first: from the oldest report there is to the newest,
    the one awaited among them. One query."""
    last = due.last_year(on)
    found = AnnualReport.objects.filter(reach(user)).aggregate(first=Min("year"), last=Max("year"))
    first = max(FIRST_YEAR, min(found["first"] or last, last))
    return list(range(max(found["last"] or last, last), first - 1, -1))


def rows(user: User, year: int, on: dt.date) -> list[Row]:
    """Every agency below that owes a report on `year` or has one, in the order of the tree."""
    reports = {
        report["agency_id"]: report
        for report in AnnualReport.objects.filter(reach(user), year=year).values(
            *("pk", "agency_id", "state", "form", "tables", "edition_id", "published_at"),
            *("edition__form", "edition__content__tables", "edition__content__previous"),
        )
    }
    owing = Q(is_active=True) & ~Q(kind__in=due.EXEMPT)
    agencies = list(
        Agency.objects.filter(reach(user, prefix=""))
        .filter(owing | Q(pk__in=reports))
        .order_by("path")
        .only("code", "name", "name_en", "kind", "level", "path", "depth", "is_active")
    )
    before = _published(user, year - 1)
    reminded = reminding.latest_days(agencies)
    made = [_row(agency, reports.get(agency.pk), year, on) for agency in agencies]
    for row in made:
        row.before = before.get(row.agency.pk) or row.before
        row.reminded_on = reminded.get(row.agency.pk)
        row.may_remind = not reminding.why_not(
            row.agency,
            year,
            actor=user,
            on=on,
            is_public=row.published_on is not None,
            last=row.reminded_on,
        )
    return _with_medians(made)


def _row(agency: Agency, report: dict[str, Any] | None, year: int, on: dt.date) -> Row:
    day = due.due_on(year, agency.kind) if agency.is_active else None
    left = (day - on).days if day else None
    if report is None:
        return Row(agency, NOT_BEGUN, day, left)
    if not report["edition_id"]:
        seen = report["state"] == State.SUBMITTED
        content = Content.of(report["form"], report["tables"]) if seen else None
        return Row(agency, report["state"], day, left, report["pk"], content=content)
    content = Content.of(report["edition__form"], report["edition__content__tables"])
    previous = report["edition__content__previous"]
    return Row(
        agency,
        State.PUBLISHED.value if report["state"] == State.PUBLISHED else CORRECTING,
        day,
        None,
        report["pk"],
        legal_day(report["published_at"]),
        content,
        Content.of(report["edition__form"], previous) if previous else None,
    )


def _published(user: User, year: int) -> dict[int, Content]:
    """The public tables on `year` of the agencies below."""
    out = AnnualReport.objects.filter(reach(user), year=year)
    found = ReportEdition.objects.of(out)
    contents = {
        agency: Content.of(form, tables)
        for agency, form, tables in found.order_by().values_list(
            "report__agency_id", "form", "content__tables"
        )
    }
    return {agency: content for agency, content in contents.items() if content is not None}


def _with_medians(made: list[Row]) -> list[Row]:
    found = across.medians((row.kind, row.content.cells) for row in made if row.content)
    for row in made:
        if row.content:
            row.median = found.get((row.kind, row.content.form.key))
    return made


def chosen(
    made: Iterable[Row], *, standing: str = "", late: bool = False, outliers: bool = False
) -> list[Row]:
    """The rows that pass every filter; `outliers`: with anything that stands out."""
    return [
        row
        for row in made
        if standing in ("", row.standing)
        and (not late or row.is_late)
        and (not outliers or row.findings)
    ]

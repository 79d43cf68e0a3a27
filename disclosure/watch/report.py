"""The column watch as rows: a column of an agency, or its front page; page, panel and CSV ask here.

The last publication is looked up for each planned pair alone, along the index (agency, category,
published_at): what it costs grows with the plans and not with the publications.
"""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext, ngettext

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.catalogue.models import Category
from disclosure.core.dates import legal_day
from disclosure.publications.importing.cells import guarded
from disclosure.publications.models import Publication
from disclosure.watch import rules, sources
from disclosure.watch.models import ColumnPlan
from disclosure.watch.rules import Look, Standing

VIEW = "disclosure.view_columnplan"
#: The worst on top.
_ORDER = [Standing.EMPTY, Standing.STALE, Standing.BEGUN, Standing.SOON, Standing.CURRENT]


@dataclass(frozen=True)
class Column:
    """A watched column, or with no `category` the agency's front page."""

    agency: Agency
    category: Category | None
    period: int | None
    last: dt.date | None
    look: Look
    office: str = ""
    plan: int | None = None

    @property
    def name(self) -> str:
        return self.category.local_name if self.category else gettext("Front page, all columns")

    @property
    def said(self) -> str:
        """How it stands, in words with the days."""
        word = gettext(rules.WORDS[self.look.standing])
        left = self.look.left
        if left is None:
            return word
        if left < 0:
            over = ngettext("%(n)d day over", "%(n)d days over", -left) % {"n": -left}
            return f"{word} · {over}"
        rest = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
        return f"{word} · {rest}"


def reach(user: User, *, own: bool = False) -> Q:
    """The agencies whose columns `user` may look at, for `agency`; `own`: only those at which the
    role itself is held, without the agencies below."""
    condition = rights.scope(user, VIEW)
    if own:
        held = [one.agency_id for one in rights.holdings(user)]
        condition &= Q(agency__in=held)
    return condition


def columns(condition: Q, *, at: dt.datetime) -> list[Column]:
    """The planned columns and front pages of the agencies that `condition` (on plans) reaches,
    the worst on top; two queries."""
    on = legal_day(at)
    visible = Publication.objects.visible_to_public(at)
    of_column = visible.filter(agency=OuterRef("agency"), category=OuterRef("category"))
    plans = (
        ColumnPlan.objects.filter(condition, agency__is_active=True)
        .select_related("agency", "category", "office")
        .annotate(last=Subquery(of_column.order_by("-published_at").values("published_at")[:1]))
    )
    found = [
        Column(
            agency=plan.agency,
            category=plan.category,
            period=plan.period_days,
            last=(last := legal_day(plan.last) if plan.last else None),
            look=rules.look(on, last, plan.period_days, plan.since),
            office=plan.office.name if plan.office else "",
            plan=plan.pk,
        )
        for plan in plans
    ]
    of_agency = visible.filter(agency=OuterRef("pk"))
    reached = ColumnPlan.objects.filter(condition, agency=OuterRef("pk"))
    agencies: QuerySet[Agency] = Agency.objects.filter(Exists(reached), is_active=True).annotate(
        last=Subquery(of_agency.order_by("-published_at").values("published_at")[:1])
    )
    for agency in agencies:
        moment = agency.last
        last = legal_day(moment) if moment else None
        look = rules.look(on, last, rules.FRONT_PAGE)
        found.append(Column(agency, None, rules.FRONT_PAGE, last, look))
    return sorted(found, key=_place)


def _place(column: Column) -> tuple[int, int, str, str]:
    left = column.look.left
    category = column.category.path if column.category else ""
    return (
        _ORDER.index(column.look.standing),
        left if left is not None else 0,
        column.agency.path,
        category,
    )


@dataclass(frozen=True)
class Figure:
    """What another room knows: a number for each column that has any, and the agencies' sums,
    in which columns without a plan count too."""

    source: sources.Source
    columns: sources.Columns
    agencies: Counter[int]

    def of(self, column: Column) -> int:
        """The column's number; at the front page, the agency's."""
        if column.category is None:
            return self.agencies[column.agency.pk]
        return self.columns.get((column.agency.pk, column.category.pk), 0)


def figures(agencies: Collection[int]) -> list[Figure]:
    """What the other rooms know about these agencies; a query for each source."""
    found = []
    for source in sources.sources():
        columns, sums = source.count(agencies), Counter[int]()
        for (agency, _category), number in columns.items():
            sums[agency] += number
        found.append(Figure(source, columns, sums))
    return found


def as_csv(found: Iterable[Column]) -> bytes:
    """The report for spreadsheets, which run none of it (UTF-8 with its mark)."""
    listed = list(found)
    beside = figures({column.agency.pk for column in listed})
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(
        [
            gettext("agency"),
            gettext("code"),
            gettext("column"),
            gettext("responsible office"),
            gettext("period (days)"),
            gettext("last publication"),
            gettext("days since"),
            gettext("standing"),
            *(guarded(str(figure.source.label)) for figure in beside),
        ]
    )
    for column in listed:
        cells = [
            column.agency.local_name,
            column.agency.code,
            column.name,
            column.office,
            _number(column.period),
            column.last.isoformat() if column.last else "",
            _number(column.look.days),
            gettext(rules.WORDS[column.look.standing]),
            *(_number(figure.of(column)) for figure in beside),
        ]
        writer.writerow([guarded(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _number(value: int | None) -> str:
    return "" if value is None else str(value)

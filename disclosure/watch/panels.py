"""The start page's panel: the person's own columns that are empty, stale, or soon will be."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.backstage.panels import ROWS, Panel, Row, register
from disclosure.core.dates import now
from disclosure.watch import report
from disclosure.watch.models import ColumnPlan
from disclosure.watch.report import Column, Figure

WATCH = "admin:disclosure_columnplan_watch"
#: Who is told on the start page: those who write, publish or answer for it.
_ACTS = (
    "disclosure.change_publication",
    "disclosure.publish_publication",
    "disclosure.change_columnplan",
)


def row_of(column: Column, figures: Iterable[Figure] = ()) -> Row:
    """A column as something to do; it leads to what is published in it. Its note says what other
    rooms know of it."""
    notes = [_("last publication") + f" {column.last.isoformat()}"] if column.last else []
    notes += [f"{one.source.label} {number}" for one in figures if (number := one.of(column))]
    url = reverse("admin:disclosure_publication_changelist")
    query = f"?agency__id__exact={column.agency.pk}"
    if column.category is not None:
        query += f"&category__id__exact={column.category.pk}"
    return Row(
        label=column.name,
        url=f"{url}{query}",
        level=column.look.level,
        word=column.said,
        note=" · ".join(notes),
        agency=column.agency.local_name,
    )


def columns(user: User) -> Panel | None:
    """What is not green at the agencies where the person holds a role; two queries."""
    if not any(rights.allows(user, action) for action in _ACTS):
        return None
    if not rights.allows(user, report.VIEW) or not _has_plans(user):
        return None
    rows = [
        row_of(column)
        for column in report.columns(report.reach(user, own=True), at=now())
        if column.look.level != "green"
    ]
    if not rows:
        return None
    return Panel(
        key="columns",
        title=_("Columns to be updated"),
        rows=rows[:ROWS],
        count=len(rows),
        url=f"{reverse(WATCH)}?level=open",
    )


def _has_plans(user: User) -> bool:
    return ColumnPlan.objects.filter(report.reach(user, own=True)).exists()


register("columns", columns, order=28)

"""The start page's panels on annual reports; the due page shows the same rows."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.backstage.panels import Panel, Row, panel_of, register
from disclosure.core.dates import legal_day, today
from disclosure.reports import due, reminding, worklist
from disclosure.reports.models import CONTENT, AnnualReport
from disclosure.reports.worklist import STANDINGS, WRITE

LIST = "admin:disclosure_annualreport_changelist"
DUE = "admin:disclosure_annualreport_due"
#: The draft that there is of the report that a reminder is about.
REPORT_OF = Subquery(
    AnnualReport.objects.filter(agency=OuterRef("agency"), year=OuterRef("year"))
    .order_by()
    .values("pk")[:1]
)


def _draft_row(report: AnnualReport) -> Row:
    return Row(
        label=report.title,
        url=reverse("admin:disclosure_annualreport_change", args=[report.pk]),
        word=str(report.year),
        agency=report.agency.local_name,
    )


def _drafts(name: str, user: User) -> Panel | None:
    rows = worklist.standing(name, user).select_related("agency").defer(*CONTENT)
    url = f"{reverse(LIST)}?standing={name}"
    return panel_of(f"reports-{name}", STANDINGS[name], rows, _draft_row, url)


def panel_for(name: str) -> Callable[[User], Panel | None]:
    """What waits for a person of one of STANDINGS; None for who never has such."""

    def panel(user: User) -> Panel | None:
        return _drafts(name, user) if rights.allows(user, worklist.right_of(name)) else None

    return panel


def awaited(user: User) -> Panel | None:
    """The person's own agencies without a public report on the last year (Art. 49); the due
    page has those below too."""
    if not worklist.concerns(user):
        return None
    on = today()
    year = due.last_year(on)
    return panel_of(
        "reports-due",
        title(year),
        worklist.missing(user, year, own=True),
        lambda agency: row_of(agency, user, year, on),
        reverse(DUE),
    )


def reminded(user: User) -> Panel | None:
    """That an agency above asks for the report of one of the person's own agencies."""
    if not rights.allows(user, worklist.VIEW):
        return None
    rows = reminding.open_for(user).select_related("agency", "by").annotate(report=REPORT_OF)
    return panel_of(
        "reports-reminded",
        _("The superior agency asks for the annual report"),
        rows,
        lambda reminder: _reminder_row(reminder, user),
        reverse(DUE),
    )


def _reminder_row(reminder: Any, user: User) -> Row:
    agency, year = reminder.agency, reminder.year
    agency.report = reminder.report
    said = gettext("asked for on %(day)s by %(who)s") % {
        "day": date_format(legal_day(reminder.at), "Y-m-d"),
        "who": reminder.by or gettext("the system"),
    }
    return Row(
        label=f"{agency.name} {year}",
        url=_where_to(agency, user, year),
        level="red",
        word=_("reminded"),
        note=f"{said}: {reminder.note}" if reminder.note else said,
    )


def title(year: int) -> str:
    return gettext("Annual reports on %(year)d not published yet (Art. 49)") % {"year": year}


def row_of(agency: Any, user: User, year: int, on: dt.date) -> Row:
    """An agency of `worklist.missing`: its day, what there is, and where to go on."""
    day = due.due_on(year, agency.kind)
    assert day is not None  # noqa: S101  (`missing` leaves the exempt out)
    left = (day - on).days
    return Row(
        label=agency.name,
        url=_where_to(agency, user, year),
        level=due.level(left),
        word=_said(left),
        note=gettext("due %(day)s, %(state)s")
        % {
            "day": date_format(day, "Y-m-d"),
            "state": _("draft") if agency.report else _("not begun"),
        },
    )


def _where_to(agency: Any, user: User, year: int) -> str:
    """The draft; else the form for a new one, for who may write it; else the agency's reports."""
    if agency.report:
        return reverse("admin:disclosure_annualreport_change", args=[agency.report])
    if rights.allows(user, WRITE, agency):
        query = urlencode({"agency": agency.pk, "year": year})
        return f"{reverse('admin:disclosure_annualreport_add')}?{query}"
    return f"{reverse(LIST)}?{urlencode({'agency__id__exact': agency.pk})}"


def _said(left: int) -> str:
    if left == 0:
        return gettext("due today")
    if left > 0:
        return ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    return ngettext("%(n)d day over", "%(n)d days over", -left) % {"n": -left}


register("reports-reminded", reminded, order=24)
register("reports-due", awaited, order=25)
for _place, _name in enumerate(("submitted", "waiting", "approve", "check")):
    register(f"reports-{_name}", panel_for(_name), order=33 + _place)
register("reports-drafts", panel_for("drafts"), order=42)

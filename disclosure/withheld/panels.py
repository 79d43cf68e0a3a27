"""The start page's panels on what is withheld."""

import datetime as dt

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.backstage.panels import Level, Panel, Row, panel_of, register
from disclosure.core.dates import today
from disclosure.withheld import worklist
from disclosure.withheld.lifecycle import BEGIN, DECIDE
from disclosure.withheld.models import ReassessmentRound, WithheldItem
from disclosure.withheld.worklist import STANDINGS, WRITE
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.store import current_calendar

LIST = "admin:disclosure_withhelditem_changelist"
ITEM = "admin:disclosure_withhelditem_change"
ROUNDS = "admin:disclosure_reassessmentround_changelist"
ROUND = "admin:disclosure_reassessmentround_change"


def level(day: dt.date, on: dt.date, calendar: WorkdayCalendar) -> Level:
    """Red past its day, amber from 20 working days before."""
    if day < on:
        return "red"
    return "amber" if day <= calendar.add_workdays(on, worklist.AHEAD) else "green"


def due(user: User) -> Panel | None:
    """What comes back by itself, for who decides on it."""
    if not rights.allows(user, DECIDE):
        return None
    on, calendar = today(), current_calendar()

    def row(item: WithheldItem) -> Row:
        return Row(
            label=str(item),
            url=reverse(ITEM, args=[item.pk]),
            level=level(item.due_on, on, calendar),
            word=gettext("since %(day)s") % {"day": date_format(item.due_on, "Y-m-d")}
            if item.due_on < on
            else date_format(item.due_on, "Y-m-d"),
            note=str(item.get_ground_display()),
            agency=item.agency.local_name,
        )

    rows = worklist.standing("due", user, calendar).select_related("agency").defer("summary")
    return panel_of("withheld-due", STANDINGS["due"], rows, row, f"{reverse(LIST)}?standing=due")


def rounds(user: User) -> Panel | None:
    """Rounds that are not closed, for who runs them."""
    if not rights.allows(user, BEGIN):
        return None
    on, calendar = today(), current_calendar()

    def row(round_: ReassessmentRound) -> Row:
        left: int = round_.left  # type: ignore[attr-defined]
        return Row(
            label=round_.title,
            url=reverse(ROUND, args=[round_.pk]),
            level=level(round_.due_on, on, calendar),
            word=date_format(round_.due_on, "Y-m-d"),
            note=ngettext("%(n)d not decided", "%(n)d not decided", left) % {"n": left},
            agency=round_.agency.local_name,
        )

    rows = worklist.open_rounds(user).select_related("agency")
    return panel_of("withheld-rounds", _("Rounds of re-assessment"), rows, row, reverse(ROUNDS))


def drafts(user: User) -> Panel | None:
    """Drafts that a re-assessment has made, for who writes them."""
    if not rights.allows(user, WRITE):
        return None

    def row(item: WithheldItem) -> Row:
        return Row(
            label=str(item),
            url=reverse("admin:disclosure_publication_change", args=[item.draft_id]),
            word=str(item.get_state_display()),
            agency=item.agency.local_name,
        )

    rows = worklist.standing("drafts", user).select_related("agency").defer("summary")
    return panel_of(
        "withheld-drafts", STANDINGS["drafts"], rows, row, f"{reverse(LIST)}?standing=drafts"
    )


register("withheld-due", due, order=34)
register("withheld-rounds", rounds, order=35)
register("withheld-drafts", drafts, order=44)

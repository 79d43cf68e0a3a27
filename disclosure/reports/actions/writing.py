"""Writing a report: a new one, and changes to a draft."""

import datetime as dt
import re
from typing import Any

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import Conflict, NotPossible, Refusal
from disclosure.reports import messages, policies
from disclosure.reports.figuring import Adjusted, Grounds
from disclosure.reports.lifecycle import WRITE, State
from disclosure.reports.models import AnnualReport
from disclosure.reports.reading.contract import checked_figures, checked_sections
from disclosure.reports.tables.shapes import Place
from disclosure.reports.trail import CellAdjustment

ADD = "disclosure.add_annualreport"
#: What an edit cannot touch.
_OF_THE_STEPS = ("state", "published_at", "edition_id", "open_from", "content_hash", "approved_by")


@transaction.atomic
def create(*, actor: User | None, report: AnnualReport, at: dt.datetime | None = None) -> None:
    """Store a new draft; one with tables has every cell of its form, still blank."""
    rights.require(actor, ADD, report)
    report.state, report.published_at, report.edition = State.DRAFT, None, None
    report.content_hash, report.contributors = "", []
    prepare(report, at or now())
    write(report)
    save(report, actor)
    record(actor, "annualreport.created", report, year=report.year)


@transaction.atomic
def update(
    *, actor: User | None, report: AnnualReport, reason: str = "", at: dt.datetime | None = None
) -> None:
    """Store the changed content of a draft; where nothing differs, nothing is written.

    Both the agency it had and the agency it gets must be the actor's.
    """
    stored = locked(report)
    for one in (stored, report):
        rights.require(actor, WRITE, one)
    records.refuse_if(policies.why_not_write(stored))
    if stored.edition_id is not None and report.title.strip() != stored.title:
        raise refuse(messages.TITLE_FIXED, "title")
    for name in _OF_THE_STEPS:
        setattr(report, name, getattr(stored, name))
    prepare(report, at or now())
    if not records.changes(stored, report, skip=("contributors",)):
        return
    save(report, actor, reason)
    record(actor, "annualreport.changed", report, year=report.year, reason=reason)


def locked(report: AnnualReport) -> AnnualReport:
    """The row as it is now, locked until the transaction ends."""
    found = AnnualReport.objects.select_for_update(of=("self",)).select_related("agency")
    return found.get(pk=report.pk)


def prepare(report: AnnualReport, moment: dt.datetime) -> None:
    """Clean the content, or refuse it with every reason."""
    report.title = re.sub(r"\s+", " ", report.title).strip()
    report.lead = report.lead.replace("\r\n", "\n").strip()
    records.refuse_if(policies.why_not_keep(report, on=legal_day(moment)))
    report.sections = checked_sections(report.sections)
    report.figures = checked_figures(report.figures)
    form = report.table_form
    if form is None:
        report.texts, report.tables = {}, {}
        return
    report.texts = {
        key: str(report.texts.get(key, "")).replace("\r\n", "\n").strip() for key in form.texts
    }


def grounds_of(report: AnnualReport) -> Grounds:
    """What the values of a report with tables are made of (one query where it is stored)."""
    form = report.table_form
    assert form is not None  # noqa: S101  (asked for forms with tables)
    rows = CellAdjustment.objects.filter(report=report) if report.pk else ()
    adjusted: dict[Place, Adjusted] = {
        Place(row.table, row.row, row.column): Adjusted(row.kind, row.amount, row.reason)  # type: ignore[arg-type]
        for row in rows
    }
    return Grounds(
        form,
        report.cells_of(report.computed),
        report.cells_of(report.summed.get("tables")),
        report.cells_of(report.loaded.get("tables")),
        adjusted,
    )


def write(report: AnnualReport) -> None:
    """Work the values out anew (nothing is stored yet)."""
    if report.table_form is not None:
        report.tables = grounds_of(report).values().as_json()


def save(report: AnnualReport, actor: User | None, reason: str = "", **more: Any) -> None:
    """Store it; that another was stored meanwhile is a conflict, not a fault."""
    if actor is not None and actor.pk not in report.contributors and not more.get("by_step"):
        report.contributors = [*report.contributors, actor.pk]
    try:
        records.save(report, actor, reason)
    except Conflict as error:
        raise Conflict(Refusal(messages.ALREADY_THERE, code="year")) from error


def refuse(sentence: Any, code: str) -> NotPossible:
    """A single reason, to be raised."""
    return NotPossible(Refusal(sentence, code=code))

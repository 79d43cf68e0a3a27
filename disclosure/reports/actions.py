"""What can be done to an annual report: each is one transaction of permission, policy, write,
history and audit. Admin, commands and demonstration content all come through here.

`actor=None` is the system (commands, demonstration content).
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import Agency, User
from disclosure.audit.trail import record
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import Conflict, NotPossible, Refusal
from disclosure.reports import messages, policies
from disclosure.reports.lifecycle import PUBLISH, TRANSITIONS, State
from disclosure.reports.matching import Known, meant_by
from disclosure.reports.models import AnnualReport
from disclosure.reports.reading import Reading
from disclosure.reports.reading.contract import checked_figures, checked_sections
from disclosure.reports.reading.titles import usual_title

Outcome = Literal["created", "changed", "unchanged"]
_CONTENT = ("form", "title", "lead", "sections", "figures", "is_demo", "state")


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    report: AnnualReport
    outcome: Outcome


def agency_meant(wording: str) -> Agency:
    """The agency that a code, a name or a title's wording means; NotPossible if that is open."""
    if not wording.strip():
        raise NotPossible(Refusal(messages.NO_AGENCY, code="agency"))
    known = (
        Known(agency.code, agency.path, tuple(agency.all_names))
        for agency in Agency.objects.only("code", "path", "name", "short_name", "aliases")
    )
    found = meant_by(wording, known)
    if not found:
        raise NotPossible(Refusal(messages.UNKNOWN_AGENCY % {"name": wording}, code="agency"))
    if len(found) > 1:
        codes = ", ".join(one.code for one in found[:8])
        values = {"name": wording, "codes": codes}
        raise NotPossible(Refusal(messages.SEVERAL_AGENCIES % values, code="agency"))
    return Agency.objects.get(code=found[0].code)


def may_mean(wording: str, agency: Agency) -> bool:
    """Whether a title's wording can mean `agency`; one that names nobody can."""
    known = Known(agency.code, agency.path, tuple(agency.all_names))
    return not wording.strip() or bool(meant_by(wording, [known]))


@transaction.atomic
def create(*, actor: User | None, report: AnnualReport, at: dt.datetime | None = None) -> None:
    """Store a new draft."""
    rights.require(actor, "disclosure.add_annualreport", report)
    report.state, report.published_at = State.DRAFT, None
    _prepare(report, at or now())
    _save(report, actor)
    record(actor, "annualreport.created", report, year=report.year)


@transaction.atomic
def update(
    *, actor: User | None, report: AnnualReport, reason: str = "", at: dt.datetime | None = None
) -> None:
    """Store changed content; of a published report, only who may publish it may change it.

    Both the agency it had and the agency it gets must be the actor's. Where nothing differs,
    nothing is written.
    """
    stored = _locked(report)
    rights.require(actor, policies.action_to_edit(stored), stored)
    rights.require(actor, policies.action_to_edit(stored), report)
    report.state, report.published_at = stored.state, stored.published_at
    _prepare(report, at or now())
    if report.state == State.PUBLISHED and not policies.has_text(report):
        raise NotPossible(Refusal(messages.NO_SECTIONS, code="sections"))
    if not records.changes(stored, report):
        return
    _save(report, actor, reason)
    record(actor, "annualreport.changed", report, year=report.year, reason=reason)


@transaction.atomic
def publish(
    *, actor: User | None, report: AnnualReport, at: dt.datetime | None = None
) -> AnnualReport:
    """Make a draft public (Art. 50)."""
    moment = at or now()
    stored = _locked(report)
    rights.require(actor, TRANSITIONS["publish"].action, stored)
    _require(policies.why_not_publish(stored) + policies.why_not_keep(stored, on=legal_day(moment)))
    _move(stored, actor, "publish", published_at=moment)
    record(actor, "annualreport.published", stored, year=stored.year)
    return stored


@transaction.atomic
def withdraw(*, actor: User | None, report: AnnualReport, reason: str) -> AnnualReport:
    """Take a report that was published by mistake back to a draft; the reason stays."""
    stored = _locked(report)
    rights.require(actor, TRANSITIONS["withdraw"].action, stored)
    _require(policies.why_not_withdraw(stored, reason=reason))
    why = reason.strip()
    _move(stored, actor, "withdraw", published_at=None, reason=why)
    record(actor, "annualreport.withdrawn", stored, year=stored.year, reason=why)
    return stored


@transaction.atomic
def import_report(
    *,
    actor: User | None,
    reading: Reading,
    agency: Agency | None = None,
    year: int | None = None,
    source_note: str = "",
    is_demo: bool = False,
    at: dt.datetime | None = None,
) -> Imported:
    """Put an older report, published in its time, on the portal: it is public at once.

    Agency and year are those given, else those of the title. What was there for that year stays
    in the history; the same content again changes nothing.
    """
    if reading.form != AnnualReport.Form.FREE:
        raise NotPossible(Refusal(messages.TABLES_NOT_KEPT, code="form"))
    moment = at or now()
    agency = agency or agency_meant(reading.agency_code or reading.agency)
    year = year if year is not None else reading.year
    _require(policies.why_not_year(year, on=legal_day(moment)))
    assert year is not None  # noqa: S101  (why_not_year has refused it)
    found = AnnualReport.objects.select_for_update(of=("self",)).filter(agency=agency, year=year)
    stored = found.select_related("agency").first()
    report = stored or AnnualReport(agency=agency, year=year)
    right = "disclosure.change_annualreport" if stored else "disclosure.add_annualreport"
    rights.require(actor, right, report)
    rights.require(actor, PUBLISH, report)
    if stored:
        _require(policies.why_not_replace(stored))
    before = _state_of(report)
    report.form = AnnualReport.Form.FREE
    report.title = reading.title or usual_title(agency.name, year)
    report.lead, report.sections, report.figures = reading.lead, reading.sections, reading.figures
    if report.published_at is None or (report.is_demo and not is_demo):
        report.published_at = moment
    report.state, report.is_demo = State.PUBLISHED, is_demo
    _prepare(report, moment)
    if not policies.has_text(report):
        raise NotPossible(Refusal(messages.NO_SECTIONS, code="empty"))
    if stored and _state_of(report) == before:
        return Imported(stored, "unchanged")
    report.source_note = source_note[:300]
    _save(report, actor, f"import {source_note}".strip())
    record(
        actor,
        "annualreport.imported",
        report,
        year=year,
        sections=len(report.sections),
        figures=len(report.figures),
        replaced=stored is not None,
    )
    return Imported(report, "changed" if stored else "created")


def _state_of(report: AnnualReport) -> list[object]:
    return [getattr(report, name) for name in _CONTENT]


def _prepare(report: AnnualReport, moment: dt.datetime) -> None:
    """Clean the content, or refuse it with every reason."""
    report.title = re.sub(r"\s+", " ", report.title).strip()
    report.lead = report.lead.replace("\r\n", "\n").strip()
    _require(policies.why_not_keep(report, on=legal_day(moment)))
    report.sections = checked_sections(report.sections)
    report.figures = checked_figures(report.figures)


def _save(report: AnnualReport, actor: User | None, reason: str = "") -> None:
    """Store it; that another was stored meanwhile is a conflict, not a fault."""
    try:
        records.save(report, actor, reason)
    except Conflict as error:
        raise Conflict(Refusal(messages.ALREADY_THERE, code="year")) from error


def _locked(report: AnnualReport) -> AnnualReport:
    found = AnnualReport.objects.select_for_update(of=("self",)).select_related("agency")
    return found.get(pk=report.pk)


def _require(reasons: list[Refusal]) -> None:
    if reasons:
        raise NotPossible(reasons)


def _move(
    report: AnnualReport,
    actor: User | None,
    step: str,
    *,
    published_at: dt.datetime | None,
    reason: str = "",
) -> None:
    """Write the new state only where the old one still stands (SQLite has no row locks)."""
    transition = TRANSITIONS[step]
    moved = AnnualReport.objects.filter(
        pk=report.pk, state__in=[state.value for state in transition.sources]
    ).update(state=transition.target.value, published_at=published_at)
    if not moved:
        raise Conflict(Refusal(messages.CHANGED_MEANWHILE, code="conflict"))
    report.state, report.published_at = transition.target, published_at
    records.save(report, actor, reason or step)

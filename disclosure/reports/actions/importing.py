"""Bringing in a report that was published in its time: it is public at once."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.db import IntegrityError, transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import Agency, User
from disclosure.audit.trail import record
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import Conflict, NotPossible, Refusal
from disclosure.reports import messages, policies
from disclosure.reports.actions.editions import publish_edition
from disclosure.reports.actions.writing import ADD, prepare, save
from disclosure.reports.lifecycle import PUBLISH, WRITE, State
from disclosure.reports.matching import Known, meant_by
from disclosure.reports.models import AnnualReport
from disclosure.reports.reading import Reading
from disclosure.reports.reading.titles import usual_title
from disclosure.reports.remarks import cells_before
from disclosure.reports.tables.checking import read_tables, violations
from disclosure.reports.trail import ReportEvent
from disclosure.reports.wording import line

Outcome = Literal["created", "changed", "unchanged"]


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
    """Put a report, published in its time, on the portal: it is public at once.

    Agency and year are those given, else those of the title. What was there for that year stays
    readable as an earlier edition; the same content again changes nothing. One whose tables are
    not consistent is refused, with every place.
    """
    moment = at or now()
    agency = agency or agency_meant(reading.agency_code or reading.agency)
    year = year if year is not None else reading.year
    records.refuse_if(policies.why_not_year(year, on=legal_day(moment)))
    assert year is not None  # noqa: S101  (why_not_year has refused it)
    records.refuse_if(policies.why_not_over(year, on=legal_day(moment)))
    records.refuse_if(policies.why_not_form(year, reading.form))
    found = AnnualReport.objects.select_for_update(of=("self",)).filter(agency=agency, year=year)
    stored = found.select_related("agency").first()
    report = stored or AnnualReport(agency=agency, year=year)
    rights.require(actor, WRITE if stored else ADD, report)
    rights.require(actor, PUBLISH, report)
    if stored:
        records.refuse_if(policies.why_not_replace(stored, reading.form))
    before = _content(report)
    report.title = reading.title or usual_title(agency.name, year)
    _fill(report, reading)
    if report.published_at is None or (report.is_demo and not is_demo):
        report.published_at = moment
    report.is_demo = is_demo
    prepare(report, moment)
    if not policies.says_something(report):
        raise NotPossible(Refusal(messages.NO_SECTIONS, code="empty"))
    report.state = State.PUBLISHED
    if stored and _content(report) == before:
        return Imported(stored, "unchanged")
    report.source_note, report.content_hash, report.contributors = source_note[:300], "", []
    _store(report, actor, moment, f"import {source_note}".strip())
    record(
        actor,
        "annualreport.imported",
        report,
        year=year,
        sections=len(report.sections) or len(report.texts),
        figures=len(report.figures),
        replaced=stored is not None,
    )
    return Imported(report, "changed" if stored else "created")


def _store(report: AnnualReport, actor: User | None, moment: dt.datetime, reason: str) -> None:
    """The report, then the edition that it is published as."""
    out, report.published_at = report.published_at, None
    is_new = report.pk is None
    if is_new:
        report.state = State.DRAFT
        try:
            with transaction.atomic():
                report.save_without_historical_record()  # type: ignore[attr-defined]
        except IntegrityError as error:
            raise Conflict(Refusal(messages.ALREADY_THERE, code="year")) from error
    else:
        report.adjustments.all().delete()
    report.edition = publish_edition(
        report, actor=actor, at=moment, reason="" if is_new else reason[:300]
    )
    report.state, report.published_at, report.correction_reason = State.PUBLISHED, out, ""
    save(report, actor, reason, by_step=True)
    ReportEvent.objects.create(
        report=report, step="import", actor=actor, at=moment, note=reason[:300]
    )


def _content(report: AnnualReport) -> object:
    """What the public reads of it, and whether it does."""
    return report.document().as_json(), report.state, report.edition_id is None


def _fill(report: AnnualReport, reading: Reading) -> None:
    """Write what was read into the report; tables just as the file has them, nothing added."""
    report.form, report.lead, report.figures = reading.form, reading.lead, reading.figures
    report.sections, report.texts = reading.sections, dict(reading.texts)
    report.previous = reading.previous
    form = report.table_form
    if form is None:
        report.loaded, report.tables = {}, {}
        return
    cells, problems = read_tables(form, reading.tables)
    problems += violations(cells, cells_before(report))
    records.refuse_if([Refusal(line(form, one), code=one.kind) for one in problems if one.is_error])
    report.tables = cells.as_json()
    report.computed, report.computed_at, report.computed_until = {}, None, None
    report.summed = {}
    report.loaded = {"tables": report.tables, "name": "", "sha256": ""}

"""The figures of a draft: computed, summed, loaded, adjusted; and what is said to warnings."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import NotPossible, Refusal
from disclosure.reports import messages, policies, rollup, sources
from disclosure.reports.actions.writing import grounds_of, locked, refuse, save, write
from disclosure.reports.figuring import Adjusted, difference
from disclosure.reports.lifecycle import WRITE
from disclosure.reports.models import AnnualReport
from disclosure.reports.prose import drafting
from disclosure.reports.remarks import facts_of, remarks, report_before
from disclosure.reports.tables.cells import Cell, Cells
from disclosure.reports.tables.shapes import Place
from disclosure.reports.trail import CellAdjustment, RemarkNote


def _opened(report: AnnualReport, actor: User | None) -> AnnualReport:
    """A draft with tables that the actor may write on, locked."""
    stored = locked(report)
    rights.require(actor, WRITE, stored)
    records.refuse_if(policies.why_not_write(stored))
    if stored.table_form is None:
        raise refuse(messages.NO_FORM, "form")
    return stored


@transaction.atomic
def compute(
    *,
    actor: User | None,
    report: AnnualReport,
    until: dt.date | None = None,
    at: dt.datetime | None = None,
) -> AnnualReport:
    """Count the year anew, up to today or a day within it; adjustments stay."""
    moment = at or now()
    stored = _opened(report, actor)
    last = until or legal_day(moment)
    if until and not dt.date(stored.year, 1, 1) <= until <= dt.date(stored.year, 12, 31):
        raise refuse(messages.NOT_IN_THE_YEAR, "until")
    span = sources.Span.of_year(stored.year, last)
    form = stored.table_form
    assert form is not None  # noqa: S101  (`_opened` has asked)
    stored.computed = sources.compute(form, [stored.agency], span).as_json()
    stored.computed_at, stored.computed_until = moment, span.last
    return _store(stored, actor, "annualreport.computed", until=span.last.isoformat())


@transaction.atomic
def draft_texts(*, actor: User | None, report: AnnualReport) -> AnnualReport:
    """Write drafts into the written sections that are still empty: the year's figures and last
    year's text, with open places for what only people know."""
    stored = _opened(report, actor)
    before = report_before(stored)
    drafts = drafting.draft(
        stored.cells,
        stored.year,
        before=before.cells if before else None,
        texts_before=before.texts if before else None,
        facts=facts_of(stored),
    )
    empty = [key for key in drafts if not stored.texts.get(key, "").strip()]
    if not empty:
        return stored
    stored.texts = {**stored.texts, **{key: drafts[key] for key in empty}}
    return _store(stored, actor, "annualreport.drafted", sections=empty)


@transaction.atomic
def sum_up(
    *, actor: User | None, report: AnnualReport, at: dt.datetime | None = None
) -> AnnualReport:
    """Add up the published reports of the agencies below, at any depth; the missing are named."""
    stored = _opened(report, actor)
    stored.summed = rollup.sum_below(stored).as_json()
    missing = len(stored.summed["missing"])
    return _store(stored, actor, "annualreport.summed", missing=missing)


@transaction.atomic
def load(
    *, actor: User | None, report: AnnualReport, cells: Cells, name: str, sha256: str = ""
) -> AnnualReport:
    """Take figures of another system over for the cells that the file has."""
    stored = _opened(report, actor)
    given = Cells(cells.form, {p: v for p, v in cells.values.items() if v is not None})
    stored.loaded = {"tables": given.as_json(), "name": name[:200], "sha256": sha256}
    return _store(stored, actor, "annualreport.loaded", cells=len(given.values), file=name[:200])


@transaction.atomic
def unload(*, actor: User | None, report: AnnualReport) -> AnnualReport:
    """Take back what was loaded."""
    stored = _opened(report, actor)
    stored.loaded = {}
    return _store(stored, actor, "annualreport.unloaded")


@transaction.atomic
def adjust(
    *, actor: User | None, report: AnnualReport, values: Mapping[Place, Cell], reason: str
) -> AnnualReport:
    """Give cells other values than what is counted, with the reason; equal ones lose theirs.

    What is kept is the difference, so that it stands when the year is counted anew.
    """
    stored = _opened(report, actor)
    form, why = stored.table_form, reason.strip()
    assert form is not None  # noqa: S101  (`_opened` has asked)
    if any(not form.has(place) for place in values):
        raise refuse(messages.NO_SUCH_CELL, "cell")
    grounds, before = grounds_of(stored), stored.cells
    changed: list[str] = []
    for place, value in values.items():
        if value == before[place] and (value is None) == (before[place] is None):
            continue
        found = difference(grounds.ground(place), value)
        if found is not None and not why:
            raise refuse(messages.NO_ADJUSTMENT_REASON, "reason")
        _keep(stored, place, found, why, actor)
        changed.append(".".join(place[:3]))
    if not changed:
        return stored
    facts = {"cells": changed[:20], "count": len(changed)}
    return _store(stored, actor, "annualreport.adjusted", reason=why, **facts)


def _keep(
    report: AnnualReport, place: Place, found: Adjusted | None, why: str, actor: User | None
) -> None:
    table, row, column, _before = place
    known = CellAdjustment.objects.filter(report=report, table=table, row=row, column=column)
    if found is None:
        for one in known:
            one._history_user = actor  # type: ignore[attr-defined]
            one.delete()
        return
    one = known.first() or CellAdjustment(report=report, table=table, row=row, column=column)
    one.kind, one.reason, one.by, one.at = found.kind, why[:300], actor, now()
    one.amount = None if found.amount is None else Decimal(found.amount)
    records.save(one, actor)


@transaction.atomic
def note(*, actor: User | None, report: AnnualReport, key: str, note: str) -> None:
    """Say something to a warning, so that it no longer stands in the way; empty takes it back."""
    stored = _opened(report, actor)
    found = {one.key: one for one in remarks(stored)}
    said = note.strip()[:300]
    if key not in found or found[key].is_error:
        raise NotPossible(Refusal(messages.CHANGED_MEANWHILE, code="remark"))
    if said:
        RemarkNote.objects.update_or_create(
            report=stored, key=key, defaults={"note": said, "by": actor, "at": now()}
        )
    else:
        RemarkNote.objects.filter(report=stored, key=key).delete()
    record(actor, "annualreport.noted", stored, year=stored.year, remark=found[key].code)


def _store(report: AnnualReport, actor: User | None, verb: str, **facts: Any) -> AnnualReport:
    write(report)
    save(report, actor, facts.get("reason", ""))
    record(actor, verb, report, year=report.year, **facts)
    return report

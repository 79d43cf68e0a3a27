"""The steps of a report from the draft to the public, and back."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import Conflict, Refusal
from disclosure.publications.content import digest_of
from disclosure.reports import messages, policies
from disclosure.reports.actions.editions import publish_edition, restore
from disclosure.reports.actions.writing import locked, save
from disclosure.reports.lifecycle import TRANSITIONS
from disclosure.reports.models import AnnualReport
from disclosure.reports.trail import ReportEvent


@transaction.atomic
def take(
    report: AnnualReport,
    step: str,
    *,
    actor: User | None,
    reason: str = "",
    at: dt.datetime | None = None,
) -> AnnualReport:
    """Take one step of `lifecycle.TRANSITIONS`, or say every reason against it."""
    moment, why = at or now(), reason.strip()
    transition = TRANSITIONS[step]
    stored = locked(report)
    rights.require(actor, transition.action, stored)
    records.refuse_if(policies.why_not(stored, step, actor=actor, on=legal_day(moment), reason=why))
    _EFFECTS.get(step, _nothing)(stored, actor, why, moment)
    sources = [state.value for state in transition.sources]
    # Only where the old state still stands: SQLite has no row locks.
    moved = AnnualReport.objects.filter(pk=stored.pk, state__in=sources).update(
        state=transition.target.value,
        edition=stored.edition,
        published_at=stored.published_at,
        content_hash=stored.content_hash,
    )
    if not moved:
        raise Conflict(Refusal(messages.CHANGED_MEANWHILE, code="conflict"))
    stored.state = transition.target
    save(stored, actor, why or step, by_step=True)
    ReportEvent.objects.create(
        report=stored,
        step=step,
        actor=actor,
        at=moment,
        content_hash=stored.content_hash,
        note=why,
    )
    record(actor, f"annualreport.{step}", stored, year=stored.year, reason=why)
    return stored


def publish(
    *, actor: User | None, report: AnnualReport, at: dt.datetime | None = None
) -> AnnualReport:
    """Make it public as its next edition (Art. 50)."""
    return take(report, "publish", actor=actor, at=at)


def withdraw(*, actor: User | None, report: AnnualReport, reason: str) -> AnnualReport:
    """Take a report that was published by mistake back to a draft; the reason stays."""
    return take(report, "withdraw", actor=actor, reason=reason)


# --- effects -------------------------------------------------------------------------------------
Effect = Callable[[AnnualReport, User | None, str, dt.datetime], None]


def _nothing(report: AnnualReport, actor: User | None, why: str, at: dt.datetime) -> None:
    """The state alone changes."""


def _check(report: AnnualReport, actor: User | None, why: str, at: dt.datetime) -> None:
    report.content_hash = digest_of(report.document().as_json())


def _approve(report: AnnualReport, actor: User | None, why: str, at: dt.datetime) -> None:
    report.approved_by = actor


def _return(report: AnnualReport, actor: User | None, why: str, at: dt.datetime) -> None:
    report.content_hash, report.approved_by = "", None


def _publish(report: AnnualReport, actor: User | None, why: str, at: dt.datetime) -> None:
    if report.edition_id is None:
        report.published_at = at
    reason = report.correction_reason
    report.edition = publish_edition(report, actor=actor, at=at, reason=reason)
    report.content_hash, report.approved_by = "", None
    report.correction_reason, report.contributors = "", []


def _correct(report: AnnualReport, actor: User | None, why: str, at: dt.datetime) -> None:
    report.correction_reason, report.contributors = why, []


def _drop(report: AnnualReport, actor: User | None, why: str, at: dt.datetime) -> None:
    assert report.edition is not None  # noqa: S101  (the policy has asked)
    restore(report, report.edition)
    report.correction_reason, report.contributors = "", []


def _withdraw(report: AnnualReport, actor: User | None, why: str, at: dt.datetime) -> None:
    assert report.edition is not None  # noqa: S101  (a published report has one)
    report.open_from = report.edition.number + 1
    report.edition, report.published_at = None, None
    report.correction_reason = why


_EFFECTS: dict[str, Effect] = {
    "check": _check,
    "approve": _approve,
    "return_draft": _return,
    "send_back": _return,
    "publish": _publish,
    "correct": _correct,
    "drop_correction": _drop,
    "withdraw": _withdraw,
}

"""Whether something may happen to a report: every reason at once, as sentences."""

import datetime as dt
from typing import Final

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.core.errors import Refusal
from disclosure.publications.content import digest_of
from disclosure.reports import messages
from disclosure.reports.lifecycle import SUPERVISE, TRANSITIONS, State
from disclosure.reports.models import AnnualReport
from disclosure.reports.reading import FIRST_YEAR, ReadingError
from disclosure.reports.reading.contract import checked_figures, checked_sections
from disclosure.reports.remarks import Remark, open_remarks
from disclosure.reports.tables.forms import form_for

MAX_TITLE = AnnualReport._meta.get_field("title").max_length or 200
FREE: Final = AnnualReport.Form.FREE
#: Steps that a report without tables does without: it was public in its time.
OF_TABLES: Final = frozenset({"check", "approve", "submit"})


def why_not_year(year: int | None, *, on: dt.date) -> list[Refusal]:
    """Why there can be no report on `year` (Art. 50: it covers a whole calendar year).

    The year that runs may be written on already; it is published when it is over.
    """
    if year is None:
        return [Refusal(messages.NO_YEAR, code="year")]
    if year < FIRST_YEAR:
        return [Refusal(messages.YEAR_TOO_EARLY % {"first": FIRST_YEAR}, code="year")]
    if year > on.year:
        return [Refusal(messages.YEAR_NOT_OVER % {"year": year}, "50", "year")]
    return []


def why_not_over(year: int, *, on: dt.date) -> list[Refusal]:
    """Why a report on `year` cannot go out yet."""
    if year >= on.year:
        return [Refusal(messages.YEAR_NOT_OVER % {"year": year}, "50", "year")]
    return []


def why_not_form(year: int, form: str) -> list[Refusal]:
    """Why a report on `year` cannot be in `form`: the notices ask for tables since 2019. An older
    form in a later year is met in print, and taken."""
    asked = form_for(year)
    if asked is None and form != FREE:
        return [Refusal(messages.NO_FORM, code="form")]
    if asked is not None and form == FREE:
        return [Refusal(messages.FORM_OF_YEAR % {"form": asked.notice}, code="form")]
    return []


def why_not_keep(report: AnnualReport, *, on: dt.date) -> list[Refusal]:
    """Why the content of `report` cannot be stored, published or not."""
    reasons = why_not_year(report.year, on=on)
    if report.form == FREE and report.year >= on.year:
        reasons += why_not_over(report.year, on=on)
    if not reasons:
        reasons += why_not_form(report.year, report.form)
    if not report.title:
        reasons.append(Refusal(messages.NO_TITLE, code="title"))
    if len(report.title) > MAX_TITLE:
        reasons.append(Refusal(messages.TITLE_TOO_LONG % {"limit": MAX_TITLE}, code="title"))
    for field, check in (("sections", checked_sections), ("figures", checked_figures)):
        try:
            check(getattr(report, field))
        except ReadingError as error:
            reasons.append(Refusal(messages.sentence(error), code=field))
    return reasons


def why_not_write(report: AnnualReport) -> list[Refusal]:
    """Why the content of `report` cannot be changed now."""
    if report.state != State.DRAFT:
        return [Refusal(messages.NOT_DRAFT, code="state")]
    return []


# --- steps ---------------------------------------------------------------------------------------
def why_not(
    report: AnnualReport, step: str, *, actor: User | None, on: dt.date, reason: str = ""
) -> list[Refusal]:
    """Every reason against a step of `lifecycle.TRANSITIONS`, the right to it aside."""
    reasons = _why_not_from(report, step)
    if TRANSITIONS[step].needs_reason and not reason.strip():
        reasons.append(Refusal(messages.NO_REASON, code="reason"))
    if report.form == FREE and step in OF_TABLES:
        reasons.append(Refusal(messages.NO_FORM, code="form"))
    special = _SPECIAL.get(step)
    return reasons + (special(report, actor, on) if special else [])


def _why_not_from(report: AnnualReport, step: str) -> list[Refusal]:
    if report.state in TRANSITIONS[step].sources:
        return []
    if step == "publish" and report.state == State.PUBLISHED:
        return [Refusal(messages.ALREADY_PUBLISHED, code="state")]
    if step == "withdraw":
        return [Refusal(messages.NOT_PUBLISHED, code="state")]
    return [Refusal(messages.CHANGED_MEANWHILE, code="state")]


def _why_not_check(report: AnnualReport, actor: User | None, on: dt.date) -> list[Refusal]:
    reasons = why_not_over(report.year, on=on) + _why_not_content(report)
    if actor is not None and actor.pk in report.contributors:
        reasons.append(Refusal(messages.OWN_WORK, code="own"))
    return reasons


def _why_not_approve(report: AnnualReport, actor: User | None, on: dt.date) -> list[Refusal]:
    reasons = _why_not_content(report) + _why_not_same(report)
    if actor is not None and actor.pk in report.contributors:
        reasons.append(Refusal(messages.OWN_WORK, code="own"))
    return reasons


def _why_not_submit(report: AnnualReport, actor: User | None, on: dt.date) -> list[Refusal]:
    if superior_of(report.agency) is None:
        return [Refusal(messages.NO_SUPERIOR, code="superior")]
    return _why_not_same(report)


def _why_not_send_back(report: AnnualReport, actor: User | None, on: dt.date) -> list[Refusal]:
    if actor is not None and not rights.allows_from_above(actor, SUPERVISE, report.agency):
        return [Refusal(messages.NOT_ABOVE, code="superior")]
    return []


def _why_not_publish(report: AnnualReport, actor: User | None, on: dt.date) -> list[Refusal]:
    reasons = why_not_over(report.year, on=on)
    if report.form == FREE:
        if not has_text(report):
            reasons.append(Refusal(messages.NO_SECTIONS, code="empty"))
        return reasons
    if report.state == State.DRAFT:
        reasons.append(Refusal(messages.NOT_APPROVED, code="state"))
    elif report.state == State.APPROVED and superior_of(report.agency) is not None:
        reasons.append(Refusal(messages.HAS_SUPERIOR, code="state"))
    return reasons + _why_not_content(report) + _why_not_same(report)


def _why_not_drop(report: AnnualReport, actor: User | None, on: dt.date) -> list[Refusal]:
    if report.edition_id is None:
        return [Refusal(messages.NO_CORRECTION, code="edition")]
    return []


_SPECIAL = {
    "check": _why_not_check,
    "approve": _why_not_approve,
    "submit": _why_not_submit,
    "send_back": _why_not_send_back,
    "publish": _why_not_publish,
    "drop_correction": _why_not_drop,
}


def _why_not_content(report: AnnualReport) -> list[Refusal]:
    """The findings that are errors, or warnings to which nobody has said anything yet."""
    if report.form == FREE:
        return [] if has_text(report) else [Refusal(messages.NO_SECTIONS, code="empty")]
    return [_as_refusal(remark) for remark in open_remarks(report)]


def _as_refusal(remark: Remark) -> Refusal:
    return Refusal(remark.sentence, code=remark.code)


def _why_not_same(report: AnnualReport) -> list[Refusal]:
    if report.content_hash and report.content_hash != digest_of(report.document().as_json()):
        return [Refusal(messages.CHECKED_OTHER, code="content")]
    return []


def superior_of(agency: Agency) -> Agency | None:
    """The agency above in the tree; None at a root."""
    if agency.depth <= 1:
        return None
    path = agency.path[: -Agency.steplen]
    return Agency.objects.filter(path=path, is_active=True).first()


def why_not_replace(stored: AnnualReport, form: str) -> list[Refusal]:
    """Why an imported report of `form` cannot take the place of `stored`."""
    if stored.edition_id is None:
        return []
    if stored.computed:
        return [Refusal(messages.ALREADY_OUT, code="tables")]
    if stored.form != FREE and form == FREE:
        return [Refusal(messages.HAS_TABLES, code="tables")]
    return []


def says_something(report: AnnualReport) -> bool:
    """Whether there is anything to be read in it."""
    return bool(report.tables) or has_text(report)


def has_text(report: AnnualReport) -> bool:
    """Whether any section says anything."""
    return any(section.get("text") for section in report.sections)

"""Whether something may happen to a report: every reason at once, as sentences."""

import datetime as dt

from disclosure.core.errors import Refusal
from disclosure.reports import messages
from disclosure.reports.lifecycle import PUBLISH, TRANSITIONS, State
from disclosure.reports.models import AnnualReport
from disclosure.reports.reading import FIRST_YEAR, ReadingError
from disclosure.reports.reading.contract import checked_figures, checked_sections

MAX_TITLE = AnnualReport._meta.get_field("title").max_length or 200


def why_not_year(year: int | None, *, on: dt.date) -> list[Refusal]:
    """Why there can be no report on `year` (Art. 50: it covers a whole calendar year)."""
    if year is None:
        return [Refusal(messages.NO_YEAR, code="year")]
    if year < FIRST_YEAR:
        return [Refusal(messages.YEAR_TOO_EARLY % {"first": FIRST_YEAR}, code="year")]
    if year >= on.year:
        return [Refusal(messages.YEAR_NOT_OVER % {"year": year}, "50", "year")]
    return []


def why_not_keep(report: AnnualReport, *, on: dt.date) -> list[Refusal]:
    """Why the content of `report` cannot be stored, published or not."""
    reasons = why_not_year(report.year, on=on)
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


def why_not_publish(report: AnnualReport) -> list[Refusal]:
    """Why `report` cannot go out."""
    reasons = []
    if report.state not in TRANSITIONS["publish"].sources:
        reasons.append(Refusal(messages.ALREADY_PUBLISHED, code="state"))
    if not has_text(report):
        reasons.append(Refusal(messages.NO_SECTIONS, code="empty"))
    return reasons


def why_not_withdraw(report: AnnualReport, *, reason: str) -> list[Refusal]:
    """Why `report` cannot be taken back to a draft."""
    reasons = []
    if report.state not in TRANSITIONS["withdraw"].sources:
        reasons.append(Refusal(messages.NOT_PUBLISHED, code="state"))
    if not reason.strip():
        reasons.append(Refusal(messages.NO_REASON, code="reason"))
    return reasons


def why_not_replace(stored: AnnualReport) -> list[Refusal]:
    """Why an imported report without tables cannot take the place of `stored`."""
    if stored.form != AnnualReport.Form.FREE and stored.state == State.PUBLISHED:
        return [Refusal(messages.HAS_TABLES, code="tables")]
    return []


def has_text(report: AnnualReport) -> bool:
    """Whether any section says anything."""
    return any(section.get("text") for section in report.sections)


def action_to_edit(report: AnnualReport) -> str:
    """The right that changing the content needs: what is out is changed by the head only."""
    if report.state == State.PUBLISHED:
        return PUBLISH
    return "disclosure.change_annualreport"

"""A request as staff see it: where it stands, what was asked, who asks (masked), what was done."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.workdays.calendar import WorkdayCalendar
from requests_app import projection
from requests_app.applicants import masked
from requests_app.casework import lines
from requests_app.casework.lines import AnswerShown, Line
from requests_app.casework.models import ApplicantKind, DisclosureRequest, RequestFile
from requests_app.lifecycle import Event
from requests_app.tracking.timeline import DuePanel, TimelineItem, due_panel, reasons, timeline


@dataclass(frozen=True)
class CasePage:
    """Everything that the page of a case shows."""

    case: DisclosureRequest
    panel: DuePanel
    items: list[TimelineItem]
    reasons: list[TimelineItem]
    asked: list[Line]
    applicant: list[Line]
    missing: list[str]
    files: list[RequestFile]
    answer: AnswerShown | None
    may_reveal: bool
    may_open_files: bool


def case_page(
    case: DisclosureRequest, user: User, on: dt.date, calendar: WorkdayCalendar
) -> CasePage:
    """Gathers the page: events, files and handlers are asked for, the rest came with `case`."""
    events = list(case.events.select_related("actor"))
    files = list(case.files.all())
    reckoned = projection.reckoning(events, calendar)
    data = case.applicant.data or {}
    return CasePage(
        case=case,
        panel=due_panel(case, on, calendar),
        items=timeline(
            case,
            events,
            reckoned,
            staff=True,
            on=on,
            calendar=calendar,
            people=_handlers(event.facts for event in events if event.kind == Event.ASSIGNED),
        ),
        reasons=reasons(reckoned, calendar),
        asked=lines.asked(case),
        applicant=applicant_lines(case, masked(data)) if data else [],
        missing=missing(case, data) if data and case.is_open else [],
        files=[file for file in files if file.purpose == RequestFile.Purpose.APPLICATION],
        answer=lines.answer(case, files),
        may_reveal=bool(data) and rights.allows(user, "requests_app.reveal_applicant", case),
        may_open_files=rights.allows(user, "requests_app.view_requestfile", case),
    )


def applicant_lines(case: DisclosureRequest, data: dict[str, str]) -> list[Line]:
    return lines.applicant(case, data, name_label=_("Name of the applicant"))


def missing(case: DisclosureRequest, data: dict[str, str]) -> list[str]:
    """What Art. 29 asks for and the request lacks."""
    found = []
    if case.applicant_kind == ApplicantKind.NATURAL_PERSON:
        if not data.get("id_number"):
            found.append(_("Proof of identity"))
    elif not data.get("organisation_code"):
        found.append(_("Unified social credit code"))
    if not any(data.get(key) for key in ("phone", "email", "postal_address")):
        found.append(_("A way to reach the applicant"))
    return found


def _handlers(facts: Iterable[dict[str, Any]]) -> dict[int, str]:
    keys = {one["handler"] for one in facts if "handler" in one}
    return {key: str(user) for key, user in User.objects.in_bulk(keys).items()} if keys else {}

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
from requests_app.casework import lines, parts
from requests_app.casework.choices import ApplicantKind
from requests_app.casework.lines import AnswerShown, Line
from requests_app.casework.models import CaseNote, DisclosureRequest, RequestFile
from requests_app.deciding.models import Point
from requests_app.fees.models import FeeNotice
from requests_app.lifecycle import TRANSITIONS
from requests_app.lifecycle.transitions import HANDLE
from requests_app.policies.reading import OPEN, may_read
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
    inner_files: list[RequestFile]
    draft_files: list[RequestFile]
    answers: list[AnswerShown]
    points: list[Point]
    parties: list[parts.Part]
    tasks: list[parts.Part]
    letters: list[parts.Part]
    remedies: list[parts.Part]
    fee: FeeNotice | None
    related: list[tuple[str, DisclosureRequest]]
    notes: list[CaseNote]
    may_reveal: bool
    may_open_files: bool
    may_read: bool
    may_draft: bool


def case_page(
    case: DisclosureRequest, user: User, on: dt.date, calendar: WorkdayCalendar
) -> CasePage:
    """Gathers the page; the number of queries does not depend on how much there is."""
    events = list(case.events.select_related("actor"))
    files = list(case.files.all())
    notes = list(case.notes.select_related("written_by"))
    reckoned = projection.reckoning(events, calendar)
    data = case.applicant.data or {}
    may_open = rights.allows(user, OPEN, case)
    reads = may_read(user, case)
    steps, lights = parts.Steps(case, user), parts.Lights(on, calendar)
    words = {note.event_id: note.text for note in notes if note.event_id} if reads else {}
    purposes = RequestFile.Purpose
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
            people=_people(event.facts for event in events),
            words=words,
            corrections=parts.corrections(events, steps),
        ),
        reasons=reasons(reckoned, calendar),
        asked=lines.asked(case),
        applicant=applicant_lines(case, masked(data)) if data else [],
        missing=missing(case, data) if data and case.is_open else [],
        files=[file for file in files if file.purpose == purposes.APPLICATION],
        inner_files=[file for file in files if file.purpose == purposes.INNER],
        draft_files=[file for file in files if file.purpose == purposes.DRAFT] if reads else [],
        answers=lines.answers(case, files),
        points=list(case.points.all()),
        parties=parts.parties(
            case,
            events,
            reckoned.opinions_due if reckoned else {},
            steps,
            lights,
            may_read=may_open,
        ),
        tasks=parts.tasks(case, steps, lights),
        letters=parts.letters(case, steps),
        remedies=parts.remedies(case, steps, lights),
        fee=FeeNotice.objects.filter(request=case).first(),
        related=related(case, user),
        notes=[note for note in notes if note.event_id is None] if reads else [],
        may_reveal=bool(data) and rights.allows(user, "requests_app.reveal_applicant", case),
        may_open_files=may_open,
        may_read=reads,
        may_draft=case.state in TRANSITIONS["propose"].sources
        and rights.allows(user, HANDLE, case),
    )


def related(case: DisclosureRequest, user: User) -> list[tuple[str, DisclosureRequest]]:
    """The requests that this one came from, became or was joined with, as far as `user` may see
    them."""
    found: list[tuple[str, DisclosureRequest]] = []
    keys = [key for key in (case.origin_id, case.merged_into_id) if key]
    visible = DisclosureRequest.objects.for_staff(user).select_related("agency")
    for other in visible.filter(pk__in=keys):
        label = _("Comes from") if other.pk == case.origin_id else _("Merged into")
        found.append((label, other))
    found += [(_("Split off or sent on"), one) for one in visible.filter(origin=case)[:50]]
    found += [(_("Merged into this one"), one) for one in visible.filter(merged_into=case)[:50]]
    return found


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


def _people(facts: Iterable[dict[str, Any]]) -> dict[int, str]:
    """Names of those to whom the case was given."""
    keys = {one["handler"] for one in facts if "handler" in one}
    return {key: str(user) for key, user in User.objects.in_bulk(keys).items()} if keys else {}

"""The applicant's page: what was asked, how it stands and what can be done, ready to show."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from disclosure.workdays.calendar import WorkdayCalendar
from requests_app import projection
from requests_app.applicants import masked
from requests_app.casework import lines
from requests_app.casework.lines import AnswerShown, Line
from requests_app.casework.models import DisclosureRequest, RequestFile
from requests_app.lifecycle import STATE_NEXT, State
from requests_app.tracking.timeline import DuePanel, TimelineItem, due_panel, reasons, timeline


@dataclass(frozen=True)
class ApplicantPage:
    """Everything that the applicant's page shows of a request."""

    request: DisclosureRequest
    panel: DuePanel
    next: str
    items: list[TimelineItem]
    reasons: list[TimelineItem]
    asked: list[Line]
    applicant: list[Line]
    files: list[RequestFile]
    answer: AnswerShown | None = field(default=None)


def applicant_page(
    request: DisclosureRequest, today: dt.date, calendar: WorkdayCalendar
) -> ApplicantPage:
    """Gathers the page; asks for events and files, the rest came with `request`."""
    events = list(request.events.all())
    files = list(request.files.all())
    reckoned = projection.reckoning(events, calendar)
    panel = due_panel(request, today, calendar)
    data = request.applicant.data
    return ApplicantPage(
        request=request,
        panel=panel,
        next=_next(request, panel),
        items=timeline(request, events, reckoned, on=today, calendar=calendar),
        reasons=reasons(reckoned, calendar),
        asked=lines.asked(request),
        # Empty once the personal data are erased.
        applicant=lines.applicant(request, masked(data), name_label=_("Your name")) if data else [],
        files=[file for file in files if file.purpose == RequestFile.Purpose.APPLICATION],
        answer=lines.answer(request, files),
    )


def _next(request: DisclosureRequest, panel: DuePanel) -> str:
    """What happens next; nothing is promised to be in time that no longer can be."""
    if panel.is_overdue:
        return _("The agency has not answered yet, and the last day for it has passed.")
    return _(STATE_NEXT[State(request.state)])

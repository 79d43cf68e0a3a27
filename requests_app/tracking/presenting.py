"""The applicant's page: what was asked, how it stands and what can be done, ready to show."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from disclosure.workdays.calendar import WorkdayCalendar
from requests_app import projection
from requests_app.applicants import masked
from requests_app.casework.models import Answer, DisclosureRequest, RequestFile
from requests_app.deadline.wording import say_article
from requests_app.determination import Group
from requests_app.lifecycle import STATE_NEXT, State
from requests_app.tracking.timeline import DuePanel, TimelineItem, due_panel, reasons, timeline

#: Refusals on these articles go to reconsideration before court (Administrative Reconsideration
#: Law, Art. 23(1)(4); 法释〔2025〕8号).
RECONSIDERATION_FIRST = frozenset({"14", "15", "16"})


@dataclass(frozen=True)
class Line:
    """A label with its value; `is_content` marks what is in the language of the content."""

    label: str
    value: str
    is_content: bool = False


@dataclass(frozen=True)
class AnswerShown:
    """The answer: outcome and article in words, the text, its files."""

    answer: Answer
    article: str
    files: list[RequestFile]
    #: "" or which part must go to reconsideration before court: "whole", "part".
    reconsideration_first: str


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
    return ApplicantPage(
        request=request,
        panel=panel,
        next=_next(request, panel),
        items=timeline(request, events, reckoned, on=today, calendar=calendar),
        reasons=reasons(reckoned, calendar),
        asked=_asked(request),
        applicant=_applicant(request),
        files=[file for file in files if file.purpose == RequestFile.Purpose.APPLICATION],
        answer=_answer(request, files),
    )


def _next(request: DisclosureRequest, panel: DuePanel) -> str:
    """What happens next; nothing is promised to be in time that no longer can be."""
    if panel.is_overdue:
        return _("The agency has not answered yet, and the last day for it has passed.")
    return _(STATE_NEXT[State(request.state)])


def _asked(request: DisclosureRequest) -> list[Line]:
    agency = request.agency
    lines = [
        Line(_("Agency asked"), agency.local_name, is_content=agency.local_name == agency.name),
        Line(_("Name of the information"), request.information_name, is_content=True),
        Line(_("Document number"), request.document_number, is_content=True),
        Line(_("Other features"), request.description, is_content=True),
        Line(_("Form wanted"), request.get_form_display()),
        Line(_("Way of delivery"), request.get_channel_display()),
        Line(_("Came in"), request.get_intake_channel_display()),
    ]
    return [line for line in lines if line.value]


def _applicant(request: DisclosureRequest) -> list[Line]:
    """Who asks, masked; empty once the personal data are erased."""
    if not request.applicant.data:
        return []
    data = masked(request.applicant.data)
    labels = {
        "name": _("Your name"),
        "id_number": _("Number of the document"),
        "organisation_code": _("Unified social credit code"),
        "representative": _("Legal representative or contact person"),
        "phone": _("Telephone"),
        "email": _("E-mail address"),
        "postal_address": _("Postal address"),
    }
    lines = [Line(_("Kind of applicant"), request.get_applicant_kind_display())]
    return lines + [
        Line(label, data[key], is_content=True) for key, label in labels.items() if data.get(key)
    ]


def _answer(request: DisclosureRequest, files: list[RequestFile]) -> AnswerShown | None:
    answer: Answer | None = getattr(request, "answer", None)
    row = request.outcome_row
    if answer is None or row is None:
        return None
    first = ""
    if row.group == Group.PARTLY:
        first = "part"
    elif row.article in RECONSIDERATION_FIRST:
        first = "whole"
    return AnswerShown(
        answer=answer,
        article=say_article(row.article.partition("(")[0]),
        files=[file for file in files if file.purpose == RequestFile.Purpose.ANSWER],
        reconsideration_first=first,
    )

"""The applicant's page: what was asked, how it stands and what can be done, ready to show."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from disclosure.workdays.calendar import WorkdayCalendar
from requests_app import projection
from requests_app.applicants import masked
from requests_app.casework import lines
from requests_app.casework.lines import AnswerShown, Line
from requests_app.casework.models import DisclosureRequest, RequestEvent, RequestFile
from requests_app.fees.models import FeeNotice
from requests_app.lifecycle import STATE_NEXT, Event, State
from requests_app.messages.models import Message
from requests_app.tracking.family import family
from requests_app.tracking.letters import LetterShown, letters_to_applicant
from requests_app.tracking.steps import ASKED_FOR, ApplicantStep, offered
from requests_app.tracking.timeline import DuePanel, TimelineItem, due_panel, reasons, timeline

#: What the applicant wrote, and so may read again.
OWN_WORDS = frozenset(
    {
        Event.CORRECTED,
        Event.REASONS_GIVEN,
        Event.COMPLAINED,
        Event.RATED,
        Event.WITHDRAWN,
    }
)
#: State or event in which the agency waits for the applicant → the kind of letter that says so.
ASKING = {State.CORRECTION: "correction", State.PAYMENT: "fee"}


@dataclass(frozen=True)
class Waiting:
    """What the agency waits for from the applicant: its letter, the day, the step that answers."""

    kind: str
    letter: LetterShown | None
    until: dt.date | None
    is_late: bool
    step: ApplicantStep | None = None
    fee: FeeNotice | None = None


@dataclass(frozen=True)
class Related:
    """Another part of the same matter."""

    request: DisclosureRequest
    relation: str
    panel: DuePanel


@dataclass(frozen=True)
class ApplicantPage:
    """Everything that the applicant's page shows of a request."""

    request: DisclosureRequest
    panel: DuePanel
    next: str
    waiting: list[Waiting]
    steps: list[ApplicantStep]
    items: list[TimelineItem]
    reasons: list[TimelineItem]
    asked: list[Line]
    applicant: list[Line]
    files: list[RequestFile]
    answers: list[AnswerShown]
    letters: list[LetterShown]
    messages: list[Message]
    related: list[Related]


def applicant_page(
    request: DisclosureRequest, today: dt.date, calendar: WorkdayCalendar
) -> ApplicantPage:
    """Gathers the page; the number of queries does not depend on how much there is."""
    events = list(request.events.select_related("note"))
    files = list(request.files.all())
    answers = lines.answers(request, files, today)
    reckoned = projection.reckoning(events, calendar)
    panel = due_panel(request, today, calendar, unanswered=not answers)
    letters = letters_to_applicant(request)
    steps = offered(request)
    related = _related(request, today, calendar)
    data = request.applicant.data
    return ApplicantPage(
        request=request,
        panel=panel,
        next=_next(request, panel, answers),
        waiting=_waiting(request, events, letters, steps, today),
        steps=[step for step in steps if step.name not in ASKED_FOR],
        items=timeline(
            request,
            _told(events, letters),
            reckoned,
            on=today,
            calendar=calendar,
            words=_own_words(events),
        ),
        # What ended without an answer has no last day any more.
        reasons=reasons(reckoned, calendar) if request.is_open or answers else [],
        asked=lines.asked(request),
        # Empty once the personal data are erased.
        applicant=lines.applicant(request, masked(data), name_label=_("Your name")) if data else [],
        files=[file for file in files if file.purpose == RequestFile.Purpose.APPLICATION],
        answers=answers,
        letters=letters,
        messages=list(
            request.messages.filter(
                audience=Message.Audience.APPLICANT, state=Message.State.SENT
            ).order_by("-sent_at", "-pk")[:50]
        ),
        related=related,
    )


def _next(request: DisclosureRequest, panel: DuePanel, answers: Sequence[AnswerShown]) -> str:
    """What happens next; nothing is promised to be in time that no longer can be."""
    if panel.is_overdue:
        return _("The agency has not answered yet, and the last day for it has passed.")
    if request.is_open and answers:
        return _("A new answer was ordered: the agency works on your request again.")
    if not request.is_open and not answers:
        if request.merged_into_id:
            return _("It goes on in the request that it was merged into; you find it below.")
        return _("You withdrew the request; nothing more happens here.")
    return _(STATE_NEXT[State(request.state)])


def _waiting(
    request: DisclosureRequest,
    events: Sequence[RequestEvent],
    letters: Sequence[LetterShown],
    steps: Sequence[ApplicantStep],
    today: dt.date,
) -> list[Waiting]:
    """What the agency waits for from the applicant, most of the time nothing."""
    by_name = {step.name: step for step in steps}
    found = []
    kind = ASKING.get(State(request.state))
    until = request.waiting_until
    if kind:
        found.append(
            Waiting(
                kind=kind,
                letter=_last(letters, kind),
                until=until,
                is_late=bool(until and until < today),
                step=by_name.get("correct"),
                fee=getattr(request, "fee_notice", None) if kind == "fee" else None,
            )
        )
    if "give_reasons" in by_name:
        told = [event.facts["until"] for event in events if event.kind == Event.REASONS_ASKED]
        day = dt.date.fromisoformat(told[-1])
        found.append(
            Waiting(
                kind="reasons",
                letter=_last(letters, "reasons"),
                until=day,
                is_late=day < today,
                step=by_name["give_reasons"],
            )
        )
    return found


def _last(letters: Sequence[LetterShown], kind: str) -> LetterShown | None:
    return next((each for each in reversed(letters) if each.letter.kind == kind), None)


def _told(events: Sequence[RequestEvent], letters: Sequence[LetterShown]) -> list[RequestEvent]:
    """Without the delivery of letters to others: nobody says "to you" of those, nor when."""
    own = {shown.letter.pk for shown in letters}
    return [
        event
        for event in events
        if event.kind != Event.SERVED or event.facts.get("letter", 0) in own
    ]


def _own_words(events: Sequence[RequestEvent]) -> dict[int, str]:
    """Event → what the applicant wrote with it; what staff recorded stays theirs."""
    return {
        event.pk: event.note.text
        for event in events
        if event.kind in OWN_WORDS and event.actor_id is None and hasattr(event, "note")
    }


def _related(
    request: DisclosureRequest, today: dt.date, calendar: WorkdayCalendar
) -> list[Related]:
    return [
        Related(
            request=other,
            relation=_relation(request, other),
            panel=due_panel(
                other, today, calendar, unanswered=other.state == State.CLOSED and _ended(other)
            ),
        )
        for other in family(request)
        if other.pk != request.pk
    ]


def _ended(request: DisclosureRequest) -> bool:
    """Whether it was merged or withdrawn, as far as its row tells."""
    return bool(request.merged_into_id) or (
        request.outcome == "other" and request.answered_on == request.closed_on
    )


def _relation(request: DisclosureRequest, other: DisclosureRequest) -> str:
    """What `other` is to `request`."""
    if other.pk == request.origin_id:
        return _("This request came from it")
    if other.origin_id == request.pk:
        if other.agency_id != request.agency_id:
            return _("Sent on to the agency that is responsible")
        return _("Split off: handled on its own")
    if other.pk == request.merged_into_id:
        return _("This request is handled together with it")
    if other.merged_into_id == request.pk:
        return _("Handled together with this request")
    return _("Belongs to the same matter")

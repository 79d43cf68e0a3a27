"""The sheets of a case file (卷宗): cover, what happened, what was asked and answered.

Written in the active language; who makes the archived file sets Chinese.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from disclosure.audit import verbs
from disclosure.audit.models import AuditEntry
from disclosure.core.citing import cite
from disclosure.core.dates import SHANGHAI, legal_day
from disclosure.workdays.calendar import WorkdayCalendar
from requests_app import projection
from requests_app.applicants import masked
from requests_app.casework import lines
from requests_app.casework.models import CaseNote, DisclosureRequest, RequestEvent
from requests_app.clock import event_name
from requests_app.deadline.wording import say, say_waiting
from requests_app.lifecycle import EVENT_TEXTS, Event
from requests_app.register.lines import remedies


@dataclass(frozen=True)
class Table:
    """A part of a sheet: a heading, the headings of the columns (or none), rows of text."""

    heading: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Sheet:
    """A page of the file; one for somebody outside names no request."""

    title: str
    tables: list[Table] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    is_for_outside: bool = False


def _day(day: dt.date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def cover(case: DisclosureRequest) -> list[tuple[str, str]]:
    """What stands on the cover (卷宗封面): (label, value), the applicant masked."""
    data = case.applicant.data
    name = masked({"name": case.applicant.get("name")})["name"] if data else _("erased")
    letters = "、".join(
        letter.number
        for letter in case.letters.filter(kind="answer").defer("document").order_by("pk")
    )
    return [
        (_("Agency"), case.agency.name),
        (_("Request number"), case.number),
        (_("What is asked for"), case.subject),
        (_("Applicant"), name),
        (_("Kind of applicant"), str(case.get_applicant_kind_display())),
        (_("Came in"), str(case.get_intake_channel_display())),
        (_("Received on"), _day(case.received_on)),
        (_("Answer due"), _day(case.answer_due)),
        (_("Answered on"), _day(case.answered_on)),
        (_("Outcome"), str(case.get_outcome_display()) if case.outcome else ""),
        (_("Letter number"), letters),
        (_("Closed on"), _day(case.closed_on)),
        (_("Reconsideration, lawsuit"), remedies(case)),
        (_("Office in charge"), str(case.office or "")),
        (_("Handler"), str(case.handler or "")),
    ]


def what_happened(
    case: DisclosureRequest, events: Iterable[RequestEvent], notes: Iterable[CaseNote]
) -> Table:
    """Every event in the order of the legal day, with its words."""
    words = {note.event_id: note.text for note in notes if note.event_id}
    return Table(
        _("What happened"),
        (_("Legal day"), _("What"), _("Article"), _("Who"), _("Entered on"), _("In words")),
        [
            (
                _day(event.occurred_on),
                event_text(event),
                cite(EVENT_TEXTS[Event(event.kind)].article) if event.kind in EVENT_TEXTS else "",
                str(event.actor) if event.actor_id else _("the applicant or the system"),
                _day(legal_day(event.recorded_at)),
                words.get(event.pk, ""),
            )
            for event in sorted(events, key=lambda one: (one.occurred_on, one.pk))
        ],
    )


def event_text(event: RequestEvent) -> str:
    """How an event reads to staff."""
    if event.kind not in EVENT_TEXTS:
        return say(event_name(event.kind, event.facts.get("number", 1)))
    text = _(EVENT_TEXTS[Event(event.kind)].staff)
    number = event.facts.get("number")
    return f"{text} ({number})" if number else text


def reckoning(
    case: DisclosureRequest, events: Iterable[RequestEvent], calendar: WorkdayCalendar
) -> Table:
    """Why the last day is the one it is, step by step."""
    found = projection.reckoning(events, calendar)
    rows = [
        (_day(step.date), say(step.what), cite(step.article))
        for step in (found.steps if found else ())
    ]
    if case.waiting_for and case.is_open:
        rows.append((_day(case.waiting_until), say_waiting(case.waiting_for), ""))
    return Table(_("How the time limit was reckoned"), (_("Day"), _("What"), _("Article")), rows)


def asked(case: DisclosureRequest) -> list[Table]:
    """What was asked, by whom (masked), and what was decided on each point."""
    own = [(line.label, line.value) for line in lines.asked(case)]
    data = case.applicant.data
    who = (
        [
            (line.label, line.value)
            for line in lines.applicant(case, masked(data), name_label=_("Applicant"))
        ]
        if data
        else [(_("Applicant"), _("The personal details have been erased."))]
    )
    points = [
        (
            str(point.position),
            point.text,
            str(point.get_determination_display()) if point.determination else "",
        )
        for point in case.points.all()
    ]
    return [
        Table(_("What was asked"), (), own),
        Table(_("Who asks (masked)"), (), who),
        Table(_("Points"), (_("No."), _("What is asked for"), _("Determination")), points),
    ]


def answers(case: DisclosureRequest) -> Table:
    """Each answer that was given, the first on top."""
    return Table(
        _("Answers"),
        (_("Answered on"), _("Outcome"), _("Text"), _("Issued by")),
        [
            (
                _day(answer.answered_on),
                str(answer.get_outcome_display()),
                answer.text,
                str(answer.issued_by),
            )
            for answer in case.answers.select_related("issued_by").order_by("pk")
        ],
    )


def notes(found: Iterable[CaseNote]) -> Table:
    """The notes of staff to the file."""
    return Table(
        _("Notes"),
        (_("Written on"), _("Who"), _("Text")),
        [
            (_day(legal_day(note.written_at)), str(note.written_by or ""), note.text)
            for note in found
            if not note.event_id
        ],
    )


def trail(case: DisclosureRequest) -> tuple[list[str], list[list[str]]]:
    """The audit trail of the case: headings and rows, the first deed on top."""
    entries = AuditEntry.objects.filter(
        target_type=case._meta.label_lower, target_id=str(case.pk)
    ).select_related("actor")
    rows = [
        [
            f"{entry.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}",
            str(entry.actor) if entry.actor else _("the system or the public"),
            str(verbs.deed_label(entry.verb)),
            "; ".join(f"{name}={value}" for name, value in entry.facts.items()),
        ]
        for entry in entries.order_by("pk")
    ]
    return [_("When"), _("Who"), _("What"), _("Facts")], rows

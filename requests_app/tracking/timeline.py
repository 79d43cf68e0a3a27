"""How a request reads: its due panel and its timeline, for the applicant and for staff alike.

Nothing here asks the database: who calls hands over the events (for staff with their actors)
and what the clock says of them.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disclosure.core.citing import cite
from disclosure.core.dates import legal_day, today
from disclosure.core.text import gettext_noop
from disclosure.workdays.calendar import WorkdayCalendar
from requests_app import clock
from requests_app.casework.models import DisclosureRequest, RequestEvent
from requests_app.deadline.wording import say, say_waiting
from requests_app.determination import OUTCOMES
from requests_app.lifecycle import EVENT_TEXTS, Event
from requests_app.purposes import CONFIRMED_BY

#: The clock's steps that lie ahead, and what marks them: a last day, or time not counted.
AHEAD = {
    "correction_notice_due": "next",
    "opinion_due": "next",
    "fee_due": "next",
    "not_counted": "pause",
    "not_counted_open": "pause",
    "answer_due": "next",
    "answer_due_delayed": "next",
    "answer_due_ordered": "next",
    "extended_answer_due": "next",
}
_LAST_DAYS = frozenset({"answer_due", "answer_due_delayed", "answer_due_ordered"})
#: Kind of event → the fact that is told with it, and how.
_NOTES = {
    str(Event.CORRECTION_ASKED): ("until", gettext_noop("By %(until)s at the latest")),
    str(Event.REASONS_ASKED): ("until", gettext_noop("By %(until)s at the latest")),
    str(Event.EXTENDED): ("days", gettext_noop("Working days added: %(days)s")),
    str(Event.DELAYED): ("until", gettext_noop("Answer by %(until)s")),
    str(Event.FEE_NOTIFIED): ("amount", gettext_noop("%(amount)s yuan")),
    str(Event.RATED): ("stars", gettext_noop("%(stars)s of 5")),
}
_LIGHTS = {"green": "ok", "amber": "warn", "red": "bad"}


@dataclass(frozen=True)
class TimelineItem:
    """One dated line of the timeline, ready to show.

    `mark` is the class of the line: "" (happened), "done" (the answer), "next" (ahead), "pause"
    (time not counted), "late" (a last day that passed). `actor` and `recorded_on` (the day of
    entry, where it is not the legal day) are for staff only.
    """

    date: dt.date
    text: str
    article: str = ""
    kind: str = ""
    mark: str = ""
    note: str = ""
    is_provisional: bool = False
    actor: str = ""
    recorded_on: dt.date | None = None
    #: The words that go with the event; for staff what can be done with the entry.
    words: str = ""
    links: Sequence[Any] = ()
    #: Taken back by a later correction.
    is_void: bool = False

    @property
    def is_ahead(self) -> bool:
        return self.mark in {"next", "pause"}


@dataclass(frozen=True)
class DuePanel:
    """The day that counts now, large, and what it means in words.

    `level` is "green", "amber", "red" or "" (nothing runs); `pill` the class of the word beside
    it. `days_left` are working days, negative once overdue, None where none are counted.
    """

    level: str
    label: str
    date: dt.date | None
    days_left: int | None
    text: str
    pill: str
    is_provisional: bool = False
    is_overdue: bool = False
    is_waiting: bool = False
    #: Once answered: the day by which it had to be.
    last_day: dt.date | None = None


def due_panel(
    request: DisclosureRequest,
    today: dt.date,
    calendar: WorkdayCalendar,
    *,
    unanswered: bool = False,
) -> DuePanel:
    """The due panel of `request` on the day `today`; `unanswered`: it ended without an answer."""
    if not request.is_open:
        return _ended_panel(request) if unanswered else _answered_panel(request, calendar)
    due = request.answer_due
    if due is None:
        return DuePanel(
            level="",
            label=_("Last day for the answer"),
            date=None,
            days_left=None,
            text=_waiting_text(request),
            pill="off",
            is_waiting=True,
        )
    left = clock.days_left(due, today, calendar)
    level = clock.level(today, request.amber_on, request.red_on)
    return DuePanel(
        level=level,
        label=_("Last day for the answer"),
        date=due,
        days_left=left,
        text=days_left_text(due, today, left),
        pill=_LIGHTS[level],
        is_provisional=calendar.is_provisional(due),
        is_overdue=due < today,
    )


def days_left_text(due: dt.date, today: dt.date, left: int) -> str:
    """The working days left up to `due`, in words."""
    if due < today:
        if not left:
            return _("Overdue")
        return ngettext(
            "Overdue by %(count)d working day", "Overdue by %(count)d working days", -left
        ) % {"count": -left}
    if due == today:
        return _("Today is the last day")
    return ngettext("%(count)d working day left", "%(count)d working days left", left) % {
        "count": left
    }


def timeline(
    request: DisclosureRequest,
    events: Iterable[RequestEvent],
    reckoning: clock.Reckoning | None,
    *,
    staff: bool = False,
    on: dt.date | None = None,
    calendar: WorkdayCalendar | None = None,
    people: Mapping[int, str] | None = None,
    words: Mapping[int, str] | None = None,
    corrections: Callable[[RequestEvent], Sequence[Any]] | None = None,
) -> list[TimelineItem]:
    """What happened and what lies ahead, in order of the legal day.

    `on`: the day of looking (default: today). With a `calendar` days ahead in a year that is not
    announced are marked provisional. For staff `people` (id → name) names the handlers, `words`
    (event → text) what was written, `corrections` the links that correct an entry.
    """
    on = on or today()
    events = list(events)
    corrected = {
        event.facts["event"]: event.facts for event in events if event.kind == Event.AMENDED
    }
    happened = []
    for event in sorted(events, key=lambda event: (event.occurred_on, event.pk or 0)):
        item = _happened(event, reckoning, staff=staff, people=people or {})
        if item is not None:
            item = _as_corrected(item, corrected.get(event.pk), staff=staff)
        if item is not None:
            happened.append(_for_staff(item, event, words or {}, corrections))
    ahead = _ahead(reckoning, on, calendar) if reckoning and request.is_open else []
    # The sort is stable: on one day what happened comes before what lies ahead.
    return sorted([*happened, *ahead], key=lambda item: item.date)


def reasons(reckoning: clock.Reckoning | None, calendar: WorkdayCalendar) -> list[TimelineItem]:
    """Why the last day is the one it is: every step of the clock in words, with its article."""
    return [
        TimelineItem(
            date=step.date,
            text=say(step.what),
            article=cite(step.article),
            kind=step.what.code,
            is_provisional=calendar.is_provisional(step.date),
        )
        for step in (reckoning.steps if reckoning else ())
    ]


def _ended_panel(request: DisclosureRequest) -> DuePanel:
    """Withdrawn or merged: nothing is owed here any more."""
    return DuePanel(
        level="",
        label=_("Ended on"),
        date=request.closed_on,
        days_left=None,
        text=_("Ended without an answer"),
        pill="off",
    )


def _answered_panel(request: DisclosureRequest, calendar: WorkdayCalendar) -> DuePanel:
    answered, due = request.answered_on, request.answer_due
    late = 0
    if answered and due and answered > due:
        late = max(clock.days_left(answered, due, calendar), 1)
    text = _("Within the time limit")
    if late:
        text = ngettext(
            "%(count)d working day after the last day",
            "%(count)d working days after the last day",
            late,
        ) % {"count": late}
    return DuePanel(
        level="red" if late else "green",
        label=_("Answered on"),
        date=answered,
        days_left=None,
        text=text,
        pill="bad" if late else "ok",
        last_day=due,
    )


def _waiting_text(request: DisclosureRequest) -> str:
    waiting = say_waiting(request.waiting_for or None)
    if not waiting:
        return _("The time limit has not begun")
    if request.waiting_until:
        return _("The time limit stands still. Waiting for: %(what)s, until %(day)s") % {
            "what": waiting,
            "day": request.waiting_until.isoformat(),
        }
    return _("The time limit stands still. Waiting for: %(what)s") % {"what": waiting}


def _happened(
    event: RequestEvent,
    reckoning: clock.Reckoning | None,
    *,
    staff: bool,
    people: Mapping[int, str],
) -> TimelineItem | None:
    """The line of one stored event; None where the applicant is not told of it."""
    article: str | None
    if event.kind in EVENT_TEXTS:
        told = EVENT_TEXTS[Event(event.kind)]
        text = told.staff if staff else told.public
        if not text:
            return None
        text, article = _(text), told.article
    else:
        text, article = _clock_sentence(event, reckoning)
    recorded = legal_day(event.recorded_at)
    return TimelineItem(
        date=event.occurred_on,
        text=text,
        article=cite(article),
        kind=event.kind,
        mark="done" if event.kind == Event.ANSWERED else "",
        note=_note(event, people if staff else {}),
        actor=str(event.actor) if staff and event.actor_id else "",
        recorded_on=recorded if staff and recorded != event.occurred_on else None,
    )


def _as_corrected(
    item: TimelineItem, correction: Mapping[str, Any] | None, *, staff: bool
) -> TimelineItem | None:
    """The line as a later correction has it; what was taken back only staff still read."""
    if correction is None:
        return item
    if correction.get("void"):
        return replace(item, is_void=True, note=_("Taken back by a correction")) if staff else None
    day = dt.date.fromisoformat(correction["day"])
    note = _("Entered as %(day)s, corrected later") % {"day": item.date.isoformat()}
    return replace(item, date=day, note=" ".join(filter(None, [item.note, note])))


def _for_staff(
    item: TimelineItem,
    event: RequestEvent,
    words: Mapping[int, str],
    corrections: Callable[[RequestEvent], Sequence[Any]] | None,
) -> TimelineItem:
    links = corrections(event) if corrections else ()
    return replace(item, words=words.get(event.pk, ""), links=links)


def _clock_sentence(
    event: RequestEvent, reckoning: clock.Reckoning | None
) -> tuple[str, str | None]:
    """What the clock says of an event that only it knows, with its article."""
    for step in reckoning.steps if reckoning else ():
        if step.what.code == event.kind and step.date == event.occurred_on:
            return say(step.what), step.article
    return say(clock.event_name(event.kind, event.facts.get("number", 1))), None


def _note(event: RequestEvent, people: Mapping[int, str]) -> str:
    """What the facts of an event add to its sentence."""
    facts = event.facts
    if event.kind == Event.ANSWERED:
        row = OUTCOMES.get(facts.get("outcome", ""))
        return _(row.label) if row else ""
    if event.kind in {Event.RECEIVED, Event.CORRECTED}:
        return _receipt_note(facts)
    if event.kind == Event.CALENDAR_MOVED and event.facts.get("before"):
        return f"{event.facts['before']} → {event.facts.get('after') or ''}"
    if event.kind == Event.ASSIGNED:
        return people.get(facts.get("handler", 0), "")
    fact, sentence = _NOTES.get(event.kind, ("", ""))
    return _(sentence) % facts if facts.get(fact) else ""


def _receipt_note(facts: Mapping[str, Any]) -> str:
    """The record of Art. 31: when it arrived, and how the receipt was confirmed."""
    parts = []
    if facts.get("arrived_on"):
        parts.append(_("Arrived on %(day)s.") % {"day": facts["arrived_on"]})
    if facts.get("confirmed") in CONFIRMED_BY:
        how = _(CONFIRMED_BY[facts["confirmed"]])
        parts.append(_("Confirmed with the applicant: %(how)s.") % {"how": how})
    return " ".join(parts)


def _ahead(
    reckoning: clock.Reckoning, on: dt.date, calendar: WorkdayCalendar | None
) -> list[TimelineItem]:
    """The clock's days that are still to come, and the last day for the answer if it passed."""
    overdue = bool(reckoning.answer_due and reckoning.answer_due < on)
    # The applicant is asked only once (Art. 30).
    is_asked = any(step.what.code == "correction_asked" for step in reckoning.steps)
    items = []
    for step in reckoning.steps:
        code = step.what.code
        mark = AHEAD.get(code)
        if mark is None or (step.date < on and code not in _LAST_DAYS):
            continue
        # An extension must be told before the term ends (Art. 33).
        if overdue and code == "extended_answer_due":
            continue
        if is_asked and code == "correction_notice_due":
            continue
        items.append(
            TimelineItem(
                date=step.date,
                text=say(step.what),
                article=cite(step.article),
                kind=code,
                mark="late" if step.date < on else mark,
                is_provisional=bool(calendar and calendar.is_provisional(step.date)),
            )
        )
    return items

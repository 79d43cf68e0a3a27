"""Taking a step: one transaction of right, policy, effect, event, words, letter and projection.

`take` is the only way in which anything happens to a case that is there already. What a step
changes beside the event stands in `effects` under its name.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.audit.trail import record
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import Conflict, NotPossible, Refusal
from disclosure.workdays.store import current_calendar
from requests_app import uploads
from requests_app.actions.notices import tell_staff
from requests_app.casework.models import CaseNote, DisclosureRequest, RequestEvent, RequestFile
from requests_app.lifecycle import TRANSITIONS, Transition
from requests_app.policies import Asked, why_not
from requests_app.projection import project
from requests_app.uploads import Upload

#: The step by which a case follows a new or corrected calendar.
FOLLOWS = "move_calendar"
CHANGED = _("Somebody else has changed this meanwhile. Please look at it again.")


@dataclass
class Taking:
    """A step being taken: what was asked, and what its effect adds to the event."""

    asked: Asked
    at: dt.datetime
    facts: dict[str, Any] = field(default_factory=dict)
    #: The words that go with the event, encrypted beside it.
    text: str = ""
    #: The requests that this one becomes, or goes into.
    others: list[DisclosureRequest] = field(default_factory=list)
    #: Fields of the applicant's message that only the step knows; None: nothing is sent.
    told: dict[str, Any] = field(default_factory=dict)
    #: What runs once the event stands, with the event.
    then: list[Callable[[RequestEvent], None]] = field(default_factory=list)

    @property
    def case(self) -> DisclosureRequest:
        return self.asked.case

    @property
    def row(self) -> Transition:
        return self.asked.row

    @property
    def actor(self) -> User | None:
        return self.asked.actor

    @property
    def on(self) -> dt.date:
        return self.asked.on

    @property
    def data(self) -> Any:
        return self.asked.data


Effect = Callable[[Taking], None]
EFFECTS: dict[str, Effect] = {}


def effect(*steps: str) -> Callable[[Effect], Effect]:
    """Registers what steps change beside their event."""

    def register(function: Effect) -> Effect:
        for step in steps:
            if step not in TRANSITIONS:
                raise KeyError(step)
            EFFECTS[step] = function
        return function

    return register


@transaction.atomic
def take(
    request: DisclosureRequest,
    step: str,
    *,
    actor: User | None = None,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
    **data: Any,
) -> DisclosureRequest:
    """Take `step`; the case as it stands afterwards.

    `on` is the legal day (default: the day of entry), `data` what the step's form asked for;
    `actor=None` is the applicant or the system. Raises NotPermitted, NotPossible with every
    reason, Conflict when somebody was quicker.
    """
    row = TRANSITIONS[step]
    moment = at or now()
    today = legal_day(moment)
    stored = locked(request)
    if row.action:
        rights.require(actor, row.action, stored)
    if step != FOLLOWS and stored.is_open:
        _follow_calendar(stored, today, moment)
    asked = Asked(stored, row, actor, on or today, today, data)
    require(why_not(asked))
    taking = Taking(asked, moment, facts=asked.facts(), text=asked.text())
    if step in EFFECTS:
        EFFECTS[step](taking)
    return write(taking)


def _follow_calendar(case: DisclosureRequest, today: dt.date, at: dt.datetime) -> None:
    """A calendar that has changed meanwhile moves the case by an event of its own before anything
    else happens to it, so that nobody's day moves silently."""
    now_due = project(case.events.all(), current_calendar())
    if (case.answer_due, case.waiting_until) != (now_due.answer_due, now_due.waiting_until):
        taking = Taking(Asked(case, TRANSITIONS[FOLLOWS], None, today, today), at)
        EFFECTS[FOLLOWS](taking)
        write(taking)


def write(taking: Taking) -> DisclosureRequest:
    """The event with its words, what follows from it, the projection, the audit entry."""
    case, row = taking.case, taking.row
    before = DisclosureRequest.objects.filter(
        pk=case.pk, state__in=[state.value for state in row.sources if state]
    )
    if not before.update(state=case.state):
        raise Conflict(Refusal(CHANGED, code="conflict"))
    event = add_event(case, row.event, taking.actor, taking.on, taking.at, taking.facts)
    if taking.text:
        CaseNote.objects.create(
            request=case,
            event=event,
            content={"text": taking.text},
            written_by=taking.actor,
            written_at=taking.at,
        )
    reproject(case)
    for each in taking.then:
        each(event)
    step = row.name
    record(taking.actor, f"request.{step}", case, on=taking.on.isoformat(), **taking.facts)
    tell(case, row, on=taking.on, at=taking.at, others=taking.others, told=taking.told)
    tell_staff(case, step, taking.actor, taking.at)
    return case


def reproject(case: DisclosureRequest) -> None:
    """Store the case with the projection of its events."""
    project(case.events.all(), current_calendar()).write_to(case)
    case.save()


def tell(
    case: DisclosureRequest,
    row: Transition,
    *,
    on: dt.date,
    at: dt.datetime,
    others: Iterable[DisclosureRequest] = (),
    told: Mapping[str, Any] | None = None,
) -> None:
    """Write to the applicant what the table says; it goes out after the transaction.

    `others`: the requests that this one became, or went into. `told`: what only the step knows.
    """
    if not row.message:
        return
    from requests_app.messages import outbox
    from requests_app.messages.texts import TEMPLATES

    listed = list(others)
    known: dict[str, Any] = {
        "date": (case.waiting_until or on).isoformat(),
        "due": case.answer_due.isoformat() if case.answer_due else None,
        "numbers": [other.number for other in listed] or None,
        "other_agency": listed[0].agency.pk if listed else None,
        **(told or {}),
    }
    params = {name: known[name] for name in TEMPLATES[row.message].given}
    # While nothing is due (an agency is asked too) there is no day to tell; the page explains it.
    if None not in params.values():
        outbox.queue(case, row.message, params=params, at=at)


def locked(request: DisclosureRequest) -> DisclosureRequest:
    """The row as it is now, locked until the transaction ends."""
    return (
        DisclosureRequest.objects.select_for_update(of=("self",))
        .select_related("agency")
        .get(pk=request.pk)
    )


def require(reasons: list[Refusal]) -> None:
    if reasons:
        raise NotPossible(reasons)


def add_event(
    request: DisclosureRequest,
    kind: str,
    actor: User | None,
    on: dt.date,
    at: dt.datetime,
    facts: dict[str, Any],
) -> RequestEvent:
    return RequestEvent.objects.create(
        request=request,
        kind=str(kind),
        occurred_on=on,
        recorded_at=at,
        actor=actor,
        facts=facts,
    )


def add_files(request: DisclosureRequest, files: Iterable[Upload], purpose: str) -> None:
    for upload in files:
        file = RequestFile(request=request, purpose=purpose)
        uploads.fill(file, upload)
        file.save()

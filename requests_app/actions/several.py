"""One request become several, several become one, and what is sent on to another agency.

The applicant keeps one view over all of them: a request that comes from another is opened with
that one's number and code.
"""

import datetime as dt
from collections.abc import Sequence

from disclosure.agencies.models import Agency, User
from disclosure.audit.trail import record
from disclosure.core.dates import legal_day
from disclosure.core.errors import Conflict, Refusal
from disclosure.numbering.serials import next_serial
from requests_app import access_codes
from requests_app.actions.engine import (
    CHANGED,
    Taking,
    add_event,
    effect,
    locked,
    reproject,
    tell,
)
from requests_app.casework.models import Applicant, DisclosureRequest, RequestEvent
from requests_app.deciding.models import Point
from requests_app.letters import composing, issuing
from requests_app.lifecycle import IN_HAND, TRANSITIONS, Event
from requests_app.policies.others import last_answer_days
from requests_app.projection import Effective, clock_events


def give_number(request: DisclosureRequest, at: dt.datetime) -> None:
    """The number of a new request; the counter stays locked until the transaction ends."""
    year = legal_day(at).year
    serial = next_serial(f"request:{request.agency.code}:{year}")
    request.number = f"{request.agency.code}-{year}-{serial:04d}"


def _offspring(
    parent: DisclosureRequest,
    agency: Agency,
    points: Sequence[Point],
    *,
    at: dt.datetime,
    state: str,
    received_on: dt.date,
) -> DisclosureRequest:
    """A request that comes from another, with the same applicant; its events are still to come."""
    text = points[0].text if len(points) == 1 else ""
    request = DisclosureRequest(
        agency=agency,
        applicant_kind=parent.applicant_kind,
        intake_channel=parent.intake_channel,
        information_name=(text or parent.information_name)[:300],
        document_number=parent.document_number,
        description="\n".join(point.text for point in points)[:4000],
        form=parent.form,
        channel=parent.channel,
        language=parent.language,
        submitted_at=at,
        origin=parent,
        is_demo=parent.is_demo,
        is_restricted=False,
        # Nobody is shown this code: the applicant comes by the parent's.
        access_code_hash=access_codes.hashed("", access_codes.new_code()),
        number=f"~{access_codes.new_code()}",
        state=state,
        # Until the events are projected, so that the row can be stored.
        received_on=received_on,
        answer_due=received_on,
    )
    request.save()
    Applicant.objects.create(
        request=request,
        data=parent.applicant.data,
        person_hash=parent.applicant.person_hash,
        erased_at=parent.applicant.erased_at,
    )
    Point.objects.bulk_create(
        Point(request=request, position=position, text=point.text)
        for position, point in enumerate(points, start=1)
    )
    return request


def _inherited(taking: Taking) -> list[Effective]:
    """The clock's events that hold for each part too: all but the opinions still awaited, which
    concern what stays."""
    open_ones = {
        key for key, last in last_answer_days(taking.asked).items() if not last or last >= taking.on
    }
    return [
        event
        for event in clock_events(taking.asked.events)
        if (event.kind.rpartition("_")[0], event.facts.get("number", 1)) not in open_ones
    ]


@effect("split")
def _split(taking: Taking) -> None:
    """一事一申请: each chosen point becomes a request of its own, with the same clock."""
    case = taking.case
    chosen: list[Point] = list(taking.data["points"])
    listed = _inherited(taking)
    made = []
    for point in chosen:
        part = _offspring(
            case,
            case.agency,
            [point],
            at=taking.at,
            state=case.state,
            received_on=case.received_on or taking.on,
        )
        part.handler, part.office = case.handler, case.office
        add_event(part, Event.SPLIT_OFF, taking.actor, taking.on, taking.at, {"from": case.pk})
        for event in listed:
            facts = {**event.facts, "copied": event.order}
            add_event(part, event.kind, None, event.occurred_on, taking.at, facts)
        if case.is_restricted:
            part.is_restricted = True
            for named in case.named_people.all():
                part.named_people.create(user=named.user)
        give_number(part, taking.at)
        reproject(part)
        made.append(part)
    Point.objects.filter(pk__in=[point.pk for point in chosen]).delete()
    for position, point in enumerate(case.points.all(), start=1):
        if point.position != position:
            Point.objects.filter(pk=point.pk).update(position=position)
    taking.facts = {"into": [part.pk for part in made]}
    taking.others = made


@effect("merge")
def _merge(taking: Taking) -> None:
    """What is asked here is answered there; here it ends as `other` (table three)."""
    case = taking.case
    target = locked(taking.data["into"])
    if target.state not in IN_HAND:
        # It went to review, or was withdrawn, between the question and the lock.
        raise Conflict(Refusal(CHANGED, code="conflict"))
    case.merged_into = target
    taking.others = [target]
    last = target.points.count()
    have = set(target.points.values_list("text", flat=True))
    new = [point for point in case.points.all() if point.text not in have]
    Point.objects.bulk_create(
        Point(request=target, position=last + number, text=point.text)
        for number, point in enumerate(new, start=1)
    )
    add_event(target, Event.MERGED_HERE, taking.actor, taking.on, taking.at, {"from": case.pk})
    reproject(target)
    record(taking.actor, "request.merge_here", target, on=taking.on.isoformat())


def send_on(
    case: DisclosureRequest,
    agency: Agency,
    points: Sequence[Point],
    *,
    actor: User | None,
    at: dt.datetime,
) -> DisclosureRequest:
    """Send points on to the agency that is responsible (Art. 36(5)): it is new there, received on
    the day on which it arrives, with the applicant's data."""
    day = legal_day(at)
    there = _offspring(case, agency, points, at=at, state="submitted", received_on=day)
    add_event(there, Event.SENT_HERE, None, day, at, {"from": case.pk})
    add_event(there, Event.RECEIVED, None, day, at, {"basis": "sent_here"})
    give_number(there, at)
    reproject(there)
    event: RequestEvent = add_event(case, Event.SENT_ON, actor, day, at, {"into": there.pk})
    text = "\n".join(f"{point.position}. {point.text}" for point in points)
    document = composing.notice(case, "sending_on", day, {"text": text}, agency=agency)
    issuing.freeze(case, "sending_on", document, event=event, actor=actor, at=at)
    record(actor, "request.send_on", case, into=there.pk)
    tell(case, TRANSITIONS["send_on"], on=day, at=at, others=[there])
    return there

"""Working out the answer: its points, what is decided on each, the draft, its issue."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.audit.trail import record
from disclosure.core.errors import NotPossible, Refusal
from disclosure.files import sniff
from requests_app import uploads
from requests_app.actions import several
from requests_app.actions.engine import Taking, add_files, effect, locked, require
from requests_app.casework.models import Answer, DisclosureRequest, RequestEvent, RequestFile
from requests_app.deciding.models import AnswerDraft, Point
from requests_app.deciding.sealing import seal_of
from requests_app.determination import DETERMINATIONS, Given, derive
from requests_app.letters import composing, issuing
from requests_app.letters.checking import text_of
from requests_app.lifecycle import TRANSITIONS
from requests_app.lifecycle.transitions import HANDLE
from requests_app.uploads import Upload

MOST_POINTS = 50
LONGEST_POINT = 1000


def _open_for_drafting(request: DisclosureRequest, actor: User | None) -> DisclosureRequest:
    """Locked, once the actor may draft and nobody has the draft for review."""
    stored = locked(request)
    rights.require(actor, HANDLE, stored)
    if stored.state not in TRANSITIONS["propose"].sources:
        raise NotPossible(
            Refusal(
                _("The draft cannot be changed while the request is '%(state)s'.")
                % {"state": stored.get_state_display()},
                code="state",
            )
        )
    return stored


@transaction.atomic
def set_points(request: DisclosureRequest, *, actor: User | None, texts: Sequence[str]) -> None:
    """Write the points apart (申请事项): one text each, in order; what was decided on a point whose
    text stays is kept."""
    stored = _open_for_drafting(request, actor)
    wanted = [" ".join(text.split())[:LONGEST_POINT] for text in texts if text.strip()]
    if not wanted:
        raise NotPossible(Refusal(_("The request has no points."), code="points"))
    if len(wanted) > MOST_POINTS:
        raise NotPossible(Refusal(_("These are too many points for one request."), code="points"))
    if len(set(wanted)) < len(wanted):
        raise NotPossible(Refusal(_("The same point stands there twice."), code="points"))
    kept = {point.text: point for point in stored.points.all()}
    stored.points.all().delete()
    Point.objects.bulk_create(
        Point(
            request=stored,
            position=position,
            text=text,
            determination=kept[text].determination if text in kept else "",
            details=kept[text].details if text in kept else None,
        )
        for position, text in enumerate(wanted, start=1)
    )
    record(actor, "request.points_set", stored, points=len(wanted))


@transaction.atomic
def decide(
    request: DisclosureRequest,
    *,
    actor: User | None,
    point: Point,
    determination: str,
    details: Mapping[str, Any],
) -> None:
    """Draft what is decided on one point; what it must give is asked when the draft is sent on."""
    stored = _open_for_drafting(request, actor)
    row = DETERMINATIONS.get(determination)
    if row is None:
        raise NotPossible(Refusal(_("Please choose what is decided."), "36", "determination"))
    sent_on = str(details.get("send_on") or "")
    if sent_on:
        require(why_not_send_on(stored, sent_on))
    own = stored.points.filter(pk=point.pk).first()
    if own is None:
        raise NotPossible(Refusal(_("This point is no longer there."), code="points"))
    allowed = {field.value for field in Given} | {"send_on"}
    own.determination = determination
    own.details = {key: value for key, value in details.items() if key in allowed and value}
    own.save(update_fields=["determination", "details"])
    record(actor, "request.point_decided", stored, point=own.position, determination=determination)


@transaction.atomic
def draft(
    request: DisclosureRequest,
    *,
    actor: User | None,
    closing: str = "",
    remedy: str = "",
    files: Iterable[Upload] = (),
    removed: Iterable[str] = (),
) -> None:
    """Store what is added to the answer's own wording, and the files that go with it."""
    stored = _open_for_drafting(request, actor)
    listed = list(files)
    require(
        [
            reason
            for upload in listed
            for reason in uploads.why_not_accept(upload, allowed=sniff.FROM_STAFF)
        ]
    )
    AnswerDraft.objects.update_or_create(
        request=stored, defaults={"content": {"closing": closing.strip(), "remedy": remedy.strip()}}
    )
    drafts = stored.files.filter(purpose=RequestFile.Purpose.DRAFT)
    for file in drafts.filter(uuid__in=list(removed)):
        uploads.discard(file)
    add_files(stored, listed, RequestFile.Purpose.DRAFT)
    record(actor, "request.drafted", stored, files=len(listed))


@effect("approve")
def _approve(taking: Taking) -> None:
    """What is approved is sealed: nothing else can be issued."""
    draft, _made = AnswerDraft.objects.get_or_create(request=taking.case)
    draft.content = {**(draft.content or {}), "seal": seal_of(taking.case, taking.on)}
    draft.save(update_fields=["content"])


@effect("issue")
def _issue(taking: Taking) -> None:
    """Art. 36: the answer with its letter and files; what is not ours is sent on."""
    case = taking.case
    points = list(case.points.all())
    for agency in _to_send_on(points):
        require(why_not_send_on(case, agency.code))
    derived = derive([point.determination for point in points])
    document = composing.answer(case, taking.on)
    files = case.files.filter(purpose=RequestFile.Purpose.DRAFT)
    taking.facts |= {
        "outcome": derived.outcome,
        "points": {str(point.position): point.determination for point in points},
        "files": files.count(),
    }
    released_on: dt.date | None = taking.data.get("released_on")
    answer = Answer.objects.create(
        request=case,
        outcome=derived.outcome,
        content={"text": text_of(document).replace("\n", "\n\n")},
        answered_on=taking.on,
        released_on=released_on,
        issued_at=taking.at,
        issued_by=taking.actor,
    )
    files.update(purpose=RequestFile.Purpose.ANSWER, answer=answer)

    def freeze(event: RequestEvent) -> None:
        issuing.freeze(case, "answer", document, event=event, actor=taking.actor, at=taking.at)
        for agency, own in _to_send_on(points).items():
            several.send_on(case, agency, own, actor=taking.actor, at=taking.at)

    taking.then.append(freeze)


def why_not_send_on(request: DisclosureRequest, code: str) -> list[Refusal]:
    """Why a point cannot be sent on to the agency with this code (Art. 36(5))."""
    agency = Agency.objects.filter(code=code).first()
    if agency is None or not agency.takes_requests or agency.pk == request.agency_id:
        return [Refusal(_("This agency does not take requests."), "27", "send_on")]
    if request.is_restricted:
        return [
            Refusal(
                _("A restricted request is sent on only once the restriction is lifted."),
                code="send_on",
            )
        ]
    return []


def _to_send_on(points: Iterable[Point]) -> dict[Agency, list[Point]]:
    """Agency of the platform → the points that are its to answer."""
    found: dict[Agency, list[Point]] = {}
    for point in points:
        code = point.given.get("send_on")
        if point.determination == "not_ours" and code:
            agency = Agency.objects.filter(code=code).first()
            if agency is not None:
                found.setdefault(agency, []).append(point)
    return found

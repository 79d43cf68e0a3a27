"""What can be done to a request: each is one transaction of permission, policy, event and
projection. Nothing else writes the models of this app.

Every action takes the moment as `at` (default: now), so that tests and demonstration content
need no frozen clock. `actor=None` is the applicant or the system.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.audit.trail import record
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import Conflict, NotPossible, Refusal
from disclosure.files import sniff
from disclosure.numbering.serials import next_serial
from disclosure.workdays.store import current_calendar
from requests_app import access_codes, policies, uploads
from requests_app.applicants import ApplicantData
from requests_app.casework.models import (
    Answer,
    Applicant,
    DisclosureRequest,
    IntakeChannel,
    RequestEvent,
    RequestFile,
    StagedUpload,
)
from requests_app.lifecycle import TRANSITIONS, Event
from requests_app.projection import project
from requests_app.purposes import PURPOSES
from requests_app.uploads import Upload

logger = logging.getLogger(__name__)

#: How long the same form, sent again, shows its receipt with the access code once more.
RECEIPT_AGAIN = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Submission:
    """What a request asks for and who asks, already validated by a form."""

    agency: Agency
    applicant_kind: str
    applicant: ApplicantData
    form: str
    channel: str
    information_name: str = ""
    document_number: str = ""
    description: str = ""
    language: str = "zh-hans"


@dataclass(frozen=True)
class Receipt:
    """What the applicant takes away: the number, and the access code that is shown once.

    `access_code` is empty where it may not be shown again; `is_new` is False when the same form
    was sent before.
    """

    request: DisclosureRequest
    access_code: str
    is_new: bool = True


def submit(
    submission: Submission,
    *,
    token: str = "",
    staged: Sequence[StagedUpload] = (),
    at: dt.datetime | None = None,
    is_demo: bool = False,
) -> Receipt:
    """Take an online request (Art. 29): received on the day of submission (Art. 31).

    The same `token` gives the same request again, however often it comes, also at once.
    """
    moment = at or now()
    _require(policies.why_not_ask(submission.agency))
    return _create_once(
        submission,
        transition="submit",
        channel=IntakeChannel.ONLINE,
        received_on=legal_day(moment),
        moment=moment,
        actor=None,
        token=token,
        staged=staged,
        is_demo=is_demo,
    )


def enter(
    submission: Submission,
    *,
    actor: User | None,
    intake_channel: str,
    received_on: dt.date,
    token: str = "",
    staged: Sequence[StagedUpload] = (),
    at: dt.datetime | None = None,
    is_demo: bool = False,
) -> Receipt:
    """Enter a request that came by post, in person or orally (Art. 29), and register it.

    The actor becomes its handler. The receipt's code is for the applicant's receipt slip. The
    same `token` gives the same request again, as in `submit`.
    """
    moment = at or now()
    draft = DisclosureRequest(agency=submission.agency)
    rights.require(actor, TRANSITIONS["enter"].action or "", draft)
    today = legal_day(moment)
    _require(
        policies.why_not_ask(submission.agency)
        + policies.why_not_receive(intake_channel, received_on, submitted_on=today)
    )
    return _create_once(
        submission,
        transition="enter",
        channel=intake_channel,
        received_on=received_on,
        moment=moment,
        actor=actor,
        token=token,
        staged=staged,
        is_demo=is_demo,
    )


@transaction.atomic
def register(
    request: DisclosureRequest, *, actor: User | None, at: dt.datetime | None = None
) -> DisclosureRequest:
    """Register a submitted request (登记); the actor becomes its handler."""
    stored = _begin(request, "register", actor)
    _require(policies.why_not_register(stored))
    stored.handler = actor
    return _step(stored, "register", actor=actor, on=legal_day(at or now()), at=at)


@transaction.atomic
def assign(
    request: DisclosureRequest,
    *,
    actor: User | None,
    handler: User,
    at: dt.datetime | None = None,
) -> DisclosureRequest:
    """Give an open request to another handler of its agency."""
    stored = _begin(request, "assign", actor)
    _require(policies.why_not_assign(stored, handler))
    moment = at or now()
    facts = {"handler": handler.pk, "before": stored.handler_id}
    _write(stored, Event.ASSIGNED, actor, legal_day(moment), moment, facts)
    stored.handler = handler
    stored.save(update_fields=["handler"])
    record(actor, "request.assign", stored, handler=handler.pk)
    return stored


@transaction.atomic
def answer(
    request: DisclosureRequest,
    *,
    actor: User,
    outcome: str,
    text: str,
    answered_on: dt.date | None = None,
    files: Iterable[Upload] = (),
    at: dt.datetime | None = None,
) -> DisclosureRequest:
    """Answer a request (答复, Art. 36): outcome, text and files reach the applicant at once.

    `answered_on` is the legal day (default: today), between receipt and today.
    """
    moment = at or now()
    day = answered_on or legal_day(moment)
    stored = _begin(request, "answer", actor)
    listed = list(files)
    _require(
        policies.why_not_answer(
            stored, outcome=outcome, text=text, answered_on=day, today=legal_day(moment)
        )
        + [
            reason
            for upload in listed
            for reason in uploads.why_not_accept(upload, allowed=sniff.FROM_STAFF)
        ]
    )
    Answer.objects.create(
        request=stored,
        outcome=outcome,
        content={"text": text.strip()},
        answered_on=day,
        issued_at=moment,
        issued_by=actor,
    )
    _add_files(stored, listed, RequestFile.Purpose.ANSWER)
    return _step(
        stored, "answer", actor=actor, on=day, at=moment, outcome=outcome, files=len(listed)
    )


@transaction.atomic
def close(
    request: DisclosureRequest,
    *,
    actor: User | None,
    closed_on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> DisclosureRequest:
    """Close an answered request (办结)."""
    moment = at or now()
    day = closed_on or legal_day(moment)
    stored = _begin(request, "close", actor)
    _require(policies.why_not_close(stored, closed_on=day, today=legal_day(moment)))
    return _step(stored, "close", actor=actor, on=day, at=moment)


@transaction.atomic
def reveal(request: DisclosureRequest, *, actor: User, purpose: str) -> dict[str, str]:
    """The applicant's full personal data, for one of PURPOSES; who looked is on the trail."""
    rights.require(actor, "requests_app.reveal_applicant", request)
    if purpose not in PURPOSES:
        raise NotPossible(Refusal(_("Please say what you need it for."), code="purpose"))
    record(actor, "request.identity_seen", request, purpose=purpose)
    return dict(request.applicant.data or {})


@transaction.atomic
def open_file(file: RequestFile, *, actor: User) -> bytes:
    """The decrypted bytes of a case's file; who opened it is on the trail.

    Raises NotPermitted, and `uploads.read`'s errors.
    """
    rights.require(actor, "requests_app.view_requestfile", file)
    record(actor, "request.file_opened", file.request, file=str(file.uuid))
    return uploads.read(file)


def _create_once(
    submission: Submission, *, token: str, actor: User | None, moment: dt.datetime, **rest: Any
) -> Receipt:
    """A new request, or the one that the same form made before, by the same person."""
    digest = uploads.token_hash(token) if token else None
    earlier = _sent_before(digest, token, moment, actor) if digest else None
    if earlier:
        return earlier
    try:
        return _create(submission, token=token, digest=digest, actor=actor, moment=moment, **rest)
    except IntegrityError:
        # The same form arrived twice at the same moment; the other one made the request.
        earlier = _sent_before(digest, token, moment, actor) if digest else None
        if earlier is None:
            raise
        return earlier


def _create(
    submission: Submission,
    *,
    transition: str,
    channel: str,
    received_on: dt.date,
    moment: dt.datetime,
    actor: User | None,
    token: str = "",
    digest: str | None = None,
    staged: Sequence[StagedUpload] = (),
    is_demo: bool = False,
) -> Receipt:
    row = TRANSITIONS[transition]
    calendar = current_calendar()
    events = [
        RequestEvent(
            kind=row.event.value,
            occurred_on=legal_day(moment),
            recorded_at=moment,
            actor=actor,
            facts={"channel": channel},
        ),
        RequestEvent(
            kind=Event.RECEIVED.value,
            occurred_on=received_on,
            recorded_at=moment,
            actor=actor,
            facts={"basis": channel},
        ),
    ]
    request = DisclosureRequest(
        agency=submission.agency,
        applicant_kind=submission.applicant_kind,
        intake_channel=channel,
        information_name=submission.information_name,
        document_number=submission.document_number,
        description=submission.description,
        form=submission.form,
        channel=submission.channel,
        language=submission.language,
        submitted_at=moment,
        entered_by=actor,
        handler=actor,
        submission_token_hash=digest,
        is_demo=is_demo,
    )
    project(events, calendar).write_to(request)
    person = Applicant(
        request=request,
        data=submission.applicant.as_dict(),
        person_hash=submission.applicant.person_hash(submission.applicant_kind),
    )
    with transaction.atomic():
        # The number comes last, so that its counter is locked for two statements only.
        request.number = f"~{access_codes.new_code()}"
        request.save()
        person.save()
        for event in events:
            event.request = request
        RequestEvent.objects.bulk_create(events)
        for upload in staged:
            uploads.adopt(upload, request)
        year = legal_day(moment).year
        serial = next_serial(f"request:{submission.agency.code}:{year}")
        request.number = f"{submission.agency.code}-{year}-{serial:04d}"
        code = access_codes.code_for(token, request.number) if token else access_codes.new_code()
        request.access_code_hash = access_codes.hashed(request.number, code)
        request.save(update_fields=["number", "access_code_hash"])
        if actor:
            record(actor, "request.enter", request)
    return Receipt(request, code)


def _sent_before(
    digest: str, token: str, moment: dt.datetime, actor: User | None
) -> Receipt | None:
    request = (
        DisclosureRequest.objects.select_related("agency")
        .filter(submission_token_hash=digest, entered_by=actor)
        .first()
    )
    if request is None:
        return None
    fresh = moment - request.submitted_at <= RECEIPT_AGAIN
    code = access_codes.code_for(token, request.number) if fresh else ""
    return Receipt(request, code, is_new=False)


def _locked(request: DisclosureRequest) -> DisclosureRequest:
    return (
        DisclosureRequest.objects.select_for_update(of=("self",))
        .select_related("agency")
        .get(pk=request.pk)
    )


def _begin(request: DisclosureRequest, step: str, actor: User | None) -> DisclosureRequest:
    """Lock, then look: the fresh row, once the actor may do `step` to it."""
    stored = _locked(request)
    rights.require(actor, TRANSITIONS[step].action or "", stored)
    return stored


def _require(reasons: list[Refusal]) -> None:
    if reasons:
        raise NotPossible(reasons)


def _write(
    request: DisclosureRequest,
    kind: Event,
    actor: User | None,
    on: dt.date,
    at: dt.datetime,
    facts: dict[str, Any],
) -> RequestEvent:
    return RequestEvent.objects.create(
        request=request,
        kind=kind.value,
        occurred_on=on,
        recorded_at=at,
        actor=actor,
        facts=facts,
    )


def _step(
    request: DisclosureRequest,
    step: str,
    *,
    actor: User | None,
    on: dt.date,
    at: dt.datetime | None,
    **facts: Any,
) -> DisclosureRequest:
    """Write the event and the new projection, where the old state still stands."""
    row = TRANSITIONS[step]
    moved = DisclosureRequest.objects.filter(
        pk=request.pk, state__in=[state.value for state in row.sources if state]
    ).update(state=request.state)
    if not moved:
        raise Conflict(
            Refusal(
                _("Somebody else has changed this meanwhile. Please look at it again."),
                code="conflict",
            )
        )
    _write(request, row.event, actor, on, at or now(), facts)
    project(request.events.all(), current_calendar()).write_to(request)
    request.save()
    record(actor, f"request.{step}", request, on=on.isoformat(), **facts)
    return request


def _add_files(request: DisclosureRequest, files: Iterable[Upload], purpose: str) -> None:
    for upload in files:
        file = RequestFile(request=request, purpose=purpose)
        uploads.fill(file, upload)
        file.save()

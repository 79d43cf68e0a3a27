"""How a request comes in: sent online by the applicant, or entered by staff for somebody."""

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.audit.trail import record
from disclosure.core.dates import legal_day, now
from disclosure.workdays.store import current_calendar
from requests_app import access_codes, policies, uploads
from requests_app.actions.engine import require, tell
from requests_app.actions.several import give_number
from requests_app.applicants import ApplicantData
from requests_app.casework.choices import IntakeChannel
from requests_app.casework.models import Applicant, DisclosureRequest, RequestEvent, StagedUpload
from requests_app.deciding.models import Point
from requests_app.lifecycle import TRANSITIONS, Event
from requests_app.projection import project

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
    require(policies.why_not_ask(submission.agency))
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
    arrived_on: dt.date | None = None,
    confirmed: str | None = None,
    token: str = "",
    staged: Sequence[StagedUpload] = (),
    at: dt.datetime | None = None,
    is_demo: bool = False,
) -> Receipt:
    """Enter a request that came by post, in person or orally (Art. 29), and register it.

    The actor becomes its handler. `arrived_on` and `confirmed` are the record of Art. 31: the day
    on which it came, and how the receipt was confirmed. The receipt's code is for the applicant's
    receipt slip. The same `token` gives the same request again, as in `submit`.
    """
    moment = at or now()
    draft = DisclosureRequest(agency=submission.agency)
    rights.require(actor, TRANSITIONS["enter"].action or "", draft)
    today = legal_day(moment)
    require(
        policies.why_not_ask(submission.agency)
        + policies.why_not_receive(
            intake_channel,
            received_on,
            submitted_on=today,
            arrived_on=arrived_on,
            confirmed=confirmed,
        )
    )
    record_of_receipt: dict[str, Any] = {"basis": intake_channel}
    if arrived_on:
        record_of_receipt["arrived_on"] = arrived_on.isoformat()
    if confirmed:
        record_of_receipt["confirmed"] = confirmed
    return _create_once(
        submission,
        transition="enter",
        channel=intake_channel,
        received_on=received_on,
        receipt_facts=record_of_receipt,
        moment=moment,
        actor=actor,
        token=token,
        staged=staged,
        is_demo=is_demo,
    )


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
    receipt_facts: dict[str, Any] | None = None,
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
            facts=receipt_facts or {"basis": channel},
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
        Point.objects.create(request=request, position=1, text=request.subject[:1000])
        for upload in staged:
            uploads.adopt(upload, request)
        give_number(request, moment)
        code = access_codes.code_for(token, request.number) if token else access_codes.new_code()
        request.access_code_hash = access_codes.hashed(request.number, code)
        request.save(update_fields=["number", "access_code_hash"])
        if actor:
            record(actor, "request.enter", request)
        tell(request, row, on=received_on, at=moment)
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

"""Made-up requests, stored by the thousand: rows, applicants, events, points, answers, remedies."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction

from disclosure.agencies.models import Agency, User
from disclosure.core import bulk
from disclosure.core.dates import legal_day
from disclosure.demo.agencies import MAIL_DOMAIN
from disclosure.load import words
from disclosure.load.texts import Maker, moments
from disclosure.load.words import Zipf
from disclosure.numbering.serials import next_block
from disclosure.workdays.store import current_calendar
from requests_app import access_codes
from requests_app.applicants import ApplicantData
from requests_app.casework.choices import ApplicantKind, DeliveryChannel, Form, IntakeChannel
from requests_app.casework.models import Answer, Applicant, DisclosureRequest, RequestEvent
from requests_app.deciding.models import Point
from requests_app.demo.applicants import ADDRESS, PHONE, resident_id
from requests_app.lifecycle import Event
from requests_app.load.stories import Story, Teller
from requests_app.remedies.models import RemedyCase
from requests_app.remedies.rules import agency_reply_due

BATCH = 1000
#: Of so many answered requests one goes on to reconsideration or a lawsuit.
REMEDY = 80
#: Applicants there are: so many requests a head.
ASK_AGAIN = 4
KINDS = Zipf(
    [
        *[ApplicantKind.NATURAL_PERSON] * 88,
        *[ApplicantKind.ENTERPRISE] * 8,
        *[ApplicantKind.LEGAL_SERVICE] * 2,
        *[ApplicantKind.RESEARCH, ApplicantKind.OTHER],
    ],
    flatness=1e9,
)
CHANNELS = Zipf(
    [
        *[IntakeChannel.ONLINE] * 70,
        *[IntakeChannel.POST] * 18,
        *[IntakeChannel.IN_PERSON] * 8,
        *[IntakeChannel.LETTER, IntakeChannel.FAX, IntakeChannel.FAX, IntakeChannel.ORAL],
    ],
    flatness=1e9,
)
_ASKED = (
    "的批准文件",
    "的资金使用情况",
    "的会议纪要",
    "的检查记录",
    "的验收报告",
    "的补偿标准",
    "的名单",
)


@dataclass
class Made:
    """A request with what hangs on it, not stored yet."""

    request: DisclosureRequest
    person: ApplicantData
    story: Story
    decided: str


class Loader:
    """Loads requests for agencies with one source of chance."""

    def __init__(
        self,
        rng: random.Random,
        agencies: Sequence[tuple[Agency, Maker]],
        handler: User,
        until: dt.datetime,
    ) -> None:
        self._rng, self._handler, self._until = rng, handler, until
        self._agencies, self._subjects = Zipf(agencies, flatness=10), Zipf(words.SUBJECTS)
        self._calendar = current_calendar()
        self._teller = Teller(rng, self._calendar, legal_day(until))

    def load(self, number: int, progress: Callable[[int], None] = lambda rows: None) -> int:
        """Store so many, the oldest first; a transaction for each BATCH."""
        stored = 0
        self._people = max(number // ASK_AGAIN, 1)
        rows = self._rows(number)
        while batch := list(islice(rows, BATCH)):
            with transaction.atomic():
                self._insert(batch)
            stored += len(batch)
            progress(stored)
        return stored

    def _rows(self, number: int) -> Iterator[Made]:
        for moment in moments(self._rng, number, self._until):
            agency, maker = self._agencies.draw(self._rng)
            yield self._row(agency, maker, moment)

    def _row(self, agency: Agency, maker: Maker, moment: dt.datetime) -> Made:
        rng = self._rng
        kind, channel = KINDS.draw(rng), CHANNELS.draw(rng).value
        story, decided = self._teller.story(legal_day(moment), channel)
        is_online = channel == IntakeChannel.ONLINE
        name = f"{maker.place}{self._subjects.draw(rng)}{rng.choice(_ASKED)}"
        request = DisclosureRequest(
            agency=agency,
            applicant_kind=kind,
            intake_channel=channel,
            information_name=name,
            description=f"申请公开{moment.year - 1}年以来{name}，包括正文和附件。",
            form=rng.choice((Form.ELECTRONIC, Form.ELECTRONIC, Form.PAPER)),
            channel=DeliveryChannel.ONLINE if is_online else DeliveryChannel.MAIL,
            submitted_at=moment,
            entered_by=None if is_online else self._handler,
            handler=self._handler if story.projection.state != "submitted" else None,
            is_demo=True,
        )
        story.projection.write_to(request)
        return Made(request, _person(rng.randrange(self._people), kind), story, decided)

    def _insert(self, batch: list[Made]) -> None:
        requests = [made.request for made in batch]
        _number(requests)
        bulk.insert(DisclosureRequest, requests)
        bulk.insert(
            Applicant,
            [
                Applicant(
                    request=made.request,
                    data=made.person.as_dict(),
                    person_hash=made.person.person_hash(made.request.applicant_kind),
                )
                for made in batch
            ],
        )
        bulk.insert(RequestEvent, [event for made in batch for event in self._events(made)])
        bulk.insert(
            Point,
            [
                Point(
                    request=made.request,
                    position=1,
                    text=made.request.information_name,
                    determination=made.decided,
                )
                for made in batch
            ],
        )
        answered = [made for made in batch if made.decided]
        bulk.insert(Answer, [self._answer(made) for made in answered])
        bulk.insert(
            RemedyCase, [self._remedy(made) for made in answered if not self._rng.randrange(REMEDY)]
        )

    def _events(self, made: Made) -> Iterator[RequestEvent]:
        own = {Event.SUBMITTED, Event.WITHDRAWN}
        if made.request.intake_channel == IntakeChannel.ONLINE:
            own |= {Event.RECEIVED, Event.CORRECTED}
        for event in made.story.events:
            yield RequestEvent(
                request=made.request,
                kind=event.kind,
                occurred_on=event.occurred_on,
                recorded_at=max(_noon(event.occurred_on), made.request.submitted_at),
                actor=None if event.kind in own else self._handler,
                facts=event.facts,
            )

    def _answer(self, made: Made) -> Answer:
        day = made.story.projection.answered_on
        assert day is not None  # noqa: S101  (what is decided is answered)
        return Answer(
            request=made.request,
            outcome=made.story.projection.outcome,
            content={"text": f"关于{made.request.information_name}的申请，现答复如下。"},
            answered_on=day,
            issued_at=_noon(day),
            issued_by=self._handler,
        )

    def _remedy(self, made: Made) -> RemedyCase:
        rng, answered = self._rng, made.story.projection.answered_on
        assert answered is not None  # noqa: S101
        today = legal_day(self._until)
        received = min(answered + dt.timedelta(days=rng.randrange(5, 60)), today)
        decided: dt.date | None = received + dt.timedelta(days=rng.randrange(30, 120))
        if decided is not None and decided > today:
            decided = None
        kind = rng.choice((RemedyCase.Kind.RECONSIDERATION, RemedyCase.Kind.LITIGATION_DIRECT))
        outcomes = (RemedyCase.Outcome.UPHELD, *RemedyCase.Outcome)[2:]
        return RemedyCase(
            request=made.request,
            kind=kind,
            by=RemedyCase.By.APPLICANT,
            against=RemedyCase.Against.ANSWER,
            body="示例省人民政府" if kind == RemedyCase.Kind.RECONSIDERATION else "示例市人民法院",
            received_on=received,
            reply_due=agency_reply_due(kind, received, self._calendar),
            decided_on=decided,
            outcome=rng.choice(outcomes) if decided else RemedyCase.Outcome.PENDING,
        )


def _number(requests: list[DisclosureRequest]) -> None:
    """Numbers from the same counters as real ones. Nobody knows the codes, the loader neither."""
    series: defaultdict[tuple[str, int], list[DisclosureRequest]] = defaultdict(list)
    for one in requests:
        series[one.agency.code, legal_day(one.submitted_at).year].append(one)
    for (code, year), rows in series.items():
        for serial, one in zip(next_block(f"request:{code}:{year}", len(rows)), rows, strict=True):
            one.number = f"{code}-{year}-{serial:04d}"
            one.access_code_hash = access_codes.hashed(one.number, access_codes.new_code())


def _person(number: int, kind: str) -> ApplicantData:
    """The same for the same number: nobody, by the place code 000000."""
    if kind == ApplicantKind.NATURAL_PERSON:
        family = words.SURNAMES[number % len(words.SURNAMES)]
        return ApplicantData(
            name=f"{family}某某（演示）",
            id_type="resident_id",
            id_number=resident_id(1940 + number // 999 % 65, number % 999),
            phone=PHONE,
            email=f"load{number}@{MAIL_DOMAIN}",
            postal_address=ADDRESS,
        )
    return ApplicantData(
        name=f"示例单位{number}（演示）",
        representative="某某（演示）",
        phone=PHONE,
        email=f"load{number}@{MAIL_DOMAIN}",
        postal_address=ADDRESS,
    )


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, 8, tzinfo=dt.UTC)

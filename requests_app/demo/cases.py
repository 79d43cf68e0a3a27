"""The demonstration's requests: read from `cases.txt`, taken through the actions with dates
counted in working days from today, so that there always are green, amber and red ones."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.core.dates import SHANGHAI, legal_day
from disclosure.demo import files as files_of
from disclosure.demo import texts
from disclosure.demo.agencies import CITIES
from disclosure.demo.days import counted
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.store import current_calendar
from requests_app import access_codes, actions, uploads
from requests_app.casework.models import DisclosureRequest
from requests_app.demo.applicants import applicant
from requests_app.letters.models import LetterStyle
from requests_app.lifecycle import TRANSITIONS
from requests_app.lifecycle.transitions import HANDLE

#: Cases whose access code is made known: one under way, one answered.
OPEN_TO_VISITORS = ("02", "01")
_FROM_ONLINE = "online"
# Time of day of each step, so that they follow one another on one day.
_TIMES = {"收到": dt.time(9, 10), "登记": dt.time(10, 20), "转办": dt.time(10, 40)}
_TIMES |= {"草拟": dt.time(15, 0), "答复": dt.time(15, 30), "办结": dt.time(16, 20)}
_STEP_TIME = dt.time(14, 0)


@dataclass(frozen=True)
class Case:
    """A request to be made, with the moment of each of its steps."""

    text: texts.Text
    agency: Agency
    moments: dict[str, dt.datetime]
    now: dt.datetime

    @property
    def key(self) -> str:
        return self.text.get("编号")

    @property
    def name(self) -> str:
        return self.text.get("名称")

    @property
    def entered(self) -> dt.datetime:
        """When it gets its number."""
        moment = self.moments["收到"]
        return moment if self.is_online else self.moments.get("登记", moment)

    @property
    def is_online(self) -> bool:
        return self.text.get("渠道") == _FROM_ONLINE


def token(key: str) -> str:
    """The submission token of a case made online: it leads to its access code."""
    return f"demonstration-request-{key}"


def load_requests(agencies: dict[str, Agency], people: dict[str, User], *, at: dt.datetime) -> int:
    """Add the requests that are missing, oldest first; how many.

    Known again by agency and information asked for. Without an account that may handle them at
    their agency they are left out.
    """
    calendar = current_calendar()
    for agency in agencies.values():
        _give_style(agency)
    have = set(
        DisclosureRequest.objects.filter(is_demo=True).values_list(
            "agency__code", "information_name"
        )
    )
    cases = [make_case(text, agencies, calendar, at) for text in read_texts()]
    added = 0
    for case in sorted(cases, key=lambda case: case.entered):
        handler = _handler(case, people)
        if (case.agency.code, case.name) not in have and handler:
            _take(case, handler, people, calendar)
            added += 1
    return added


def _give_style(agency: Agency) -> None:
    """What the agency's letters bear; the names are of the kind that the law has in mind."""
    city = next((city.name for city in CITIES if city.code == agency.code), "")
    LetterStyle.objects.get_or_create(
        agency=agency,
        defaults={
            "number_prefix": f"{agency.short_name or agency.code}公开",
            "contact": f"联系电话：{agency.phone}" if agency.phone else "",
            "reconsideration_body": f"{city}市人民政府" if city else "辽宁省人民政府",
            "court": f"{city}市有管辖权的基层人民法院" if city else "沈阳市有管辖权的基层人民法院",
            "online_channel": "https://fuyi.example.invalid/",
        },
    )


def read_texts() -> list[texts.Text]:
    """The cases as they are written."""
    return list(texts.read("cases.txt", Path(__file__).parent))


def known_codes() -> list[tuple[str, str]]:
    """Number and access code of the requests that visitors may follow."""
    hashes = {uploads.token_hash(token(key)): token(key) for key in OPEN_TO_VISITORS}
    found = DisclosureRequest.objects.filter(submission_token_hash__in=hashes, is_demo=True)
    return [
        (request.number, access_codes.code_for(hashes[request.submission_token_hash or ""], number))
        for request in found.order_by("-pk")
        if (number := request.number)
    ]


def make_case(
    text: texts.Text, agencies: dict[str, Agency], calendar: WorkdayCalendar, at: dt.datetime
) -> Case:
    today = legal_day(at)
    moments = {}
    for step, time in _TIMES.items():
        if step == "转办":
            days = text.get("登记") if text.get(step) else ""
        else:
            days = text.get(step)
        if days:
            day = counted(int(days), today, calendar)
            moments[step] = min(dt.datetime.combine(day, time, tzinfo=SHANGHAI), at)
    return Case(text, agencies[text.get("机关")], moments, at)


def _handler(case: Case, people: dict[str, User]) -> User | None:
    names = [case.text.get("经办"), "handler.sy" if case.agency.code == "SYRF" else "", "handler"]
    draft = DisclosureRequest(agency=case.agency)
    for name in filter(people.__contains__, names):
        if rights.allows(people[name], HANDLE, draft):
            return people[name]
    return None


def _take(case: Case, handler: User, people: dict[str, User], calendar: WorkdayCalendar) -> None:
    """Through the steps that the case has, as staff would take it, in order of their days."""
    text, moments = case.text, case.moments
    request = _enter(case, handler)
    if case.is_online and "登记" in moments:
        request = actions.take(request, "register", actor=handler, at=moments["登记"])
    head, other = people.get("head"), people.get(text.get("转办"))
    if "转办" in moments and head and other:
        request = actions.take(request, "assign", actor=head, handler=other, at=moments["转办"])
    answered = moments.get("答复")
    for at, name, what in _steps(case, calendar):
        if answered and at > answered:
            request = _answer(case, request, handler, people, answered)
            answered = None
        actor = _who(people, handler, request, name)
        request = actions.take(request, name, actor=actor, at=at, **_given(request, at, what))
    if answered:
        request = _answer(case, request, handler, people, answered)
    if "草拟" in moments:
        _draft(case, request, handler)
        request = actions.take(request, "propose", actor=handler, at=moments["草拟"])
    if "办结" in moments:
        letter = request.letters.filter(kind="answer").latest("pk")
        request = actions.take(
            request, "serve", actor=handler, letter=letter, channel="email", at=moments["答复"]
        )
        actions.take(request, "close", actor=handler, at=moments["办结"])


def _steps(
    case: Case, calendar: WorkdayCalendar
) -> Iterator[tuple[dt.datetime, str, dict[str, str]]]:
    """`步骤: DAY STEP name=value|…`, the day in working days from today."""
    for line in case.text.head.get("步骤", []):
        days, name, *rest = line.split(" ", 2)
        given = dict(part.split("=", 1) for part in rest[0].split("|")) if rest else {}
        day = counted(int(days), legal_day(case.now), calendar)
        yield dt.datetime.combine(day, _STEP_TIME, tzinfo=SHANGHAI), name, given


def _given(request: DisclosureRequest, at: dt.datetime, what: dict[str, str]) -> dict[str, Any]:
    """What a step takes, from how it is written: rows by their number, days from the step's."""
    made: dict[str, Any] = dict(what)
    if "until" in what:
        made["until"] = legal_day(at) + dt.timedelta(days=int(what["until"]))
    for name in ("days", "pages"):
        if name in what:
            made[name] = int(what[name])
    if "party" in what:
        made["party"] = request.parties.order_by("pk")[int(what["party"]) - 1]
    if "office" in what:
        made["office"] = request.agency.offices.order_by("order", "pk")[int(what["office"]) - 1]
    return made


def _draft(case: Case, request: DisclosureRequest, handler: User) -> None:
    """What is decided on each point, from the case's text: `结果` and the parts `@field`."""
    text = case.text
    details: dict[str, object] = {
        name[1:]: value for name, value in text.own_texts.items() if name.startswith("@")
    }
    if "grounds" in details:
        details["grounds"] = str(details["grounds"]).split("、")
    for point in request.points.all():
        actions.decide(
            request,
            actor=handler,
            point=point,
            determination=text.get("结果"),
            details=details,
        )
    files = [
        uploads.Upload(name, files_of.text(text.own_texts[name].splitlines()))
        for name in text.head.get("附件", [])
    ]
    actions.draft(request, actor=handler, files=files)


def _answer(
    case: Case,
    request: DisclosureRequest,
    handler: User,
    people: dict[str, User],
    at: dt.datetime,
) -> DisclosureRequest:
    """Draft, legal review, approval and issue."""
    _draft(case, request, handler)
    for step in ("propose", "pass_review", "approve", "issue"):
        actor = handler if step == "propose" else _who(people, handler, request, step)
        request = actions.take(request, step, actor=actor, at=at)
    return request


def _who(
    people: dict[str, User], handler: User, request: DisclosureRequest, step: str
) -> User | None:
    """Who may do it: the handler, the reviewer, the head; else the system, for a city's office
    has no head here."""
    right = TRANSITIONS[step].action or ""
    for person in (handler, people.get("reviewer"), people.get("head")):
        if person and rights.allows(person, right, request):
            return person
    return None


def _enter(case: Case, handler: User) -> DisclosureRequest:
    text = case.text
    person = applicant(text.get("申请人"))
    received = case.moments["收到"]
    submission = actions.Submission(
        agency=case.agency,
        applicant_kind=person.kind,
        applicant=person.data,
        form=text.get("形式"),
        channel=text.get("送达"),
        information_name=case.name,
        description=text.body,
    )
    if case.is_online:
        return actions.submit(submission, token=token(case.key), at=received, is_demo=True).request
    return actions.enter(
        submission,
        actor=handler,
        intake_channel=text.get("渠道"),
        received_on=legal_day(received),
        at=case.moments.get("登记", received),
        is_demo=True,
    ).request

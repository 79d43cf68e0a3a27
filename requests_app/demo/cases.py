"""The demonstration's requests: read from `cases.txt`, taken through the actions with dates
counted in working days from today, so that there always are green, amber and red ones."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from disclosure import grounds
from disclosure.agencies import rights
from disclosure.agencies.models import Agency, User
from disclosure.core.dates import SHANGHAI, legal_day
from disclosure.demo import files, texts
from disclosure.demo.agencies import CITIES
from disclosure.demo.days import counted
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.store import current_calendar
from requests_app import access_codes, actions, uploads
from requests_app.casework.models import DisclosureRequest
from requests_app.demo.applicants import applicant
from requests_app.determination import OUTCOMES, Group

#: Cases whose access code is made known: one under way, one answered.
OPEN_TO_VISITORS = ("02", "01")
_FROM_ONLINE = "online"
# Time of day of each step, so that they follow one another on one day.
_TIMES = {"收到": dt.time(9, 10), "登记": dt.time(10, 20), "转办": dt.time(10, 40)}
_TIMES |= {"答复": dt.time(15, 30), "办结": dt.time(16, 20)}


@dataclass(frozen=True)
class Case:
    """A request to be made, with the moment of each of its steps."""

    text: texts.Text
    agency: Agency
    moments: dict[str, dt.datetime]

    @property
    def key(self) -> str:
        return self.text.get("编号")

    @property
    def name(self) -> str:
        return self.text.get("名称")

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
    have = set(
        DisclosureRequest.objects.filter(is_demo=True).values_list(
            "agency__code", "information_name"
        )
    )
    cases = [make_case(text, agencies, calendar, at) for text in read_texts()]
    added = 0
    for case in sorted(cases, key=lambda case: case.moments["收到"]):
        handler = _handler(case, people)
        if (case.agency.code, case.name) not in have and handler:
            _take(case, handler, people)
            added += 1
    return added


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
    return Case(text, agencies[text.get("机关")], moments)


def _handler(case: Case, people: dict[str, User]) -> User | None:
    names = [case.text.get("经办"), "handler.sy" if case.agency.code == "SYRF" else "", "handler"]
    draft = DisclosureRequest(agency=case.agency)
    for name in filter(people.__contains__, names):
        if rights.allows(people[name], "requests_app.answer_disclosurerequest", draft):
            return people[name]
    return None


def _take(case: Case, handler: User, people: dict[str, User]) -> None:
    """Through the steps that the case has, as staff would take it."""
    text, moments = case.text, case.moments
    request = _enter(case, handler)
    if case.is_online and "登记" in moments:
        request = actions.register(request, actor=handler, at=moments["登记"])
    head, other = people.get("head"), people.get(text.get("转办"))
    if "转办" in moments and head and other:
        request = actions.assign(request, actor=head, handler=other, at=moments["转办"])
    if "答复" in moments:
        request = actions.answer(
            request,
            actor=handler,
            outcome=text.get("结果"),
            text=_letter(case),
            files=[
                uploads.Upload(name, files.text(text.own_texts[name].splitlines()))
                for name in text.head.get("附件", [])
            ],
            at=moments["答复"],
        )
    if "办结" in moments:
        actions.close(request, actor=handler, at=moments["办结"])


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


def _letter(case: Case) -> str:
    """The answer as a letter: what was asked, what is decided, and the remedies."""
    outcome = OUTCOMES[case.text.get("结果")]
    received = legal_day(case.moments["收到"])
    name = applicant(case.text.get("申请人")).data.name
    paragraphs = [
        f"{name}：",
        f"本机关于{_chinese(received)}收到你提出的政府信息公开申请，申请内容为：{case.name}。",
        *case.text.own_texts["答复"].splitlines(),
    ]
    ground = grounds.GROUNDS.get(outcome.ground)
    if ground and ground.remedy_first:
        paragraphs.append(_remedy_first("如对本答复不服", case.agency))
    elif outcome.group == Group.PARTLY:
        paragraphs.append(_remedy_first("如对不予公开部分不服", case.agency))
    elif outcome.group != Group.OTHER or outcome.key != "other":
        paragraphs.append(
            f"如对本答复不服，可以自收到本答复之日起60日内向{_superior(case.agency)}申请行政复议，"
            "或者自收到本答复之日起6个月内依法向有管辖权的人民法院提起行政诉讼。"
        )
    paragraphs += [case.agency.name, _chinese(legal_day(case.moments["答复"]))]
    return "\n\n".join(paragraphs)


def _remedy_first(start: str, agency: Agency) -> str:
    """Reconsideration before court: a refusal on Art. 14 to 16."""
    return (
        f"{start}，应当先自收到本答复之日起60日内向{_superior(agency)}申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法提起行政诉讼。"
    )


def _superior(agency: Agency) -> str:
    """The people's government of the same level reconsiders a department's act."""
    city = next((city for city in CITIES if city.code == agency.code), None)
    return f"{city.name}市人民政府" if city else "辽宁省人民政府"


def _chinese(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

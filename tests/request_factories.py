"""Disclosure requests for tests, each state reached through the actions."""

import datetime as dt
from typing import Any

from disclosure.agencies.roles import Role
from disclosure.models import Agency, User
from requests_app import actions
from requests_app.actions import Receipt, Submission
from requests_app.applicants import ApplicantData
from requests_app.determination import DETERMINATIONS
from requests_app.models import DisclosureRequest, LetterStyle
from tests.factories import any_agency, make_user

#: Passes the check digit, but no place has this code: nobody's number.
RESIDENT_ID = "990101199001011230"
TOKEN = "a-token-that-only-tests-ever-use"


def make_submission(agency: Agency | None = None, **fields: Any) -> Submission:
    """What an applicant hands in; applicant fields (name, phone …) may be given too."""
    person = {
        key: fields.pop(key) for key in list(fields) if key in ApplicantData.__dataclass_fields__
    }
    values = {
        "applicant_kind": "natural_person",
        "applicant": ApplicantData(
            **{"name": "示例甲", "phone": "13800000000", "email": "a@example.invalid", **person}
        ),
        "form": "electronic",
        "channel": "online",
        "information_name": "示例信息",
        "description": "请公开示例信息。",
        **fields,
    }
    return Submission(agency=agency or any_agency(), **values)


def make_receipt(
    agency: Agency | None = None, *, token: str = "", at: dt.datetime | None = None, **fields: Any
) -> Receipt:
    """An online request as just submitted, with its access code."""
    return actions.submit(make_submission(agency, **fields), token=token, at=at)


def make_style(agency: Agency, **fields: Any) -> LetterStyle:
    """What an agency's letters need: before whom to contest, and where on the internet."""
    values = {
        "number_prefix": "示公开",
        "reconsideration_body": "示例省人民政府",
        "court": "示例市中级人民法院",
        "online_channel": "https://fuyi.example.invalid/",
        **fields,
    }
    return LetterStyle.objects.update_or_create(agency=agency, defaults=values)[0]


#: What each determination must give, for tests that care about something else.
DETAILS = {
    "how": "示例内容。",
    "place": "本网站“法定主动公开内容”栏目。",
    "reasons": "示例理由。",
    "grounds": ["process"],
    "withheld": "讨论记录",
    "search": "已检索档案室和业务系统。",
    "rules": "《示例登记条例》第一条。",
    "earlier": "示公开〔2026〕答1号",
    "responsible": "示例市办公室",
}


def decide_all(
    request: DisclosureRequest,
    determination: str = "given",
    *,
    actor: User | None = None,
    **details: Any,
) -> None:
    """The same draft for each point, with everything that it must give."""
    row = DETERMINATIONS[determination]
    given = {field.value: DETAILS[field.value] for field in row.must}
    for point in request.points.all():
        actions.decide(
            request,
            actor=actor,
            point=point,
            determination=determination,
            details={**given, **details},
        )


def answer_request(
    request: DisclosureRequest,
    determination: str = "given",
    *,
    handler: User | None = None,
    files: Any = (),
    on: dt.date | None = None,
    at: dt.datetime | None = None,
    entered_at: dt.datetime | None = None,
    released_on: dt.date | None = None,
    **details: Any,
) -> DisclosureRequest:
    """A registered request answered, by way of draft, review and approval at the moment `at`.

    `on` is the day of the answer, `entered_at` the moment of its entry where it is later.
    """
    make_style(request.agency)
    decide_all(request, determination, actor=handler, **details)
    actions.draft(request, actor=handler, files=files)
    for step, actor in (("propose", handler), ("pass_review", None), ("approve", None)):
        request = actions.take(request, step, actor=actor, at=at)
    return actions.take(
        request, "issue", actor=handler, on=on, at=entered_at or at, released_on=released_on
    )


def serve_answer(
    request: DisclosureRequest, *, handler: User | None = None, **rest: Any
) -> DisclosureRequest:
    """The newest answer's letter handed over on the day of the answer."""
    letter = request.letters.filter(kind="answer").latest("pk")
    day = rest.pop("on", letter.issued_on)
    return actions.take(
        request,
        "serve",
        actor=handler,
        letter=letter,
        channel="direct",
        on=day,
        served_on=rest.pop("served_on", day),
        **rest,
    )


def make_request(
    state: str = "submitted",
    *,
    agency: Agency | None = None,
    handler: User | None = None,
    determination: str = "given",
    text: str = "示例答复。",
    at: dt.datetime | None = None,
    **fields: Any,
) -> DisclosureRequest:
    """A request in `state`, every step taken at the moment `at` (default: now)."""
    agency = agency or any_agency()
    request = make_receipt(agency, at=at, **fields).request
    if state == "submitted":
        return request
    handler = handler or make_user(Role.HANDLER, agency=agency)
    request = actions.take(request, "register", actor=handler, at=at)
    if state in {"answered", "closed"}:
        request = answer_request(request, determination, handler=handler, at=at, how=text)
    if state == "closed":
        request = serve_answer(request, handler=handler, at=at)
        request = actions.take(request, "close", actor=handler, at=at)
    return request

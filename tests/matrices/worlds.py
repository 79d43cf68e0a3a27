"""Requests in each state with everything that a step could be done to: the worlds in which the
matrix tries every step."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from disclosure.core.dates import legal_day, now
from disclosure.models import Agency, User
from requests_app import access_codes, actions
from requests_app.lifecycle import State
from requests_app.models import DisclosureRequest
from requests_app.uploads import Upload
from tests.factories import PDF
from tests.request_factories import decide_all, make_request, make_style

Taken = Callable[..., DisclosureRequest]
#: How long before today a world begins: long enough for every day of the applicant to have passed.
LONG_AGO = dt.timedelta(days=70)


def plain(state: State, agency: Agency, handler: User) -> DisclosureRequest:
    """Only what leads to the state, today, with reasons given; its two points are decided."""
    return _in(state, agency, handler, now(), reasons=True)


def busy(state: State, agency: Agency, handler: User) -> DisclosureRequest:
    """Others are asked, reasons too, an extension is proposed, remedies are open and decided."""
    at = now()
    case = _begun(agency, handler, at)
    if state is State.SUBMITTED:
        return _remedies(make_request(agency=agency, at=at), at)
    for step, what in (
        ("ask_third_party", {"name": "示例公司", "text": "合同"}),
        ("ask_third_party", {"name": "示例中心", "text": "报告"}),
        ("ask_co_maker", {"name": "示例局", "text": "联合发文"}),
        ("ask_agency", {"name": "示例委", "text": "是否涉密", "until": _later(at)}),
        ("ask_help", {"office": agency.offices.first(), "text": "检索", "until": _later(at)}),
        ("ask_reasons", {"text": "请说明", "until": _later(at)}),
        ("ask_extension", {"text": "内容较多"}),
    ):
        case = actions.take(case, step, at=at, **what)
    second = case.parties.get(kind="third_party", number=2)
    case = actions.take(
        case, "third_party_answered", party=second, opinion="objects", text="商业秘密", at=at
    )
    case = _remedies(case, at)
    if state is not State.REGISTERED:
        # Further on only in a world in which those asked have answered.
        for party in case.parties.filter(opinion=""):
            answered = f"{party.kind}_answered"
            case = actions.take(case, answered, party=party, opinion="agrees", at=at)
        case = actions.take(case, "override_objection", party=second, text="公共利益", at=at)
        case = actions.take(case, "give_help", task=case.tasks.get(), found="holds", at=at)
    return _on(case, state, handler, at)


def late(state: State, agency: Agency, handler: User) -> DisclosureRequest:
    """Begun long ago: what the applicant was given has passed, the answer is overdue or served."""
    case = _in(state, agency, handler, now() - LONG_AGO)
    if state is State.ANSWERED:
        letter = case.letters.get(kind="answer")
        case = actions.take(case, "serve", letter=letter, channel="email")
    return case


def old(state: State, agency: Agency, handler: User) -> DisclosureRequest:
    """So long ago that personal data need not be kept."""
    return _in(state, agency, handler, now() - dt.timedelta(days=12 * 366))


WORLDS: tuple[Callable[[State, Agency, User], DisclosureRequest], ...] = (plain, busy, late)


def _later(at: dt.datetime) -> dt.date:
    return legal_day(at) + dt.timedelta(days=10)


def _begun(agency: Agency, handler: User, at: dt.datetime) -> DisclosureRequest:
    make_style(agency)
    case = make_request("registered", agency=agency, handler=handler, at=at)
    actions.set_points(case, actor=None, texts=["甲项信息", "乙项信息"])
    decide_all(case)
    return case


def _remedies(case: DisclosureRequest, at: dt.datetime) -> DisclosureRequest:
    filed = {"kind": "reconsideration", "by": "applicant", "against": "silence", "body": "省政府"}
    case = actions.take(case, "file_remedy", at=at, **filed)
    ordered = case.remedies.latest("pk")
    case = actions.take(case, "decide_remedy", remedy=ordered, result="revoked_new_answer", at=at)
    return actions.take(case, "file_remedy", at=at, **filed)


def _in(
    state: State, agency: Agency, handler: User, at: dt.datetime, *, reasons: bool = False
) -> DisclosureRequest:
    if state is State.SUBMITTED:
        return make_request(agency=agency, at=at)
    case = _begun(agency, handler, at)
    if reasons:
        case = actions.take(case, "ask_reasons", text="请说明", until=_later(at), at=at)
        case = actions.take(case, "give_reasons", text="研究需要", at=at)
    return _on(case, state, handler, at)


def _on(case: DisclosureRequest, state: State, handler: User, at: dt.datetime) -> DisclosureRequest:
    """From in hand to the state."""
    if state is State.CORRECTION:
        decide_all(case, "other_not_corrected")
        return actions.take(case, "ask_correction", text="请补正", until=_later(at), at=at)
    if state is State.PAYMENT:
        decide_all(case, "other_fee_unpaid")
        return actions.take(case, "notify_fee", basis="pages", pages=100, payment="汇款", at=at)
    way = {
        State.REVIEW: ("propose",),
        State.APPROVAL: ("propose", "pass_review"),
        State.APPROVED: ("propose", "pass_review", "approve"),
        State.ANSWERED: ("propose", "pass_review", "approve", "issue"),
        State.CLOSED: ("propose", "pass_review", "approve", "issue", "serve", "close"),
    }.get(state, ())
    for step in way:
        what: dict[str, Any] = {}
        if step == "serve":
            letter = case.letters.filter(kind="answer").latest("pk")
            what = {"letter": letter, "channel": "email"}
        actor = handler if step == "propose" else None
        case = actions.take(case, step, actor=actor, at=at, **what)
    return case


def data_for(step: str, case: DisclosureRequest, who: User | None) -> dict[str, Any]:
    """What the step is given: complete, so that only state, right and day can be against it."""
    until = legal_day(now()) + dt.timedelta(days=60)
    office = case.agency.offices.first()
    party = {
        name: case.parties.filter(kind=name.rpartition("_")[0], opinion="").first()
        for name in ("third_party_answered", "co_maker_answered", "agency_answered")
    }
    objecting = case.parties.filter(opinion="objects", is_overridden=False).first()
    letter = case.letters.filter(deliveries__isnull=True).first()
    asked = {"name": "示例单位", "text": "示例"}
    table: dict[str, dict[str, Any]] = {
        "assign": {"handler": case.agency_handler},  # type: ignore[attr-defined]
        "pass_on": {"office": office},
        "restrict": {"people": [who] if who else []},
        "ask_correction": {"text": "请补正", "until": until},
        "correct": {"text": "补正"},
        "receive_correction": {"text": "补正", "reason": "邮路不通"},
        "ask_reasons": {"text": "请说明", "until": until},
        "give_reasons": {"text": "研究"},
        "record_reasons": {"text": "研究"},
        "notify_fee": {"basis": "pages", "pages": 100, "payment": "汇款"},
        "record_payment": {"amount": Decimal("700.00")},
        "waive_fee": {"text": "困难"},
        "add_files": {"files": [1], "uploads": [Upload("说明.pdf", PDF)]},
        "choose_delivery": {"form": "electronic", "channel": "online"},
        "complain": {"text": "逾期"},
        "rate": {"stars": 5},
        "record_withdrawal": {"text": "来函"},
        "ask_third_party": asked,
        "third_party_received": {"party": party["third_party_answered"]},
        "third_party_answered": {"party": party["third_party_answered"], "opinion": "agrees"},
        "override_objection": {"party": objecting, "text": "公共利益"},
        "ask_co_maker": asked,
        "co_maker_received": {"party": party["co_maker_answered"]},
        "co_maker_answered": {"party": party["co_maker_answered"], "opinion": "agrees"},
        "ask_agency": {**asked, "until": until},
        "agency_answered": {"party": party["agency_answered"], "opinion": "agrees"},
        "ask_help": {"office": office, "text": "检索", "until": until},
        "chase_help": {"task": case.tasks.filter(found="").first()},
        "give_help": {"task": case.tasks.filter(found="").first(), "found": "nothing"},
        "ask_extension": {"text": "内容较多"},
        "refuse_extension": {"text": "无需"},
        "extend": {"text": "内容较多"},
        "delay": {"until": until, "text": "数量较多"},
        "return_draft": {"text": "请改"},
        "serve": {"letter": letter, "channel": "email"},
        "sign_for": {"letter": letter},
        "split": {"points": list(case.points.all()[:1])},
        "merge": {"into": DisclosureRequest.objects.filter(information_name="先来的").first()},
        "file_remedy": {
            "kind": "reconsideration",
            "by": "applicant",
            "against": "silence",
            "body": "省政府",
        },
        "reply_remedy": {"remedy": case.remedies.filter(decided_on__isnull=True).first()},
        "decide_remedy": {
            "remedy": case.remedies.filter(decided_on__isnull=True).first(),
            "result": "upheld",
        },
        "reopen": {"remedy": case.remedies.filter(orders_new_answer=True).first()},
        "renew_code": {"how": "document", "code": access_codes.new_code()},
        "amend": {
            "event": case.events.filter(kind="received").first(),
            "day": case.received_on,
            "text": "笔误",
        },
    }
    return table.get(step, {})

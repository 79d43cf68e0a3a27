"""登记表, 公开审查呈批单 and 意见确认函: what they say, what they leave to be signed, for whom."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from disclosure.agencies.roles import Role
from disclosure.core.dates import today
from disclosure.models import Agency, User
from requests_app import actions
from requests_app.casefile import contents, papers
from requests_app.models import DisclosureRequest, Party
from tests.admin_pages import signed_in
from tests.factories import make_tree, make_user
from tests.request_factories import RESIDENT_ID, decide_all, make_request, make_style

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> tuple[Agency, Agency, Agency]:
    return make_tree()


@pytest.fixture
def handler(tree) -> User:
    return make_user(Role.HANDLER, agency=tree[1], full_name="经办甲")


@pytest.fixture
def reviewer(tree) -> User:
    return make_user(Role.REVIEWER, agency=tree[1], full_name="审核乙")


@pytest.fixture
def head(tree) -> User:
    return make_user(Role.HEAD, agency=tree[1], full_name="负责丙")


@pytest.fixture
def case(tree, handler) -> DisclosureRequest:
    make_style(tree[1], contact="示例路1号")
    return make_request(
        "registered", agency=tree[1], handler=handler, name="欧阳示例", id_number=RESIDENT_ID
    )


def far() -> dt.date:
    return today() + dt.timedelta(days=20)


def page(user: User, case: DisclosureRequest, name: str, *more: int):
    address = reverse(f"admin:requests_app_disclosurerequest_{name}", args=[case.pk, *more])
    return signed_in(Client(), user).get(address)


def text(user: User, case: DisclosureRequest, name: str, *more: int) -> str:
    response = page(user, case, name, *more)
    assert response.status_code == 200
    return response.content.decode()


def said(case: DisclosureRequest) -> list[tuple[str, ...]]:
    """Remark, who and day of handler, legal reviewer and head."""
    sheet = papers.review(case, case.events.all(), case.notes.all())
    return [row[1:] for row in sheet.tables[2].rows]


def returned(case: DisclosureRequest) -> list[tuple[str, ...]]:
    return list(papers.review(case, case.events.all(), case.notes.all()).tables[3].rows)


EMPTY = (papers.REMARK_TO_FILL, papers.NAME_TO_SIGN, papers.DAY_TO_FILL)


def ask(case: DisclosureRequest, handler: User, name: str = "示例公司") -> Party:
    case = actions.take(case, "ask_third_party", actor=handler, name=name, text="示例合同")
    return case.parties.latest("pk")


def test_the_registration_form_says_how_it_came_and_masks_who_asks(case, handler) -> None:
    found = text(handler, case, "registration")
    for word in (case.number, case.information_name, "经办甲", "欧***", today().isoformat()):
        assert word in found
    for hidden in ("欧阳示例", RESIDENT_ID, "a@example.invalid", "13800000000"):
        assert hidden not in found


@translation.override("en")
def test_a_corrected_request_has_its_own_day_of_receipt(case, handler) -> None:
    case = actions.take(case, "ask_correction", actor=handler, text="请写明年份。", until=far())
    case = actions.take(case, "receive_correction", actor=handler, text="2020 年")
    receipts = papers.registration(case, case.events.all()).tables[1].rows
    assert [row[0] for row in receipts] == [
        "Submitted online",
        "Received",
        "Registered",
        "Correction received; the time limit starts anew",
    ]
    assert {row[1] for row in receipts} == {today().isoformat()}
    assert receipts[-1][3] == "经办甲"


@translation.override("en")
def test_what_art_29_asks_and_is_not_there_is_listed(tree, handler) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    lacking = papers.registration(case, case.events.all()).tables[-1]
    assert lacking.rows == [("Proof of identity",)]


def test_an_erased_applicant_is_named_nowhere(case, handler) -> None:
    case.applicant.data = None
    case.applicant.erased_at = case.submitted_at
    case.applicant.save()
    found = text(handler, case, "registration")
    assert "欧" not in found
    assert text(handler, case, "review_sheet")


def test_the_review_sheet_leaves_lines_where_nobody_has_signed(case, handler) -> None:
    assert said(case) == [EMPTY, EMPTY, EMPTY]
    found = text(handler, case, "review_sheet")
    assert found.count("签名：") == 3
    assert found.count("　　年　　月　　日") == 3


def test_each_signs_with_remark_and_day(case, handler, reviewer, head) -> None:
    decide_all(case, "partly", actor=handler, reasons="含讨论记录", grounds=["process"])
    case = actions.take(case, "propose", actor=handler)
    case = actions.take(case, "pass_review", actor=reviewer, text="理由充分。")
    day = today().isoformat()
    assert said(case) == [
        ("", "经办甲", day),
        ("理由充分。", "审核乙", day),
        EMPTY,
    ]
    case = actions.take(case, "approve", actor=head, text="同意。")
    assert said(case)[2] == ("同意。", "负责丙", day)
    found = text(handler, case, "review_sheet")
    for word in ("理由充分。", "同意。", "含讨论记录", "讨论记录", "第三十七条", "第十六条第二款"):
        assert word in found
    assert "欧阳示例" not in found


@translation.override("en")
def test_what_was_returned_is_said_anew_and_kept_below(case, handler, reviewer) -> None:
    decide_all(case, "refused_process", actor=handler)
    case = actions.take(case, "propose", actor=handler)
    case = actions.take(case, "pass_review", actor=reviewer, text="先通过")
    case = actions.take(case, "return_draft", actor=reviewer, text="请补充理由")
    assert said(case) == [EMPTY, EMPTY, EMPTY]
    case = actions.take(case, "propose", actor=handler)
    assert [row[1] for row in said(case)] == ["经办甲", papers.NAME_TO_SIGN, papers.NAME_TO_SIGN]
    assert returned(case) == [(today().isoformat(), "审核乙", "请补充理由")]
    point = papers.review(case, [], []).tables[1].rows[0]
    assert point[3] == "Process information（Art. 16(2)）"


@translation.override("en")
def test_points_not_decided_are_open(case, handler) -> None:
    actions.set_points(case, actor=handler, texts=["第一项", "第二项"])
    actions.decide(
        case, actor=handler, point=case.points.first(), determination="given", details={"how": "附"}
    )
    rows = papers.review(case, [], []).tables[1].rows
    assert [(row[1], bool(row[2]), row[4]) for row in rows] == [
        ("第一项", True, "How it is provided：附"),
        ("第二项", False, ""),
    ]


def test_the_form_for_an_opinion_names_neither_request_nor_applicant(case, handler) -> None:
    party = ask(case, handler)
    letter = party.letters.get()
    found = text(handler, case, "opinion_form", party.pk)
    body = found.partition('class="sheet"')[2]
    for word in ("示例公司", letter.number, "《政府信息公开征求第三方意见书》", "☐ 同意公开"):
        assert word in body
    for word in ("15个工作日", "第三十二条", "签名或者盖章", "示例路1号"):
        assert word in body
    for hidden in (case.number, case.subject, "欧阳", "欧*"):
        assert hidden not in body


@pytest.mark.parametrize(
    ("kind", "article"), [("co_maker", "第三十四条"), ("agency", "来函写明的期限")]
)
def test_others_are_told_their_own_term(case, handler, kind: str, article: str) -> None:
    data = {"until": far()} if kind == "agency" else {}
    case = actions.take(case, f"ask_{kind}", actor=handler, name="示例局", text="请回复", **data)
    found = text(handler, case, "opinion_form", case.parties.get().pk)
    assert article in found
    assert "示例局" in found


def test_who_sees_which_paper(tree, case, handler) -> None:
    party = ask(case, handler)
    auditor = make_user(Role.AUDITOR, agency=tree[1])
    assert page(auditor, case, "registration").status_code == 200
    assert page(auditor, case, "review_sheet").status_code == 403
    assert page(auditor, case, "opinion_form", party.pk).status_code == 403
    stranger = make_user(Role.HANDLER, agency=tree[2])
    for name, more in (("registration", []), ("review_sheet", []), ("opinion_form", [party.pk])):
        assert page(stranger, case, name, *more).status_code == 404


def test_a_party_of_another_case_has_no_form_here(tree, case, handler) -> None:
    other = ask(make_request("registered", agency=tree[1], handler=handler), handler)
    assert page(handler, case, "opinion_form", other.pk).status_code == 404
    assert page(handler, case, "opinion_form", 2**70).status_code == 404


def test_the_case_leads_to_them(tree, case, handler) -> None:
    party = ask(case, handler)

    def links(user: User) -> list[bool]:
        shown = text(user, case, "change")
        pages = [("registration", []), ("review_sheet", []), ("opinion_form", [party.pk])]
        return [
            reverse(f"admin:requests_app_disclosurerequest_{name}", args=[case.pk, *more]) in shown
            for name, more in pages
        ]

    assert links(handler) == [True, True, True]
    assert links(make_user(Role.AUDITOR, agency=tree[1])) == [True, False, False]


def test_the_zip_holds_them_too(case, handler) -> None:
    ask(case, handler)
    ask(case, handler, "另一公司")
    case.refresh_from_db()
    made = {entry.path: entry.read for entry in contents.entries(case)}
    forms = [path for path in made if path.startswith("06-")]
    assert len(forms) == 2
    assert "示例公司" in made[forms[0]]().decode()
    assert case.number not in made[forms[0]]().decode()
    assert [path for path in made if path.startswith("02-")]
    (sheet,) = [path for path in made if path.startswith("05-")]
    assert "签名：" in made[sheet]().decode()
    assert "欧阳示例" not in "".join(made[path]().decode() for path in made if "html" in path)


def test_more_parties_ask_no_more_queries(case, handler) -> None:
    def asked(party: Party) -> list[int]:
        counts = []
        for name, more in (
            ("registration", []),
            ("review_sheet", []),
            ("opinion_form", [party.pk]),
        ):
            with CaptureQueriesContext(connection) as queries:
                text(handler, case, name, *more)
            counts.append(len(queries))
        return counts

    party = ask(case, handler)
    asked(party)
    few = asked(party)
    for number in range(4):
        ask(case, handler, f"公司{number}")
        actions.add_note(case, actor=handler, text="说明")
    assert asked(party) == few

"""From a case to the text of its letters."""

import datetime as dt

import pytest

from requests_app import actions
from requests_app.letters import composing
from requests_app.letters.document import ListItem, Paragraph
from requests_app.models import DisclosureRequest, LetterWording, Party
from tests.factories import make_office
from tests.request_factories import decide_all, make_request, make_style

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 3, 16)


def lines(case: DisclosureRequest) -> list[str]:
    return [block.line for block in composing.answer(case, ON).blocks]  # type: ignore[union-attr]


@pytest.fixture
def case() -> DisclosureRequest:
    found = make_request("registered")
    make_style(found.agency)
    return found


def test_a_line_without_its_optional_field_is_left_out() -> None:
    wording = "{text}\n请于{until}前函复。\n\n（{agency}）"
    given = {"text": "甲\n乙", "agency": "示例局"}
    texts = [each.text for each in composing.expand(wording, given, {"until"})]
    assert texts == ["甲", "乙", "（示例局）"]
    given["until"] = "3月1日"
    assert composing.expand(wording, given, {"until"})[2].text == "请于3月1日前函复。"


def test_what_nobody_gave_is_left_open() -> None:
    assert composing.expand("请于{until}前", {}) == [Paragraph("请于【待填】前")]


def test_a_full_stop_stands_once() -> None:
    assert composing.expand("内容：{text}。", {"text": "讨论记录。"})[0].text == "内容：讨论记录。"


def test_values_are_text_and_never_fields() -> None:
    assert composing.expand("{text}", {"text": "{until} {"})[0].text == "{until} {"


def test_one_point_has_no_number(case: DisclosureRequest) -> None:
    decide_all(case, "not_existing")
    found = lines(case)
    assert found[1] == "经审查，现答复如下："
    assert found[2].startswith("经检索，没有你所申请公开的信息。")
    assert found[3].endswith("第三十六条第（四）项的规定，告知你该政府信息不存在。")
    assert "示例省人民政府" in found[4]


def test_several_points_are_numbered_and_named(case: DisclosureRequest) -> None:
    actions.set_points(case, actor=None, texts=["甲", "乙"])
    decide_all(case)
    blocks = composing.answer(case, ON).blocks
    items = [block for block in blocks if isinstance(block, ListItem)]
    assert [item.number for item in items] == ["（一）", "（二）"]
    assert items[1].text.startswith("关于“乙”。经审查")


def test_a_partial_grant_cites_the_ground_of_what_is_withheld(case: DisclosureRequest) -> None:
    decide_all(case, "partly", grounds=["process", "third_party"])
    text = "".join(lines(case))
    assert "第三十七条的规定，向你提供可以公开的内容" in text
    assert "第十六条第二款（" in text
    assert "、第十五条（" in text
    assert "、第三十六条第（三）项的规定，不予公开" in text


def test_a_line_on_where_to_turn_only_where_it_is_known(case: DisclosureRequest) -> None:
    decide_all(case, "not_ours")
    assert not any("联系方式" in line for line in lines(case))
    decide_all(case, "not_ours", responsible="示例市水务局")
    assert "负责公开该信息的行政机关及其联系方式：示例市水务局" in lines(case)


def test_an_organisation_is_addressed_as_one() -> None:
    case = make_request(
        "registered",
        applicant_kind="enterprise",
        name="示例有限公司",
        organisation_code="91350100M000100Y43",
    )
    assert composing.common_fields(case)["you"] == "你单位"


def test_what_is_not_decided_is_left_open(case: DisclosureRequest) -> None:
    assert composing.OPEN in lines(case)


def test_closing_and_own_remedy_paragraph(case: DisclosureRequest) -> None:
    decide_all(case)
    actions.draft(case, actor=None, closing="特此答复。", remedy="救济途径如下。\n另行告知。")
    assert lines(case)[-3:] == ["特此答复。", "救济途径如下。", "另行告知。"]


def test_an_own_wording_is_used(case: DisclosureRequest) -> None:
    LetterWording.objects.create(agency=case.agency, kind="answer.given", body="可以。{how}")
    decide_all(case)
    assert "可以。示例内容。" in lines(case)


def test_a_fee_notice_says_that_it_cannot_be_contested_alone(case: DisclosureRequest) -> None:
    fields = {"amount": "100", "explanation": "一", "until": "2026年4月1日", "payment": "转账"}
    document = composing.notice(case, "fee", ON, fields)
    text = "".join(document.lines())
    assert "收取信息处理费的决定不能单独申请行政复议" in text
    assert "【" not in text


def test_a_third_party_learns_of_its_remedies_and_of_no_applicant(
    case: DisclosureRequest,
) -> None:
    party = Party.objects.create(
        request=case, kind="third_party", number=1, data={"name": "示例公司"}, opinion="objects"
    )
    fields = {"text": "合同第一至三页。"}
    document = composing.notice(case, "third_party_disclosure", ON, fields, party=party)
    text = "".join(document.lines())
    assert document.addressee == "示例公司"
    assert "也可以自收到本告知书之日起6个月内向示例市中级人民法院提起行政诉讼" in text
    for kept in (case.applicant.get("name"), case.number, case.subject):
        assert kept not in text


def test_another_agency_needs_no_term(case: DisclosureRequest) -> None:
    party = Party.objects.create(request=case, kind="agency", number=1, data={"name": "示例局"})
    document = composing.notice(case, "agency", ON, {"text": "是否涉密？"}, party=party)
    assert composing.OPEN not in "".join(document.lines())
    assert not any("函复" in line for line in document.lines())


def test_the_letter_to_an_office(case: DisclosureRequest) -> None:
    office = make_office(case.agency, "法规处")
    until = dt.date.fromisoformat("2099-01-04")
    case = actions.take(case, "ask_help", office=office, text="查找合同", until=until)
    document = case.letters.get(kind="help").read()
    assert document is not None
    assert document.addressee == "法规处"
    assert case.number in "".join(document.lines())
    assert case.applicant.get("name") not in "".join(document.lines())


def test_letterhead_and_signature_are_the_agencys_name_unless_set(case: DisclosureRequest) -> None:
    document = composing.answer(case, ON)
    assert document.letterhead == document.signature == case.agency.name
    make_style(case.agency, letterhead="示例市示例局文件", signature="示例局", contact="电话：1")
    document = composing.answer(case, ON)
    assert (document.letterhead, document.signature) == ("示例市示例局文件", "示例局")
    assert document.contact_line == "（电话：1）"
    assert document.is_draft

"""What the public is told: numbers by ground and nothing more; what to ask for."""

import datetime as dt
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from disclosure.core.dates import now, today
from disclosure.withheld import actions
from tests.factories import make_agency, make_category, make_publication, make_tree
from tests.withheld import make_item

pytestmark = pytest.mark.django_db


def listed(title: str, **fields: Any) -> Any:
    return make_publication(title, disclosure="on_request", **{"summary": "示例概述", **fields})


# --- numbers -------------------------------------------------------------------------------------
def test_the_page_has_numbers_by_ground_and_no_title(client: Client) -> None:
    province, first, _second = make_tree()
    for number in range(3):
        make_item(
            f"不可外传之名{number}",
            agency=first,
            document_number=f"示密〔2020〕{number}号",
            summary="内部概要",
            basis="内部理由",
        )
    marked = make_item("绝不外传", agency=province, ground="state_secret", mark="secret")
    gone = make_item("已销账之名", agency=first)
    actions.take(gone, "close", actor=None, reason="已移交")
    for address in ("/withheld/", "/en/withheld/", "/withheld/?agency=SLA"):
        text = client.get(address).content.decode()
        for hidden in (
            "外传",
            "示密",
            "内部概要",
            "内部理由",
            "销账",
            str(marked.document_number or "绝不"),
        ):
            assert hidden not in text, (address, hidden)
        assert today().isoformat() in text
    whole = client.get("/withheld/").context["rows"]
    assert {row.number for row in whole} == {0, 1, 3}
    city = client.get("/withheld/?agency=SLA").context
    assert city["total"] == 3
    assert client.get("/withheld/?agency=SLB").context["total"] == 0


def test_an_unknown_agency_is_said(client: Client) -> None:
    make_tree()
    make_item("甲", agency=make_agency("ALONE"))
    page = client.get("/en/withheld/?agency=NOBODY")
    assert "There is no such agency" in page.content.decode()
    assert page.context["total"] == 0  # the portal's own


def test_counting_asks_the_same_for_many(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    make_tree()
    client.get("/withheld/")
    for number in range(8):
        make_item(f"甲{number}")
    with django_assert_max_num_queries(6):
        client.get("/withheld/?agency=SLA")


# --- the list ------------------------------------------------------------------------------------
def test_what_can_be_asked_for_is_listed_and_not_shown(client: Client) -> None:
    agency = make_agency("SL")
    item = listed(
        "可依申请取得之件", agency=agency, document_number="示发〔2021〕2号", body="<p>正文甲</p>"
    )
    make_publication("主动公开之件")
    listed("草稿之件", state="draft")
    listed("将来之件", published_at=now() + dt.timedelta(days=2))
    text = client.get("/on-request/").content.decode()
    assert "可依申请取得之件" in text
    assert "示发〔2021〕2号" in text
    for hidden in ("主动公开之件", "草稿之件", "将来之件", "正文甲"):
        assert hidden not in text
    assert client.get(item.get_absolute_url()).status_code in {404, 410}
    assert "可依申请取得之件" not in client.get("/catalogue/").content.decode()


def test_the_link_fills_the_form_and_sends_nothing(client: Client) -> None:
    agency = make_agency("SL", phone="024-00000000")
    listed("可依申请取得之件", agency=agency, document_number="示发〔2021〕2号")
    row = client.get("/on-request/").context["listing"].entries[0]
    query = parse_qs(urlsplit(row.url).query)
    assert query == {
        "agency": ["SL"],
        "information_name": ["可依申请取得之件"],
        "document_number": ["示发〔2021〕2号"],
    }
    page = client.get(row.url)
    form = page.context["form"]
    assert form["information_name"].value() == "可依申请取得之件"
    assert form["document_number"].value() == "示发〔2021〕2号"
    long = client.get("/requests/new/", {"document_number": "号" * 900}).context["form"]
    assert len(long["document_number"].value()) == 100


def test_filters_and_pages(client: Client, django_assert_max_num_queries: Any) -> None:
    _province, first, second = make_tree()
    policy, other = make_category("policy"), make_category("other")
    for number in range(23):
        listed(f"甲市之件{number}", agency=first, category=policy)
    listed("乙市之件", agency=second, category=other)
    page = client.get("/on-request/?agency=SLA")
    assert len(page.context["listing"].entries) == 20
    with django_assert_max_num_queries(8):
        following = client.get(f"/on-request/{page.context['listing'].next_url}")
    assert len(following.context["listing"].entries) == 3
    only = client.get("/on-request/?category=other").context["listing"].entries
    assert [row.title for row in only] == ["乙市之件"]
    # No search: it would spell out texts that nobody may read.
    assert len(client.get("/on-request/?q=乙市").context["listing"].entries) == 20
    assert client.get("/on-request/?agency=NOBODY").status_code == 200
    assert client.get("/on-request/?after=x").status_code == 200

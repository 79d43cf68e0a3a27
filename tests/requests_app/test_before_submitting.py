"""The review page: what is public already is offered; an agent's proof is asked for."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app.intake.already_public import FEW, already_public, pieces
from requests_app.models import DisclosureRequest
from tests.factories import make_agency, make_publication
from tests.intake import NEW, answers, hidden_fields, submit, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _agency() -> None:
    make_agency("SL", name="示例省办公室")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("关于示例工程竣工验收的通知", ["示例", "工程", "竣工", "验收"]),
        ("请公开 PM2.5 数据", ["PM2", "数据"]),
        ("申请公开有关信息", []),
        ("", []),
        ("示例" * 200, ["示例"]),
    ],
)
def test_what_tells_one_matter_from_another(text: str, found: list[str]) -> None:
    assert pieces(text) == found


def titles(name: str = "", number: str = "", description: str = "") -> list[str]:
    return [item.title for item in already_public(name, number, description)]


def test_the_likest_titles_come_first() -> None:
    make_publication("示例工程竣工验收备案名单")
    make_publication("示例工程竣工验收结果")
    make_publication("农业补贴发放名单")
    assert titles("示例工程竣工验收备案名单") == [
        "示例工程竣工验收备案名单",
        "示例工程竣工验收结果",
    ]
    assert titles(description="请公开示例工程竣工验收情况。")[0].startswith("示例工程")
    assert titles("完全不同的事项内容") == []
    assert titles() == []


def test_a_document_number_is_enough() -> None:
    make_publication("示例办法", document_number="示政发〔2025〕5号")
    assert titles("毫不相干的标题", "示政发[2025]5号") == ["示例办法"]


def test_what_is_not_public_is_never_offered() -> None:
    make_publication("示例工程草稿", state="draft")
    make_publication("示例工程撤回", state="withdrawn")
    make_publication("示例工程以后", published_at=timezone.now() + dt.timedelta(days=2))
    assert titles("示例工程") == []


def test_a_few_are_offered_in_one_query() -> None:
    counts = []
    for _round in range(2):
        for number in range(FEW):
            make_publication(f"示例工程第{number}批")
        with CaptureQueriesContext(connection) as queries:
            assert len(titles("示例工程")) == FEW
        counts.append(len(queries))
    assert counts == [1, 1]


def test_the_review_offers_them_and_keeps_what_was_typed(client: Client) -> None:
    item = make_publication("示例工程竣工验收备案名单公示")
    page = client.post(NEW, answers())
    text = text_of(page)
    assert 'id="already-public"' in text
    assert f'href="{item.get_absolute_url()}"' in text.replace("/en/", "/") or (
        item.get_absolute_url() in text
    )
    assert hidden_fields(page)["information_name"] == "示例工程竣工验收备案名单"
    assert not DisclosureRequest.objects.exists()


def test_nothing_is_said_where_there_is_nothing(client: Client) -> None:
    assert 'id="already-public"' not in text_of(client.post(NEW, answers()))


def test_an_agent_and_others_are_named_and_kept_encrypted(client: Client) -> None:
    given = {
        "agent_name": "示例代理人",
        "agent_relation": "guardian",
        "co_applicants": "示例丙\n示例丁",
    }
    review = text_of(client.post(NEW, answers(**given)))
    assert "示例代理人" in review
    assert "Guardian" in review
    assert 'id="lacks-proof"' in review
    number, code = submit(client, **given)
    data = DisclosureRequest.objects.get().applicant.data
    assert {key: data[key] for key in given} == given
    track = {"number": number, "access_code": code}
    page = text_of(client.post("/en/requests/track/", track, follow=True))
    assert "示****" in page
    assert "示例丙" not in page
    assert "Guardian" in page


def test_they_change_nothing_about_who_is_counted(client: Client) -> None:
    submit(client)
    submit(client, agent_name="示例代理人", agent_relation="agent", submission_token="b" * 32)
    first, second = DisclosureRequest.objects.order_by("pk")
    assert first.applicant.person_hash == second.applicant.person_hash


@pytest.mark.parametrize(
    ("given", "wrong"),
    [({"agent_name": "示例代理人"}, "agent_relation"), ({"agent_relation": "agent"}, "agent_name")],
)
def test_an_agent_says_as_what(client: Client, given: dict[str, str], wrong: str) -> None:
    page = client.post(NEW, answers(**given))
    assert page.status_code == 422
    assert f'<a href="#id_{wrong}">' in text_of(page)
    assert '<details class="fold others" open>' in text_of(page)


def test_public_bodies_are_said_to_have_rules_of_their_own(client: Client) -> None:
    make_agency("SCHOOL", name="示例学校", kind="public_body")
    page = text_of(client.get(NEW, {"agency": "SCHOOL"}))
    assert "it discloses by rules of its own" in page
    assert 'value="SCHOOL"' not in page
    refused = client.post(NEW, answers(agency="SCHOOL"))
    assert refused.status_code == 422
    assert "it discloses by rules of its own" in text_of(refused)

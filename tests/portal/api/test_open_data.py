"""What the interface gives: the same as the pages, and nothing that they do not show."""

import datetime as dt
import json

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disclosure.core.dates import now
from disclosure.models import Publication
from disclosure.publications import actions
from disclosure.search import index
from tests import factories as f
from tests.portal.api.conftest import API, Get, World

HOST = "http://testserver"


def numbers(answer: dict) -> list[str]:
    return [row["index_number"] for row in answer["results"]]


def test_the_list_is_that_of_the_page(get: Get, world: World, client: Client) -> None:
    found = get("publications/")
    page = client.get("/catalogue/")
    assert numbers(found) == [row.index_number for row in page.context["listing"].page.rows]
    assert world.withdrawn.index_number not in numbers(found)
    assert world.draft.index_number not in numbers(found)
    row = next(one for one in found["results"] if one["index_number"] == "SLA/2026/1")
    assert row["agency"] == {"code": "SLA", "name": "甲市办公室", "name_en": "City A Office"}
    assert row["category"]["code"] == "normative"
    assert row["document_number"] == "示发〔2026〕1号"
    assert row["keywords"] == ["示例", "通知"]
    assert (row["version"], row["validity"], row["ended_on"]) == (2, "in_force", None)
    assert row["url"] == HOST + world.item.get_absolute_url()
    assert row["api_url"] == f"{HOST}{API}publications/SLA/2026/1/"
    assert dt.datetime.fromisoformat(row["published_at"]) == world.item.published_at
    (file,) = row["attachments"]
    attachment = world.item.attachments.get()
    assert file == {
        "name": "附件.pdf",
        "size": attachment.size,
        "content_type": "application/pdf",
        "sha256": attachment.sha256,
        "url": HOST + attachment.get_absolute_url(),
    }
    assert "body" not in row


def test_the_filters_are_those_of_the_page(get: Get, world: World) -> None:
    assert "SLA/2026/1" in numbers(get("publications/", agency="SL", category="policy"))
    assert "SLA/2026/1" not in numbers(get("publications/", agency="SLB"))
    assert numbers(get("publications/", q="示发〔2026〕1号"))[0] == "SLA/2026/1"
    assert numbers(get("publications/", validity="repealed")) == []
    assert numbers(get("publications/", date_from="2199-01-01", sort="oldest")) == []
    only = get("publications/", fields="index_number,title", agency="")
    assert {tuple(row) for row in only["results"]} == {("index_number", "title")}


def test_what_cannot_be_meant_is_refused_and_named(get: Get, world: World) -> None:
    for query, name in (
        ({"agency": "NOBODY"}, "agency"),
        ({"category": "nothing"}, "category"),
        ({"validity": "old"}, "validity"),
        ({"sort": "size"}, "sort"),
        ({"date_from": "2026-02-30"}, "date_from"),
        ({"date_from": "9999-12-31"}, "date_from"),
        ({"date_from": "2026-03-01", "date_to": "2026-01-01"}, "date_to"),
        ({"q": "一 二 三 四 五 六 七 八 九 十 十一"}, "q"),
        ({"q": "a\x00b"}, "q"),
        ({"q": "\ud800"}, "q"),
        ({"q": ["甲", "乙"]}, "q"),
        ({"page": "2"}, "page"),
        ({"fields": "title,secret"}, "fields"),
        ({"fields": "title,,url"}, "fields"),
        ({"after": "!!"}, "after"),
        ({"before": "W10"}, "before"),
        ({"after": "W10", "before": "W10"}, "before"),
        ({"after": "9" * 5000}, "after"),
    ):
        if query.get("q") == "\ud800":
            query = {"q": b"\xed\xa0\x80"}
        told = get("publications/", status=400, **query)
        assert list(told["errors"]) == [name], query
        assert told["type"] == "/api/v1/docs/#invalid-parameter"
        assert told["status"] == 400
        assert told["detail"] == told["errors"][name][0]
    assert get("annual-reports/", status=400, year="99999")["errors"].keys() == {"year"}
    assert get("annual-reports/", status=400, agency="NOBODY")["errors"].keys() == {"agency"}
    assert get("versions/", status=400)["errors"].keys() == {"index_number"}
    assert get("log/", status=400, agency="NOBODY")["errors"].keys() == {"agency"}


def test_pages_are_turned_in_the_body_and_in_the_header(
    get: Get, world: World, client: Client
) -> None:
    moment = now() - dt.timedelta(days=400)
    for number in range(41):
        f.store_publication(f"many/{number:02}", published_at=moment)
    seen: list[str] = []
    url: str | None = f"{API}publications/?date_to=2100-01-01&sort=oldest"
    links = []
    while url:
        answer = client.get(url)
        found = answer.json()
        seen += numbers(found)
        links.append((found["previous"], found["next"], answer.get("Link", "")))
        url = found["next"]
    everything = Publication.objects.visible_to_public(now()).order_by("published_at", "id")
    assert seen == list(everything.values_list("index_number", flat=True))
    assert len(links) == 3
    assert [previous is None for previous, _next, _header in links] == [True, False, False]
    previous, following, header = links[1]
    assert header == f'<{following}>; rel="next", <{previous}>; rel="prev"'
    assert "date_to=2100-01-01" in following
    assert "sort=oldest" in following
    back = client.get(links[2][0]).json()
    assert numbers(back) == seen[20:40]


def test_a_harvester_whose_place_is_gone_comes_to_an_end(get: Get, world: World) -> None:
    """What lay behind the mark was withdrawn: an empty page, not the first one once more."""
    last = f.make_publication("最早的通知", published_at=now() - dt.timedelta(days=9000))
    for number in range(21 - Publication.objects.visible_to_public(now()).count()):
        f.store_publication(f"old/{number}", published_at=now() - dt.timedelta(days=90 + number))
    mark = get("publications/")["next"].partition("after=")[2]
    assert numbers(get("publications/", after=mark)) == [last.index_number]
    actions.withdraw(actor=None, publication=last, reason="内容有误")
    rest = get("publications/", after=mark)
    assert (rest["results"], rest["next"]) == ([], None)


def test_a_harvester_goes_on_where_a_page_is_empty(get: Get, world: World, monkeypatch) -> None:
    """Few of many that have the words fit the filter: pages may be empty and lead on."""
    monkeypatch.setattr("disclosure.search.finding.MOST_LOOKED_AT", 21)
    agency, category = f.make_agency("DENSE"), f.make_category("dense")
    made = [
        f.store_publication(
            f"dense/{number}",
            agency=agency,
            category=category,
            title="密集警报",
            validity="repealed" if number else "in_force",
            published_at=now() - dt.timedelta(days=1, minutes=100 - number),
        )
        for number in range(100)
    ]
    index.renew([one.pk for one in made])
    answer = get("publications/", q="密集警报", validity="in_force")
    seen, turns = numbers(answer), 1
    while answer["next"]:
        mark = answer["next"].partition("after=")[2].partition("&")[0]
        answer = get("publications/", q="密集警报", validity="in_force", after=mark)
        seen, turns = seen + numbers(answer), turns + 1
    assert seen == ["dense/0"]
    assert 2 < turns < 10


def test_an_item_with_its_text_and_what_belongs_to_it(get: Get, world: World) -> None:
    found = get("publications/SLA/2026/1/")
    assert found == get("publications/SLA%2F2026%2F1/".replace("%2F", "/"))
    assert found["body"] == "<p>示例正文。</p>"
    assert found["change_note"] == "更新概述"
    (relation,) = found["relations"]
    assert (relation["kind"], relation["direction"]) == ("interprets", "from")
    assert relation["title"] == "关于示例的解读"
    assert get("publications/SLA/2026/1/", fields="title") == {"title": "关于示例的通知"}
    earlier = get("publications/SLA/2026/1/", version="1")
    assert (earlier["version"], earlier["validity"], earlier["relations"]) == (1, None, [])
    assert earlier["url"].endswith("/catalogue/SLA/2026/1/?version=1")
    assert get("publications/SLA/2026/1/", version="2")["version"] == 2
    get("publications/SLA/2026/1/", version="3", status=404)
    versions = get("versions/", index_number="SLA/2026/1")["results"]
    assert [(one["version"], one["is_current"]) for one in versions] == [(2, True), (1, False)]
    assert versions[1]["replaced_at"] == versions[0]["since"]
    assert [one["change_note"] for one in versions] == ["更新概述", ""]


def test_what_may_not_be_read_is_not_there(get: Get, world: World) -> None:
    told = get(f"publications/{world.withdrawn.index_number}/", status=410)
    assert (told["type"], told["reason"]) == ("/api/v1/docs/#withdrawn", "内容有误")
    assert "title" in told
    assert "撤下的通知" not in json.dumps(told, ensure_ascii=False)
    scheduled = f.make_publication("将来的通知", published_at=now() + dt.timedelta(days=1))
    for number in (world.draft.index_number, scheduled.index_number, "nothing", "a\x00b"):
        get(f"publications/{number}/".replace("\x00", "%00"), status=404)
        if "\x00" not in number:
            get("versions/", index_number=number, status=404)
            assert get("log/", index_number=number)["results"] == []
    f.make_publication("可申请的文件", disclosure="on_request", summary="概述", index_number="申/1")
    get("publications/申/1/", status=404)
    assert "申/1" not in numbers(get("publications/"))
    bare = f.make_publication("不该公开的姓名", index_number="碑/1")
    actions.withdraw(actor=None, publication=bare, reason="涉及隐私", tombstone=True)
    told = get("publications/碑/1/", status=410)
    assert told.keys() == {"type", "title", "status", "detail", "date"}
    assert "涉及隐私" not in json.dumps(told, ensure_ascii=False)
    assert get("log/", index_number="碑/1")["results"] == []
    assert "不该公开的姓名" not in json.dumps(get("log/"), ensure_ascii=False)
    # Nor by its relations.
    actions.withdraw(
        actor=None, publication=Publication.objects.get(title="关于示例的解读"), reason="内容有误"
    )
    assert get("publications/SLA/2026/1/")["relations"] == []


def test_a_closed_version_tells_its_reason_alone(get: Get, world: World) -> None:
    number = world.closed.index_number
    told = get(f"publications/{number}/", version="1", status=410)
    assert told["type"] == "/api/v1/docs/#version-closed"
    assert told["detail"] == "含个人信息"
    listed = get("versions/", index_number=number)["results"]
    assert [(one["version"], one["closed_reason"]) for one in listed] == [
        (2, None),
        (1, "含个人信息"),
    ]
    entries = get("log/", index_number=number)["results"]
    assert [one["version"] for one in entries] == [2]


def test_the_log_is_given_as_it_is_hashed(get: Get, world: World, client: Client) -> None:
    lines = client.get("/log/publications.jsonl").getvalue().decode().splitlines()
    by_seq = {line["seq"]: line for line in map(json.loads, lines) if "seq" in line}
    found = get("log/")["results"]
    assert [one["seq"] for one in found] == sorted(by_seq, reverse=True)[:20]
    for one in found:
        line = by_seq[one["seq"]]
        for name in ("at", "kind", "sealed", "previous", "hash"):
            assert one[name] == line[name], name
        assert one["details"] == line.get("details")
    of_item = get("log/", index_number="SLA/2026/1", agency="SL")["results"]
    assert [one["kind"] for one in of_item][-1] in {"taken_over", "published"}
    assert {one["title"] for one in of_item} == {"关于示例的通知"}


def test_trees_and_guides(get: Get, world: World) -> None:
    agencies = get("agencies/")["results"]
    assert [(one["code"], one["parent"], one["depth"]) for one in agencies] == [
        ("SL", None, 1),
        ("SLA", "SL", 2),
        ("SLB", "SL", 2),
    ]
    categories = {one["code"]: one["parent"] for one in get("categories/")["results"]}
    assert categories["normative"] == "policy"
    assert get("categories/normative/")["parent"] == "policy"
    f.make_office(world.city, "秘书处", functions="综合", is_disclosure_office=True)
    city = get("agencies/SLA/")
    assert city["parent"] == "SL"
    assert city["offices"] == [
        {
            "name": "秘书处",
            "name_en": "",
            "functions": "综合",
            "phone": "",
            "is_disclosure_office": True,
        }
    ]
    guide = get("agencies/SLA/guide/")
    assert city["guide_url"] == f"{HOST}{API}agencies/SLA/guide/"
    assert guide["parts"][0]["part"] == "classification"
    assert "示例：classification" in guide["parts"][0]["body"]
    assert get("agencies/SL/", fields="guide_url") == {"guide_url": None}
    for path in ("agencies/SL/guide/", "agencies/XX/", "categories/nothing/", "categories/a%00/"):
        get(path, status=404)


def test_reports_are_the_contracts_json(get: Get, world: World, client: Client) -> None:
    rows = get("annual-reports/")["results"]
    assert [(row["agency"]["code"], row["year"]) for row in rows] == [("SL", 2023), ("SLA", 2014)]
    assert rows[0]["files"]["pdf"] == f"{HOST}/annual-reports/SL/2023.pdf"
    assert len(get("annual-reports/", agency="SL")["results"]) == 2
    assert [row["year"] for row in get("annual-reports/", year="2014")["results"]] == [2014]
    for place in ("SL/2023", "SLA/2014"):
        data = get(f"annual-reports/{place}/")
        assert data == client.get(f"/annual-reports/{place}.json").json()
        assert data == get(f"annual-reports/{place}/", edition="1")
    get("annual-reports/SL/2023/", edition="2", status=404)
    f.make_report(2022, agency=world.city, state="draft")
    get("annual-reports/SLA/2022/", status=404)
    get(f"annual-reports/SL/{'9' * 30}/", status=404)
    get(f"annual-reports/SL/{'9' * 5000}/", status=404)


def test_figures_are_those_of_the_page(get: Get, world: World) -> None:
    found = get("request-statistics/", agency="SLA")
    assert found["agency"] == "SLA"
    assert len(found["received"]) == 24
    assert {row["count"] for row in found["received"]} == {0}
    assert len(found["answers"]) == 8
    assert found["answers"][0].keys() == {
        "quarter",
        "median_days",
        "in_time_percent",
        "in_time_bound",
    }
    assert get("request-statistics/")["agency"] is None
    assert found["asked_for"] == []


def test_the_queries_do_not_grow(get: Get, world: World) -> None:
    paths = (
        "publications/",
        "publications/SLA/2026/1/",
        "publications/?q=通知",
        "versions/?index_number=SLA/2026/1",
        "log/",
        "categories/",
        "agencies/",
        "agencies/SLA/",
        "agencies/SLA/guide/",
        "annual-reports/",
        "annual-reports/SL/2023/",
        "request-statistics/",
    )

    def counted() -> dict[str, int]:
        found = {}
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                get(path)
            found[path] = len(queries)
        return found

    few = counted()
    for number in range(8):
        f.make_publication("又一份通知", agency=world.city, attachments={f"{number}.pdf": f.PDF})
        f.make_agency(f"MORE{number}", under=world.city)
        f.make_report(2009 if number == 5 else 2008 + number, agency=world.province) if (
            number < 6 and number != 5
        ) else None
    assert counted() == few
    assert max(few.values()) <= 8
    assert few["annual-reports/"] == 1

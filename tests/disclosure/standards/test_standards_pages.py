"""The public pages of standard catalogues, and what they join to each item."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.core.dates import now
from disclosure.models import (
    Agency,
    Category,
    Publication,
    StandardArea,
    StandardItem,
    StandardLink,
)
from disclosure.standards import actions, matching, presenting, workbook
from disclosure.standards.seed import seed_areas
from tests.factories import make_agency, make_category, make_publication

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Agency:
    seed_areas()
    return make_agency("HERE", name="示例县办公室", name_en="Example County Office")


@pytest.fixture
def category() -> Category:
    return make_category("projects", name="重大建设项目")


def make_item(agency: Agency, level2: str = "招标公告", **fields: object) -> StandardItem:
    values = {
        "serial": StandardItem.objects.count() + 1,
        "level1": "招标投标信息",
        "content": "项目名称、招标人",
        "channels": ["website"],
        "at_county": True,
        "area": StandardArea.objects.get(key="projects"),
        **fields,
    }
    return actions.create_item(
        actor=None, item=StandardItem(agency=agency, level2=level2, **values)
    )


def belongs(item: StandardItem) -> list[str]:
    """What the public sees of the item, newest first."""
    groups, _count, _missing = presenting.table_of(item.agency, item.area, now())
    rows = {row.anchor: row for group in groups for row in group.rows}
    return [one.title for one in rows[f"item-{item.pk}"].published]


# --- the join ------------------------------------------------------------------------------------
def test_category_and_keywords(here: Agency, category: Category) -> None:
    below = make_category("tenders", under=category)
    make_publication("甲工程招标公告", agency=here, category=below)
    make_publication("乙工程中标公告", agency=here, category=category)
    make_publication("丙工程招标公告", agency=make_agency(), category=category)
    make_publication("丁工程招标公告", agency=here, category=make_category())
    both = make_item(here, category=category)
    tenders = make_item(here, "一", category=category, keywords="招标；采购")
    by_name = make_item(here, "招标公告", level1="二")
    short = make_item(here, "公告", level1="三")
    assert belongs(both) == ["乙工程中标公告", "甲工程招标公告"]
    assert belongs(tenders) == ["甲工程招标公告"]
    assert set(belongs(by_name)) == {"甲工程招标公告", "丁工程招标公告"}
    assert belongs(short) == []


def test_what_is_published_later_is_joined(here: Agency, category: Category) -> None:
    item = make_item(here, category=category)
    assert belongs(item) == []
    found = make_publication("新", agency=here, category=category)
    elsewhere = make_publication("旧", agency=here, category=make_category())
    assert (matching.match_publication(found), matching.match_publication(elsewhere)) == (1, 0)
    assert belongs(item) == ["新"]
    Publication.objects.filter(pk=found.pk).update(category=elsewhere.category)
    found.refresh_from_db()
    assert matching.match_publication(found) == 0
    assert belongs(item) == []


def test_only_what_is_public_is_shown(here: Agency, category: Category) -> None:
    item = make_item(here, category=category)
    later = now() + dt.timedelta(days=1)
    scheduled = make_publication("明天", agency=here, category=category, published_at=later)
    gone = make_publication("撤回", agency=here, category=category, state="withdrawn")
    draft = make_publication("草稿", agency=here, category=category, state="draft")
    for publication in (scheduled, gone, draft):
        actions.link(actor=None, item=item, publication=publication)
    assert belongs(item) == []
    assert presenting.table_of(here, item.area, later)[2] == 0, "it comes out by itself"


def test_staff_say_what_belongs(here: Agency, category: Category) -> None:
    wrong = make_publication("不对", agency=here, category=category)
    right = make_publication("对", agency=make_agency(), category=make_category())
    item = make_item(here, category=category)
    actions.link(actor=None, item=item, publication=wrong, belongs=False)
    row = actions.link(actor=None, item=item, publication=right)
    assert belongs(item) == ["对"]
    assert matching.sweep() == 0, "the rule leaves it alone"
    assert belongs(item) == ["对"]
    actions.unlink(actor=None, row=row)
    actions.unlink(actor=None, row=StandardLink.objects.get(publication=wrong))
    assert belongs(item) == ["不对"]


def test_the_newest_few_hundred(
    here: Agency, category: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "MOST", 2)
    for number in range(4):
        at = now() - dt.timedelta(days=10 - number)
        make_publication(f"第{number}", agency=here, category=category, published_at=at)
    item = make_item(here, category=category)
    assert belongs(item) == ["第3", "第2"]


# --- the pages -----------------------------------------------------------------------------------
def test_areas_with_their_counts(client: Client, here: Agency, category: Category) -> None:
    make_item(here, category=category)
    make_item(here, "别的事项", keywords="没有")
    make_publication(agency=here, category=category)
    matching.rematch_agency(here)
    page = client.get("/standards/").content.decode()
    cells = re.findall(r'data-label="[^"]*">(?:<a [^>]*>)?(\d+)', page)
    assert cells == ["2", "1", "1"]
    assert "/standards/HERE/projects/" in page
    assert "公共资源交易" in page, "an area without a catalogue is named too"
    english = client.get("/en/standards/?agency=HERE").content.decode()
    assert "Major construction projects" in english
    assert "Example County Office" in english
    assert "NOWHERE" in client.get("/standards/?agency=NOWHERE").content.decode()


def test_an_empty_portal(client: Client) -> None:
    assert client.get("/standards/").status_code == 200
    assert client.get("/standards/HERE/projects/").status_code == 404


def test_the_table(client: Client, here: Agency, category: Category) -> None:
    first = make_item(here, category=category, audience="specific", audience_who="投标人")
    second = make_item(here, "中标结果公告", channels=["website", "screen"], channels_note="大喇叭")
    make_item(here, "别的事项", level1="其他信息")
    make_item(here, "停用", is_active=False)
    publication = make_publication("甲工程<公告>", agency=here, category=category)
    matching.rematch_agency(here)
    page = client.get("/standards/HERE/projects/").content.decode()
    assert page.count('scope="rowgroup"') == 2
    assert 'scope="rowgroup" rowspan="2"' in page
    assert page.count('scope="row"') == 3
    assert page.count('scope="colgroup"') == 4
    assert publication.get_absolute_url() in page
    assert "甲工程&lt;公告&gt;" in page
    assert f'id="item-{first.pk}"' in page
    assert "投标人" in page
    assert "大喇叭" in page
    assert "停用" not in page
    missing = client.get("/standards/HERE/projects/?only=missing").content.decode()
    assert f'id="item-{first.pk}"' not in missing
    assert f'id="item-{second.pk}"' in missing
    english = client.get("/en/standards/HERE/projects/").content.decode()
    assert "Responsible body" in english
    assert "Electronic screen" in english
    assert client.get("/standards/HERE/budget/").status_code == 404


def test_the_download_comes_in_again(client: Client, here: Agency) -> None:
    make_item(here, content="=HYPERLINK(1)")
    answer = client.get(reverse("standard-xlsx", args=["HERE", "projects"]))
    assert answer["Content-Type"] == workbook.CONTENT_TYPE
    assert "%E9%87%8D%E5%A4%A7" in answer["Content-Disposition"]
    reading = workbook.read_bytes(answer.content)
    assert reading.problems == []
    assert reading.rows[0].values["content"] == "=HYPERLINK(1)"


@pytest.mark.parametrize("url", ["/standards/", "/standards/HERE/projects/"])
def test_queries_do_not_grow(client: Client, here: Agency, category: Category, url: str) -> None:
    def count() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    make_item(here, category=category)
    make_publication(agency=here, category=category)
    matching.rematch_agency(here)
    few = count()
    for number in range(8):
        make_item(here, f"事项{number}", category=category)
        make_publication(agency=here, category=category)
        make_item(make_agency(), category=category)
    matching.sweep()
    assert count() == few <= 8

"""The catalogue as a list: what is in it, what filters do, how it pages, what it says."""

import datetime as dt
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils.translation import override

from disclosure.core import paging
from disclosure.core.dates import SHANGHAI, now
from tests import factories as f

pytestmark = pytest.mark.django_db


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def get(client: Client, query: str = "", path: str = "/en/catalogue/"):
    response = client.get(path + query)
    assert response.status_code == 200
    return response


def titles(client: Client, query: str = "") -> list[str]:
    return [row.plain_title for row in get(client, query).context["listing"].rows]


def errors(client: Client, query: str) -> dict[str, list[str]]:
    return get(client, query).context["listing"].form.errors


def test_shows_only_what_is_public(client: Client) -> None:
    f.make_publication("已发布")
    f.make_publication("草稿", state="draft")
    f.make_publication("已撤回", state="withdrawn")
    f.make_publication("定时", published_at=now() + dt.timedelta(minutes=5))
    assert titles(client) == ["已发布"]


def test_an_empty_portal_says_so(client: Client) -> None:
    assert "Nothing has been published yet" in get(client).content.decode()


def test_filters_take_what_is_below_in_the_tree(client: Client) -> None:
    province, first, _second = f.make_tree()
    top = f.make_category("enforcement")
    below = f.make_category("penalties", under=top)
    other = f.make_category("fees")
    f.make_publication("省", agency=province, category=top)
    f.make_publication("甲", agency=first, category=below)
    f.make_publication("别", agency=f.make_agency("ZZ"), category=other)
    assert titles(client, "?agency=SL") == ["甲", "省"]
    assert titles(client, "?agency=SLA") == ["甲"]
    assert titles(client, "?category=enforcement") == ["甲", "省"]
    assert titles(client, "?category=penalties&agency=SLA") == ["甲"]
    assert titles(client, "?category=fees&agency=SL") == []


def test_filters_by_kind_validity_and_day_in_china(client: Client) -> None:
    f.make_publication("甲", published_at=at("2026-03-01T00:00"), document_type="plan")
    f.make_publication(
        "乙", published_at=at("2026-03-01T23:59"), document_type="fees", validity="repealed"
    )
    f.make_publication("丙", published_at=at("2026-03-02T00:00"), document_type="fees")
    assert titles(client, "?date_from=2026-03-01&date_to=2026-03-01") == ["乙", "甲"]
    assert titles(client, "?date_from=2026-03-02") == ["丙"]
    assert titles(client, "?document_type=fees&validity=in_force") == ["丙"]
    assert titles(client, "?sort=oldest") == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("agency=NOBODY", "agency"),
        ("agency=%00", "agency"),
        ("category=nothing", "category"),
        ("document_type=poem", "document_type"),
        ("validity=perhaps", "validity"),
        ("sort=best", "sort"),
        ("date_from=yesterday", "date_from"),
        ("date_from=2026-02-30", "date_from"),
        ("date_to=9999-12-31", "date_to"),
        ("date_from=0001-01-01", "date_from"),
        ("date_to=%00", "date_to"),
        ("date_from=2026-03-02&date_to=2026-03-01", "date_to"),
        ("q=%00", "q"),
        ("q=a%0bb", "q"),
        ("q=" + "a" * 201, "q"),
        ("q=" + "+".join("abcdefghijk"), "q"),
    ],
)
def test_an_impossible_value_is_named_and_the_rest_still_works(
    client: Client, query: str, field: str
) -> None:
    f.make_publication("甲", document_number="示〔2026〕1号", keywords="示例")
    f.make_publication("乙", keywords="别的", validity="lapsed")
    rest = "&validity=lapsed" if field != "validity" else f"&q={quote('别的')}"
    response = get(client, f"?{query}{rest}")
    listing = response.context["listing"]
    assert list(listing.form.errors) == [field]
    assert [row.plain_title for row in listing.rows] == ["乙"]
    page = unescape(response.content.decode())
    with override("en"):
        assert f"not possible: {listing.form.fields[field].label}" in page
    if field != "sort":
        assert f'id="id_{field}_error"' in page


def test_a_range_that_ends_before_it_begins_filters_nothing(client: Client) -> None:
    f.make_publication("甲")
    assert titles(client, "?date_from=2020-01-02&date_to=2020-01-01") == ["甲"]


def test_every_word_must_be_somewhere(client: Client) -> None:
    f.make_publication("人防工程办法", body="<p>质量监督</p>")
    f.make_publication("通知", summary="人防工程", keywords="质量")
    f.make_publication("其他", body="<p>工程</p>")
    assert titles(client, f"?q={quote('人防工程 质量')}") == ["通知", "人防工程办法"]
    assert titles(client, f"?q={quote('人防工程 没有')}") == []


def test_a_document_number_is_found_with_any_brackets(client: Client) -> None:
    f.make_publication("甲", document_number="示办发〔2026〕12号")
    for written in ("示办发[2026]12号", "示办发（2026）12号", "〔2026〕12", "示办发【2026】12 号"):
        assert titles(client, f"?q={quote(written)}") == ["甲"]


def test_best_match_first_pages_without_loss(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("disclosure.publications.listing.SIZE", 3)
    for number in range(4):
        f.make_publication(f"正文{number}", body="<p>警报</p>")
    for number in range(4):
        f.make_publication(f"警报{number}")
    f.make_publication("文号", document_number="警报")
    expected = ["文号", *(f"警报{n}" for n in (3, 2, 1, 0)), *(f"正文{n}" for n in (3, 2, 1, 0))]
    word = quote("警报")
    seen, query, pages = [], f"?q={word}", []
    while query:
        listing = get(client, query).context["listing"]
        assert listing.order == "relevance"
        pages.append([row.plain_title for row in listing.rows])
        seen += pages[-1]
        last, query = listing, listing.next_url
    assert seen == expected
    back = get(client, last.previous_url).context["listing"]
    assert [row.plain_title for row in back.rows] == pages[-2]
    assert titles(client, f"?q={word}&sort=newest")[0] == "文号"


def test_pages_hold_while_things_are_published(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("disclosure.publications.listing.SIZE", 2)
    moment = now() - dt.timedelta(days=1)
    for number in range(5):
        f.make_publication(str(number), published_at=moment)
    first = get(client).context["listing"]
    f.make_publication("新")
    second = get(client, first.next_url).context["listing"]
    assert [row.plain_title for row in second.rows] == ["2", "1"]
    assert second.previous_url
    back = get(client, second.previous_url).context["listing"]
    assert [row.plain_title for row in back.rows] == ["4", "3"]


@pytest.mark.parametrize(
    "mark",
    [
        "after=nonsense",
        "before=%00",
        "after=" + paging._encode([1, 2]),
        "after=" + paging._encode(["9" * 5000]),
        "after=" + paging._encode([{"t": "0001-01-01T00:00:00+14:00"}, 1]),
        "after=" + paging._encode([{"t": "2026-01-01"}, 1]),
        "after=a&before=b",
    ],
)
def test_a_broken_mark_gives_the_first_page_and_says_so(client: Client, mark: str) -> None:
    f.make_publication("甲")
    response = get(client, f"?{mark}")
    assert [row.plain_title for row in response.context["listing"].rows] == ["甲"]
    assert "This address of a page is not valid" in response.content.decode()


def test_page_numbers_do_not_exist(client: Client) -> None:
    f.make_publication("甲")
    assert titles(client, "?page=7") == ["甲"]


def test_a_mark_whose_row_is_gone_begins_anew(client: Client) -> None:
    f.make_publication("甲")
    mark = paging._encode([at("1990-01-01T00:00"), 1])
    assert titles(client, f"?after={mark}") == ["甲"]


def test_filters_in_effect_can_be_removed_one_by_one(client: Client) -> None:
    f.make_publication(category=f.make_category("fees", name_en="Fees"))
    listing = get(client, "?category=fees&validity=in_force&sort=oldest").context["listing"]
    assert [(chip.value, chip.url) for chip in listing.chips] == [
        ("Fees", "?validity=in_force&sort=oldest"),
        ("In force", "?category=fees&sort=oldest"),
    ]


def test_counts_stop_at_a_thousand(client: Client, monkeypatch) -> None:
    for _number in range(3):
        f.make_publication()
    assert "3 items" in get(client).content.decode()
    monkeypatch.setattr(paging.capped_count, "__defaults__", (2,))
    assert "2+ items" in get(client).content.decode()


def test_words_are_marked_and_nothing_else_gets_through(client: Client) -> None:
    f.make_publication('人防 <script>alert("1")</script>')
    page = get(client, f"?q={quote('人防 <script>')}").content.decode()
    assert "<mark>人防</mark> &lt;<mark>script</mark>&gt;alert" in page
    assert "<script>alert" not in page


def test_the_select_is_a_tree(client: Client) -> None:
    f.make_category("fees", name_en="Fees", under=f.make_category("money", name_en="Money"))
    f.make_category("old", name_en="Old", is_active=False)
    page = get(client).content.decode()
    assert '<optgroup label="Money">' in page
    assert '<option value="money">Money (all)</option>' in page
    assert 'value="old"' not in page
    assert 'value="old" selected' in get(client, "?category=old").content.decode()


# Page frame, agencies, categories, count, rows; and the totals of the facets, or the words'
# synonyms, two looks into the index with what they found, the count's own, and the passages.
@pytest.mark.parametrize(
    ("query", "number"),
    [("", 6), ("?agency=SL&category=cat", 5), ("?q=a", 10), ("?sort=oldest", 6)],
)
def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_num_queries, query: str, number: int
) -> None:
    agency, category = f.make_agency("SL"), f.make_category("cat")
    for count in (1, 8):
        for _number in range(count):
            f.make_publication("a", agency=agency, category=category)
        with django_assert_num_queries(number):
            assert titles(client, query)


def test_texts_stay_in_the_database(client: Client, django_assert_num_queries) -> None:
    f.make_publication("甲", body="<p>很长</p>")
    with django_assert_num_queries(6) as queries:
        get(client)
    assert not any("body" in query["sql"] for query in queries)


def test_meta_of_a_column_page(client: Client) -> None:
    page = get(client).content.decode()
    for name in ("SiteName", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"):
        assert f'<meta name="{name}"' in page


def test_only_reading(client: Client) -> None:
    assert client.post("/catalogue/").status_code == 405

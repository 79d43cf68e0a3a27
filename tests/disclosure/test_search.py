"""The search over everything public, and only that."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests import factories as f

pytestmark = pytest.mark.django_db


def search(client: Client, words: str, more: str = ""):
    response = client.get(f"/en/search/?q={quote(words)}{more}")
    assert response.status_code == 200
    return response


def test_without_words_it_explains_itself(client: Client) -> None:
    f.make_publication("示例")
    for query in ("", "?q=", "?q=%20%E3%80%80"):
        response = client.get("/en/search/" + query)
        assert response.status_code == 200
        assert "Searches the catalogue" in response.content.decode()
        assert "示例</a>" not in response.content.decode()


def test_finds_items_agencies_guides_rules_and_reports(client: Client) -> None:
    agency = f.make_agency("SL", name="人防办公室")
    f.make_guide(agency, how_to_request="<p>人防</p>")
    rule = f.make_rule(agency, title="人防审查制度")
    f.make_rule(agency, title="人防内部制度", published=False)
    f.make_report(2020, agency=agency, title="2020年年报")
    f.make_report(2021, agency=agency, title="2021年年报", state="draft")
    f.make_publication("人防工程", agency=agency)
    f.make_publication("人防草稿", agency=agency, state="draft")
    response = search(client, "人防")
    assert [row.plain_title for row in response.context["listing"].rows] == [
        "人防工程",
        "人防审查制度",
        "人防办公室政府信息公开指南",
    ]
    assert [(hit.kind, hit.url) for hit in response.context["hits"]] == [
        ("Agency", "/en/agencies/SL/"),
        ("Disclosure guide", "/en/agencies/SL/guide/"),
        ("Rule", "/en" + rule.get_absolute_url()),
        ("Annual report", "/en/annual-reports/SL/2020/"),
    ]
    page = response.content.decode()
    assert "内部制度" not in page
    assert "草稿" not in page
    assert "<mark>人防</mark>工程" in page


def test_other_kinds_are_a_few_and_only_on_the_first_page(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("disclosure.publications.listing.SIZE", 2)
    agency = f.make_agency("SL")
    for number in range(7):
        f.make_rule(agency, title=f"警报制度{number}")
        f.make_publication(f"警报{number}", agency=agency)
    first = search(client, "警报")
    assert len(first.context["hits"]) == 5
    second = client.get("/en/search/" + first.context["listing"].next_url)
    assert second.context["hits"] == []
    assert [row.plain_title for row in second.context["listing"].rows] == ["警报4", "警报3"]


def test_says_when_nothing_is_found_and_when_it_cannot_search(client: Client) -> None:
    assert "No document holds these words" in search(client, "没有").content.decode()
    long = search(client, "长" * 201)
    assert 'id="q-error"' in long.content.decode()
    assert 'id="q-error"' in client.get("/en/search/?q=%00").content.decode()


def test_leads_to_the_catalogue_with_the_same_words(client: Client) -> None:
    response = search(client, "人防 工程")
    assert response.context["catalogue_url"] == f"/en/catalogue/?q={quote('人防')}+{quote('工程')}"


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries) -> None:
    agency = f.make_agency("SL")
    for count in (1, 6):
        for _number in range(count):
            f.make_publication("警报", agency=agency)
            f.make_rule(agency, title="警报")
        # page frame, agencies, categories, synonyms; the index for titles and the rest, with their
        # rows, and for the count; passages; agencies, guides, rules, reports
        with django_assert_num_queries(14):
            search(client, "警报")

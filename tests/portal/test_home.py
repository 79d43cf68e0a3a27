"""The front page and the site map."""

import datetime as dt

import pytest

from disclosure.core.dates import now
from disclosure.models import Publication
from tests.factories import make_category, make_tree, store_publication

pytestmark = pytest.mark.django_db


@pytest.fixture
def content() -> None:
    make_tree()
    top = make_category("top", name="规范性文件", name_en="Normative documents")
    make_category("below", name="政策解读", name_en="", under=top)
    for number in range(12):
        store_publication(
            f"SL/2020-{number}",
            category=top,
            title=f"第{number}件",
            published_at=now() - dt.timedelta(hours=number + 1),
        )
    store_publication(
        "SL/2020-X",
        category=top,
        title="尚未到期",
        published_at=now() + dt.timedelta(hours=1),
    )


def test_latest_ten_newest_first(client, content) -> None:
    response = client.get("/")
    titles = [row.title for row in response.context["rows"]]
    assert titles == [f"第{number}件" for number in range(10)]
    assert "尚未到期" not in response.content.decode()
    assert 'href="/catalogue/SL/2020-0/"' in response.content.decode()


def test_figures_are_counted(client, content) -> None:
    response = client.get("/")
    this_year = sum(
        1
        for item in Publication.objects.visible_to_public(now())
        if item.published_at and item.published_at.astimezone().year == now().year
    )
    assert response.context["published_this_year"] == str(this_year)
    assert response.context["answer_due"] > now().date().isoformat()


def test_a_cap_on_counting_is_said(client, content, monkeypatch) -> None:
    monkeypatch.setattr("portal.home.views.capped_count", lambda rows: (1000, True))
    assert client.get("/").context["published_this_year"] == "1,000+"


def test_subjects_and_agencies_in_english(client, content) -> None:
    page = client.get("/en/").content.decode()
    assert '<a href="/en/catalogue/?category=top">Normative documents</a>' in page
    assert '<a href="/en/agencies/SLA/">City A Office</a>' in page
    assert '<ul class="rows" lang="zh-Hans">' in page


def test_queries_do_not_grow(client, content, django_assert_num_queries) -> None:
    with django_assert_num_queries(6):
        client.get("/")


def test_empty_portal_says_so(client) -> None:
    page = client.get("/en/").content.decode()
    assert "Nothing has been published yet." in page
    assert 'class="facts"' not in page


def test_site_map(client, content, django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        page = client.get("/en/site-map/").content.decode()
    assert "Normative documents" in page
    assert '<a href="/en/catalogue/?category=below" lang="zh-Hans">政策解读</a>' in page
    assert "City B Office" in page


@pytest.mark.parametrize("path", ["/", "/site-map/", "/privacy/", "/accessibility/"])
def test_pages_are_only_read(client, path: str) -> None:
    assert client.post(path).status_code == 405

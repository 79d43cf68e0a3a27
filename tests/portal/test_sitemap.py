"""The sitemap: only what anyone may read, in bounded pages."""

import datetime as dt
import re

import pytest

from disclosure.core.dates import now
from portal.health.sitemaps import SITEMAPS, Publications
from tests.factories import make_tree, store_publication

pytestmark = pytest.mark.django_db


def locations(client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return re.findall(r"<loc>http://testserver(.*?)</loc>", response.content.decode())


def test_index_names_every_section(client) -> None:
    assert locations(client, "/sitemap.xml") == [f"/sitemap-{name}.xml" for name in SITEMAPS]


def test_only_public_items(client) -> None:
    store_publication("T-1")
    store_publication("T-2", published_at=now() + dt.timedelta(days=1))
    store_publication("T-3", state="draft", published_at=None)
    assert locations(client, "/sitemap-publications.xml") == ["/catalogue/T-1/"]


def test_agencies_and_parts(client) -> None:
    make_tree()
    assert locations(client, "/sitemap-agencies.xml") == [
        "/agencies/SL/",
        "/agencies/SLA/",
        "/agencies/SLB/",
    ]
    assert "/privacy/" in locations(client, "/sitemap-parts.xml")


@pytest.mark.parametrize("section", SITEMAPS)
def test_every_section_answers_when_empty(client, section: str) -> None:
    assert client.get(f"/sitemap-{section}.xml").status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "9" * 5000, ""])
def test_no_such_page(client, page: str) -> None:
    response = client.get("/sitemap-publications.xml", {"p": page})
    assert response.status_code == 404


def test_unknown_section(client) -> None:
    assert client.get("/sitemap-secrets.xml").status_code == 404


def test_pages_are_bounded_and_lose_nothing(client, monkeypatch) -> None:
    monkeypatch.setattr("portal.health.sitemaps.SPAN", 2)
    monkeypatch.setattr("portal.health.sitemaps.SpanPaginator.__init__.__defaults__", (2,))
    for number in range(5):
        store_publication(f"T-{number}")
    pages = Publications().paginator.num_pages
    seen: list[str] = []
    for page in range(1, pages + 1):
        found = locations(client, f"/sitemap-publications.xml?p={page}")
        assert len(found) <= 2
        seen += found
    assert sorted(seen) == [f"/catalogue/T-{number}/" for number in range(5)]
    assert f"/sitemap-publications.xml?p={pages}" in locations(client, "/sitemap.xml")


def test_queries_do_not_grow(client, django_assert_num_queries) -> None:
    for number in range(3):
        store_publication(f"T-{number}")
    with django_assert_num_queries(2):
        client.get("/sitemap-publications.xml")

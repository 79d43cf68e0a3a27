"""The sitemap: only what anyone may read, in bounded parts."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import translate_url
from lxml import etree

from disclosure.core.dates import now
from portal.health import sitemaps
from portal.health.sitemaps import NAMESPACE, SECTIONS, Publications
from tests.factories import make_tree, store_publication

pytestmark = pytest.mark.django_db
NAMES = {"s": NAMESPACE, "x": "http://www.w3.org/1999/xhtml"}


def parsed(client: Client, address: str) -> etree._Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return etree.fromstring(response.getvalue())


def locations(client: Client, address: str) -> list[str]:
    found = parsed(client, address).findall(".//s:loc", NAMES)
    return [str(one.text).removeprefix("http://testserver") for one in found]


def test_index_names_every_section(client: Client) -> None:
    assert locations(client, "/sitemap.xml") == [f"/sitemap-{name}.xml" for name in SECTIONS]


def test_only_public_items(client: Client) -> None:
    store_publication("T-1")
    store_publication("T-2", published_at=now() + dt.timedelta(days=1))
    store_publication("T-3", state="draft", published_at=None)
    assert locations(client, "/sitemap-publications.xml") == ["/catalogue/T-1/"]


def test_an_entry_has_its_day_and_its_english_page(client: Client) -> None:
    one = store_publication('T/甲&"1"')
    root = parsed(client, "/sitemap-publications.xml")
    path = one.get_absolute_url()
    assert locations(client, "/sitemap-publications.xml") == [path]
    assert client.get(path).status_code == 200
    (day,) = root.findall(".//s:lastmod", NAMES)
    assert day.text == one.updated_at.date().isoformat()
    links = root.findall(".//x:link", NAMES)
    assert {link.get("hreflang"): link.get("href") for link in links} == {
        "zh-Hans": f"http://testserver{path}",
        "en": f"http://testserver{translate_url(path, 'en')}",
    }


def test_agencies_and_parts(client: Client) -> None:
    make_tree()
    assert locations(client, "/sitemap-agencies.xml") == [
        "/agencies/SL/",
        "/agencies/SLA/",
        "/agencies/SLB/",
    ]
    assert "/open-data/" in locations(client, "/sitemap-parts.xml")


def test_every_section_answers_when_empty(client: Client) -> None:
    for section in SECTIONS:
        assert parsed(client, f"/sitemap-{section}.xml").tag == f"{{{NAMESPACE}}}urlset"


@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "９", "9" * 5000, ""])
def test_no_such_page(client: Client, page: str) -> None:
    response = client.get("/sitemap-publications.xml", {"p": page})
    assert response.status_code == 404


def test_unknown_section(client: Client) -> None:
    assert client.get("/sitemap-secrets.xml").status_code == 404


def test_parts_are_bounded_and_lose_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "SPAN", 2)
    for number in range(5):
        store_publication(f"T-{number}")
    parts = Publications().parts()
    seen: list[str] = []
    for part in range(1, parts + 1):
        found = locations(client, f"/sitemap-publications.xml?p={part}")
        assert len(found) <= 2
        seen += found
    assert sorted(seen) == [f"/catalogue/T-{number}/" for number in range(5)]
    assert f"/sitemap-publications.xml?p={parts}" in locations(client, "/sitemap.xml")


def test_queries_do_not_grow(client: Client, django_assert_num_queries) -> None:
    for number in range(3):
        store_publication(f"T-{number}")
    with django_assert_num_queries(2):
        client.get("/sitemap-publications.xml").getvalue()


def test_a_long_part_comes_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "_CHUNK", 2)
    entries = [sitemaps.Entry(f"/{number}/") for number in range(5)]
    pieces = list(sitemaps.lines(entries, "https://example.cn"))
    assert [piece.count("<url>") for piece in pieces] == [0, 2, 2, 1, 0]
    assert len(etree.fromstring("".join(pieces).encode())) == 5

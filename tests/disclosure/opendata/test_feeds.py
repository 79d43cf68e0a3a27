"""Feeds: valid Atom, the newest of their part, asked again at little cost."""

import datetime as dt
from itertools import pairwise

import pytest
from django.test import Client
from lxml import etree

from disclosure.core.dates import now
from disclosure.opendata import feeds
from disclosure.publications import actions
from tests.factories import make_agency, make_category, make_publication, store_publication

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
EVERYTHING = "/feeds/publications.atom"


def parsed(client: Client, address: str = EVERYTHING) -> etree._Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def text(node: etree._Element, path: str) -> str:
    """The text of the one element there."""
    (found,) = node.findall(path, ATOM)
    return str(found.text or "")


def titles(client: Client, address: str = EVERYTHING) -> list[str]:
    return [text(entry, "a:title") for entry in parsed(client, address).findall("a:entry", ATOM)]


def assert_valid(feed: etree._Element) -> None:
    """RFC 4287 §4.1: what must be there, once, and dates, identities and addresses in form."""
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
    entries = feed.findall("a:entry", ATOM)
    identities = []
    for node in (feed, *entries):
        assert text(node, "a:title")
        assert dt.datetime.fromisoformat(text(node, "a:updated")).tzinfo is not None
        assert text(node, "a:id").startswith("tag:portal.example.cn,2026:/")
        identities.append(text(node, "a:id"))
        assert text(node, "a:author/a:name")
        links = [link for link in node.findall("a:link", ATOM) if link.get("rel") == "alternate"]
        assert [str(link.get("href")).startswith("http://testserver/") for link in links] == [True]
    assert len(set(identities)) == len(identities)
    (own,) = (link for link in feed.findall("a:link", ATOM) if link.get("rel") == "self")
    assert str(own.get("href")).startswith("http://testserver/feeds/")
    for entry in entries:
        assert text(entry, "a:published") <= text(entry, "a:updated") <= text(feed, "a:updated")


def test_valid_newest_first_and_public_only(client: Client) -> None:
    moment = now()
    for hours in (3, 1, 2):
        make_publication(f"第{hours}份", published_at=moment - dt.timedelta(hours=hours))
    make_publication("预定", published_at=moment + dt.timedelta(hours=1))
    make_publication("草稿", state="draft")
    gone = make_publication("撤回的")
    actions.withdraw(actor=None, publication=gone, reason="有误")
    feed = parsed(client)
    assert_valid(feed)
    assert titles(client) == ["第1份", "第2份", "第3份"]


def test_an_entry(client: Client) -> None:
    one = store_publication(
        "甲/1",
        title='<b>"甲"&乙\x0b',
        document_number="示府〔2026〕1号",
        summary="一<二 & 三",
    )
    feed = parsed(client)
    assert_valid(feed)
    (entry,) = feed.findall("a:entry", ATOM)
    assert text(entry, "a:title") == '<b>"甲"&乙'
    # HTML in the text of the element (RFC 4287 §3.1).
    assert text(entry, "a:summary") == "（示府〔2026〕1号） 一&lt;二 &amp; 三"
    assert entry.find("a:category", ATOM).get("term") == one.category.name
    assert text(entry, "a:author/a:name") == one.agency.name
    link = str(entry.find("a:link", ATOM).get("href"))
    assert client.get(link.removeprefix("http://testserver")).status_code == 200


def test_a_part_with_what_is_below_it(client: Client) -> None:
    top = make_category("top")
    below, aside = make_category("below", under=top), make_category("aside")
    province = make_agency("SL")
    city, other = make_agency("SLA", under=province), make_agency("QT")
    make_publication("甲", category=below, agency=city)
    make_publication("乙", category=top, agency=other)
    make_publication("丙", category=aside, agency=province)
    assert set(titles(client, "/feeds/categories/top.atom")) == {"甲", "乙"}
    assert titles(client, "/feeds/categories/below.atom") == ["甲"]
    assert set(titles(client, "/feeds/agencies/SL.atom")) == {"甲", "丙"}
    assert titles(client, "/feeds/agencies/QT.atom") == ["乙"]
    feed = parsed(client, "/feeds/categories/top.atom")
    assert_valid(feed)
    assert text(feed, "a:title").startswith(top.name)
    for unknown in ("categories/none", "agencies/NONE", "categories/a/b", "agencies/%00"):
        assert client.get(f"/feeds/{unknown}.atom").status_code == 404
    for page, address in (
        ("/catalogue/?category=top", "/feeds/categories/top.atom"),
        ("/catalogue/?agency=SL", "/feeds/agencies/SL.atom"),
        ("/agencies/SL/", "/feeds/agencies/SL.atom"),
        ("/", EVERYTHING),
    ):
        assert 'type="application/atom+xml"' in (html := client.get(page).content.decode())
        assert f'href="{address}"' in html


def test_a_part_that_is_rare_is_found_beyond_the_window(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "WINDOW", 2)
    monkeypatch.setattr(feeds, "SIZE", 2)
    rare, common = make_category("rare"), make_category("common")
    child = make_category("child", under=rare)
    days = iter(range(1, 9))

    def ago() -> dt.datetime:
        return now() - dt.timedelta(days=next(days))

    for number in range(3):
        store_publication(f"C-{number}", category=common, published_at=ago())
    for number in range(3):
        store_publication(f"R-{number}", category=child, published_at=ago())
    assert titles(client, "/feeds/categories/rare.atom") == ["R-0", "R-1"]
    assert titles(client, "/feeds/categories/common.atom") == ["C-0", "C-1"]


def test_asked_again(client: Client) -> None:
    one = make_publication("甲")
    first = client.get(EVERYTHING)
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get(EVERYTHING, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = {"if-modified-since": first["Last-Modified"]}
    assert client.get(EVERYTHING, headers=since).status_code == 304
    actions.take(one, "repeal", actor=None, reason="已被取代")
    changed = client.get(EVERYTHING, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    before, after = (
        dt.datetime.fromisoformat(text(etree.fromstring(each.content), "a:updated"))
        for each in (first, changed)
    )
    assert before < after


def test_empty_it_stays_the_same_document(client: Client) -> None:
    assert client.get(EVERYTHING).content == client.get(EVERYTHING).content
    assert text(parsed(client), "a:id") == "tag:portal.example.cn,2026:/feeds/publications.atom"


def test_at_most_fifty_and_queries_do_not_grow(client: Client, django_assert_num_queries) -> None:
    category = make_category("many")
    for number in range(feeds.SIZE + 2):
        store_publication(f"N-{number}", category=category)
    with django_assert_num_queries(2):
        assert len(titles(client)) == feeds.SIZE
    with django_assert_num_queries(4):
        found = titles(client, "/feeds/categories/many.atom")
    # Of the same moment: the later row first, as in the list.
    numbers = [int(title.removeprefix("N-")) for title in found]
    assert all(newer > older for newer, older in pairwise(numbers))

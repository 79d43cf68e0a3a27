"""What makes items and lists pleasant: QR code, tools, the way back, feeds, languages."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.test import Client

from disclosure.core.dates import now
from tests.factories import make_agency, make_category, make_publication

pytestmark = pytest.mark.django_db


def test_an_items_page(client: Client) -> None:
    agency = make_agency("HERE", phone="000-00000001")
    category = make_category("general", name="综合信息", name_en="")
    item = make_publication(
        "示例办法", agency=agency, category=category, document_number="示发〔2026〕1号"
    )
    address = item.get_absolute_url()
    page = client.get(address).content.decode()
    assert 'data-copy="citation" hidden' in page
    assert 'id="citation"' in page
    assert "data-share hidden" in page
    assert '<img src="?qr"' in page
    assert "/search/?q=%22%E7%A4%BA%E5%8F%91" in page
    assert f'<link rel="alternate" hreflang="en" href="http://testserver/en{address}">' in page
    assert f'hreflang="x-default" href="http://testserver{address}"' in page
    # What stayed Chinese says so on the English page.
    english = client.get(f"/en{address}").content.decode()
    assert '?category=general" lang="zh-Hans">综合信息</a>' in english

    drawing = client.get(f"{address}?qr")
    assert drawing["Content-Type"] == "image/svg+xml"
    assert ElementTree.fromstring(drawing.content).tag.endswith("svg")
    item.published_at = now() + dt.timedelta(days=1)
    item.save()
    assert client.get(f"{address}?qr").status_code == 404


def test_a_list_says_where_it_is(client: Client) -> None:
    make_agency("HERE")
    category = make_category("general", name="综合信息")
    make_publication(category=category)
    page = client.get("/catalogue/?category=general").content.decode()
    crumbs = page.partition('<nav class="wrap crumbs"')[2].partition("</nav>")[0]
    assert '<a href="/catalogue/">' in crumbs
    assert '<span aria-current="page">综合信息</span>' in crumbs
    assert 'href="/feeds/categories/general.atom"' in page
    assert 'href="/feeds/publications.atom"' in client.get("/catalogue/").content.decode()


def test_no_alternates_where_there_is_no_page(client: Client) -> None:
    make_agency("HERE")
    assert "hreflang=" not in client.get("/no-such-page/").content.decode().partition("<body")[0]


def test_large_print_offers_the_telephone(client: Client) -> None:
    make_agency("HERE", phone="000-00000001")
    assert "tel:" not in client.get("/privacy/").content.decode()
    client.cookies["display"] = "large"
    assert 'href="tel:000-00000001"' in client.get("/privacy/").content.decode()


def test_a_day_written_otherwise_is_shown_as_a_day(client: Client) -> None:
    page = client.get("/catalogue/?date_from=2020/01/02&date_to=nonsense").content.decode()
    assert 'name="date_from" value="2020-01-02"' in page
    assert 'value="nonsense"' not in page

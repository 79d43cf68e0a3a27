"""The frame around every public page: META tags, languages, navigation, footer."""

import re

import pytest
from django.test import RequestFactory

from disclosure.models import Publication
from portal.context_processors import Portal
from tests.factories import any_agency, any_category, make_agency

pytestmark = pytest.mark.django_db

OWN_PAGES = ["/", "/site-map/", "/privacy/", "/accessibility/"]


@pytest.fixture
def agency():
    return make_agency(
        "SL",
        name="示例省办公室",
        name_en="Example Province Office",
        site_name="示例省办公室政府信息公开平台",
        site_domain="portal.example",
        site_id_code="0000000001",
        icp_number="示ICP备00000001号",
        police_number="示公网安备00000001号",
        phone="000-00000001",
        address="示例路 1 号",
        email="office@portal.example",
    )


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", OWN_PAGES)
def test_pages_in_both_languages(client, agency, path: str, prefix: str) -> None:
    response = client.get(prefix + path)
    assert response.status_code == 200
    page = response.content.decode()
    assert f'<html lang="{"en" if prefix else "zh-Hans"}">' in page
    assert '<meta name="SiteName" content="示例省办公室政府信息公开平台">' in page
    assert '<meta name="SiteDomain" content="portal.example">' in page
    assert '<meta name="SiteIDCode" content="0000000001">' in page
    for name in ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"):
        assert re.search(f'<meta name="{name}" content="[^"]+">', page), name
    for part in ("0000000001", "示ICP备00000001号", "示公网安备00000001号", "000-00000001"):
        assert part in page, part
    assert len(re.findall(r"<h1[\s>]", page)) == 1
    assert page.count("<main ") == 1


@pytest.mark.parametrize("path", OWN_PAGES)
def test_security_headers(client, agency, path: str) -> None:
    policy = client.get(path)["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


def test_english_page_names_the_agency_in_english(client, agency) -> None:
    assert "Example Province Office" in client.get("/en/privacy/").content.decode()
    agency.name_en = ""
    agency.save()
    assert '<span lang="zh-Hans">示例省办公室</span>' in client.get("/en/privacy/").content.decode()


def test_other_language_is_the_same_page(client, agency) -> None:
    chinese = client.get("/site-map/?a=1&b=%E4%B8%AD").content.decode()
    assert 'href="/en/site-map/?a=1&amp;b=%E4%B8%AD" lang="en"' in chinese
    english = client.get("/en/site-map/?a=1").content.decode()
    assert 'href="/site-map/?a=1" lang="zh-Hans"' in english


def test_where_one_is(client, agency) -> None:
    page = client.get("/en/").content.decode()
    assert '<a href="/en/" aria-current="page">Home</a>' in page
    assert "aria-current" not in client.get("/en/privacy/").content.decode().split("<main")[0]


def test_nav_has_the_fixed_parts(agency) -> None:
    request = RequestFactory().get("/")
    names = [item.name for item in Portal(request).nav]
    assert names == ["home", "guide", "rules", "catalogue", "annual-reports", "request-new"]


def test_fault_reports_go_by_mail_unless_there_is_an_address(client, agency) -> None:
    assert 'href="mailto:office@portal.example"' in client.get("/privacy/").content.decode()
    agency.fault_url = "https://faults.example/"
    agency.save()
    assert 'href="https://faults.example/"' in client.get("/privacy/").content.decode()


def test_demonstration_notice_comes_and_goes_at_once(client, agency) -> None:
    assert 'class="demo"' not in client.get("/privacy/").content.decode()
    item = Publication.objects.create(
        agency=any_agency(), category=any_category(), index_number="D-1", title="演示", is_demo=True
    )
    assert 'class="demo"' in client.get("/privacy/").content.decode()
    item.delete()
    assert 'class="demo"' not in client.get("/privacy/").content.decode()


def test_the_portals_agency_may_be_named(client, agency, settings) -> None:
    make_agency("OTHER", name="另一机关", site_name="另一平台")
    settings.PORTAL_AGENCY = "OTHER"
    assert 'content="另一平台"' in client.get("/privacy/").content.decode()


def test_before_there_is_any_agency(client) -> None:
    response = client.get("/en/privacy/")
    assert response.status_code == 200
    assert 'content="testserver"' in response.content.decode()


def test_one_query_for_the_frame(client, agency, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        client.get("/privacy/")


def test_nothing_is_asked_before_it_is_used(agency, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        portal = Portal(RequestFactory().get("/"))
        assert portal.lang == "zh-Hans"
        assert portal.display == ""

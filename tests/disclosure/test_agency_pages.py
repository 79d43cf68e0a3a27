"""Agencies, guides and rules as the public reads them; also in an empty portal."""

import datetime as dt

import pytest
from django.test import Client

from disclosure.agencies.own import own_agency
from tests import factories as f

pytestmark = pytest.mark.django_db


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


# --- the portal's own agency -----------------------------------------------------------------
def test_the_own_agency_is_the_first_root_or_the_one_named(settings) -> None:
    assert own_agency() is None
    province, first, _second = f.make_tree()
    f.make_agency("ZZ")
    assert own_agency() == province
    settings.PORTAL_AGENCY = "SLA"
    assert own_agency() == first
    settings.PORTAL_AGENCY = "NONE"
    assert own_agency() is None


@pytest.mark.parametrize("path", ["/agencies/", "/guide/", "/rules/"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_an_empty_portal_has_these_pages(client: Client, path: str, language: str) -> None:
    assert 'class="empty"' in page_of(client, language + path)


def test_unknown_agencies_do_not_exist(client: Client) -> None:
    f.make_agency("SL")
    for path in (
        "/agencies/XX/",
        "/agencies/XX/guide/",
        "/agencies/XX/rules/",
        "/agencies/SL/rules/nothing/",
        "/agencies/%00/",
        "/rules/nothing/",
    ):
        assert client.get(path).status_code == 404, path


def test_a_rule_of_nobody_does_not_exist(client: Client) -> None:
    assert client.get("/rules/nothing/").status_code == 404


# --- agencies --------------------------------------------------------------------------------
def test_the_tree_begins_with_the_own_agency(client: Client, settings) -> None:
    f.make_agency("ZZ", name="别的机关", is_active=False)
    f.make_tree()
    settings.PORTAL_AGENCY = "SL"
    response = client.get("/agencies/")
    roots = response.context["roots"]
    assert [branch.name for branch in roots] == ["示例省办公室", "别的机关"]
    assert [branch.name for branch in roots[0].below] == ["甲市办公室", "乙市办公室"]
    page = response.content.decode()
    assert page.index("示例省办公室</a>") < page.index("甲市办公室") < page.index("别的机关")
    english = page_of(client, "/en/agencies/")
    assert '<a href="/en/agencies/SLA/" lang="en">City A Office</a>' in english
    assert '<a href="/en/agencies/ZZ/" lang="zh-Hans">别的机关</a>' in english
    assert "Abolished" in english


def test_an_agency_page_has_contacts_offices_columns_and_what_is_new(client: Client) -> None:
    province, first, _second = f.make_tree()
    for name, value in {
        "address": "示例路1号",
        "postcode": "110000",
        "hours": "9:00—17:00",
        "phone": "024-00000000",
        "fax": "024-00000009",
        "email": "a@example.cn",
        "head_name": "（负责人）",
        "officer_name": "（信息员）",
        "functions": "职能一\n\n职能二",
    }.items():
        setattr(first, name, value)
    first.save()
    office = f.make_office(first, "秘书处", is_disclosure_office=True, phone="024-00000001")
    f.make_office(first, "文秘科", parent=office, functions="办文")
    f.make_rule(first)
    f.make_rule(first, published=False)
    for number in range(12):
        f.make_publication(f"第{number}件", agency=first)
    f.make_publication("别家的", agency=province)
    f.make_publication("没公开", agency=first, state="draft")
    response = client.get("/en/agencies/SLA/")
    page = response.content.decode()
    for value in (
        "示例路1号（110000）",
        "9:00—17:00",
        "024-00000001",
        "024-00000009",
        'href="mailto:a@example.cn"',
        "（负责人）",
        "（信息员）",
        "<p>职能二</p>",
        "秘书处",
        "文秘科",
        "办文",
        'href="/en/agencies/SLA/guide/"',
        'href="/en/agencies/SLA/rules/"',
        'href="/en/catalogue/?agency=SLA"',
        'href="/en/annual-reports/?agency=SLA"',
        'href="/en/requests/new/?agency=SLA"',
        'href="/en/agencies/SL/"',
    ):
        assert value in page, value
    assert [row.plain_title for row in response.context["rows"]] == [
        f"第{number}件" for number in range(11, 1, -1)
    ]
    assert [one.note for one in response.context["columns"]][:2] == ["Contacts only so far", "1"]
    assert "没公开" not in page
    assert "别家的" not in page


def test_an_abolished_agency_stays_readable_and_takes_no_requests(client: Client) -> None:
    f.make_agency("OLD", is_active=False)
    page = page_of(client, "/en/agencies/OLD/")
    assert "This agency no longer exists" in page
    assert "/requests/new/?agency=OLD" not in page


def test_published_annual_reports_are_linked(client: Client) -> None:
    agency = f.make_agency("SL")
    f.make_report(2020, agency=agency)
    f.make_report(2021, agency=agency, state="draft")
    page = page_of(client, "/agencies/SL/")
    assert '<a href="/annual-reports/SL/2020/">2020</a>' in page
    assert "/annual-reports/SL/2021/" not in page


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries) -> None:
    _province, first, _second = f.make_tree()
    f.make_agency("DEEP", under=first)
    for count in (1, 6):
        for number in range(count):
            f.make_office(first, f"处{count}-{number}")
            f.make_publication(agency=first)
            f.make_rule(first)
            f.make_agency(under=first)
        # page frame, agency, offices, above, below, rules, guide, reports, publications
        with django_assert_num_queries(9):
            page_of(client, "/agencies/SLA/")
        with django_assert_num_queries(3):  # page frame, own agency, agencies
            page_of(client, "/agencies/")
        with django_assert_num_queries(4):  # page frame, agency, guide, office
            page_of(client, "/agencies/SLA/guide/")
        with django_assert_num_queries(3):  # page frame, agency, rules
            page_of(client, "/agencies/SLA/rules/")


# --- guides ----------------------------------------------------------------------------------
def test_a_guide_has_the_parts_and_contacts_of_article_12(client: Client) -> None:
    agency = f.make_agency(
        "SL",
        address="示例路1号",
        hours="工作日",
        phone="024-1",
        fax="024-2",
        email="a@example.cn",
    )
    f.make_office(agency, "秘书处", is_disclosure_office=True)
    f.make_guide(agency, remedies="<p>第一段</p><p>第二段</p>", how_to_obtain="")
    for path in ("/en/guide/", "/en/agencies/SL/guide/"):
        page = page_of(client, path)
        for anchor in ("classification", "arrangement", "how-to-request", "remedies"):
            assert f'id="{anchor}"' in page
        assert 'id="how-to-obtain"' not in page
        for value in ("秘书处", "示例路1号", "工作日", "024-1", "024-2", "a@example.cn"):
            assert value in page
        assert "<p>第二段</p>" in page
        assert "/requests/new/?agency=SL" in page


def test_without_a_guide_there_are_the_contacts(client: Client) -> None:
    f.make_agency("SL", phone="024-1")
    page = page_of(client, "/en/guide/")
    assert "has not published the text of its guide yet" in page
    assert "024-1" in page


# --- rules -----------------------------------------------------------------------------------
def test_rules_are_listed_in_their_order_and_unpublished_ones_are_not(client: Client) -> None:
    province, first, _second = f.make_tree()
    f.make_rule(province, "b", title="制度二", order=2, date_made=dt.date(2013, 5, 1))
    f.make_rule(province, "a", title="制度一", order=1)
    f.make_rule(province, "c", title="没公开", published=False)
    f.make_rule(first, "a", title="甲市制度")
    own = page_of(client, "/rules/")
    assert own.index("制度一") < own.index("制度二")
    assert "2013-05-01" in own
    assert 'href="/rules/a/"' in own
    assert "没公开" not in own
    assert "甲市制度" not in own
    other = page_of(client, "/agencies/SLA/rules/")
    assert 'href="/agencies/SLA/rules/a/"' in other
    assert client.get("/rules/c/").status_code == 404
    assert client.get("/agencies/SL/rules/c/").status_code == 404
    assert "甲市制度" in page_of(client, "/agencies/SLA/rules/a/")
    assert "制度一" in page_of(client, "/rules/a/")


def test_a_rule_reads_like_a_document(client: Client) -> None:
    body = "".join(f"<h2>第{n}章</h2><p>第{n}条</p>" for n in range(1, 5))
    f.make_rule(slug="r", body=body + "<script>x()</script>", is_demo=True)
    page = page_of(client, "/rules/r/")
    assert '<a href="#s4">第4章</a>' in page
    assert "x()" not in page
    assert "demo-mark" in page
    assert '<meta name="ArticleTitle"' in page


def test_an_agency_without_rules_says_so(client: Client) -> None:
    f.make_agency("SL")
    assert "No rules have been published yet" in page_of(client, "/en/rules/")

"""Public pages of annual reports: index, report, JSON."""

import datetime as dt
import json
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.models import Agency
from disclosure.core.dates import now
from disclosure.models import AnnualReport
from disclosure.reports import actions
from disclosure.reports.reading import Figure, Reading, Section
from tests.factories import make_agency, make_tree

pytestmark = pytest.mark.django_db

INDEX_QUERIES = 5
DETAIL_QUERIES = 3


def publish(agency: Agency, year: int, **changes: object) -> AnnualReport:
    values = {
        "title": f"{agency.name}{year}年年度报告",
        "agency": agency.name,
        "year": year,
        "lead": "前言一。\n前言二。",
        "sections": [
            Section(number="一", heading="概述", text="一是公开<预算>。逐项列明。\n（一）机构"),
            Section(number="二", heading="数据", text="指标\t数量\n公开数\t12"),
        ],
        "figures": [
            Figure(name="公开信息", value=115_000, unit="条"),
            Figure(
                name="发放资料", value=20_000, unit="份", qualifier="over", as_written="2万多份"
            ),
        ],
    }
    reading = Reading(**{**values, **changes})  # type: ignore[arg-type]
    return actions.import_report(actor=None, reading=reading, agency=agency).report


def url(agency: Agency, year: int) -> str:
    return reverse("annual-report", args=[agency.code, year])


def page(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


# --- a report ---------------------------------------------------------------------------------


def test_addresses_are_those_of_the_contract(client: Client) -> None:
    agency, *_ = make_tree()
    publish(agency, 2013)
    for address in (
        "/annual-reports/",
        "/annual-reports/SL/2013/",
        "/annual-reports/SL/2013.json",
        "/en/annual-reports/",
        "/en/annual-reports/SL/2013/",
    ):
        assert client.get(address).status_code == 200, address


def test_a_report_reads_in_order_and_whole(client: Client) -> None:
    agency, *_ = make_tree()
    publish(agency, 2013)
    text = page(client, url(agency, 2013))
    article = text[text.index("<article") : text.index("</article>")]
    said = "".join(re.sub(r"<[^>]*>", "", article).split())
    assert said == (
        "前言一。前言二。一、概述一是公开&lt;预算&gt;。逐项列明。（一）机构二、数据指标数量公开数12"
    )
    assert '<section id="section-1" aria-labelledby="section-1-heading">' in article
    assert '<a href="#section-2">二、数据</a>' in text
    assert "<h3>（一）机构</h3>" in article
    assert '<th scope="col">指标</th>' in article


def test_figures_are_a_list_of_definitions(client: Client) -> None:
    agency, *_ = make_tree()
    publish(agency, 2013)
    text = page(client, url(agency, 2013))
    figures = text[text.index('<dl class="facts"') :]
    said = "".join(re.sub(r"<[^>]*>", "", figures[: figures.index("</dl>")]).split())
    assert said.startswith("公开信息115,000条发放资料20,000+份")
    assert said.endswith("2万多份")


def test_years_lead_to_each_other(client: Client) -> None:
    agency, other, _ = make_tree()
    for year in (2010, 2013, 2016):
        publish(agency, year)
    publish(other, 2014)
    text = page(client, url(agency, 2013))
    assert f'rel="prev" href="{url(agency, 2010)}"' in text
    assert f'rel="next" href="{url(agency, 2016)}"' in text
    assert url(other, 2014) not in text


def test_meta_of_a_content_page(client: Client) -> None:
    agency, *_ = make_tree()
    publish(agency, 2013)
    text = page(client, url(agency, 2013))
    assert f'<meta name="ArticleTitle" content="{agency.name}2013年年度报告">' in text
    assert re.search(r'<meta name="PubDate" content="\d{4}-\d\d-\d\d \d\d:\d\d">', text)


def test_a_demonstration_says_so(client: Client) -> None:
    agency, *_ = make_tree()
    report = publish(agency, 2013)
    assert "demo-mark" not in page(client, url(agency, 2013))
    AnnualReport.objects.filter(pk=report.pk).update(is_demo=True)
    assert "demo-mark" in page(client, url(agency, 2013))


def test_no_database_is_asked_for_what_none_holds(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/annual-reports/SL%00/2013/").status_code == 404
    assert not any("annualreport" in one["sql"] for one in captured)


def test_drafts_and_what_is_not_there_are_404(client: Client) -> None:
    agency, *_ = make_tree()
    hidden = publish(agency, 2013)
    actions.withdraw(actor=None, report=hidden, reason="有误")
    later = publish(agency, 2014)
    AnnualReport.objects.filter(pk=later.pk).update(published_at=now() + dt.timedelta(days=1))
    for address in (
        url(agency, 2013),
        url(agency, 2014),
        url(agency, 2012),
        reverse("annual-report-json", args=["SL", 2013]),
        "/annual-reports/NONE/2013/",
        "/annual-reports/%00/2013/",
        "/annual-reports/%00/2013.json",
        "/annual-reports/SL/99999999999999999999999/",
        "/annual-reports/SL/x/",
    ):
        assert client.get(address).status_code == 404, address
    assert "report-years" not in page(client, reverse("annual-reports"))


def test_a_report_is_read_only(client: Client) -> None:
    agency, *_ = make_tree()
    publish(agency, 2013)
    assert client.post(url(agency, 2013)).status_code == 405


def test_the_queries_of_a_report_are_constant(client: Client, django_assert_num_queries) -> None:
    agency, *_ = make_tree()
    publish(agency, 2013)
    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(url(agency, 2013))
    for year in (2009, 2010, 2011, 2014, 2015):
        publish(agency, year)
    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(url(agency, 2013))


# --- JSON -------------------------------------------------------------------------------------


def test_json_is_the_contracts_and_imports_again_unchanged(client: Client, tmp_path) -> None:
    agency, *_ = make_tree()
    report = publish(agency, 2013)
    response = client.get(reverse("annual-report-json", args=["SL", 2013]))
    assert response["Content-Type"] == "application/json"
    data = json.loads(response.content)
    assert (data["format"], data["form"]) == (1, "free")
    assert (data["agency"], data["agency_code"], data["year"]) == (agency.name, "SL", 2013)
    assert data["sections"] == report.sections
    assert data["figures"][0] == {"name": "公开信息", "value": 115_000, "unit": "条"}
    assert "tables" not in data
    file = tmp_path / "2013.json"
    file.write_bytes(response.content)
    call_command("import_annual_report", str(file))
    assert AnnualReport.history.count() == 1


# --- the index --------------------------------------------------------------------------------


def years_shown(text: str) -> list[str]:
    return re.findall(r'href="(/annual-reports/[A-Z0-9]+/\d{4}/)"', text)


def test_the_index_lists_agencies_with_their_years(client: Client) -> None:
    province, first, second = make_tree()
    for agency, year in ((province, 2010), (province, 2013), (second, 2013)):
        publish(agency, year)
    text = page(client, reverse("annual-reports"))
    assert years_shown(text) == [
        "/annual-reports/SL/2013/",
        "/annual-reports/SL/2010/",
        "/annual-reports/SLB/2013/",
    ]
    assert first.name not in text[text.index('<ul class="report-years"') :]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"year": "2010"}, ["SL/2010"]),
        ({"agency": "SLB"}, ["SLB/2013"]),
        ({"agency": "SL"}, ["SL/2013", "SL/2010", "SLB/2013"]),
        ({"agency": "SL", "year": "2013"}, ["SL/2013", "SLB/2013"]),
        ({"agency": "SLA"}, []),
        ({"agency": "", "year": ""}, ["SL/2013", "SL/2010", "SLB/2013"]),
    ],
)
def test_filters(client: Client, query: dict[str, str], shown: list[str]) -> None:
    province, _, second = make_tree()
    for agency, year in ((province, 2010), (province, 2013), (second, 2013)):
        publish(agency, year)
    text = page(client, reverse("annual-reports"), **query)
    assert years_shown(text) == [f"/annual-reports/{one}/" for one in shown]


@pytest.mark.parametrize(
    "query",
    [
        {"year": "1999"},
        {"year": "x"},
        {"year": "２０１３"},
        {"year": "9" * 40},
        {"agency": "NONE"},
        {"agency": "a\x00b"},
        {"after": "nonsense"},
        {"after": "WzFd"},
        {"before": "x", "after": "y"},
    ],
)
def test_an_impossible_filter_shows_everything_with_a_message(
    client: Client, query: dict[str, str]
) -> None:
    province, *_ = make_tree()
    publish(province, 2013)
    text = page(client, reverse("annual-reports"), **query)
    assert 'class="notice warn" role="status"' in text
    assert years_shown(text) == ["/annual-reports/SL/2013/"]


def test_english_pages_mark_chinese_content(client: Client) -> None:
    province, first, _ = make_tree()
    Agency.objects.filter(pk=first.pk).update(name_en="")
    publish(province, 2013)
    publish(first, 2013)
    text = page(client, "/en/annual-reports/")
    assert f"<h2>{province.name_en}</h2>" in text
    assert f'<h2 lang="zh-Hans">{first.name}</h2>' in text
    report = page(client, "/en/annual-reports/SL/2013/")
    assert "Figures of the year" in report
    assert '<article class="doc report-text" lang="zh-Hans">' in report


def test_the_index_is_paged(client: Client) -> None:
    root = make_agency("ROOT", name="示例省人民政府")
    for number in range(60):
        publish(make_agency(f"D{number:02d}", under=root), 2013)
    first = page(client, reverse("annual-reports"))
    assert len(years_shown(first)) == 50
    following = re.search(r'rel="next" href="(\?[^"]+)"', first)
    assert following
    second = page(client, reverse("annual-reports") + following[1].replace("&amp;", "&"))
    assert len(years_shown(second)) == 10
    assert not set(years_shown(first)) & set(years_shown(second))
    assert 'rel="prev"' in second


def test_the_queries_of_the_index_are_constant(client: Client, django_assert_num_queries) -> None:
    province, first, second = make_tree()
    publish(province, 2013)
    # With a year also what it adds up to, with an agency alone its figures over all years.
    asked = (({}, 0), ({"agency": "SL", "year": "2013"}, 2), ({"agency": "SL"}, 1))
    for query, more in asked:
        with django_assert_num_queries(INDEX_QUERIES + more):
            client.get(reverse("annual-reports"), query)
    for agency in (first, second):
        for year in (2011, 2012, 2013, 2014):
            publish(agency, year)
    for query, more in asked:
        with django_assert_num_queries(INDEX_QUERIES + more):
            client.get(reverse("annual-reports"), query)

"""The public index: what a year adds up to, and an agency's figures over all years."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.core.dates import now
from disclosure.models import Agency, AnnualReport
from disclosure.reports import actions, overview
from disclosure.reports.overview_years import OfYear, charts_of, name_key
from disclosure.reports.reading import Figure, Reading, Section
from disclosure.reports.tables.forms import FORM_2021
from disclosure.reports.tables.shapes import TOTAL, Place
from tests.factories import make_agency, make_tree
from tests.report_tables import consistent
from tests.reporting import TEXTS, YEAR, Staff

pytestmark = pytest.mark.django_db
NEW = Place("requests", "new", TOTAL)
ONE = consistent(FORM_2021)["requests"]["new"][-1]


def tabled(agency: Agency, year: int = YEAR, tables: Any = None, form: str = "2021") -> Any:
    """A report with tables, published in its time."""
    reading = Reading(
        title=f"{agency.name}{year}年年度报告",
        agency=agency.name,
        year=year,
        lead="",
        sections=[],
        form=form,
        texts=TEXTS,
        tables=tables or consistent(FORM_2021),
    )
    return actions.import_report(actor=None, reading=reading, agency=agency).report


def free(agency: Agency, year: int, figures: list[Figure] | None = None) -> Any:
    reading = Reading(
        title=f"{agency.name}{year}年年度报告",
        agency=agency.name,
        year=year,
        lead="",
        sections=[Section(number="一", heading="概述", text="公开。")],
        figures=figures or [],
    )
    return actions.import_report(actor=None, reading=reading, agency=agency).report


def index(client: Client, **query: Any) -> str:
    response = client.get(reverse("annual-reports"), query)
    assert response.status_code == 200
    return response.content.decode()


# --- a year -----------------------------------------------------------------------------------
def test_a_year_adds_up() -> None:
    province, first, second = make_tree()
    make_agency("PB", kind="public_body", under=province)
    make_agency("OLD", is_active=False, under=province)
    tabled(first)
    tabled(second)
    tabled(second, YEAR - 1)
    found = overview.of_year(YEAR, now())
    assert (found.reports, found.owing, found.owed_out, found.counted) == (2, 3, 2, 2)
    assert found.cells is not None
    assert found.cells[NEW] == 2 * ONE
    assert found.course[0].figures == [str(2 * ONE)]
    processed = found.cells[Place("requests", "processed_total", TOTAL)]
    assert sum(int(line.figures[0]) for line in found.outcomes) == processed
    assert found.remedies[-1].figures == ["22", "6", "2"]
    only = overview.of_year(YEAR, now(), second)
    assert (only.reports, only.owing, only.counted) == (1, 1, 1)


def test_a_sum_and_what_it_sums_are_not_counted_together() -> None:
    province, first, second = make_tree()
    county = make_agency("SLAA", under=first)
    tabled(first)
    staff = Staff(province)
    report = staff.filled()
    staff.out(actions.sum_up(actor=staff.editor, report=report))
    alone = overview.of_year(YEAR, now())
    tabled(second)
    tabled(county)
    found = overview.of_year(YEAR, now())
    assert found.cells is not None
    assert alone.cells is not None
    assert (found.reports, found.counted, found.within, found.after) == (4, 1, 1, 2)
    assert found.cells[NEW] == alone.cells[NEW] == ONE
    below = overview.of_year(YEAR, now(), first)
    assert below.cells is not None
    assert (below.counted, below.cells[NEW]) == (2, 2 * ONE)


def test_what_is_not_public_is_not_added() -> None:
    _province, first, second = make_tree()
    Staff(first).filled()
    later = tabled(second)
    AnnualReport.objects.filter(pk=later.pk).update(published_at=now() + dt.timedelta(days=1))
    found = overview.of_year(YEAR, now())
    assert (found.reports, found.cells) == (0, None)


def test_a_blank_stays_one_and_is_no_zero() -> None:
    _province, first, second = make_tree()
    tables = consistent(FORM_2021)
    tables["remedies"]["litigation_direct"] = [None] * 5
    tabled(first, tables=tables)
    blank = overview.of_year(YEAR, now())
    assert blank.remedies[0].figures == ["5", "–", "0"]
    tabled(second)
    assert overview.of_year(YEAR, now()).remedies[0].figures == ["10", "1", "0"]


def test_the_page_shows_the_sum_with_table_and_chart(client: Client) -> None:
    _province, first, _second = make_tree()
    tabled(first)
    text = index(client, year=YEAR)
    section = text[text.index('<section class="overview"') : text.index('class="report-years"')]
    assert section.count('<table class="overview-table">') == 2
    assert section.count("<caption>") == 2
    assert 'id="chart-outcomes"' in section
    assert f"<td>{ONE}</td>" in section
    assert "overview-table" not in index(client)
    assert "overview-table" not in index(client, year="1999")


def test_a_free_year_says_how_many_there_are_and_no_more(client: Client) -> None:
    _province, first, second = make_tree()
    for agency in (first, second):
        free(agency, 2013, [Figure(name="公开信息", value=7, unit="条")])
    text = index(client, year=2013)
    section = text[text.index('<section class="overview"') : text.index('class="report-years"')]
    assert "<dd>2</dd>" in section
    assert "<table" not in section
    assert "<svg" not in section


def test_english_marks_a_chinese_name(client: Client) -> None:
    _province, first, _second = make_tree()
    Agency.objects.filter(pk=first.pk).update(name_en="")
    free(first, 2013)
    text = client.get("/en/annual-reports/", {"year": 2013, "agency": "SLA"}).content.decode()
    assert re.search(rf'<span lang="zh-Hans">{first.name}</span>', text)


def test_the_queries_do_not_grow(client: Client, django_assert_num_queries: Any) -> None:
    province, first, _second = make_tree()
    tabled(first)
    with django_assert_num_queries(2):
        overview.of_year(YEAR, now())
    for number in range(12):
        tabled(make_agency(f"D{number:02d}", under=province))
    with django_assert_num_queries(2):
        overview.of_year(YEAR, now())
    with django_assert_num_queries(7):
        index(client, year=YEAR)


# --- an agency's years ------------------------------------------------------------------------
def figures(year: int, *some: Figure) -> OfYear:
    return OfYear.of(year, "free", None, some)


def test_names_are_one_whatever_print_makes_of_them() -> None:
    assert name_key("公开 信息：") == name_key("公开信息") == name_key(" 公开\u3000信息:")
    assert name_key("ＡＢ") == name_key("ab")
    assert name_key("公开信息") != name_key("公开的信息")


def test_a_figure_needs_two_years_and_one_unit() -> None:
    charts = charts_of(
        [
            figures(
                2010,
                Figure(name="公开信息：", value=5, unit="条"),
                Figure(name="收费", value=3, unit="万元"),
            ),
            figures(
                2013,
                Figure(name="公开 信息", value=8, unit="条"),
                Figure(name="收费", value=30_000, unit="元"),
                Figure(name="只一年", value=1, unit="件"),
            ),
        ]
    )
    assert len(charts) == 1
    (chart,) = charts
    assert "公开 信息" in chart.title
    assert chart.labels == ("2010", "2011", "2012", "2013")
    assert [value.text for value in chart.values] == ["5", "–", "–", "8"]
    assert chart.note == ""


def test_a_bound_is_marked_and_an_ambiguous_figure_not_drawn() -> None:
    name = {"name": "发放资料", "unit": "份"}
    (chart,) = charts_of(
        [
            figures(2010, Figure(value=20_000, qualifier="over", as_written="2万多份", **name)),
            figures(2011, Figure(value=300, qualifier="about", **name)),
            figures(2012, Figure(value=4, **name), Figure(value=6, **name)),
            figures(2013, Figure(value=7, **name), Figure(value=7, **name)),
        ]
    )
    over, about, twice, same = chart.values
    assert (over.number, over.below, over.text) == (None, 20_000, "20,000+")
    assert (about.number, about.below) == (None, 300)
    assert (twice.number, twice.below, twice.text) == (None, None, "4 / 6")
    assert same.number == 7
    assert chart.note
    assert "chart-below" in chart.drawing


def test_tabled_years_show_requests_and_what_is_in_force(client: Client) -> None:
    _province, first, second = make_tree()
    for year in (YEAR - 1, YEAR):
        tabled(first, year, consistent(FORM_2021, carried_on=year < YEAR))
    for year in (2012, 2013):
        free(first, year, [Figure(name="公开信息", value=year, unit="条")])
        free(second, year, [Figure(name="别的数", value=year, unit="条")])
    text = index(client, agency="SLA")
    for key in ("chart-requests-years", "chart-force-years", "chart-figure-1"):
        assert f'id="{key}"' in text
    assert "chart-figure-2" not in text
    assert "别的数" not in text
    assert "chart-figure" not in index(client, agency="SLA", year=2013)
    assert "figures-years" not in index(client, agency="SL"), "its own, not those below it"


def test_an_agencys_years_cost_one_query(client: Client, django_assert_num_queries: Any) -> None:
    province, *_others = make_tree()
    for year in (2010, 2011):
        free(province, year)
    with django_assert_num_queries(6):
        index(client, agency="SL")
    for year in (2012, 2013, 2014, 2015):
        free(province, year, [Figure(name="公开信息", value=year, unit="条")])
    with django_assert_num_queries(6):
        index(client, agency="SL")

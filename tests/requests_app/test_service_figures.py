"""The public page of figures: counted as the annual report counts, small counts hidden also from
subtraction, as quick with many requests as with few."""

import datetime as dt
import itertools
import re
from collections.abc import Iterable

import pytest
from django.test import Client

from disclosure.core.dates import SHANGHAI, now
from disclosure.figures import refreshing, sources
from disclosure.figures.hiding import SMALL, behind
from disclosure.figures.sources import Topic, Window
from disclosure.models import Agency, Publication, ServiceFigures
from disclosure.publications.actions import withdraw
from requests_app import statistics
from requests_app.figures import counting
from requests_app.models import Answer, AskedAbout, AskedOften, DisclosureRequest, Proposal
from requests_app.proposing.lifecycle import OftenState, State
from tests.factories import make_agency, make_category, make_publication, make_report, make_tree

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 25)
_numbers = itertools.count(1)


def requests(
    agency: Agency,
    number: int,
    received: dt.date = dt.date(2026, 3, 2),
    *,
    kind: str = "natural_person",
    outcome: str = "granted",
    days: int = 7,
    late: bool = False,
) -> None:
    """Answered requests, as the projections leave them; `days` are calendar days."""
    answered = received + dt.timedelta(days=days)
    rows = DisclosureRequest.objects.bulk_create(
        DisclosureRequest(
            number=f"T-{next(_numbers)}",
            agency=agency,
            applicant_kind=kind,
            intake_channel="online",
            form="electronic",
            channel="online",
            state="closed",
            received_on=received,
            answer_due=answered - dt.timedelta(days=1) if late else answered,
            outcome=outcome,
            answered_on=answered,
            counted_outcome=outcome,
            counted_on=answered,
            access_code_hash="x",
        )
        for _each in range(number)
    )
    Answer.objects.bulk_create(
        Answer(request=row, outcome=outcome, answered_on=answered) for row in rows
    )


def content(scope: str = "") -> dict:
    refreshing.refresh(ON)
    return ServiceFigures.objects.get(scope=scope).content


def at(months: Iterable[str], figures: list, month: str) -> object:
    return figures[list(months).index(month)]


# --- counted -------------------------------------------------------------------------------------


def test_a_year_of_counts_is_the_annual_report(db) -> None:
    first, second, _third = make_tree()
    for month in range(1, 13):
        day = dt.date(2025, month, 20)
        requests(first, month % 4, day, outcome="refused_process", days=20)
        requests(second, 2, day, kind="enterprise", outcome="other", days=3)
        requests(second, 1, day, kind="other", outcome="unable_not_held", days=30)
    table = statistics.table_three(Agency.objects.all(), statistics.Period.of_year(2025))
    found = [one for one in counting.count(Window.before(ON)) if one.month.year == 2025]

    def summed(topic: str, row: str | None = None) -> int:
        return sum(one.number for one in found if one.topic == topic and row in (None, one.row))

    assert summed(Topic.RECEIVED) == table[statistics.NEW][-1]
    assert summed(Topic.OUTCOMES) == table[statistics.PROCESSED][-1]
    for place, kind in enumerate(statistics.COLUMNS[:-1]):
        assert summed(Topic.APPLICANTS, kind) == table[statistics.NEW][place]
    assert summed(Topic.OUTCOMES, "other") == table["other"][-1]


def test_months_and_quarters_are_whole(db) -> None:
    agency = make_agency("SL")
    requests(agency, 20, dt.date(2026, 11, 2), days=3)
    requests(agency, 20, dt.date(2026, 10, 12), days=3)
    requests(agency, 20, dt.date(2024, 10, 12), days=3)
    found = content()
    assert (found["months"][0], found["months"][-1]) == ("2024-11", "2026-10")
    assert (found["quarters"][0], found["quarters"][-1]) == ("2024Q4", "2026Q3")
    assert found["received"] == [0] * 23 + [20]
    assert found["applicants"]["natural_person"] == 20
    # October of 2024 belongs to the first quarter, the October after the last one does not.
    assert found["median"] == [2, *[None] * 7]


def test_the_report_of_the_year_has_the_share_in_time(client: Client) -> None:
    agency = make_agency("SL")
    requests(agency, 9, dt.date(2025, 3, 3), days=4)
    for year in (2022, 2025):
        make_report(year, agency=agency)
    content()
    shown = client.get("/annual-reports/SL/2025/").context["charts"]
    assert shown[-1].key == "answered-in-time"
    assert "answered-in-time" not in [
        one.key for one in client.get("/annual-reports/SL/2022/").context["charts"]
    ]


def test_median_and_share_in_time(db) -> None:
    agency = make_agency("SL")
    requests(agency, 6, dt.date(2026, 3, 2), days=4)  # a Friday: 4 working days
    requests(agency, 3, dt.date(2026, 3, 2), days=28)
    requests(agency, 6, dt.date(2026, 3, 2), days=28, late=True)
    found = content()
    assert at(found["quarters"], found["median"], "2026Q1") == 20
    assert at(found["quarters"], found["in_time"], "2026Q1") == [60, ""]


def test_few_late_answers_are_a_bound_and_fewer_than_five_answers_nothing(db) -> None:
    agency = make_agency("SL")
    requests(agency, 38)
    requests(agency, 2, late=True)
    requests(agency, 4, dt.date(2026, 6, 1))
    found = content()
    assert at(found["quarters"], found["in_time"], "2026Q1") == [90, "least"]
    assert at(found["quarters"], found["in_time"], "2026Q2") is None
    assert at(found["quarters"], found["median"], "2026Q2") is None


def test_items_published_by_month_and_root_category(db) -> None:
    agency, root = make_agency("SL"), make_category("root")
    below = make_category("below", under=root)
    for category, day in ((root, 1), (below, 2), (below, 3)):
        moment = dt.datetime(2026, 4, day, 0, 30, tzinfo=SHANGHAI)
        make_publication(agency=agency, category=category, published_at=moment)
    make_publication(agency=agency, category=root, state="draft")
    found = content()
    assert at(found["months"], found["published"], "2026-04") == 3
    assert sum(found["published"]) == 3
    assert found["categories"] == {"root": 3}


# --- the tree, and hidden figures -----------------------------------------------------------------


def test_an_agency_has_the_figures_of_those_below_it(db) -> None:
    province, first, second = make_tree()
    other = make_agency("XX")
    for agency, number in ((province, 10), (first, 20), (second, 40), (other, 100)):
        requests(agency, number)
    refreshing.refresh(ON)
    shown = {
        one.scope: at(one.content["months"], one.content["received"], "2026-03")
        for one in ServiceFigures.objects.all()
    }
    assert shown == {"": 170, "SL": 70, "SLA": 20, "SLB": 40, "XX": 100}


def test_small_counts_and_exact_ones_are_not_even_kept(db) -> None:
    agency = make_agency("SL")
    requests(agency, 3)
    requests(agency, 37, kind="enterprise", outcome="refused_process")
    found = content()
    assert found["applicants"]["natural_person"] == SMALL
    assert found["applicants"]["enterprise"] == 35
    assert found["outcomes"]["granted"] == SMALL
    assert found["outcomes"]["refused"] == 35
    assert at(found["months"], found["received"], "2026-03") == 40


def test_what_is_hidden_below_cannot_be_had_by_subtraction(db) -> None:
    province, first, second = make_tree()
    requests(province, 0)
    requests(first, 18)
    requests(second, 2)
    refreshing.refresh(ON)
    shown = {
        one.scope: at(one.content["months"], one.content["received"], "2026-03")
        for one in ServiceFigures.objects.all()
    }
    assert shown == {"": 20, "SL": 20, "SLA": 20, "SLB": SMALL}
    whole, large = behind(20), behind(20)
    assert whole.high - large.low >= 4
    assert whole.low - large.high <= 1


def test_a_total_that_would_say_what_is_hidden_is_withheld(db) -> None:
    province = make_agency("SL")
    for number in range(4):
        requests(make_agency(f"SL{number}", under=province), 1)
    refreshing.refresh(ON)
    province_row = ServiceFigures.objects.get(scope="SL").content
    # "<5" of four "<5" would make each of them 1.
    assert at(province_row["months"], province_row["received"], "2026-03") is None
    assert province_row["outcomes"]["granted"] is None
    all_of_them = ServiceFigures.objects.get(scope="").content
    assert at(all_of_them["months"], all_of_them["received"], "2026-03") == SMALL


def test_kinds_that_would_say_what_the_months_hide_are_withheld(db) -> None:
    agency = make_agency("SL")
    for month in (1, 2, 3, 4):
        requests(agency, 1, dt.date(2026, month, 6))
    found = content("SL")
    assert set(found["applicants"].values()) == {None}
    assert found["received"].count(SMALL) == 4


def test_the_job_starts_anew_each_day(db) -> None:
    agency = make_agency("SL")
    requests(agency, 20)
    assert refreshing.refresh(ON) == 1
    DisclosureRequest.objects.all().delete()
    assert refreshing.refresh(ON + dt.timedelta(days=1)) == 1
    row = ServiceFigures.objects.get(scope="SL")
    assert row.as_of == ON + dt.timedelta(days=1)
    assert set(row.content["received"]) == {0}


def test_the_job_asks_as_often_with_many_agencies(db, django_assert_num_queries) -> None:
    refreshing.refresh(ON)
    make_agency("SL")
    with django_assert_num_queries(14):
        refreshing.refresh(ON)
    for number in range(6):
        requests(make_agency(f"A{number}"), 8)
        make_publication(published_at=dt.datetime(2026, 4, 1, tzinfo=SHANGHAI))
    with django_assert_num_queries(14):
        refreshing.refresh(ON)


# --- what is asked for often ----------------------------------------------------------------------


def asked_for(publication: Publication, people: int, agency: Agency) -> None:
    requests(agency, 1)
    sample = DisclosureRequest.objects.latest("pk")
    sample.information_name = "张三的信息"
    sample.save()
    key = f"key-{sample.pk}"
    AskedAbout.objects.create(request=sample, agency=agency, key=key)
    AskedOften.objects.create(
        agency=agency,
        key=key,
        sample=sample,
        people=people,
        requests=people,
        last_on=ON,
        state=OftenState.PROPOSED,
    )
    Proposal.objects.create(
        request=sample,
        publication=publication,
        origin=Proposal.Origin.SEVERAL,
        state=State.TAKEN,
        title="示例",
        decided_at=now(),
    )


def test_what_is_asked_for_often_is_named_by_its_publication(client: Client) -> None:
    agency = make_agency("SL")
    asked_for(make_publication("人防工程名录", agency=agency), 12, agency)
    asked_for(make_publication("只有四人申请", agency=agency), 4, agency)
    asked_for(make_publication("尚未公开", agency=agency, state="draft"), 40, agency)
    refreshing.refresh(ON)
    page = client.get("/figures/").content.decode()
    part = page[page.index("part-subjects") : page.index("part-how")]
    assert "人防工程名录" in part
    assert "10" in part
    assert "只有四人申请" not in page
    assert "尚未公开" not in page
    assert "张三" not in page
    withdraw(actor=None, publication=Publication.objects.get(title="人防工程名录"), reason="示例")
    assert "人防工程名录" not in client.get("/figures/").content.decode()


# --- the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/figures/", "/en/figures/"])
def test_the_page_before_the_first_day(client: Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert "<svg" not in page.content.decode()


@pytest.mark.parametrize("path", ["/figures/", "/en/figures/"])
def test_each_chart_is_followed_by_its_table(client: Client, path: str) -> None:
    agency = make_agency("SL", name_en="Example")
    requests(agency, 40)
    make_publication(agency=agency, published_at=dt.datetime(2026, 4, 1, tzinfo=SHANGHAI))
    refreshing.refresh(ON)
    page = client.get(path).content.decode()
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert len(figures) == 7
    for figure in figures:
        assert figure.index('role="img"') < figure.index("<table>")
        assert "<caption" in figure
        assert figure.count('<th scope="row">') >= 1
    assert "2026-11-25" in page
    assert "style=" not in page
    assert not re.search(r"<script|viewBox|width=\"\d+\"", "".join(figures).replace("pattern", ""))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_filter_shows_an_agency_with_those_below_it(client: Client) -> None:
    province, first, _second = make_tree()
    requests(first, 40)
    requests(province, 20)
    refreshing.refresh(ON)
    page = client.get("/figures/?agency=SLA")
    assert page.context["agency"] == first
    chart = page.context["parts"][0][2][0]
    assert ("2026-03", ["40"]) in chart.rows
    unknown = client.get("/figures/?agency=%00nobody")
    assert unknown.status_code == 200
    assert len(unknown.context["notes"]) == 1


def test_the_page_asks_as_often_with_many_as_with_few(
    client: Client, django_assert_num_queries
) -> None:
    agency = make_agency("SL")
    asked_for(make_publication(agency=agency), 9, agency)
    refreshing.refresh(ON)
    with django_assert_num_queries(5):  # page frame, agencies, figures, categories, subjects
        client.get("/figures/")
    for number in range(5):
        under = make_agency(f"SL{number}", under=agency)
        requests(under, 30)
        published = dt.datetime(2026, 4, 1, tzinfo=SHANGHAI)
        item = make_publication(agency=under, category=make_category(), published_at=published)
        asked_for(item, 9, under)
    refreshing.refresh(ON)
    with django_assert_num_queries(5):
        client.get("/figures/")
    with django_assert_num_queries(5):
        client.get("/figures/?agency=SL3")


def test_a_source_registered_again_replaces_itself() -> None:
    before = sources.registered()
    sources.register(counting.SOURCE)
    assert sources.registered() == before
    assert [one.name for one in before] == ["publications", "requests", "visits"]


def test_the_quarters_of_a_january() -> None:
    window = Window.before(dt.date(2026, 1, 1))
    assert (window.months[0], window.months[-1]) == (dt.date(2024, 1, 1), dt.date(2025, 12, 1))
    assert window.quarters[-1] == dt.date(2025, 10, 1)
    assert window.last == dt.date(2025, 12, 31)
    assert window.quarter_of(dt.date(2026, 1, 1)) is None

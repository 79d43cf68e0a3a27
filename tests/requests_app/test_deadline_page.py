"""`/deadline/` and `/api/v1/deadline/`: the public calculator."""

import re
from datetime import date

import pytest
from django.utils import translation

from disclosure.core.citing import cite
from disclosure.models import CalendarDay, CalendarYear
from requests_app.clock import Phrase
from requests_app.deadline.wording import say

pytestmark = pytest.mark.django_db
PAGE, API = "/en/deadline/", "/api/v1/deadline/"


def get(client, path, **query):
    return client.get(path, query)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_empty_page_only_asks(client):
    response = client.get(PAGE)
    html = text_of(response)
    assert response.status_code == 200
    assert 'name="received"' in html
    assert 'name="regulation"' in html
    assert 'type="date"' in html
    assert 'id="answer-due"' not in html
    assert "error-summary" not in html


def test_each_day_with_its_article(client):
    html = text_of(get(client, PAGE, received="2026-02-10"))
    assert re.search(r'id="answer-due"\s+datetime="2026-03-16"', html)
    assert "at the latest 2026-04-14" in html
    for shown, article in (("2026-02-26", "Art. 30"), ("2026-03-16", "Art. 33")):
        step = re.search(rf'<li> <time datetime="{shown}">.*?</li>', html)
        assert step
        assert article in step[0]
    assert 'id="provisional"' not in html
    assert 'value="2026-02-10"' in html
    assert "/api/v1/deadline/?received=2026-02-10" in html


def test_chinese_is_the_same_page(client):
    response = client.get("/deadline/", {"received": "2026-02-10"})
    assert response.status_code == 200
    assert re.search(r'id="answer-due"\s+datetime="2026-03-16"', text_of(response))


def test_a_chosen_regulation_stays_chosen(client):
    html = text_of(get(client, PAGE, received="2013-09-25", regulation="711"))
    assert re.search(r'id="answer-due"\s+datetime="2013-10-28"', html)
    assert re.search(r'<option value="711" selected', html)


def test_an_unannounced_year_is_said_to_be_provisional(client):
    assert 'id="provisional"' in text_of(get(client, PAGE, received="2027-03-01"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"received": "2026-13-45"}, "“2026-13-45” is not a date"),
        ({"received": "10/02/2026"}, "“10/02/2026” is not a date"),
        ({"received": "2008-04-30"}, "no Regulation on disclosure was in force"),
        ({"received": "9999-12-31"}, "too far ahead"),
        ({"received": ""}, "Give the day of receipt"),
        ({"regulation": "711"}, "Give the day of receipt"),
        ({"received": "2026-02-10", "regulation": "1"}, "“1” is not a Regulation known here"),
        ({"received": "2026-02-10\0"}, "Null characters"),
        ({"received": "𠮷" * 50}, "at most 40 characters"),
        ({"received": "<script>"}, "“&lt;script&gt;” is not a date"),
    ],
)
def test_bad_input_is_explained_and_kept(client, query, said):
    response = get(client, PAGE, **query)
    html = text_of(response)
    assert response.status_code == 200
    assert said in html
    assert 'id="error-summary"' in html
    assert 'id="answer-due"' not in html
    typed = query.get("received", "")
    if typed.isascii() and typed.isprintable() and "<" not in typed and typed:
        assert f'value="{typed}"' in html
    if "received" in query and "regulation" not in query:
        # A date picker would hide what is no date.
        assert 'type="date"' not in html


def test_the_page_only_reads(client):
    assert client.post(PAGE, {"received": "2026-02-10"}).status_code == 405
    assert client.head(PAGE, {"received": "2026-02-10"}).status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            {"received": "2026-02-10"},
            ("711", "2026-02-26", "2026-03-16", "2026-04-14", False),
        ),
        ({"received": "2013-09-25"}, ("492", None, "2013-10-21", "2013-11-11", False)),
        (
            {"received": "2013-09-25", "regulation": "711"},
            ("711", "2013-10-10", "2013-10-28", "2013-11-25", False),
        ),
        ({"received": "2026-12-04"}, ("711", "2026-12-15", "2027-01-04", "2027-02-01", True)),
    ],
)
def test_the_dates_as_data(client, query, expected, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        response = get(client, API, **query)
    regulation, notice, answer, extended, provisional = expected
    assert response.status_code == 200
    assert response.json() == {
        "received": query["received"],
        "regulation": regulation,
        "correction_notice_due": notice,
        "answer_due": answer,
        "extended_answer_due": extended,
        "provisional": provisional,
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "received"),
        ({"received": "2026-02-30"}, "received"),
        ({"received": "2008-04-30"}, "received"),
        ({"received": "2026-02-10", "regulation": "2019"}, "regulation"),
    ],
)
def test_a_bad_date_is_400(client, query, field):
    response = get(client, API, **query)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == 400
    assert list(problem["errors"]) == [field]
    assert problem["detail"] == problem["errors"][field][0]


def test_staffs_rows_count_at_once(client):
    year = CalendarYear.objects.create(year=2026)
    CalendarDay.objects.create(year=year, date=date(2026, 3, 16))
    assert get(client, API, received="2026-02-10").json()["answer_due"] == "2026-03-17"


@pytest.mark.parametrize(
    ("article", "numeral"),
    [
        ("33", "三十三"),
        ("30", "三十"),
        ("11, 17", "十七"),
        ("9", "九"),
        ("10", "十"),
        ("20", "二十"),
    ],
)
def test_articles_are_cited_in_chinese_figures(article, numeral):
    with translation.override("zh-hans"):
        assert numeral in cite(article)
    with translation.override("en"):
        assert cite(article).startswith("Art. ")
        assert cite(None) == ""


def test_a_phrase_in_a_phrase_is_said_whole():
    inner = Phrase("a", "Fee paid")
    outer = Phrase("b", "“%(event)s” of %(date)s", {"event": inner, "date": date(2026, 3, 2)})
    with translation.override("en"):
        assert say(outer) == "“Fee paid” of 2026-03-02"

"""The validity by date: the query says what the record says, on every day."""

import datetime as dt
import itertools
from typing import Any

import pytest
from django.test import Client

from disclosure.core.dates import today
from disclosure.models import Publication
from disclosure.publications.validity import annotate, ended_on, in_state
from tests import factories as f

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 10)
DAYS = (None, *(DAY + dt.timedelta(days=shift) for shift in (-1, 0, 1)))


def test_the_query_and_the_record_agree() -> None:
    """Every validity with every last day and every end, asked on the days around them."""
    rows = [
        f.make_publication(
            state="draft", validity=validity, valid_until=last, expires_on=end, amended_on=amended
        )
        for validity, last, end, amended in itertools.product(
            Publication.Validity.values, DAYS, DAYS, (None, DAY)
        )
    ]
    for shift in range(-2, 4):
        on = DAY + dt.timedelta(days=shift)
        said = dict(annotate(Publication.objects.all(), on).values_list("pk", "validity_now"))
        assert said == {row.pk: row.validity_on(on) for row in rows}
        for validity in Publication.Validity.values:
            found = set(Publication.objects.filter(in_state(validity, on)).values_list("pk"))
            assert found == {(key,) for key, word in said.items() if word == validity}


def test_from_which_day_it_is_over() -> None:
    last = Publication(valid_until=DAY)
    assert ended_on(last, DAY) is None
    assert ended_on(last, DAY + dt.timedelta(days=1)) == DAY + dt.timedelta(days=1)
    repealed = Publication(validity="repealed", expires_on=DAY)
    assert ended_on(repealed, DAY - dt.timedelta(days=1)) is None
    assert ended_on(repealed, DAY) == DAY


def ends(day: dt.timedelta) -> dict[str, Any]:
    return {"validity": "repealed", "expires_on": today() + day}


def _titles(client: Client, validity: str) -> list[str]:
    listing = client.get(f"/catalogue/?validity={validity}").context["listing"]
    assert {row.validity for row in listing.rows} <= {Publication.Validity(validity).label}
    return sorted(row.plain_title for row in listing.rows)


def test_the_catalogue_asks_for_the_day(client: Client) -> None:
    day = dt.timedelta(days=1)
    f.make_publication("昨日届满", valid_until=today() - day)
    f.make_publication("今日届满", valid_until=today())
    f.make_publication("明日废止", validity="repealed", expires_on=today() + day)
    f.make_publication("今日废止", validity="repealed", expires_on=today())
    f.make_publication("已修改", validity="amended")
    f.make_publication("今日修改", amended_on=today())
    f.make_publication("明日修改", amended_on=today() + day)
    f.make_publication("今日修改明日废止", amended_on=today(), **ends(day))
    assert _titles(client, "in_force") == ["今日届满", "明日修改", "明日废止"]
    assert _titles(client, "lapsed") == ["昨日届满"]
    assert _titles(client, "repealed") == ["今日废止"]
    assert _titles(client, "amended") == sorted(["已修改", "今日修改", "今日修改明日废止"])


def test_the_page_says_since_when(client: Client) -> None:
    last = today() - dt.timedelta(days=1)
    page = client.get("/en" + f.make_publication(valid_until=last).get_absolute_url())
    assert f"This document lapsed on {today().isoformat()}." in page.content.decode()
    assert f"until {last.isoformat()}" in page.content.decode()

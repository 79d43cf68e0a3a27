"""Amendments whose day is still to come: what pages say on the day, with no job run."""

from typing import Any

import pytest
from django.test import Client

from disclosure.core.dates import now, today
from disclosure.life import coming, history, relating
from disclosure.models import Publication
from disclosure.publications import actions, views
from tests import factories as f
from tests.disclosure.life.making import Cast, normative
from tests.disclosure.life.test_relations import DAY, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast(f.make_agency("SL", name="示例省办公室"))


def on_a_later_day(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """The item's page of this day; no job has run."""
    moment = now() + days * DAY
    monkeypatch.setattr(views, "now", lambda: moment)


def test_on_its_day_every_page_says_that_it_is_amended(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = normative("旧办法")
    draft = cast.draft("修改决定", effective_on=today() + 5 * DAY)
    cast.relate(draft, "amends", old)
    cast.out(draft)
    assert fresh(old).amended_on == today() + 5 * DAY

    def page(query: str = "") -> str:
        return client.get(f"/en{old.get_absolute_url()}{query}").content.decode()

    assert "has been amended" not in page()
    assert f"from {(today() + 5 * DAY).isoformat()}" in page(), "beside “Amended by”"
    assert fresh(old).validity_on(today() + 4 * DAY) == "in_force"
    on_a_later_day(monkeypatch, 5)
    assert "has been amended" in page()
    assert "由《修改决定》修改" in page("?changes=all")
    assert fresh(old).validity == "in_force", "nothing has run"


def test_the_job_makes_it_permanent_under_its_own_day(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = normative("旧办法")
    draft = cast.draft("修改决定", effective_on=today() + 5 * DAY)
    cast.relate(draft, "amends", old)
    cast.out(draft)
    moment = now() + 7 * DAY
    before = history.changes(fresh(old), moment)
    monkeypatch.setattr(relating, "now", lambda: moment)
    assert relating.settle_due() == 1
    assert (fresh(old).validity, fresh(old).amended_on) == ("amended", None)
    assert history.changes(fresh(old), moment) == before
    assert before[0].day == today() + 5 * DAY


def test_an_amendment_that_is_taken_back_before_its_day(cast: Cast) -> None:
    old = normative("旧办法")
    sooner, later = (
        cast.draft(title, effective_on=today() + days * DAY)
        for title, days in (("一", 5), ("二", 9))
    )
    for draft in (sooner, later):
        cast.relate(draft, "amends", old)
    sooner, later = cast.out(sooner), cast.out(later)
    assert fresh(old).amended_on == today() + 5 * DAY
    actions.withdraw(actor=cast.publisher, publication=sooner, reason="有误")
    assert fresh(old).amended_on == today() + 9 * DAY
    relating.take_back(actor=cast.publisher, relation=later.relations.get(), reason="有误")
    assert fresh(old).amended_on is None


def test_days_from_before_they_were_noted(cast: Cast, django_assert_num_queries: Any) -> None:
    old = normative("旧办法")
    draft = cast.draft("修改决定", effective_on=today() + 5 * DAY)
    cast.relate(draft, "amends", old)
    cast.out(draft)
    Publication.objects.filter(pk=old.pk).update(amended_on=None)
    assert relating.settle_due() == 0
    assert fresh(old).amended_on == today() + 5 * DAY
    with django_assert_num_queries(0):
        assert coming.due(Publication(pk=old.pk), today()) == []

"""`manage.py make_load`: as much as was asked for, the same for the same seed, and true to every
rule that real content obeys."""

import datetime as dt
import io
import random
from collections import Counter
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from disclosure.core.dates import legal_day
from disclosure.load import stock
from disclosure.load.texts import Maker, Writer, moments
from disclosure.models import Agency, Publication, SignOff
from disclosure.publiclog.checking import Checking
from portal.demo_removal import remove_demo
from requests_app.models import Answer, DisclosureRequest, RequestEvent
from requests_app.rebuilding import differences
from tests.factories import store_publication

UNTIL = dt.date(2026, 3, 31)
MAKER = Maker("示例市教育局", "示例市教育局", "示教", "示例市")


def load(**options: Any) -> str:
    told = io.StringIO()
    values = {"publications": 120, "requests": 150, "agencies": 45, "until": UNTIL}
    call_command("make_load", stdout=told, index=False, **(values | options))
    return told.getvalue()


@pytest.mark.django_db
def test_a_load_obeys_every_rule_and_can_be_taken_away() -> None:
    told = load()
    assert "publications:" in told
    assert "a second" in told

    assert Agency.objects.count() == 45
    assert Agency.objects.filter(depth=3).exists()
    items = Publication.objects.all()
    assert items.count() == 121  # one has a file
    assert not items.filter(is_demo=False).exists()
    assert items.filter(state="published", sign_off__is_blanket=True).count() == 121
    assert not SignOff.objects.filter(closed_at__isnull=True).exists()
    days = [
        legal_day(one)
        for one in items.order_by("published_at").values_list("published_at", flat=True)
        if one
    ]
    assert days[0].year < 2016
    assert days[-1] <= UNTIL
    assert len(set(items.values_list("index_number", flat=True))) == 121
    numbered = items.exclude(document_number="").values_list("document_number", "date_made")
    assert all(f"〔{day.year}〕" in number for number, day in numbered if day)
    assert Checking().run() is None

    requests = DisclosureRequest.objects.all()
    assert requests.count() == 150
    assert not requests.filter(is_demo=False).exists()
    assert list(differences(repair=False)) == []
    states = Counter(requests.values_list("state", flat=True))
    assert states["closed"] > 100
    answered = RequestEvent.objects.filter(kind="answered").count()
    assert Answer.objects.count() == answered > 100
    person = requests.filter(applicant_kind="natural_person")[0].applicant
    assert person.get("name").endswith("（演示）")
    assert person.get("id_number").startswith("000000")

    # More of it goes on with the numbers.
    load(publications=30, requests=20, seed=8)
    assert Publication.objects.count() == 151
    assert DisclosureRequest.objects.count() == 170

    remove_demo()
    assert not Publication.objects.exists()
    assert not DisclosureRequest.objects.exists()

    store_publication("REAL-1")
    with pytest.raises(CommandError, match="real content"):
        load()
    load(publications=1, requests=0, force=True)
    assert Publication.objects.count() == 2


def test_the_same_seed_writes_the_same() -> None:
    first, second, other = (
        [Writer(rng).document(MAKER, UNTIL) for rng in [random.Random(seed)]] for seed in (1, 1, 2)
    )
    assert first == second != other
    assert 200 <= len(first[0].body) <= 4000
    assert "示例市教育局" in first[0].body


def test_days_are_in_order_and_denser_lately() -> None:
    until = dt.datetime(2026, 3, 31, 12, tzinfo=dt.UTC)
    found = list(moments(random.Random(3), 2000, until))
    assert len(found) == 2000
    assert found == sorted(found)
    assert found[-1] <= until
    assert sum(one.year >= 2024 for one in found) > sum(one.year < 2016 for one in found)


def test_agencies_are_a_tree_without_two_of_a_name() -> None:
    planned = stock.plan(400)
    assert len({one.maker.name for one in planned}) == len({one.code for one in planned}) == 400
    above: set[str] = {""}
    for one in planned:
        assert one.parent in above
        above.add(one.code)

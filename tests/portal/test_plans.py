"""What a page reads does not grow with the table: the same work for three times as many rows.

On SQLite the work is counted in steps of its virtual machine, on PostgreSQL in rows that the plans
touched, with whole-table scans priced out of reach, so that one that is left has no index to use.
No clock is looked at. Counts are capped low and pages short here, so that both are full in a small
table.
"""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disclosure.core import paging
from disclosure.models import Publication
from disclosure.publications import listing, narrowing

FEW, MANY = 300, 900
#: How much more work may be noise: a tree that is one level deeper, a longer list of agencies.
MORE, SLACK = 1.25, 30
UNTIL = dt.date(2026, 3, 31)
#: `{item}`: an index number in the middle; `{mark}`: the mark of a page in the middle.
ADDRESSES = {
    "front page": "/",
    "list": "/catalogue/",
    "list, oldest first": "/catalogue/?sort=oldest",
    "list, deep": "/catalogue/?after={mark}",
    "list, deep, backwards": "/catalogue/?before={mark}",
    "list of an agency": "/catalogue/?agency=LOAD0001",
    "list of an agency and all below": "/catalogue/?agency=LOAD0029",
    "list of branches, deep": "/catalogue/?agency=LOAD0029&category=platform&before={mark}",
    "list of a category": "/catalogue/?category=normative",
    "list of a category and all below": "/catalogue/?category=enforcement",
    "list of a kind": "/catalogue/?document_type=policy",
    "list of a few years, deep": "/catalogue/?date_to=2024-12-31&after={mark}",
    "list in force": "/catalogue/?validity=in_force",
    "list repealed": "/catalogue/?validity=repealed",
    "list from a day on": "/catalogue/?date_from=2015-01-01",
    "list up to a day": "/catalogue/?date_to=2022-12-31",
    "list of a few years": "/catalogue/?date_from=2020-01-01&date_to=2024-12-31",
    "item": "/catalogue/{item}/",
    "agency": "/agencies/LOAD0001/",
    "agencies": "/agencies/",
    "rules": "/rules/",
    "annual reports": "/annual-reports/",
    "on request": "/on-request/",
    "withheld": "/withheld/",
    "public log": "/log/",
    "figures": "/figures/",
    "site map": "/site-map/",
    "sitemap": "/sitemap.xml",
}
#: What does read more of a larger table, and why it may.
GROWS: dict[str, str] = {}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging.capped_count, "__defaults__", (4,))
    monkeypatch.setattr(narrowing, "COUNT_CAP", 4)
    monkeypatch.setattr(listing, "SIZE", 3)


def load(number: int, seed: int) -> None:
    call_command(
        "make_load",
        publications=number,
        requests=0,
        agencies=45,
        seed=seed,
        until=UNTIL,
        index=False,
        verbosity=0,
    )


def filled(address: str) -> str:
    """The address of an item and a page in the middle of the list as it is now."""
    half = Publication.objects.order_by("published_at", "id")[Publication.objects.count() // 2]
    mark = paging._encode([half.published_at, half.pk])
    return address.format(item=half.index_number, mark=mark)


# --- how much a page reads -----------------------------------------------------------------------
def work(client: Client, address: str) -> int:
    measure = touched if connection.vendor == "postgresql" else steps
    return measure(client, address)


def steps(client: Client, address: str) -> int:
    """Steps of SQLite's virtual machine, in tens."""
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    connection.connection.set_progress_handler(step, 10)
    try:
        get(client, address)
    finally:
        connection.connection.set_progress_handler(None, 0)
    return taken


def touched(client: Client, address: str) -> int:
    """Rows that PostgreSQL's plans looked at."""
    with CaptureQueriesContext(connection) as caught:
        get(client, address)
    rows = 0
    with without_scans(), connection.cursor() as cursor:
        for query in caught.captured_queries:
            if query["sql"].lstrip("( ").startswith("SELECT"):
                cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {query['sql']}")
                found = cursor.fetchone()[0]
                plan = json.loads(found) if isinstance(found, str) else found
                for node in nodes(plan[0]["Plan"]):
                    assert not is_whole_table(node), (address, query["sql"])
                    rows += looked_at(node)
    return rows


@contextmanager
def without_scans() -> Iterator[None]:
    """Plans as of a table so large that nobody reads or sorts it whole."""
    switches = ("enable_seqscan", "enable_sort", "enable_bitmapscan")
    with connection.cursor() as cursor:
        for name in switches:
            cursor.execute(f"SET LOCAL {name} = off")
        yield
        for name in switches:
            cursor.execute(f"SET LOCAL {name} = on")


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def is_whole_table(node: dict[str, Any]) -> bool:
    return node["Node Type"] == "Seq Scan" and node["Relation Name"] == Publication._meta.db_table


def looked_at(node: dict[str, Any]) -> int:
    if "Scan" not in node["Node Type"]:
        return 0
    seen = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return int((seen + node.get("Rows Removed by Index Recheck", 0)) * node["Actual Loops"])


def get(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200, address


# --- the tests -----------------------------------------------------------------------------------
def test_pages_cost_the_same_when_there_is_more() -> None:
    client = Client()
    load(FEW, seed=7)
    few = {name: work(client, filled(address)) for name, address in ADDRESSES.items()}
    load(MANY - FEW, seed=8)
    many = {name: work(client, filled(address)) for name, address in ADDRESSES.items()}
    grown = {
        name: (few[name], many[name]) for name in ADDRESSES if many[name] > MORE * few[name] + SLACK
    }
    assert {name: grown[name] for name in grown if name not in GROWS} == {}
    assert set(GROWS) <= set(grown), "this no longer grows"

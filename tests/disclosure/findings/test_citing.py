"""Citations of what is not public are looked up by index, however many items there are."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosure.core.dates import now
from disclosure.findings import citing
from tests.factories import make_publication

pytestmark = pytest.mark.django_db


def test_both_lookups_use_their_index() -> None:
    text = "根据《尚未公开的办法》和《已经公开的办法》（示发〔2025〕3号）制定"
    make_publication("尚未公开的办法", state="draft")
    make_publication("已经公开的办法")
    later = now() + dt.timedelta(days=1)
    make_publication("已经公开的办法", published_at=later)
    one = make_publication(state="draft")
    with CaptureQueriesContext(connection) as asked:
        found = [text[hit.start : hit.end] for hit in citing.not_public(text, one, at=now())]
    assert found == ["尚未公开的办法"]
    plans = [_plan(query["sql"]) for query in asked.captured_queries]
    assert len(plans) == 2
    by_number, by_title = plans
    # PostgreSQL joins a handful of rows as it likes; what is cited it finds by index.
    least = 1 if connection.vendor == "postgresql" else 2
    assert by_number.count("disclosure_publication_document_number_normal") >= least, by_number
    assert by_title.count("publication_title") >= least, by_title


def _plan(sql: str) -> str:
    """How the query is answered where the table is too large to be read through."""
    is_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_postgres:
            for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(("EXPLAIN " if is_postgres else "EXPLAIN QUERY PLAN ") + sql)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())

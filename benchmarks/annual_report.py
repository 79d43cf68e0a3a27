"""How fast the tables of an annual report are computed, and a province's report is summed.

    .venv/bin/python benchmarks/annual_report.py [--database sqlite|postgres] [--requests 1000000]

The whole report of a year with so many requests, against SQL written by hand that counts its tables
three and four; in turn, medians. Then a province with 14 cities and 100 counties is summed. Exit 1
where a report takes more than 1.5 times as long as the SQL, counts anything else, or either takes
more queries than it may. A quick look: `--requests 20000`.
"""

import argparse
import datetime as dt
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import empty_portal, line, machine

MOST = 1.5
#: Of a report: tables two, three and four. Of a sum: the agencies below and their editions.
QUERIES, QUERIES_OF_SUM = 3, 2
ROUNDS = 5
YEAR = 2025
FIRST, LAST = dt.date(YEAR, 1, 1), dt.date(YEAR, 12, 31)
#: Rows that are made one by one; the others are copies of them.
SEED = 2000
CITIES, COUNTIES = 14, 100


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--requests", type=int, default=1_000_000, help="received in the year")
    options = parser.parse_args()
    with empty_portal(options.database):
        print(f"{options.database}, {options.requests:,} requests, {machine()}", flush=True)
        agency = fill(options.requests)
        good = counted(agency)
        good &= summed()
    return 0 if good else 1


# --- a year with many requests -------------------------------------------------------------------


def fill(number: int) -> Any:
    """An agency with so many requests received in the year, a tenth as many in the one before, and
    a remedy against one in fifty; another agency beside it with a thousand."""
    from disclosure.models import Agency
    from requests_app.models import DisclosureRequest, RemedyCase

    rng, start = random.Random(7), time.perf_counter()  # noqa: S311
    agency = Agency.objects.add_root({"code": "SL", "name": "示例省办公室"})
    other = Agency.objects.add_root({"code": "SLA", "name": "示例市办公室"})
    DisclosureRequest.objects.bulk_create(
        some_request(other, f"SLA-{place}", rng, FIRST) for place in range(1000)
    )
    seed = [some_request(agency, f"SL-{place}", rng, FIRST) for place in range(SEED)]
    before = FIRST - dt.timedelta(365)
    seed += [some_request(agency, f"SL-{SEED + place}", rng, before) for place in range(SEED // 10)]
    made = DisclosureRequest.objects.bulk_create(seed)
    multiply(DisclosureRequest, made[0].pk, max(number // SEED, 1))
    every = DisclosureRequest.objects.filter(agency=agency).order_by("pk")
    some = every.values_list("pk", flat=True)[: SEED * 10 : 50]
    remedies = RemedyCase.objects.bulk_create(some_remedy(pk, rng) for pk in some)
    multiply(RemedyCase, remedies[0].pk, max(number // 50 // len(remedies), 1))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    line("made", time.perf_counter() - start, "s")
    return agency


def some_request(agency: Any, number: str, rng: random.Random, first: dt.date) -> Any:
    """One received within a year of `first`; one in thirty is open."""
    from requests_app.determination import OUTCOMES
    from requests_app.models import ApplicantKind, DisclosureRequest

    received = first + dt.timedelta(rng.randrange(365))
    kinds = ApplicantKind.values
    row = DisclosureRequest(
        number=number,
        agency=agency,
        applicant_kind=rng.choice([kinds[0]] * 10 + kinds),
        intake_channel="online",
        information_name=f"示例信息第{number}号",
        description="请公开示例信息的全文及其附件。" * 4,
        form="electronic",
        channel="online",
        submitted_at=dt.datetime.combine(received, dt.time(9), tzinfo=dt.UTC),
        state="registered",
        received_on=received,
        answer_due=received + dt.timedelta(28),
        access_code_hash="0" * 64,
    )
    if rng.randrange(30):
        day, outcome = received + dt.timedelta(rng.randrange(40)), rng.choice(list(OUTCOMES))
        row.state, row.closed_on = "closed", day
        row.outcome = row.counted_outcome = outcome
        row.answered_on = row.counted_on = day
    return row


def some_remedy(request: int, rng: random.Random) -> Any:
    from requests_app.models import RemedyCase
    from requests_app.remedies.outcomes import RemedyKind

    received = FIRST + dt.timedelta(rng.randrange(-200, 365))
    is_open = rng.randrange(3) == 0
    return RemedyCase(
        request_id=request,
        kind=rng.choice([kind.value for kind in RemedyKind]),
        by="applicant",
        against="answer",
        body="示例省人民政府",
        received_on=received,
        reply_due=received + dt.timedelta(10),
        decided_on=None if is_open else received + dt.timedelta(rng.randrange(200)),
        outcome="pending" if is_open else rng.choice(["upheld", "corrected", "other"]),
    )


def multiply(model: Any, first: int, times: int) -> None:
    """The rows from this key on, so many times in all, made by the database itself: a seed at a
    time, without the indexes, which are built once afterwards."""
    from django.db import connection, transaction

    unlike = {"id", "number"} & {field.column for field in model._meta.concrete_fields}
    names = [field.column for field in model._meta.concrete_fields if field.column not in unlike]
    table, same = model._meta.db_table, ", ".join(f'"{name}"' for name in names)
    number = "number, " if "number" in unlike else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608  (names of the models)
        last = cursor.fetchone()[0]
    with connection.schema_editor() as editor:
        for index in model._meta.indexes:
            editor.remove_index(model, index)
    with transaction.atomic(), connection.cursor() as cursor:
        for copy in range(1, times):
            numbered = f"number || '-{copy}', " if number else ""
            cursor.execute(
                f"INSERT INTO {table} ({number}{same}) SELECT {numbered}{same} FROM {table} "  # noqa: S608
                "WHERE id BETWEEN %s AND %s",
                [first, last],
            )
    with connection.schema_editor() as editor:
        for index in model._meta.indexes:
            editor.add_index(model, index)


REQUESTS = """
SELECT applicant_kind, counted_outcome, COUNT(*),
       COUNT(*) FILTER (WHERE received_on >= %(first)s),
       COUNT(*) FILTER (WHERE counted_on <= %(last)s)
  FROM requests_app_disclosurerequest
 WHERE agency_id = %(agency)s AND received_on <= %(last)s
   AND (counted_on IS NULL OR counted_on >= %(first)s)
 GROUP BY applicant_kind, counted_outcome
"""
REMEDIES = """
SELECT m.kind, CASE WHEN m.decided_on <= %(last)s THEN m.outcome ELSE 'pending' END, COUNT(*)
  FROM requests_app_remedycase m
  JOIN requests_app_disclosurerequest r ON r.id = m.request_id
 WHERE r.agency_id = %(agency)s AND m.received_on <= %(last)s
   AND (m.decided_on IS NULL OR m.decided_on >= %(first)s)
 GROUP BY 1, 2
"""


def by_hand(agency: Any) -> dict[tuple[str, str, str], int]:
    """Tables three and four by two statements; cells that count nothing are left out."""
    from django.db import connection

    asked = {"agency": agency.pk, "first": FIRST, "last": LAST}
    cells: dict[tuple[str, str, str], int] = {}

    def add(table: str, row: str, column: str, number: int) -> None:
        for each in (column, "total"):
            cells[table, row, each] = cells.get((table, row, each), 0) + number

    with connection.cursor() as cursor:
        cursor.execute(REQUESTS, asked)
        for kind, outcome, every, new, done in cursor.fetchall():
            figures = {"new": new, "carried_in": every - new, "processed_total": done}
            figures |= {"carried_out": every - done, **({outcome: done} if outcome else {})}
            for row, number in figures.items():
                add("requests", row, kind, number)
        cursor.execute(REMEDIES, asked)
        for kind, column, number in cursor.fetchall():
            add("remedies", kind, column, number)
    return cells


def counted(agency: Any) -> bool:
    """Whether the report is computed right, with its queries, nearly as fast as by hand."""
    from disclosure.reports import sources
    from disclosure.reports.tables.checking import violations
    from disclosure.reports.tables.forms import FORM_2021

    def report() -> Any:
        return sources.compute(FORM_2021, [agency], sources.Span.of_year(YEAR))

    queries, cells = with_queries(report)
    found = {tuple(place[:3]): cell for place, cell in cells.values.items() if cell}
    by_sql = {place: number for place, number in by_hand(agency).items() if number}
    is_right = found == by_sql and not violations(cells)
    times: dict[Callable[[], Any], list[float]] = {
        (hand := lambda: by_hand(agency)): [],
        report: [],
    }
    for _round in range(ROUNDS):
        for counting, taken in times.items():
            start = time.perf_counter()
            counting()
            taken.append(time.perf_counter() - start)
    alone, whole = (statistics.median(times[one]) * 1000 for one in (hand, report))
    line("SQL by hand, tables three and four", alone, "ms")
    line("the report", whole, "ms", whole / alone)
    line("  its queries", queries, "")
    if not is_right:
        print("OTHERWISE than by hand, or an identity does not hold")
    is_good = whole <= MOST * alone and queries == QUERIES
    print(f"{'within' if is_good else 'BEYOND'} {MOST:g} x and {QUERIES} queries")
    return is_good and is_right


def with_queries(doing: Callable[[], Any]) -> tuple[int, Any]:
    """How many queries it takes, and what it gives."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        given = doing()
    return len(caught), given


# --- a province ----------------------------------------------------------------------------------


def summed() -> bool:
    """Whether the published reports below a province are summed with two queries."""
    from disclosure.models import Agency
    from disclosure.reports import rollup
    from disclosure.reports.models import AnnualReport
    from disclosure.reports.tables.cells import Cells, as_number
    from disclosure.reports.tables.forms import FORM_2021

    province = Agency.objects.add_root({"code": "P", "name": "示例省人民政府"})
    for city in range(CITIES):
        below = Agency.objects.add_child(province, {"code": f"P{city}", "name": f"示例市{city}"})
        publish(below, city)
        for county in range(city, COUNTIES, CITIES):
            code = f"{below.code}-{county}"
            publish(Agency.objects.add_child(below, {"code": code, "name": f"示例县{county}"}), 1)
    report = AnnualReport(agency=province, year=YEAR, form="2021", title="汇总")
    queries, found = with_queries(lambda: rollup.sum_below(report))
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        rollup.sum_below(report)
        times.append(time.perf_counter() - start)
    new = next(place for place in FORM_2021.places if place.row == "new")
    right = sum(range(CITIES)) + COUNTIES
    cells: Cells = found.cells
    is_right = as_number(cells[new]) == right and not found.missing
    line(f"{len(found.agencies)} reports summed", statistics.median(times) * 1000, "ms")
    line("  its queries", queries, "")
    is_good = is_right and queries == QUERIES_OF_SUM and len(found.agencies) == CITIES + COUNTIES
    print(f"{'right' if is_good else 'WRONG'}, with {QUERIES_OF_SUM} queries")
    return is_good


def publish(agency: Any, number: int) -> None:
    """A report with every cell filled that received so many requests from natural persons and
    granted them, as it is stored once it is out."""
    from disclosure.core.dates import now
    from disclosure.reports.actions import publish_edition
    from disclosure.reports.models import AnnualReport
    from disclosure.reports.tables.cells import Cells
    from disclosure.reports.tables.forms import FORM_2021

    counts = {"new", "granted", "processed_total"}
    values: dict[Any, Any] = {
        place: number if place.row in counts and place.column in {"natural_person", "total"} else 0
        for place in FORM_2021.places
    }
    report = AnnualReport.objects.create(
        agency=agency,
        year=YEAR,
        form="2021",
        title=f"{agency.name}{YEAR}年政府信息公开工作年度报告",
        texts={"overview": "示例。" * 400, "problems": "示例。" * 100, "other": "示例。" * 50},
        tables=Cells(FORM_2021, values).as_json(),
    )
    moment = now()
    edition = publish_edition(report, actor=None, at=moment)
    AnnualReport.objects.filter(pk=report.pk).update(
        edition=edition, published_at=moment, state="published"
    )


if __name__ == "__main__":
    sys.exit(main())

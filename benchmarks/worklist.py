"""Opening the work list of an agency with 100,000 requests, against one with 100.

    .venv/bin/python benchmarks/worklist.py --database sqlite|postgres [--large 100000]

Both agencies are in the same database. Each page is asked in turn, first of one agency and then of
the other, by a handler of that agency alone; medians and their ratio are printed. Exit 1 where the
large one takes more than 1.5 times as long.
"""

import argparse
import datetime as dt
import random
import statistics
import sys
import time
from typing import Any

from ground import empty_portal, line, machine

MOST = 1.5
ROUNDS = 15
PAGES = (
    ("the list", ""),
    ("what is open", "?standing=open"),
    ("what is overdue", "?standing=overdue"),
    ("with me", "?standing=mine"),
    ("letters to be sent", "?standing=unsent"),
)


def fill(agency: Any, handler: Any, number: int, seed: int) -> None:
    """So many requests over ten years, one in a hundred open; rows alone, as lists read them."""
    from requests_app.models import Applicant, DisclosureRequest

    rng = random.Random(seed)  # noqa: S311
    today = dt.date.today()  # noqa: DTZ011
    batch = 2000
    for start in range(0, number, batch):
        rows = []
        for place in range(start, min(start + batch, number)):
            is_open = place % 100 == 0 or number <= 100
            received = today - dt.timedelta(
                days=rng.randrange(40) if is_open else rng.randrange(60, 3650)
            )
            due = received + dt.timedelta(days=28)
            rows.append(
                DisclosureRequest(
                    number=f"{agency.code}-{place:07d}",
                    agency=agency,
                    applicant_kind="natural_person",
                    intake_channel="online",
                    information_name=f"示例信息第{place}号",
                    form="electronic",
                    channel="online",
                    handler=handler if place % 3 == 0 else None,
                    submitted_at=dt.datetime.combine(received, dt.time(9), tzinfo=dt.UTC),
                    state="registered" if is_open else "closed",
                    received_on=received,
                    answer_due=due,
                    amber_on=due - dt.timedelta(days=7),
                    red_on=due - dt.timedelta(days=2),
                    outcome="" if is_open else "granted",
                    answered_on=None if is_open else due,
                    closed_on=None if is_open else due,
                    counted_outcome="" if is_open else "granted",
                    counted_on=None if is_open else due,
                    access_code_hash="0" * 64,
                )
            )
        made = DisclosureRequest.objects.bulk_create(rows)
        Applicant.objects.bulk_create(
            Applicant(request=row, data={"name": "示例"}, person_hash="0" * 64) for row in made
        )


def measure(database: str, large: int) -> bool:
    from django.db import connection
    from django.test import Client

    from disclosure.models import Agency, RoleAssignment, User

    clients = {}
    for code, number in (("SMALL", 100), ("LARGE", large)):
        agency = Agency.objects.add_root({"code": code, "name": f"示例机关{code}"})
        user = User.objects.create_user(f"handler{code}", "x")
        RoleAssignment.objects.create(user=user, agency=agency, role="handler")
        fill(agency, user, number, seed=7)
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(user, backend="disclosure.agencies.backends.RoleBackend")
        clients[code] = client
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{database}, {large} against 100 requests; {machine()}")
    good = True
    for name, query in PAGES:
        times: dict[str, list[float]] = {"SMALL": [], "LARGE": []}
        for _round in range(ROUNDS + 2):
            for code, client in clients.items():
                started = time.perf_counter()
                response = client.get(f"/admin/requests_app/disclosurerequest/{query}")
                times[code].append(time.perf_counter() - started)
                if response.status_code != 200:
                    raise SystemExit(f"{name}: status {response.status_code}")
        small, big = (statistics.median(times[code][2:]) * 1000 for code in ("SMALL", "LARGE"))
        line(f"{name}, 100 requests", small, "ms")
        line(f"{name}, {large} requests", big, "ms", big / small)
        good &= big <= MOST * small
    return good


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--large", type=int, default=100_000)
    asked = parser.parse_args()
    with empty_portal(asked.database):
        sys.exit(0 if measure(asked.database, asked.large) else 1)

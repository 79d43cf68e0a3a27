"""Requests submitted at once, against the bare counter statement that gives them their number.

    .venv/bin/python benchmarks/submissions.py [--database sqlite|postgres] [--number 400]

Three loads by the same number of connections: `UPDATE … RETURNING` on one counter and nothing
else; the whole action on one agency; the whole action spread over twenty agencies. Exit 1 when a
number is missing, given twice, or a submission failed.
"""

import argparse
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import empty_portal, line, machine


def main() -> int:
    """Measure, print, and check that no number is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--number", type=int, default=400, help="submissions of each load")
    parser.add_argument("--connections", type=int, default=20, help="at once")
    options = parser.parse_args()
    with empty_portal(options.database):
        print(f"{options.database}, {options.connections} connections, {machine()}")
        return measure(options.number, options.connections)


def rate(work: Callable[[int], object], number: int, threads: int) -> float:
    """How many `work(n)` a second by `threads` threads that begin together."""
    from django.db import connection, connections

    barrier = threading.Barrier(threads + 1)

    def share(first: int) -> None:
        connection.ensure_connection()
        barrier.wait(60)
        try:
            for n in range(first, number, threads):
                work(n)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        running = [pool.submit(share, first) for first in range(threads)]
        barrier.wait(60)
        start = time.perf_counter()
        for each in running:
            each.result()
        return number / (time.perf_counter() - start)


def measure(number: int, threads: int) -> int:
    """The three loads, and the numbers they left."""
    from disclosure.models import Agency
    from disclosure.numbering.serials import next_serial
    from requests_app import actions
    from requests_app.actions import Submission
    from requests_app.applicants import ApplicantData
    from requests_app.models import DisclosureRequest

    def submission(code: str) -> Submission:
        return Submission(
            agency=Agency.objects.add_root(code=code, name=f"{code}示例机关"),
            applicant_kind="natural_person",
            applicant=ApplicantData(name="示例甲", phone="13800000000"),
            form="electronic",
            channel="online",
            information_name="示例信息",
            description="请公开示例信息。",
        )

    one = submission("ONE")
    twenty = [submission(f"T{place:02}") for place in range(20)]

    bare = rate(lambda _n: next_serial("benchmark"), number, threads)
    line("the counter statement alone, one key", bare, "/s")
    single = rate(lambda _n: actions.submit(one), number, threads)
    line("submit, one agency", single, "/s", single / bare)
    spread = rate(lambda n: actions.submit(twenty[n % 20]), number, threads)
    line("submit, twenty agencies", spread, "/s", spread / single)

    faults = 0
    for each in (one, *twenty):
        given = DisclosureRequest.objects.filter(agency=each.agency).values_list(
            "number", flat=True
        )
        serials = sorted(int(value.rsplit("-", 1)[1]) for value in given)
        if serials != list(range(1, len(serials) + 1)):
            faults += 1
            print(f"{each.agency.code}: the numbers are not consecutive")
    if DisclosureRequest.objects.count() != 2 * number:
        faults += 1
        print(f"{2 * number} submitted, {DisclosureRequest.objects.count()} stored")
    print("numbers: consecutive, none lost" if not faults else "numbers: WRONG")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

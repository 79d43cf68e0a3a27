"""How fast the public log is written and verified.

    .venv/bin/python benchmarks/public_log.py [--database sqlite|postgres] [--number 10000]

The hashing alone; a write of so many entries in one transaction; the check of the chain and of
the items. Rates without a target. Exit 1 when the log does not hold.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.ground import empty_portal, line, machine

HASHED = 100_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--number", type=int, default=10_000, help="entries")
    options = parser.parse_args()
    with empty_portal(options.database):
        print(f"{options.database}, {options.number} entries, {machine()}")
        return measure(options.number)


def measure(number: int) -> int:
    from disclosure.core.dates import now
    from disclosure.models import Agency, Category, Publication, SignOff, User
    from disclosure.publications import content
    from disclosure.publiclog import actions, chain, details
    from disclosure.publiclog.checking import Checking

    agency = Agency.objects.add_root({"code": "ONE", "name": "示例机关"})
    category = Category.objects.add_root({"code": "policy", "name": "政策文件"})
    signer = User.objects.create_user("signer", "x")
    moment = now()
    sign_off = SignOff.objects.create(is_blanket=True, signed_by=signer, signed_at=moment)
    rows = [
        Publication(
            agency=agency,
            category=category,
            index_number=f"ONE/{place}",
            title=f"关于示例事项的通知第{place}号",
            body="<p>示例正文。</p>" * 40,
            state="published",
            published_at=moment,
            version=1,
            version_at=moment,
            sign_off=sign_off,
        )
        for place in range(number)
    ]
    for row in rows:
        row.content_hash = content.digest(row, [])

    start, end = time.perf_counter(), chain.Head()
    for place in range(HASHED):
        told = details.of(rows[place % number], [], kind="taken_over", at=moment)
        end.append(at="2026-01-05T01:02:03Z", kind="taken_over", details=told.details)
    hashed = HASHED / (time.perf_counter() - start)
    line("the hashing alone", hashed, "/s")

    made = Publication.objects.bulk_create(rows, batch_size=1000)
    start = time.perf_counter()
    actions.append_many(made)
    line("entries written in one transaction", number / (time.perf_counter() - start), "/s")

    checking = Checking()
    start = time.perf_counter()
    checking.chain()
    line("entries verified", number / (time.perf_counter() - start), "/s")
    start = time.perf_counter()
    checking.all_items()
    line("items verified", number / (time.perf_counter() - start), "/s")
    fault = Checking(with_files=False).run()
    print(fault or "the log holds")
    return 1 if fault or checking.entries != number else 0


if __name__ == "__main__":
    sys.exit(main())

"""What it costs to say how many there are, and what a list does not ask.

    .venv/bin/python benchmarks/counting.py [--database sqlite|postgres] [--size 100000]

The page of a list with its count against the same page without, in turn; the plain COUNT(*) beside
it. Exit 1 where the count makes the page take more than 1.5 times as long.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import ground
from benchmarks.paging import opener

MOST = 1.5
ROUNDS = 25
WAYS = {
    "all": "",
    "of an agency and all below": "agency=LOAD&",
    "of a kind": "document_type=other&",
    "in force": "validity=in_force&",
    "repealed": "validity=repealed&",
    "of a few years": "date_from=2015-01-01&date_to=2019-12-31&",
}


def main() -> int:
    asked = ground.options(str(__doc__), size=100_000)
    with ground.empty_portal(asked.database):
        print(f"{asked.database}, {asked.size:,} publications, {ground.machine()}")
        ground.fill(asked.size, index=False)
        return measure()


@contextmanager
def without_count() -> Iterator[None]:
    """The list says nothing of how many there are."""
    from disclosure.publications.listing import Listing

    told = Listing.count_text
    Listing.count_text = ""  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        Listing.count_text = told  # type: ignore[method-assign]


def measure() -> int:
    from disclosure.core.dates import now
    from disclosure.models import Publication

    good = True
    for name, query in WAYS.items():
        whole = opener(query)

        def bare(whole: Callable[[], Any] = whole) -> None:
            with without_count():
                whole()

        times = ground.in_turn({"with": whole, "without": bare}, ROUNDS)
        counted, alone = ground.median(times["with"]), ground.median(times["without"])
        ground.line(f"{name}: without a count", alone, "ms")
        ground.line(f"{name}: with it", counted, "ms", counted / alone)
        good &= ground.within(f"{name}: with against without", counted / alone, MOST)
    plain = Publication.objects.visible_to_public(now()).count
    ground.line("COUNT(*) of all, for comparison", min(ground.in_turn({"": plain}, 5)[""]), "ms")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

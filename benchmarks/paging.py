"""A page deep in the list against the first one, and a large table against a small one.

    .venv/bin/python benchmarks/paging.py [--database sqlite|postgres] [--size 100000]

The whole page, rendered in the process without the page cache. Exit 1 where the page in the middle
takes more than 1.5 times as long as the first, or the first page of so many rows more than 1.2
times as long as that of a tenth of them (of 10,000 where there are more than 100,000).
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import ground

DEEP, LARGE = 1.5, 1.2
ROUNDS = 25
SMALL = 10_000
WAYS = {
    "all": "",
    "of an agency": "agency=LOAD0001&",
    "of a category": "category=enforcement&",
    "oldest first": "sort=oldest&",
}


def main() -> int:
    asked = ground.options(str(__doc__), size=100_000)
    small = min(SMALL, asked.size // 10)
    with ground.empty_portal(asked.database):
        print(f"{asked.database}, {asked.size:,} publications, {ground.machine()}")
        ground.fill(small, index=False)
        few = {name: ground.median(times) for name, times in first_pages().items()}
        ground.fill(asked.size - small, seed=8, index=False)
        return measure(few)


def opener(query: str) -> Callable[[], Any]:
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")

    def opened() -> None:
        response = client.get(f"/catalogue/?{query}")
        if response.status_code != 200:
            raise SystemExit(f"{query}: status {response.status_code}")

    return opened


def first_pages() -> dict[str, list[float]]:
    return ground.in_turn({name: opener(query) for name, query in WAYS.items()}, ROUNDS)


def middle() -> str:
    """The mark of a row in the middle of the list."""
    from django.http import QueryDict

    from disclosure.core.dates import now
    from disclosure.models import Publication
    from disclosure.publications.listing import Listing

    visible = Publication.objects.visible_to_public(now())
    half = visible.order_by("published_at", "id")[visible.count() // 2]
    page = Listing(QueryDict(), visible.filter(published_at__lte=half.published_at)).page
    if page.after is None:
        raise SystemExit("too few rows to have a page in the middle")
    return page.after


def measure(few: dict[str, float]) -> int:
    mark, good = middle(), True
    works = {name: opener(query) for name, query in WAYS.items()}
    works |= {f"deep, {name}": opener(f"{query}after={mark}") for name, query in WAYS.items()}
    times = {name: ground.median(one) for name, one in ground.in_turn(works, ROUNDS).items()}
    for name in WAYS:
        first, deep = times[name], times[f"deep, {name}"]
        ground.line(f"{name}: of few rows", few[name], "ms")
        ground.line(f"{name}: of all rows", first, "ms", first / few[name])
        ground.line(f"{name}: in the middle", deep, "ms", deep / first)
        good &= ground.within(f"{name}: deep against first", deep / first, DEEP)
        good &= ground.within(f"{name}: many rows against few", first / few[name], LARGE)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

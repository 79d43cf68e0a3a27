"""How fast the list of publications is rendered, against an answer of one word.

    .venv/bin/python benchmarks/listing.py [--database sqlite|postgres] [--size 10000]

Both through granian and every middleware, without the page cache, in turn. Exit 1 where the list
comes less than 0.15 times as often, or anything but 200 is answered.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import ground, serving

LEAST = 0.15
ROUNDS = 3
PAGES = {
    "the list": "/catalogue/",
    "the list of an agency": "/catalogue/?agency=LOAD0001",
    "the front page": "/",
}


def main() -> int:
    asked = ground.options(str(__doc__), size=10_000)
    with ground.empty_portal(asked.database):
        print(f"{asked.database}, {asked.size:,} publications, {ground.machine()}")
        ground.fill(asked.size)
        with serving.portal("benchmarks.hello:application", PAGE_CACHE="off") as (
            address,
            _process,
        ):
            return measure(address)


def measure(address: str) -> int:
    hello: list[float] = []
    pages: dict[str, list[float]] = {name: [] for name in PAGES}
    others = 0
    for _round in range(ROUNDS):
        found = serving.rate(f"{address}/hello/", seconds=2)
        hello.append(found.per_second)
        others += found.others
        for name, path in PAGES.items():
            found = serving.rate(f"{address}{path}", seconds=2)
            pages[name].append(found.per_second)
            others += found.others
    alone = ground.median(hello)
    ground.line("hello", alone, "/s")
    for name, rates in pages.items():
        rate = ground.median(rates)
        ground.line(name, rate, "/s", rate / alone)
    share = ground.median(pages["the list"]) / alone
    good = ground.within("the list against hello", share, LEAST, at_least=True)
    good &= ground.within("answers that were not 200", others, 0)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

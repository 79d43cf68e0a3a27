"""Reads a running portal as a crawler does, following every link within it.

    .venv/bin/python benchmarks/crawl.py http://127.0.0.1:8000/ [--pages 2000] [--pid 1234]

What is met is told by status; with `--pid` also how the server's memory goes. Exit 1 where a link
leads to nothing (404 and the like), the server fails (5xx), or its memory grew by more than
`--memory` megabytes after the first fifth. Reads only what links lead to, by GET; never the staff
area or a form.
"""

import argparse
import collections
import sys
import time
import urllib.parse
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import ground, serving

#: Where a crawler has no business.
LEFT_OUT = ("/admin", "/requests/", "/en/requests/", "/display")
#: Read, but not kept: only how long they are matters.
SAMPLES = 10


class Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"a", "link"}:
            self.found += [value for name, value in attrs if name == "href" and value]


@dataclass
class Crawl:
    """One walk through a site."""

    start: str
    pages: int
    pid: str = ""
    statuses: collections.Counter[int] = field(default_factory=collections.Counter)
    broken: list[tuple[int, str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def run(self) -> None:
        home = urllib.parse.urlsplit(self.start)
        waiting = collections.deque([(home.path or "/", "")])
        seen = {home.path or "/"}
        while waiting and sum(self.statuses.values()) < self.pages:
            target, came_from = waiting.popleft()
            for link in self._read(f"{home.scheme}://{home.netloc}", target, came_from):
                if link not in seen:
                    seen.add(link)
                    waiting.append((link, target))

    def _read(self, host: str, target: str, came_from: str) -> list[str]:
        started = time.perf_counter()
        status, headers, body = serving.get(host + target)
        self.times.append((time.perf_counter() - started) * 1000)
        self.statuses[status] += 1
        if self.pid:
            self.memory.append(_with_children(self.pid))
        if status >= 400:
            self.broken.append((status, target, came_from))
        if status in {301, 302, 307, 308}:
            return self._inside(host, target, [headers.get("location", "")])
        if not headers.get("content-type", "").startswith("text/html"):
            return []
        links = Links()
        links.feed(body.decode("utf-8", "replace"))
        return self._inside(host, target, links.found)

    def _inside(self, host: str, target: str, links: list[str]) -> list[str]:
        found = []
        for link in links:
            whole = urllib.parse.urldefrag(urllib.parse.urljoin(host + target, link)).url
            parts = urllib.parse.urlsplit(whole)
            if f"{parts.scheme}://{parts.netloc}" != host or parts.path.startswith(LEFT_OUT):
                continue
            path = urllib.parse.quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
            found.append(path + (f"?{parts.query}" if parts.query else ""))
        return found

    def grown(self) -> float:
        """Megabytes that the server grew after the first fifth of the walk."""
        early = self.memory[len(self.memory) // 5 :]
        return early[-1] - early[0] if early else 0.0


def _with_children(pid: str) -> float:
    """Megabytes of a server and its workers."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(ground.resident(one) for one in [pid, *listed])


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--pid", default="", help="process of the server; its workers count too")
    parser.add_argument("--memory", type=float, default=64, help="megabytes it may grow by")
    asked = parser.parse_args()
    crawl = Crawl(asked.address, asked.pages, asked.pid)
    started = time.perf_counter()
    crawl.run()
    return told(crawl, time.perf_counter() - started, asked.memory)


def told(crawl: Crawl, seconds: float, most: float) -> int:
    """Print what was met; the exit code."""
    count = sum(crawl.statuses.values())
    for status, number in sorted(crawl.statuses.items()):
        ground.line(f"answers {status}", number, "")
    ground.line("pages read one after the other", count / seconds, "/s")
    ground.line("median", ground.median(crawl.times), "ms")
    ground.line("p95", ground.percentile(crawl.times, 95), "ms")
    for status, target, came_from in crawl.broken[:SAMPLES]:
        print(f"{status} {target} (linked from {came_from or 'nowhere'})")
    good = ground.within("broken links and failures", len(crawl.broken), 0)
    if crawl.memory:
        step = max(len(crawl.memory) // SAMPLES, 1)
        course = " ".join(f"{one:.0f}" for one in crawl.memory[::step])
        print(f"memory of the server in MB: {course}")
        good &= ground.within("growth after the first fifth in MB", crawl.grown(), most)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

"""The daily job: counts once, sums up the tree of agencies, keeps what may be said."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median_low
from typing import Any, TypedDict

from django.db import transaction

from disclosure.agencies.models import Agency
from disclosure.core.dates import today
from disclosure.figures import sources
from disclosure.figures.hiding import ANYTHING, LEAST, Told, behind, pins, share, told
from disclosure.figures.models import ServiceFigures
from disclosure.figures.sources import Topic, Window

#: How much that was asked for often is listed.
SUBJECTS = 10


class Content(TypedDict):
    """What is kept of a scope. Months are 2025-01, quarters 2025Q1."""

    months: list[str]
    quarters: list[str]
    received: list[Told]
    outcomes: dict[str, Told]
    applicants: dict[str, Told]
    #: Median working days to the answer; None where fewer than 5 were answered.
    median: list[int | None]
    #: (percent, bound) or None.
    in_time: list[tuple[int, str] | None]
    published: list[int]
    categories: dict[str, int]
    read: list[int]
    downloaded: list[int]
    #: (publication, people).
    asked: list[tuple[int, Told]]


@dataclass
class Sums:
    """Exact counts of a scope; they are not kept."""

    received: Counter[dt.date] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    applicants: Counter[str] = field(default_factory=Counter)
    days: dict[dt.date, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    in_time: dict[dt.date, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    published: Counter[dt.date] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    read: Counter[dt.date] = field(default_factory=Counter)
    downloaded: Counter[dt.date] = field(default_factory=Counter)
    asked: Counter[int] = field(default_factory=Counter)

    def add(self, count: sources.Count, window: Window) -> None:
        """Times count by quarter, all else by month."""
        topic, month, number = count.topic, count.month, count.number
        if topic in (Topic.DAYS, Topic.IN_TIME):
            quarter = window.quarter_of(month)
            if quarter and topic == Topic.DAYS:
                self.days[quarter][int(count.row)] += number
            elif quarter:
                self.in_time[quarter][count.row] += number
        elif month in window.months:
            if topic == Topic.RECEIVED:
                self.received[month] += number
            elif topic == Topic.PUBLISHED:
                self.published[month] += number
                self.categories[count.row] += number
            elif topic in (Topic.READ, Topic.DOWNLOADED):
                (self.read if topic == Topic.READ else self.downloaded)[month] += number
            else:
                (self.outcomes if topic == Topic.OUTCOMES else self.applicants)[count.row] += number


def refresh(on: dt.date | None = None) -> int:
    """Work all figures out anew as of the day `on`; of how many agencies."""
    day = on or today()
    window = Window.before(day)
    agencies = list(Agency.objects.order_by("path").values_list("pk", "path", "code"))
    codes = {path: code for _pk, path, code in agencies}
    sums = _summed(window, {pk: path for pk, path, _code in agencies})
    contents = _contents(sums, window, codes)
    rows = [
        ServiceFigures(scope=codes[path] if path else ServiceFigures.ALL, as_of=day, content=one)
        for path, one in contents.items()
    ]
    with transaction.atomic():
        ServiceFigures.objects.all().delete()
        # A portal without agencies has nothing to say.
        ServiceFigures.objects.bulk_create(rows if agencies else [], batch_size=100)
    return len(agencies)


def _summed(window: Window, paths: dict[int, str]) -> dict[str, Sums]:
    """The exact counts of every scope, by path of the agency; "" is all of them."""
    sums = {path: Sums() for path in ("", *paths.values())}
    for source in sources.registered():
        for count in source.count(window):
            for path in _upwards(paths[count.agency]):
                sums[path].add(count, window)
        for agency, publication, people in source.asked() if source.asked else ():
            for path in _upwards(paths[agency]):
                sums[path].asked[publication] += people
    return sums


def _upwards(path: str) -> Iterable[str]:
    """An agency's path, those of the agencies above it, and that of all."""
    return [path[:end] for end in range(len(path), -1, -Agency.steplen)]


# --- what may be said ----------------------------------------------------------------------------


def _contents(sums: dict[str, Sums], window: Window, codes: dict[str, str]) -> dict[str, Content]:
    """From the lowest agencies up: what of a scope would give away one below it is withheld."""
    contents: dict[str, Content] = {}
    for path in sorted(sums, key=len, reverse=True):
        length = len(path) + Agency.steplen
        below = [contents[one] for one in contents if len(one) == length and one.startswith(path)]
        content = _content(sums[path], window)
        _withhold_from(content, below, has_own=bool(path))
        contents[path] = content
    return {path: contents[path] for path in ("", *codes)}


def _content(sums: Sums, window: Window) -> Content:
    return Content(
        months=[f"{month:%Y-%m}" for month in window.months],
        quarters=[f"{first.year}Q{(first.month + 2) // 3}" for first in window.quarters],
        received=[told(sums.received[month]) for month in window.months],
        outcomes={key: told(sums.outcomes[key]) for key in sources.labels(Topic.OUTCOMES)},
        applicants={key: told(sums.applicants[key]) for key in sources.labels(Topic.APPLICANTS)},
        median=[_median(sums.days[first]) for first in window.quarters],
        in_time=[_in_time(sums.in_time[first]) for first in window.quarters],
        published=[sums.published[month] for month in window.months],
        categories=dict(sums.categories.most_common()),
        read=[sums.read[month] for month in window.months],
        downloaded=[sums.downloaded[month] for month in window.months],
        asked=[
            (publication, told(people))
            for publication, people in sums.asked.most_common(SUBJECTS)
            if people >= LEAST
        ],
    )


def _median(days: Counter[int]) -> int | None:
    """The smallest number of days that at least half did not exceed; None of fewer than 5."""
    return median_low(days.elements()) if days.total() >= LEAST else None


def _in_time(counts: Counter[str]) -> tuple[int, str] | None:
    found = share(counts["yes"], counts.total())
    return (found.percent, found.bound) if found else None


def _withhold_from(content: Content, below: list[Content], *, has_own: bool) -> None:
    """Withhold what would give a hidden figure away: against the scopes below (an agency's own
    requests are not shown, all agencies together have none), and by kinds against by months."""
    own = [ANYTHING] if has_own else []
    whole: Any
    parts: Any
    for topic in ("received", "outcomes", "applicants"):
        whole = content[topic]
        places = range(len(whole)) if isinstance(whole, list) else list(whole)
        for place in places:
            parts = [behind(one[topic][place]) for one in below]  # type: ignore[index]
            if below and pins([*parts, *own], behind(whole[place])):
                whole[place] = None
    months = [behind(one) for one in content["received"]]
    kinds = [behind(one) for one in content["applicants"].values()]
    if pins(months, _together(kinds)) or pins(kinds, _together(months)):
        content["applicants"] = dict.fromkeys(content["applicants"])


def _together(parts: list[Any]) -> Any:
    return type(ANYTHING)(sum(one.low for one in parts), sum(one.high for one in parts))

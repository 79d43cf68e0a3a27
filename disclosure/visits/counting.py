"""Counts in memory until they are stored. Pure."""

import datetime as dt
import threading
from typing import Final, NamedTuple

#: Different things that a process tells apart between two flushes; what is beyond is counted
#: without its key, so that totals hold.
MOST: Final = 10_000
#: Characters of a key; none of ours is longer.
KEY_LENGTH: Final = 120


class Kind:
    """What was read; its key: index number, UUID of the file, the agency's code (of a report with
    `/year`), else the name of the page."""

    PUBLICATION = "publication"
    FILE = "file"
    AGENCY = "agency"
    GUIDE = "guide"
    RULES = "rules"
    REPORT = "report"
    PAGE = "page"
    DATA = "data"


class Channel:
    """How: on a page, through the open data interface, as a feed, as a file."""

    WEB = "web"
    API = "api"
    FEED = "feed"
    DOWNLOAD = "download"


class Seen(NamedTuple):
    """What an answer counts as; an empty `key` is what is not told apart."""

    kind: str
    key: str
    channel: str


Counts = dict[tuple[dt.date, Seen], int]


class Buffer:
    """Counts by day and thing, bounded; any number of threads may add."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._counts: Counts = {}
        self._lock = threading.Lock()

    def add(self, day: dt.date, seen: Seen, number: int = 1) -> None:
        with self._lock:
            self._add(day, seen, number)

    def _add(self, day: dt.date, seen: Seen, number: int) -> None:
        counts, place = self._counts, (day, seen)
        if place not in counts and len(counts) >= self.most:
            place = (day, seen._replace(key=""))
        counts[place] = counts.get(place, 0) + number

    def take(self) -> Counts:
        """What has been counted so far, which is no longer here."""
        with self._lock:
            taken, self._counts = self._counts, {}
            return taken

    def put_back(self, counts: Counts) -> None:
        """What could not be stored; it waits for the next time."""
        with self._lock:
            for (day, seen), number in counts.items():
                self._add(day, seen, number)

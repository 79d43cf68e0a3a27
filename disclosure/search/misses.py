"""Searches that find nothing: which words, on which day, how often, and nothing about who.

They are counted in memory and written after an answer has gone out; a process that is lost loses
seconds of it. Words that look like personal data are never kept.
"""

import datetime as dt
import logging
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from django.db import DatabaseError, transaction
from django.db.models import F

from disclosure.core.dates import today
from disclosure.search.folding import fold
from disclosure.search.models import MissedSearch

logger = logging.getLogger(__name__)
KEPT = dt.timedelta(days=365)
EVERY = 10.0  # seconds
#: Different words that are kept in memory until they are written.
MOST = 200
LONGEST = 100
#: Different words of a day: whoever tries every word does not fill the table.
MOST_A_DAY = 2_000
_LIKE_A_PERSON = re.compile(r"\d{7}|\d{3}[ -]\d{4}|@|\d{6,}[x*]")


@dataclass
class _Waiting:
    """What this process has not written yet, and since when."""

    counts: Counter[tuple[dt.date, str]] = field(default_factory=Counter)
    since: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


_waiting = _Waiting()


def looks_personal(words: str) -> bool:
    """Whether it could be a number of a person, a telephone or an address of mail."""
    return bool(_LIKE_A_PERSON.search(re.sub(r"(?<=\d)[ \-]+(?=\d)", "", fold(words))))


def note(words: str) -> None:
    """Count a search that found nothing."""
    folded = " ".join(fold(words).split())[:LONGEST]
    if not folded or looks_personal(folded):
        return
    key = (today(), folded)
    with _waiting.lock:
        if not _waiting.counts:
            _waiting.since = time.monotonic()
        if len(_waiting.counts) < MOST or key in _waiting.counts:
            _waiting.counts[key] += 1


def flush_if_due() -> None:
    """Write what has waited long enough. It is lost where the database is busy: the answer that
    has just been made is not."""
    if _waiting.counts and time.monotonic() - _waiting.since >= EVERY:
        try:
            flush()
        except DatabaseError as error:
            logger.warning("searches without a result are lost: %s", type(error).__name__)


def forget() -> None:
    """Drop what waits unwritten."""
    with _waiting.lock:
        _waiting.counts.clear()


@transaction.atomic
def flush() -> int:
    """Write what waits; how many different words."""
    with _waiting.lock:
        found = dict(_waiting.counts)
        _waiting.counts.clear()
    # In one order, so that two processes never wait for each other.
    room: dict[dt.date, int] = {}
    for (day, words), count in sorted(found.items()):
        rows = MissedSearch.objects.filter(day=day, words=words)
        if rows.update(count=F("count") + count):
            continue
        if day not in room:
            room[day] = MOST_A_DAY - MissedSearch.objects.filter(day=day).count()
        if room[day] > 0:
            room[day] -= 1
            MissedSearch.objects.bulk_create(
                [MissedSearch(day=day, words=words)], ignore_conflicts=True
            )
            rows.update(count=F("count") + count)
    return len(found)


def sweep() -> int:
    """Forget what is older than a year."""
    deleted, _each = MissedSearch.objects.filter(day__lt=today() - KEPT).delete()
    return deleted

"""Counts from the log of the web server, where a cache of nginx answers before the portal does.

The log's lines (`deploy/nginx.conf`, format `reads`) hold moment, method, status and path: no
address, no browser. nginx leaves out crawlers and who is signed in. How far a file was counted is
stored together with its counts, so that counting it again counts nothing twice.
"""

import datetime as dt
import os
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from django.conf import settings
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import translation

from disclosure.core.dates import legal_day
from disclosure.visits.counting import Seen
from disclosure.visits.flushing import store
from disclosure.visits.models import ReadLog
from disclosure.visits.readers import READ
from disclosure.visits.seen import seen_of

#: Lines of one transaction.
BATCH = 20_000
#: Bytes of a line; what is longer is no address of ours.
LINE_LENGTH = 8192
_LINE = re.compile(rb"(\S+) (\S+) (\d{3}) (\S+)")
#: How nginx writes bytes that it does not put into a log as they are.
_ESCAPED = re.compile(rb"\\x([0-9A-Fa-f]{2})")


@dataclass
class Outcome:
    """What was read of a log."""

    lines: int = 0
    reads: int = 0
    #: The file before this one was not found: its last lines were not counted.
    lost: bool = False


def count_log(path: Path) -> Outcome:
    """Count what was written since the last time, also into the file that was rotated away."""
    outcome = Outcome()
    while _count_batch(path, outcome):
        pass
    return outcome


@transaction.atomic
def _count_batch(path: Path, outcome: Outcome) -> bool:
    """One batch and how far it went; whether there may be more."""
    name = str(path.resolve())
    ReadLog.objects.get_or_create(path=name)
    state = ReadLog.objects.select_for_update().get(path=name)
    with path.open("rb") as current:
        inode = os.fstat(current.fileno()).st_ino
        if state.inode in (0, inode):
            if state.position > os.fstat(current.fileno()).st_size:
                state.position = 0  # emptied and begun anew (copytruncate)
            state.inode = inode
            more = _count_from(current, state, outcome)
        else:
            more = _count_rotated(path, state, outcome)
            if not more:
                state.inode, state.position, more = inode, 0, True
    state.save()
    return more


def _count_rotated(path: Path, state: ReadLog, outcome: Outcome) -> bool:
    for other in sorted(path.parent.glob(f"{path.name}*")):
        if other.stat().st_ino == state.inode:
            with other.open("rb") as rotated:
                return _count_from(rotated, state, outcome)
    outcome.lost = True
    return False


def _count_from(file: BinaryIO, state: ReadLog, outcome: Outcome) -> bool:
    file.seek(state.position)
    counts: Counter[tuple[dt.date, Seen]] = Counter()
    lines = 0
    while lines < BATCH and (line := file.readline(LINE_LENGTH)):
        if not line.endswith(b"\n") and len(line) < LINE_LENGTH:
            break  # still being written
        lines += 1
        state.position += len(line)
        found = read_line(line)
        if found:
            counts[found] += 1
    store(counts)
    outcome.lines += lines
    outcome.reads += counts.total()
    return lines == BATCH


def read_line(line: bytes) -> tuple[dt.date, Seen] | None:
    """The day in China and what was read; None where a line does not count."""
    found = _LINE.match(line)
    if found is None or found[2] != b"GET" or int(found[3]) not in READ:
        return None
    try:
        moment = dt.datetime.fromisoformat(found[1].decode("ascii"))
    except ValueError:
        return None
    seen = _seen_at(found[4])
    return (legal_day(moment), seen) if seen and moment.tzinfo else None


@lru_cache(maxsize=5000)
def _seen_at(written: bytes) -> Seen | None:
    """What an address counts as."""
    raw = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode("ascii")), written)
    try:
        path = unquote(raw.decode(), errors="strict").partition("?")[0]
    except UnicodeDecodeError:
        return None
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            return seen_of(resolve(path))
        except Resolver404:
            return None

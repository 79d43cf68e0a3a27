"""How the log is chained: the hashing alone, which never changes again. Pure.

An entry is {seq, at, kind, sealed, previous}; its hash covers just these. The details are behind
`sealed`, so the chain can be checked although the details of what is not to be seen are left out.
`check_log.py`, which readers download, does the same on its own.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

#: What the first entry names as the one before it.
ZERO = "0" * 64
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> str:
    """JSON with sorted keys and no blanks; characters as they are."""
    return _ENCODER.encode(value)


def sha256(text: str) -> str:
    """Of the text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def moment_text(moment: dt.datetime) -> str:
    """UTC, as it is hashed: `2026-01-05T01:02:03Z`."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def to_second(moment: dt.datetime) -> dt.datetime:
    """A moment of the log is exact to the second."""
    return moment.replace(microsecond=0)


def hash_of(*, seq: int, at: str, kind: str, sealed: str, previous: str) -> str:
    """The hash of an entry."""
    entry = {"seq": seq, "at": at, "kind": kind, "sealed": sealed, "previous": previous}
    return sha256(canonical(entry))


@dataclass(frozen=True)
class Link:
    """An entry as it is chained; `details` None: left out."""

    seq: int
    at: str
    kind: str
    details: str | None
    sealed: str
    previous: str
    hash: str


@dataclass
class Head:
    """The end of the chain, moved on by each entry."""

    seq: int = 0
    hash: str = ZERO

    def append(self, *, at: str, kind: str, details: str) -> Link:
        """The next entry, which is the new end."""
        seq, previous, sealed = self.seq + 1, self.hash, sha256(details)
        self.seq = seq
        self.hash = hash_of(seq=seq, at=at, kind=kind, sealed=sealed, previous=previous)
        return Link(seq, at, kind, details, sealed, previous, self.hash)


def lines(links: Iterator[Link], head: Head) -> Iterator[str]:
    """The log as it is downloaded: a line of JSON for each entry, last the head."""
    for link in links:
        yield json.dumps(vars(link), ensure_ascii=False, separators=(",", ":")) + "\n"
    yield json.dumps({"head": vars(head)}, separators=(",", ":")) + "\n"

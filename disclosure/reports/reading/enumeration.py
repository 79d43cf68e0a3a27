"""How Chinese reports number their parts: 第一部分, 一、, （一）, 1、, 一是, 第一， and so on."""

import re
from dataclasses import dataclass
from typing import Final

from disclosure.reports.reading.numerals import narrow, ordinal

_CN: Final = "[一二三四五六七八九十]{1,3}"
_AR: Final = r"\d{1,2}"

# From the highest rank to the lowest; sections of a report are of the highest rank it uses.
RANKS: Final = {
    "part": re.compile(rf"第\s*(?P<n>{_CN}|{_AR})\s*(?:部分|章|节)\s*[、,，:：.]?\s*"),
    "chinese": re.compile(rf"(?P<n>{_CN})\s*[、.,，](?!\s*[是要])\s*"),
    "bracket": re.compile(rf"[(（]\s*(?P<n>{_CN})\s*[)）]\s*[、.]?\s*"),
    "arabic": re.compile(rf"(?P<n>{_AR})\s*(?:[、.](?!\d)|\s(?=[^\d\s]))\s*"),
    "arabic bracket": re.compile(rf"[(（]\s*(?P<n>{_AR})\s*[)）]\s*[、.]?\s*"),
}
_POINTS: Final = {
    "chinese": re.compile(rf"(?P<n>{_CN})、"),
    "bracket": re.compile(rf"[(（](?P<n>{_CN})[)）]"),
    "arabic": re.compile(rf"(?P<n>{_AR})[、.](?!\d)"),
    "arabic bracket": re.compile(rf"[(（](?P<n>{_AR})[)）]"),
    "is": re.compile(rf"(?P<n>{_CN})是"),
    "ordinal": re.compile(rf"第(?P<n>{_CN})[,，]"),
    "circled": re.compile(r"(?P<n>[①-⑳])"),
}
_POINT_START: Final = re.compile(r"(?:^|(?<=[。；;：:！!？?”」\n]))\s*")


@dataclass(frozen=True)
class Mark:
    """An enumerator at the beginning of a text: its rank, its place, how it is written."""

    rank: str
    place: int
    written: str
    rest: str


def mark_of(line: str) -> Mark | None:
    """The enumerator that a line begins with."""
    plain = narrow(line)
    for rank, pattern in RANKS.items():
        match = pattern.match(plain)
        place = ordinal(match["n"]) if match else None
        if match and place:
            written = line[: match.end()].strip().rstrip("、.．,，:： ")
            return Mark(rank, place, written, line[match.end() :].strip())
    return None


def paragraphs(text: str) -> list[str]:
    """A run-on text cut before each numbered part that continues or begins a count.

    “一是…二是…” gives two paragraphs; a lone 三是 or a date such as 5.15 cuts nothing.
    """
    plain = narrow(text)
    cuts = [0]
    last: dict[str, int] = {}
    for start in _POINT_START.finditer(plain):
        for kind, pattern in _POINTS.items():
            match = pattern.match(plain, start.end())
            if not match:
                continue
            n = match["n"]
            place = ord(n) - ord("①") + 1 if kind == "circled" else ordinal(n)
            begins = place == 1 and _goes_on(kind, plain, match.end())
            if begins or (kind in last and place == last[kind] + 1):
                last[kind] = place or 1
                cuts.append(start.end())
                break
    pieces = [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return [piece for piece in pieces if piece]


def _goes_on(kind: str, plain: str, start: int) -> bool:
    """Whether a second point of the same kind follows, so that the first is one of a count."""
    for begin in _POINT_START.finditer(plain, start):
        match = _POINTS[kind].match(plain, begin.end())
        if match and (match["n"] == "②" or ordinal(match["n"]) == 2):
            return True
    return False

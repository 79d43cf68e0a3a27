"""How much of a text stands in another too: last year's, or another agency's.

Both are reduced to what would be the same had one been made of the other: figures, the agencies'
names, blanks and punctuation are taken out. Then each run of eight characters (a shingle) of the
text is looked up among the other's. That takes time in proportion to both lengths, however alike
they are: a text of 50,000 characters against 200 such takes seconds, usual sections milliseconds.
(difflib's time grows with the product of the lengths; sketches such as MinHash would save little
here and could not show the passages.)
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from disclosure.reports.reading.numerals import narrow

#: From this share on an author is told.
ABOVE: Final = 0.8
SHINGLE: Final = 8
#: Shorter texts say what every agency must say, in nearly the same words.
SHORTEST: Final = 60
#: Longer texts are compared by their beginning.
LONGEST: Final = 50_000
PASSAGES: Final = 5
SHOWN: Final = 10
_SHORTEST_PASSAGE: Final = 16
#: Of a shingle that comes again and again, so many places are followed.
_PLACES: Final = 4
_FIGURE: Final = re.compile(
    r"[\d〇零一二两三四五六七八九十百千万亿][\d〇零一二两三四五六七八九十百千万亿.,，]*"
)
_ITSELF: Final = re.compile(r"[我本全](?:局|委|办|厅|县|区|市|省|镇|乡|机关|单位|街道)")
_DROPPED: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Passage:
    """A stretch of the text that the other has too; `length` without what is taken out."""

    start: int
    end: int
    length: int


@dataclass(frozen=True)
class Likeness:
    """With which other text, which share of the text (0 to 1) stands there, and the longest
    passages, in the text's order."""

    name: str
    share: float
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Reduced:
    """What is compared of a text: `plain` is as long as the text, `text` without its blanks."""

    plain: str
    text: str

    @property
    def shingles(self) -> list[str]:
        text = self.text
        return [text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1)]

    @cached_property
    def at(self) -> list[int]:
        """Where each character of `text` stands."""
        gaps = [match.span() for match in _DROPPED.finditer(self.plain)]
        starts = [0, *(end for _start, end in gaps)]
        ends = [*(start for start, _end in gaps), len(self.plain)]
        return [at for start, end in zip(starts, ends, strict=True) for at in range(start, end)]


def reduced(text: str, names: Iterable[str] = ()) -> Reduced:
    """`text` without figures, punctuation and the `names` of agencies."""
    plain = narrow(text[: LONGEST * 2])
    known = sorted({name for name in names if name}, key=len, reverse=True)
    hidden = re.compile("|".join([*map(re.escape, known), _ITSELF.pattern]))
    plain = hidden.sub(lambda match: " " * len(match[0]), plain)
    plain = _FIGURE.sub(lambda match: "0".ljust(len(match[0])), plain)
    return Reduced(plain, _DROPPED.sub("", plain)[:LONGEST])


def share(text: Reduced, other: Reduced) -> float:
    """The share of the text's shingles that the other has, 0 to 1; 0 for a short text."""
    if len(text.text) < SHORTEST:
        return 0.0
    return _share(text.shingles, set(other.shingles))


def _share(own: list[str], others: set[str]) -> float:
    return sum(shingle in others for shingle in own) / len(own)


def likeness(text: str, other: str, names: Iterable[str] = ()) -> float:
    """The share of `text` that stands in `other`, agencies' `names` and figures left out."""
    known = tuple(names)
    return share(reduced(text, known), reduced(other, known))


def alike(
    text: str, others: Mapping[str, str], names: Iterable[str] = (), above: float = ABOVE
) -> list[Likeness]:
    """The others of which the text is alike by at least the share `above`, the most alike first;
    `others` are texts by name. Passages are looked for in the first `SHOWN`."""
    known = (*names, *others)
    mine = reduced(text, known)
    if len(mine.text) < SHORTEST:
        return []
    own = mine.shingles
    found = []
    for name, other in others.items():
        theirs = reduced(other, known)
        part = _share(own, set(theirs.shingles))
        if part >= above:
            found.append((part, name, theirs))
    found.sort(key=lambda one: -one[0])
    return [
        Likeness(name, part, passages(mine, theirs) if place < SHOWN else ())
        for place, (part, name, theirs) in enumerate(found)
    ]


def passages(text: Reduced, other: Reduced) -> tuple[Passage, ...]:
    """The longest stretches of `text` that stand word for word in `other`."""
    places: dict[str, list[int]] = {}
    for at, shingle in enumerate(other.shingles):
        known = places.setdefault(shingle, [])
        if len(known) < _PLACES:
            known.append(at)
    found, at = [], 0
    while at <= len(text.text) - SHINGLE:
        starts = places.get(text.text[at : at + SHINGLE], [])
        length = max((_common(text.text, at, other.text, start) for start in starts), default=0)
        if length >= _SHORTEST_PASSAGE:
            found.append(Passage(text.at[at], text.at[at + length - 1] + 1, length))
        at += max(length, 1)
    longest = sorted(found, key=lambda one: -one.length)[:PASSAGES]
    return tuple(sorted(longest, key=lambda one: one.start))


def _common(text: str, at: int, other: str, start: int) -> int:
    """How many characters from these places on are the same."""
    most = min(len(text) - at, len(other) - start)
    length = SHINGLE
    step = SHINGLE
    while length < most and step:
        if text[at + length : at + length + step] == other[start + length : start + length + step]:
            length += step
            step *= 2
        else:
            step //= 2
    return min(length, most)

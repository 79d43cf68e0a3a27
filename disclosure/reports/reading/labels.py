"""Recognising a printed label: whatever its brackets, quotes, blanks, numbering and misprints."""

import re
import unicodedata
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Final, Generic, NamedTuple, TypeVar

_NUMBERING: Final = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.,]|\([一二三四五六七八九十]{1,3}\)[、.]?"
    r"|\(\d{1,2}\)|\d{1,2}[、.)]?(?=\D))+"
)
_BRACKETED: Final = re.compile(r"\([^()]*\)?")
_MARKS: Final = re.compile(r"[\W_]+")
_LONGEST: Final = 120
#: Letters that may differ in a label of at least so many; shorter ones must be exact.
_MISPRINTS: Final = ((16, 3), (8, 2), (4, 1))

Key = TypeVar("Key", bound=Hashable)


def folded(text: str) -> str:
    """Half-width, without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)
def plain(text: str, *, bracketed: bool = True) -> str:
    """A label for comparison; not `bracketed`: without what stands in brackets."""
    text = _NUMBERING.sub("", folded(text[: 2 * _LONGEST]), count=1)
    if not bracketed:
        text = _BRACKETED.sub("", text)
    return _MARKS.sub("", text).removeprefix("属于").lower()


class Match(NamedTuple, Generic[Key]):
    """What a label means; `is_near`: it is misprinted or altered."""

    key: Key
    is_near: bool


class Labels(Generic[Key]):
    """The wordings that mean something, each with its key."""

    def __init__(self, wordings: Iterable[tuple[Key, str]]) -> None:
        self._keys: dict[str, Key] = {}
        for key, wording in wordings:
            for name in (plain(wording), plain(wording, bracketed=False)):
                self._keys.setdefault(name, key)
        self._found: dict[str, Match[Key] | None] = {}

    def find(self, text: str) -> Match[Key] | None:
        """What the text means; None where that is open."""
        if text not in self._found:
            self._found[text] = self._look(text)
        return self._found[text]

    def _look(self, text: str) -> Match[Key] | None:
        names = list(dict.fromkeys((plain(text), plain(text, bracketed=False))))
        for name in names:
            if name and name in self._keys:
                return Match(self._keys[name], False)
        for name in names:
            if near := self._near(name):
                return near
        return None

    def _near(self, name: str) -> Match[Key] | None:
        allowed = next((most for length, most in _MISPRINTS if len(name) >= length), 0)
        if not allowed or len(name) > _LONGEST:
            return None
        best: dict[Key, int] = {}
        letters = set(name)
        for wording, key in self._keys.items():
            limit = min(allowed, len(wording) // 4)
            if abs(len(name) - len(wording)) > limit or len(set(wording) - letters) > limit:
                continue
            away = distance(name, wording, limit) if limit else None
            if away is not None:
                best[key] = min(away, best.get(key, away))
        nearest = sorted(best.items(), key=lambda one: one[1])
        if not nearest or (len(nearest) > 1 and nearest[0][1] == nearest[1][1]):
            return None
        return Match(nearest[0][0], True)


def distance(one: str, other: str, limit: int) -> int | None:
    """Letters to add, drop or change (Levenshtein); None beyond `limit`."""
    if abs(len(one) - len(other)) > limit:
        return None
    above = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row = [at]
        for across, against in enumerate(other, 1):
            row.append(min(above[across] + 1, row[-1] + 1, above[across - 1] + (letter != against)))
        if min(row) > limit:
            return None
        above = row
    return above[-1] if above[-1] <= limit else None

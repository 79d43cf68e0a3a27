"""Words from lists: sensitive subjects and wordings, with `*` for a few characters between."""

import re
from collections.abc import Iterable, Iterator

from disclosure.findings.detectors.kinds import Hit

#: So many characters `*` may stand for, within a sentence.
GAP = 10
_GAP = rf"[^\n。；！？]{{0,{GAP}}}?"


def compiled(words: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern for all the words; None where there are none. The longest is tried first."""
    parts = sorted({word.strip() for word in words if word.strip(" *\t")}, key=len, reverse=True)
    if not parts:
        return None
    return re.compile("|".join(_as_pattern(part) for part in parts), re.IGNORECASE)


def _as_pattern(word: str) -> str:
    pieces = [re.escape(piece) for piece in word.strip("*").split("*") if piece]
    return _GAP.join(pieces)


def found(pattern: re.Pattern[str] | None, text: str, **rest: str) -> Iterator[Hit]:
    """Where the words stand."""
    if pattern is None:
        return
    for one in pattern.finditer(text):
        yield Hit(one.start(), one.end(), **rest)

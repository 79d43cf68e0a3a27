"""Words from lists: sensitive subjects and wordings, with `*` for a few characters between. Signs
that nobody sees part no word.
"""

import re
from collections.abc import Iterable, Iterator

from disclosure.findings.detectors.kinds import Hit
from disclosure.findings.detectors.unseen import as_seen

#: So many characters `*` may stand for, within a sentence.
GAP = 10
#: Behind so many gaps the first place that fits stands: the tries would grow tenfold with each.
_TRIED_ANEW = 2
_GAP = rf"[^\n。；！？]{{0,{GAP}}}?"


def compiled(words: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern for all the words; None where there are none. The longest is tried first."""
    parts = sorted({word.strip() for word in words if word.strip(" *\t")}, key=len, reverse=True)
    if not parts:
        return None
    return re.compile("|".join(_as_pattern(part) for part in parts), re.IGNORECASE)


def _as_pattern(word: str) -> str:
    first, *others = (re.escape(piece) for piece in word.strip("*").split("*") if piece)
    pattern = first
    for number, piece in enumerate(others, 1):
        pattern += _GAP + piece
        if number >= _TRIED_ANEW:
            pattern = f"(?>{pattern})"
    return pattern


def found(pattern: re.Pattern[str] | None, text: str, **rest: str) -> Iterator[Hit]:
    """Where the words stand."""
    if pattern is None:
        return
    seen, places = as_seen(text)
    for one in pattern.finditer(seen):
        if one.end() > one.start():
            yield Hit(places[one.start()], places[one.end() - 1] + 1, **rest)

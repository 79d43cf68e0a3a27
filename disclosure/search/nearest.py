"""Did you mean: words that stand in titles and differ little from what was typed.

A wrong character (只南 for 指南), one too many or too few, or two the wrong way round. Titles
decide what is a word: nothing is suggested that finds nothing.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Final

from disclosure.search.folding import HAN, fold, fold_with_map
from disclosure.search.tokenise import LETTER, is_pair, phrases

#: So many pairs of characters are looked up, taken evenly from the whole query.
MOST_TOKENS: Final = 20
SHORTEST: Final = 3
LONGEST: Final = 40
#: One difference up to this length, then one more for each so many characters.
_A_DIFFERENCE: Final = 5
#: How little a passage convinces that is longer or shorter: a piece of a word is often near.
_LONGER_OR_SHORTER: Final = {0: 0, 1: 1, -1: 3}
_WORD: Final = re.compile(rf"(?:[{HAN}]|{LETTER})+")
_LETTER: Final = re.compile(LETTER)


def candidates_query(text: str) -> tuple[str, ...]:
    """Tokens of which titles near to `text` have at least one: its pairs and words."""
    found = [token for group in phrases(fold(text)) for token in group]
    telling = list(dict.fromkeys(one for one in found if is_pair(one) or one.isalnum()))
    telling = [one for one in telling if len(one) > 1]
    step = -(-len(telling) // MOST_TOKENS) or 1
    return tuple(telling[::step])


def closest(text: str, titles: Sequence[str]) -> str | None:
    """`text` with its words as they stand in `titles`; None where nothing convinces.

    Every word must stand in a title, as it is or nearly. Time grows with the length of both: some
    300 titles take hundredths of a second.
    """
    folded = [fold_with_map(title) for title in titles]
    asked, places = fold_with_map(text)
    result, end, is_changed = "", 0, False
    for word in _WORD.finditer(asked):
        start, stop = places[word.start()], places[word.end() - 1] + 1
        written = text[start:stop]
        if not any(word[0] in title for title, _ in folded):
            better = _nearest(word[0], titles, folded)
            if better is None:
                return None
            written, is_changed = better, True
        result, end = result + text[end:start] + written, stop
    return result + text[end:] if is_changed else None


def _nearest(
    word: str, titles: Sequence[str], folded: Sequence[tuple[str, Sequence[int]]]
) -> str | None:
    """The passage with the fewest differences.

    Of several those that begin and end as the word does, then the most frequent, then the first.
    """
    if not SHORTEST <= len(word) <= LONGEST:
        return None
    allowed = 1 + (len(word) - 1) // _A_DIFFERENCE
    # Titles repeat one another.
    distance = cache(partial(_differences, word, allowed=allowed))
    found: Counter[tuple[int, int, str]] = Counter()
    shown: dict[str, str] = {}
    for title, (plain, places) in zip(titles, folded, strict=True):
        in_title: dict[tuple[int, int, str], None] = {}
        for start, end, differences in _passages(word, plain, allowed, distance):
            passage = plain[start:end]
            ends = (passage[0] != word[0]) + (passage[-1] != word[-1])
            length = _LONGER_OR_SHORTER[len(passage) - len(word)]
            in_title[differences, 2 * ends + length, passage] = None
            shown.setdefault(passage, title[places[start] : places[end - 1] + 1])
        found.update(in_title.keys())
    if not found:
        return None
    (_, _, best), _ = min(found.items(), key=lambda item: (*item[0][:2], -item[1]))
    return shown[best]


def _passages(
    word: str, title: str, allowed: int, distance: Callable[[str], int]
) -> Iterator[tuple[int, int, int]]:
    """Start, end and differences of what is near to `word`, at most one longer or shorter.

    With so few differences one of the word's pieces stands there unchanged.
    """
    digits = _digits(word)
    for run in _WORD.finditer(title):
        text = run[0]
        for start in _starts(word, text, allowed):
            for length in (len(word), len(word) + 1, len(word) - 1):
                end = start + length
                passage = text[start:end]
                if end > len(text) or _cuts(text, start) or _cuts(text, end):
                    continue
                # Another year or number is no slip of the pen.
                if _digits(passage) != digits:
                    continue
                differences = distance(passage)
                if differences <= allowed:
                    yield run.start() + start, run.start() + end, differences


def _starts(word: str, text: str, allowed: int) -> list[int]:
    """Where a passage near to `word` may begin."""
    size = -(-len(word) // (allowed + 1))
    starts: set[int] = set()
    for offset in range(0, len(word), size):
        place = text.find(word[offset : offset + size])
        while place >= 0:
            starts.update(range(place - offset - 1, place - offset + 2))
            place = text.find(word[offset : offset + size], place + 1)
    return sorted(start for start in starts if 0 <= start < len(text))


def _differences(word: str, passage: str, allowed: int) -> int:
    """The least number of characters changed, added, left out or swapped with the next."""
    word, passage = _without_common(word, passage)
    if abs(len(word) - len(passage)) > allowed or len(set(word) - set(passage)) > allowed:
        return allowed + 1
    row = list(range(len(passage) + 1))
    above: list[int] = []
    for i, one in enumerate(word):
        above, previous, row = row, above, [i + 1]
        for j, other in enumerate(passage):
            best = min(above[j] + (one != other), above[j + 1] + 1, row[j] + 1)
            if i and j and one == passage[j - 1] and word[i - 1] == other:
                best = min(best, previous[j - 1] + 1)
            row.append(best)
    return row[-1]


def _without_common(word: str, passage: str) -> tuple[str, str]:
    """Both without the beginning and the end that they share."""
    first = _shared(word, passage)
    word, passage = word[first:], passage[first:]
    last = _shared(word[::-1], passage[::-1])
    return word[: len(word) - last], passage[: len(passage) - last]


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    length = min(len(one), len(other))
    return next((place for place in range(length) if one[place] != other[place]), length)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _cuts(text: str, place: int) -> bool:
    """Whether `place` is inside a word of letters or figures."""
    return 0 < place < len(text) and all(map(_LETTER.match, text[place - 1 : place + 1]))

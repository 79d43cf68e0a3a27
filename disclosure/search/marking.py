"""Where a text says what was asked for, and its passage that says most of it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from disclosure.search import numbers
from disclosure.search.asking import Phrase, Question
from disclosure.search.folding import fold_with_map
from disclosure.search.tokenise import JOINERS, LETTER, LONGEST, is_han

Span = tuple[int, int]

WIDTH: Final = 120
_ELLIPSIS: Final = "…"
#: So far before a document number what is asked for with it is looked for: a query's length.
_FARTHEST: Final = 200
_BETWEEN_WORDS: Final = f"(?:[{re.escape(''.join(sorted(JOINERS)))}]|{numbers.GAP})"
_SENTENCE_ENDS: Final = re.compile(r"[。!?;\n]|\.(?= )")


@dataclass(frozen=True)
class _Sought:
    """One phrase: what its words look like, and the token of a document number after them.

    With a number the words are those that end where it begins, perhaps none; only a number in
    brackets has its token beside them.
    """

    term: int
    words: re.Pattern[str]
    number: str = ""
    is_bracketed: bool = False

    def places(self, folded: str, known: Sequence[numbers.Number]) -> Iterator[Span]:
        if not self.number:
            yield from (found.span() for found in self.words.finditer(folded))
            return
        for number in known:
            if number.token == self.number and number.is_bracketed >= self.is_bracketed:
                lowest = max(0, number.start - _FARTHEST)
                if found := self.words.search(folded, lowest, number.start):
                    yield found.start(), number.end


def spans(text: str, question: Question) -> list[Span]:
    """The places in `text` to highlight, in order, none touching another."""
    folded, places = fold_with_map(text)
    merged: list[Span] = []
    for start, end, _ in _hits(folded, question):
        start, end = places[start], places[end - 1] + 1
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def snippet(text: str, question: Question, width: int = WIDTH) -> tuple[str, list[Span]]:
    """The passage of some `width` characters that says most of the question, and its spans.

    White space becomes one blank; … stands where it was cut. Without a hit: the beginning.
    """
    folded, places = fold_with_map(text)
    start = _sentence_before(folded, _densest(_hits(folded, question), width), width // 4)
    first = places[start]
    # Read on a little, because white space shrinks.
    rest = " ".join(text[first : first + 2 * width].split())
    passage = rest[:width]
    is_cut = len(rest) > width or bool(text[first + 2 * width :].strip())
    before = _ELLIPSIS if text[:first].strip() else ""
    shown = f"{before}{passage}{_ELLIPSIS if is_cut else ''}"
    return shown, spans(shown, question)


def _hits(folded: str, question: Question) -> list[tuple[int, int, int]]:
    """Start, end and term of everything found, in order."""
    known = list(numbers.find(folded))
    return sorted(
        (start, end, sought.term)
        for sought in _all_sought(question)
        for start, end in sought.places(folded, known)
    )


def _densest(hits: Sequence[tuple[int, int, int]], width: int) -> int:
    """Where to begin so that most different terms follow within `width`, then most hits."""
    best = (0, 0, 0)
    last = 0
    within: Counter[int] = Counter()
    for first, (start, _, term) in enumerate(hits):
        while last < len(hits) and hits[last][1] <= start + width * 3 // 4:
            within[hits[last][2]] += 1
            last += 1
        best = max(best, (len(+within), last - first, -start))
        within[term] -= 1
    return -best[2]


def _sentence_before(folded: str, place: int, at_most: int) -> int:
    """The beginning of the sentence around `place`, or a little before `place`."""
    if place <= at_most:
        return 0
    lowest = place - at_most
    ends = [found.end() for found in _SENTENCE_ENDS.finditer(folded, lowest, place)]
    return ends[-1] if ends else lowest


@lru_cache(maxsize=256)
def _all_sought(question: Question) -> tuple[_Sought, ...]:
    return tuple(
        dict.fromkeys(
            _sought(index, phrase)
            for index, term in enumerate(question.wanted)
            for alternative in term.any_of
            for phrase in alternative
        )
    )


def _sought(term: int, phrase: Phrase) -> _Sought:
    *rest, last = phrase.tokens
    if not last.startswith("#"):
        return _Sought(term, re.compile(_looks(phrase)))
    before = _looks(Phrase(tuple(rest))) + r"[\W_]*" if rest else ""
    return _Sought(term, re.compile(rf"{before}\Z"), last, bool(rest))


def _looks(phrase: Phrase) -> str:
    """A pattern of the folded text that has these tokens one after another."""
    pattern = ""
    was_word = False
    final = len(phrase.tokens) - 1
    for place, token in enumerate(phrase.tokens):
        is_word = not is_han(token[0])
        if place:
            pattern += _BETWEEN_WORDS if was_word and is_word else numbers.GAP
        if is_word:
            pattern += rf"(?<!{LETTER}){re.escape(token)}"
            if len(token) == LONGEST:
                pattern += f"{LETTER}*"
            if not (phrase.is_prefix and place == final):
                pattern += f"(?!{LETTER})"
        else:
            # Each pair gives its first character; only the last one its second too.
            pattern += numbers.GAP.join(token if place == final else token[0])
        was_word = is_word
    return pattern

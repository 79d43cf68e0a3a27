"""What a query asks for, as phrases of tokens: nothing in it is an operator of a database.

Words stand apart by blanks or list punctuation and must all be found; "…", “…”, 「…」 and 『…』
keep words together as written; a leading - excludes. Any text is a query: a lonely quotation mark
or minus asks for nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product, zip_longest
from typing import Final

from disclosure.search import numbers
from disclosure.search.folding import HAN, fold_with_map
from disclosure.search.tokenise import LETTER, is_han, phrases

#: Short forms to the other forms of the same thing, all of them folded.
Synonyms = Mapping[str, tuple[str, ...]]

MOST_ALTERNATIVES: Final = 8
#: A word taken apart has more: a place to cut, and other words on both sides of it.
MOST_APART: Final = 24
#: Each of the two pieces of a word taken apart has at least so many characters.
SHORTEST_PIECE: Final = 2
#: From this length on the beginning of a word of letters or figures finds it.
SHORTEST_PREFIX: Final = 3


@dataclass(frozen=True)
class Phrase:
    """Tokens that follow one another; with `is_prefix` the last one is a beginning."""

    tokens: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True)
class Term:
    """One word asked for: any of these, each a set of phrases that must all be there."""

    any_of: tuple[tuple[Phrase, ...], ...]
    is_excluded: bool
    shown: str


@dataclass(frozen=True)
class Question:
    """All of `terms` must hold.

    `number` is the whole query as a document number, as `normalise_document_number` leaves one
    that is written 辽防办发〔2013〕5号; empty if it is none.
    """

    terms: tuple[Term, ...] = ()
    number: str = ""

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.is_excluded)

    @property
    def excluded(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.is_excluded)

    @property
    def is_empty(self) -> bool:
        """Nothing is looked for: no words, or only words that must not be there."""
        return not self.wanted


_MINUS: Final = "-−–"
_PAIRS: Final = {'"': '"', "“": "”", "「": "」", "『": "』"}
_QUOTED: Final = "|".join(f"{start}[^{end}]*{end}" for start, end in _PAIRS.items())
_LISTING: Final = r"\s、,;。!?"
_PARTING: Final = _LISTING + "".join(_PAIRS) + "".join(_PAIRS.values())
#: A document number is one word with its blanks; a comma between figures is part of them.
_WORD: Final = rf"(?:{numbers.IN_BRACKETS}|{numbers.WITH_YEAR}|[^{_PARTING}]|(?<=[0-9]),(?=[0-9]))+"
_PARTS: Final = re.compile(
    rf"(?P<minus>(?<![^{_LISTING}])[{_MINUS}]+(?=[^{_PARTING}]|{_QUOTED}))?"
    rf"(?:(?P<quoted>{_QUOTED})|(?P<word>{_WORD}))"
)
#: Control characters, marks of direction and halves of characters: never shown.
_UNSEEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LETTER: Final = re.compile(LETTER)
_CHINESE: Final = re.compile(rf"[{HAN}]{{{2 * SHORTEST_PIECE},}}")
_OFFICE: Final = re.compile(rf"(?:[{HAN}]|{LETTER})*")
#: Orders and notices are counted without a year: 国务院令第711号.
_UNDATED: Final = re.compile(rf"[{HAN}]+第?[0-9]{{1,5}}号")


def parse(text: str, synonyms: Synonyms | None = None, *, is_apart: bool = False) -> Question:
    """The question that `text` asks. Its length is the caller's to limit, and to say so.

    `is_apart`: long Chinese words are also cut in two, each piece to be found somewhere:
    汽车召回 then finds 缺陷汽车产品召回. For where nothing has them as they are written.
    """
    folded, places = fold_with_map(text)
    terms: dict[Term, None] = {}
    for found in _PARTS.finditer(folded):
        is_excluded = found["minus"] is not None
        is_quoted = found["quoted"] is not None
        start, end = found.span("quoted" if is_quoted else "word")
        if is_quoted:
            start, end = start + 1, end - 1
        # What is quoted or excluded is meant as it is written.
        others = {} if is_excluded or is_quoted or not synonyms else synonyms
        any_of = _alternatives(folded[start:end], others, is_quoted)
        if is_apart and not (is_quoted or is_excluded):
            any_of = (*any_of, *_apart(folded[start:end], others))
        if any_of:
            terms[Term(any_of, is_excluded, _shown(text[places[start] : places[end]]))] = None
    return Question(tuple(terms), _whole_number(folded))


def _shown(raw: str) -> str:
    return " ".join(_UNSEEN.sub(" ", raw).split())


def _whole_number(folded: str) -> str:
    """The document number that the whole of the query is."""
    bare = "".join(folded.split())
    for number in numbers.find_asked(bare):
        office = bare[: number.start]
        if number.end == len(bare) and _OFFICE.fullmatch(office):
            return f"{office}({number.year}){number.count}号"
    return bare if _UNDATED.fullmatch(bare) else ""


def _alternatives(word: str, synonyms: Synonyms, is_quoted: bool) -> tuple[tuple[Phrase, ...], ...]:
    number = next(numbers.find_asked(word), None)
    if number:
        written = _numbered(word, number)
    else:
        written = [_asked(phrases(form), is_quoted) for form in _forms(word, synonyms)]
    return tuple(dict.fromkeys(one for one in written if one))


def _apart(word: str, synonyms: Synonyms) -> Iterator[tuple[Phrase, ...]]:
    """The two pieces of a Chinese word, wherever it may be cut; nearest the middle first."""
    if not _CHINESE.fullmatch(word):
        return
    cuts = range(SHORTEST_PIECE, len(word) - SHORTEST_PIECE + 1)
    pieces = [
        [_asked(phrases(form)) for form in _forms(piece, synonyms)]
        for cut in sorted(cuts, key=lambda cut: abs(len(word) - 2 * cut))[:MOST_APART]
        for piece in (word[:cut], word[cut:])
    ]
    both = (
        [(*left, *right) for left, right in product(*pair)]
        for pair in zip(pieces[::2], pieces[1::2], strict=True)
    )
    # Each cut once as it is written, before any with other words.
    turns = zip_longest(*both)
    yield from islice((one for turn in turns for one in turn if one), MOST_APART)


def _asked(groups: list[list[str]], is_quoted: bool = False) -> tuple[Phrase, ...]:
    """What must be there for a word: one phrase, or more where punctuation stands inside."""
    return tuple(dict.fromkeys(_phrase(group, is_quoted) for group in groups))


def _phrase(group: list[str], is_quoted: bool) -> Phrase:
    last = group[-1]
    if is_han(last[0]):
        return Phrase(tuple(group), len(last) == 1)
    is_open = len(group) == 1 and not is_quoted and len(last) >= SHORTEST_PREFIX
    return Phrase(tuple(group), is_open and not last.startswith("#"))


def _numbered(word: str, number: numbers.Number) -> list[tuple[Phrase, ...]]:
    """A word with a document number in it: by its token, and as years stand without brackets.

    A text without brackets has the token too, but not beside the office's part of the number.
    """
    before, after = word[: number.start], word[number.end :]
    year, count = number.year, number.count
    *groups, last = phrases(f"{before}〔{year}〕", {len(before): number.token})
    last = last[: last.index(number.token) + 1]
    written = [_asked([*groups, last, *phrases(after)])]
    if before:
        for middle in (f"{year}年{count}号", f"{year}年第{count}号"):
            written.append(_asked(phrases(before + middle + after)))
    if number.is_typed:
        written.append(_asked(phrases(word)))
    return written


def _forms(word: str, synonyms: Synonyms) -> Iterator[str]:
    """`word`, and with its parts said in other words: the longest parts, from the left."""
    choices: list[tuple[str, ...]] = []
    lengths = sorted({len(key) for key in synonyms}, reverse=True)
    place = 0
    while place < len(word):
        ends = (place + length for length in lengths if place + length <= len(word))
        end = next((end for end in ends if _stands_for(word, place, end, synonyms)), 0)
        if end:
            part = word[place:end]
            choices.append((part, *synonyms[part]))
        else:
            end = place + 1
            choices.append((word[place],))
        place = end
    return ("".join(chosen) for chosen in islice(product(*choices), MOST_ALTERNATIVES))


def _stands_for(word: str, start: int, end: int, synonyms: Synonyms) -> bool:
    """Whether that part has other forms; never a single character or a piece of a Latin word."""
    if word[start:end] not in synonyms:
        return False
    if (start, end) == (0, len(word)):
        return True
    return end - start > 1 and not (_cuts(word, start) or _cuts(word, end))


def _cuts(word: str, place: int) -> bool:
    """Whether `place` is inside a word of letters or figures."""
    return 0 < place < len(word) and all(map(_LETTER.match, word[place - 1 : place + 1]))

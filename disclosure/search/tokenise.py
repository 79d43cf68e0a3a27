"""Texts as tokens with positions: what the index holds and what a query asks for.

Han characters come as overlapping pairs (bigrams), the last one of a run also alone at its own
position, so that every stretch of Han text is a phrase of consecutive tokens and one character is
a prefix. Letters and figures come as words. Blanks and line ends never part what stands beside
them (PDF files and typesetting put them anywhere); punctuation does, by one empty position, and
so does an empty line. A document number puts its own token in that place: see `numbers`.
"""

import re
from operator import add
from typing import Final

from disclosure.search.folding import HAN, fold
from disclosure.search.numbers import find

#: Longer words are cut: what has no blanks for so long is no word.
LONGEST: Final = 40
#: Between two words of letters or figures these join: 2013-05-12, pm2.5, db11/t, www.gov.cn.
JOINERS: Final = frozenset("-./:@'’&+")
#: A letter or figure of any script but Han.
LETTER: Final = rf"[^\W_{HAN}]"
_PIECE: Final = re.compile(rf"([{HAN}]+)|({LETTER}+)|(?:[^\w{HAN}]|_)+")


def tokens(text: str) -> list[tuple[str, int]]:
    """The tokens of `text` with their positions, for the index."""
    folded = fold(text)
    bracketed: dict[int, str] = {}
    others: list[str] = []
    for number in find(folded):
        if number.is_bracketed:
            bracketed[number.start] = number.token
        else:
            others.append(number.token)
    found = _tokens(folded, bracketed)
    position = found[-1][1] + 2 if found else 0
    for token in dict.fromkeys(others):
        found.append((token, position))
        position += 2
    return found


def phrases(folded: str, numbers: dict[int, str] | None = None) -> list[list[str]]:
    """The tokens of a query's word, those that must be consecutive together.

    Without the last character alone: a text may go on after it. `numbers` are the tokens of
    document numbers by where their bracket stands.
    """
    groups: list[list[str]] = []
    last = -2
    for token, position in _tokens(folded, numbers or {}):
        if position == last + 1:
            groups[-1].append(token)
        else:
            groups.append([token])
        last = position
    for group in groups:
        if len(group) > 1 and is_pair(group[-2]) and group[-2][1] == group[-1]:
            group.pop()
    return groups


def is_pair(token: str) -> bool:
    """Whether it is two Han characters."""
    return len(token) == 2 and is_han(token[0]) and is_han(token[1])


def is_han(character: str) -> bool:
    return _HAN.match(character) is not None


_HAN: Final = re.compile(f"[{HAN}]")


def _tokens(folded: str, numbers: dict[int, str]) -> list[tuple[str, int]]:
    """The tokens of a folded text, with `numbers` (by where they begin) in the gaps."""
    found: list[tuple[str, int]] = []
    position = 0
    run = ""  # Han characters not written down yet
    after_word = has_gap = False
    joiner = ""
    for piece in _PIECE.finditer(folded):
        kind = piece.lastindex
        if kind is None:
            between = piece[0]
            if between.isspace() and between.count("\n") < 2:
                continue
            if run:
                position = _write(found, run, position)
                run = ""
            token = _within(numbers, piece) if numbers else ""
            if token:
                found.append((token, position))
                position += 1
                has_gap = after_word = False
            else:
                has_gap = bool(found) or has_gap
                joiner = between if after_word and between in JOINERS else ""
            continue
        if has_gap and not (joiner and kind == 2):
            position += 1
        has_gap = False
        joiner = ""
        if kind == 1:
            run += piece[0]
            after_word = False
            continue
        if run:
            position = _write(found, run, position)
            run = ""
        found.append((piece[0][:LONGEST], position))
        position += 1
        after_word = True
    if run:
        _write(found, run, position)
    return found


def _write(found: list[tuple[str, int]], run: str, position: int) -> int:
    """Add the pairs of `run` and its last character alone; the position after them."""
    end = position + len(run)
    found.extend(zip(map(add, run, run[1:]), range(position, end - 1), strict=True))
    found.append((run[-1], end - 1))
    return end


def _within(numbers: dict[int, str], piece: re.Match[str]) -> str:
    """The token of the number whose bracket is part of what stands between."""
    for place in range(*piece.span()):
        if place in numbers:
            return numbers[place]
    return ""

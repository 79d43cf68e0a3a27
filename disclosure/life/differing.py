"""What differs between two texts, in bounded time. Pure.

Lines are aligned first: equal ends are cut off, then lines that occur once in both are anchors.
What lies between is compared line by line and, where a line became another, word by word: Chinese
by character. Beyond a budget of comparisons the rest is shown as replaced as a whole, so that no
text, however long or odd, takes more than a moment.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
#: Pairs of lines or tokens that one diff compares.
BUDGET = 3_000_000
#: Of one pair of lines, and of one gap between anchors.
MOST_OF_A_GAP = 400_000
#: Less alike than this, a line was not changed into the other but removed, the other added.
ALIKE = 0.35
_TOKEN = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[0-9]+|[^\W\d_\u3400-\u9fff]+|\s+|.",
    re.DOTALL,
)


@dataclass(frozen=True)
class Piece:
    """A stretch of a line that stayed, came or went."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """A line of the diff; of one that changed, both its old and its new pieces in order."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass
class _Budget:
    left: int

    def allows(self, first: int, second: int) -> bool:
        """Whether two sequences of these lengths are compared; what it costs is taken."""
        cost = max(first, 1) * max(second, 1)
        if cost > min(self.left, MOST_OF_A_GAP):
            return False
        self.left -= cost
        return True


def differences(old: str, new: str, *, budget: int = BUDGET) -> list[Line]:
    """The lines of both texts in order: `sides` gives each text back."""
    return list(_lines(old.split("\n"), new.split("\n"), _Budget(budget)))


def sides(lines: Sequence[Line]) -> tuple[str, str]:
    """The old and the new text of a diff."""
    old = [_side(line, REMOVED) for line in lines if line.kind != ADDED]
    new = [_side(line, ADDED) for line in lines if line.kind != REMOVED]
    return "\n".join(old), "\n".join(new)


def _side(line: Line, kind: str) -> str:
    return "".join(piece.text for piece in line.pieces if piece.kind in (SAME, kind))


def tokens(text: str) -> list[str]:
    """Words, numbers and single Chinese characters; joined they are the text."""
    return _TOKEN.findall(text)


# --- lines ---------------------------------------------------------------------------------------
def _lines(old: list[str], new: list[str], budget: _Budget) -> Iterator[Line]:
    start, end = _common_ends(old, new)
    yield from map(_same, old[:start])
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    position_old = position_new = 0
    anchors = [*_anchors(middle_old, middle_new), (len(middle_old), len(middle_new))]
    for first, second in anchors:
        gap = middle_old[position_old:first], middle_new[position_new:second]
        yield from _gap(*gap, budget)
        if first < len(middle_old):
            yield _same(middle_old[first])
        position_old, position_new = first + 1, second + 1
    yield from map(_same, old[len(old) - end :])


def _common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many lines both begin with, and how many of the rest they end with."""
    most = min(len(old), len(new))
    start = next((i for i in range(most) if old[i] != new[i]), most)
    rest = most - start
    end = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    return start, end


def _anchors(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Lines that occur once in both, as the longest row that is in order on both sides."""
    counted_old, counted_new = Counter(old), Counter(new)
    where = {line: place for place, line in enumerate(new)}
    both = [
        (place, where[line])
        for place, line in enumerate(old)
        if counted_old[line] == 1 and counted_new.get(line) == 1
    ]
    tails: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for number, (_place, other) in enumerate(both):
        length = bisect_left(tails, other)
        before.append(heads[length - 1] if length else -1)
        tails[length : length + 1] = [other]
        heads[length : length + 1] = [number]
    found, number = [], heads[-1] if heads else -1
    while number >= 0:
        found.append(both[number])
        number = before[number]
    return found[::-1]


def _gap(old: list[str], new: list[str], budget: _Budget) -> Iterator[Line]:
    """What lies between two anchors."""
    if not old or not new or not budget.allows(len(old), len(new)):
        yield from _replaced(old, new, budget)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, first_new, last_new in matcher.get_opcodes():
        if kind == "equal":
            yield from map(_same, old[first:last])
        else:
            yield from _replaced(old[first:last], new[first_new:last_new], budget)


def _replaced(old: list[str], new: list[str], budget: _Budget) -> Iterator[Line]:
    """Lines that became others: in pairs where they are alike, else gone and come."""
    pairs = min(len(old), len(new))
    for before, after in zip(old[:pairs], new[:pairs], strict=True):
        yield from _pair(before, after, budget)
    yield from (_whole(REMOVED, line) for line in old[pairs:])
    yield from (_whole(ADDED, line) for line in new[pairs:])


def _pair(before: str, after: str, budget: _Budget) -> Iterator[Line]:
    first, second = tokens(before), tokens(after)
    if first and second and budget.allows(len(first), len(second)):
        matcher = SequenceMatcher(None, first, second, autojunk=False)
        if matcher.ratio() >= ALIKE:
            yield Line(CHANGED, tuple(_pieces(matcher, first, second)))
            return
    yield _whole(REMOVED, before)
    yield _whole(ADDED, after)


def _pieces(matcher: SequenceMatcher, first: list[str], second: list[str]) -> Iterator[Piece]:
    for kind, start, end, start_new, end_new in matcher.get_opcodes():
        if kind == "equal":
            yield Piece(SAME, "".join(first[start:end]))
            continue
        if start < end:
            yield Piece(REMOVED, "".join(first[start:end]))
        if start_new < end_new:
            yield Piece(ADDED, "".join(second[start_new:end_new]))


def _same(line: str) -> Line:
    return Line(SAME, (Piece(SAME, line),))


def _whole(kind: str, line: str) -> Line:
    return Line(kind, (Piece(kind, line),))

"""Where things go: ends of axes, which labels are written, how long ones break."""

import math
import unicodedata
from collections.abc import Sequence

#: Half-width characters that fit side by side under an axis at 320 pixels, and on a wide screen.
NARROW, WIDE = 26, 64
#: Half-width characters of a label above its bar, beside the figure, in large print too.
LABEL = 24
_HEADS = (1, 2, 4, 6, 8, 10)
_LEAST_TOP = 2


def axis_top(highest: float) -> int:
    """The round, even number at which an axis ends."""
    if highest <= _LEAST_TOP:
        return _LEAST_TOP
    power = 10 ** math.floor(math.log10(highest))
    return next(head * power for head in _HEADS if head * power >= highest)


def width_of(text: str) -> int:
    """In half-width characters."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def steps(labels: Sequence[str]) -> tuple[int, int]:
    """Every which label is written on a narrow screen, and on a wide one."""
    longest = max(map(width_of, labels)) + 1
    wide = max(1, math.ceil(len(labels) / max(1, WIDE // longest)))
    narrow = max(1, math.ceil(len(labels) / max(1, NARROW // longest)))
    return math.ceil(narrow / wide) * wide, wide


def broken(label: str, width: int = LABEL) -> list[str]:
    """The label in lines of at most `width`, about equally long, at its spaces where it has
    them."""
    lines = _filled(label, width)
    # Narrower than its widest word a line never gets.
    least = max((width_of(word.rstrip()) for word in _words(label)), default=0)
    while (
        len(lines) > 1 and width > least and len(closer := _filled(label, width - 1)) == len(lines)
    ):
        lines, width = closer, width - 1
    return lines


def _filled(label: str, width: int) -> list[str]:
    """Each line as full as it gets."""
    lines, line = [], ""
    for word in _words(label):
        if line and width_of(line + word.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += word
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _words(label: str) -> list[str]:
    """Pieces between which a line may end: words of letters, each Chinese sign."""
    pieces: list[str] = []
    for sign in label:
        wide = width_of(sign) > 1
        if pieces and not wide and not pieces[-1].endswith(" ") and width_of(pieces[-1][-1]) == 1:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces

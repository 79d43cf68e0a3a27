"""What may be said of a count of people's requests (计数保护). Pure.

A count under 5 is not shown; others are rounded to the nearest 5, each by itself, and no exact
total stands beside them, so that what is hidden cannot be had by subtraction. Where several
published figures together still leave a hidden one but a single value, the total is withheld:
`pins` finds that from the published figures alone, so withholding tells nothing more.
"""

import math
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

LEAST: Final = 5
STEP: Final = 5
SMALL: Final = "<5"
#: A share of fewer than this is said only where everything was in time.
LEAST_OF_SHARE: Final = 10

#: A rounded number (0 is 0), "<5", or None: withheld.
Told = int | Literal["<5"] | None


class Interval(NamedTuple):
    """Between which numbers, both included, a published figure may lie."""

    low: float
    high: float

    @property
    def is_hidden(self) -> bool:
        return self == _OF_SMALL


_OF_SMALL: Final = Interval(1, LEAST - 1)
ANYTHING: Final = Interval(0, math.inf)


def told(count: int) -> Told:
    """What is said of a count: 0, "<5", or the nearest multiple of 5."""
    if count == 0:
        return 0
    if count < LEAST:
        return SMALL
    return STEP * ((count + STEP // 2) // STEP)


def behind(figure: Told) -> Interval:
    """What a reader knows of the count behind a figure."""
    if figure is None:
        return ANYTHING
    if figure == SMALL:
        return _OF_SMALL
    if figure == 0:
        return Interval(0, 0)
    assert isinstance(figure, int)  # noqa: S101  (for the type checker)
    return Interval(max(LEAST, figure - STEP // 2), figure + STEP // 2)


def pins(parts: Sequence[Interval], whole: Interval) -> bool:
    """Whether parts and the whole that they add up to leave a hidden figure a single value.

    A hidden whole is looked at too: the sum of its parts may say which number it is.
    """
    low, high = sum(one.low for one in parts), sum(one.high for one in parts)
    if whole.is_hidden and max(whole.low, low) >= min(whole.high, high):
        return True
    for one in parts:
        if not one.is_hidden:
            continue
        least = max(one.low, whole.low - (high - one.high))
        most = min(one.high, whole.high - (low - one.low))
        if least >= most:
            return True
    return False


class Share(NamedTuple):
    """A share in percent; `bound` is "least" or "most" where only that is said."""

    percent: int
    bound: Literal["", "least", "most"] = ""


def share(part: int, whole: int) -> Share | None:
    """The share that `part` is; where it or the rest is 1 to 4, a bound that does not tell which;
    None of too few."""
    rest = whole - part
    if whole < LEAST:
        return None
    if rest == 0:
        return Share(100)
    if part == 0:
        return Share(0)
    if whole < LEAST_OF_SHARE:
        return None
    if rest < LEAST:
        return Share(STEP * math.floor(100 * (whole - LEAST + 1) / whole / STEP), "least")
    if part < LEAST:
        return Share(STEP * math.ceil(100 * (LEAST - 1) / whole / STEP), "most")
    return Share(round(100 * part / whole))

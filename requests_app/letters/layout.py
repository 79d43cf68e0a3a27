"""The measures of an official letter (GB/T 9704, letter form 信函格式), for both renderings. Pure.

The page number stands on the first page too: who holds a letter should see that it is complete.
"""

from typing import Final

# Millimetres.
PAGE: Final = (210, 297)
MARGIN_TOP: Final = 37
MARGIN_LEFT: Final = 28
TEXT: Final = (156, 225)
MARGIN_RIGHT: Final = PAGE[0] - MARGIN_LEFT - TEXT[0]
MARGIN_BOTTOM: Final = PAGE[1] - MARGIN_TOP - TEXT[1]
RULE_WIDTH: Final = 170
QR_SIZE: Final = 22

# Points: 28 characters (三号) a line, 22 lines a page.
CHARACTERS: Final = 28
LINES: Final = 22
POINTS_PER_MM: Final = 72 / 25.4
LINE: Final = TEXT[1] * POINTS_PER_MM / LINES

#: The red heading's size in points by its length in characters, so that it fits on one line.
_LETTERHEAD_SIZES: Final = ((9, 42), (11, 36), (14, 29), (18, 23))
_SMALLEST: Final = 20

RED: Final = "D7000F"
DRAFT: Final = "草稿"


def letterhead_size(letterhead: str) -> int:
    """Points for the red heading."""
    for length, size in _LETTERHEAD_SIZES:
        if len(letterhead) <= length:
            return size
    return _SMALLEST

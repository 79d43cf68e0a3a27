"""The measures of an official letter (GB/T 9704, letter form 信函格式) beyond those of its page
(`disclosure/paper/measures.py`), for both renderings. Pure.

The page number stands on the first page too: who holds a letter should see that it is complete.
"""

from typing import Final

# Millimetres.
RULE_WIDTH: Final = 170
QR_SIZE: Final = 22

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

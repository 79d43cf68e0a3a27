"""The page and the type area of official documents (GB/T 9704), for PDF and DOCX alike. Pure."""

from typing import Final

# Millimetres.
PAGE: Final = (210, 297)
MARGIN_TOP: Final = 37
MARGIN_LEFT: Final = 28
TEXT: Final = (156, 225)
MARGIN_RIGHT: Final = PAGE[0] - MARGIN_LEFT - TEXT[0]
MARGIN_BOTTOM: Final = PAGE[1] - MARGIN_TOP - TEXT[1]

# Points: 28 characters (三号) a line, 22 lines a page.
CHARACTERS: Final = 28
LINES: Final = 22
POINTS_PER_MM: Final = 72 / 25.4
LINE: Final = TEXT[1] * POINTS_PER_MM / LINES

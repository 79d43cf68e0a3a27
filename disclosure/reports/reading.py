"""Placeholder so that the model imports; the reader follows in this file."""

from typing import Final

FIRST_YEAR: Final = 2008
LAST_YEAR: Final = 2100

"""The letters to the applicant as the request's page shows them."""

import datetime as dt
from dataclasses import dataclass

from requests_app.casework.models import DisclosureRequest
from requests_app.letters.document import Table
from requests_app.letters.models import Letter, LetterFile


@dataclass(frozen=True)
class LetterShown:
    """A letter: `place` counts the letters to the applicant and stands in its addresses; `lines`
    is what it says."""

    letter: Letter
    place: int
    formats: list[LetterFile]
    lines: list[str]
    served_on: dt.date | None

    @property
    def may_sign(self) -> bool:
        return self.served_on is None


def letters_to_applicant(request: DisclosureRequest) -> list[LetterShown]:
    """Every letter to the applicant, the oldest first; three queries."""
    stored = request.letters.prefetch_related("files", "deliveries")
    mine = [letter for letter in stored if letter.is_for_applicant]
    return [_shown(letter, place) for place, letter in enumerate(mine, 1)]


def letter_at(request: DisclosureRequest, place: int) -> LetterShown | None:
    """The letter at this place; None for any other."""
    return next((each for each in letters_to_applicant(request) if each.place == place), None)


def _shown(letter: Letter, place: int) -> LetterShown:
    document = letter.read()
    served = [each.served_on for each in letter.deliveries.all() if each.served_on]
    return LetterShown(
        letter=letter,
        place=place,
        formats=sorted(letter.files.all(), key=lambda file: file.format, reverse=True),
        lines=[
            " ".join(cell for row in block.rows for cell in row)
            if isinstance(block, Table)
            else block.line
            for block in (document.blocks if document else ())
        ],
        served_on=min(served) if served else None,
    )

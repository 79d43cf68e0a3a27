"""Characters that no font of a letter has: staff are told of theirs before a letter is frozen; in
what an applicant wrote they are marked, so that nobody's spelling stops an answer.
"""

import datetime as dt
from functools import lru_cache

from requests_app.letters import pdf
from requests_app.letters.document import Document, Paragraph, tidy

#: Stands for a character that cannot be printed (缺字).
GETA = "〓"


def missing_glyphs(text: str) -> None:
    """Raises MissingGlyph for characters that no font of a letter has, where that can be said.

    The fonts have all of GBK but one; what is not in it is set on trial.
    """
    rare = "".join(sorted({char for char in text if not _is_common(char)}))
    if rare:
        _try(rare)


def printable(text: str) -> str:
    """What somebody else wrote, as it can be printed."""
    text = tidy(text)
    try:
        missing_glyphs(text)
    except pdf.MissingGlyph as error:
        return "".join(GETA if char in error.characters else char for char in text)
    return text


@lru_cache(maxsize=256)
def _missing(rare: str) -> str:
    trial = Document(
        letterhead="",
        title="",
        number="",
        addressee="",
        blocks=(Paragraph(rare),),
        signature="",
        date=dt.date(2026, 1, 1),
    )
    try:
        pdf.render(trial)
    except pdf.MissingGlyph as error:
        return error.characters
    except pdf.PdfUnavailable:
        return ""
    return ""


def _try(rare: str) -> None:
    if missing := _missing(rare):
        raise pdf.MissingGlyph(missing)


def _is_common(char: str) -> bool:
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return char != "≒"

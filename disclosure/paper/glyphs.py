"""Characters that no font of a PDF has: told before a text is frozen."""

from functools import lru_cache
from html import escape

from disclosure.paper import pdf


def missing_glyphs(text: str) -> None:
    """Raises MissingGlyph for characters that no font has, where that can be said.

    The fonts have all of GBK but one; what is not in it is set on trial.
    """
    rare = "".join(sorted({char for char in text if not _is_common(char)}))
    if rare and (missing := _missing(rare)):
        raise pdf.MissingGlyph(missing)


@lru_cache(maxsize=256)
def _missing(rare: str) -> str:
    try:
        pdf.as_pdf(f'<html lang="zh-Hans"><p>公开{escape(rare)}', css=pdf.page_css())
    except pdf.MissingGlyph as error:
        return error.characters
    except pdf.PdfUnavailable:
        return ""
    return ""


def _is_common(char: str) -> bool:
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return char != "≒"

"""What an applicant wrote, as a letter can print it: nobody's spelling stops an answer. (Staff are
told of their own characters before a letter is frozen: `disclosure/paper/glyphs.py`.)
"""

from disclosure.paper.glyphs import missing_glyphs
from disclosure.paper.pdf import MissingGlyph
from requests_app.letters.document import tidy

#: Stands for a character that cannot be printed (缺字).
GETA = "〓"


def printable(text: str) -> str:
    """What somebody else wrote, as it can be printed."""
    text = tidy(text)
    try:
        missing_glyphs(text)
    except MissingGlyph as error:
        return "".join(GETA if char in error.characters else char for char in text)
    return text

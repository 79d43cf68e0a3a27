"""When two requests ask for the same: names and numbers made comparable. Pure."""

import re
import unicodedata

_NOISE = re.compile(r"^(请|要求|申请)?(公开)?关于|的")
#: A shorter name ("文件") says nothing.
SHORTEST = 4


def normalised(name: str) -> str:
    """The name in one width, without blanks, punctuation, 关于 and 的; empty: too short to tell."""
    text = unicodedata.normalize("NFKC", name).casefold()
    text = "".join(char for char in text if unicodedata.category(char)[0] in "LN")
    text = _NOISE.sub("", text)
    return text if len(text) >= SHORTEST else ""


def normalised_number(number: str) -> str:
    """A document number in one width, with one kind of brackets and without blanks."""
    text = unicodedata.normalize("NFKC", number).casefold()
    text = "".join(text.split()).translate(str.maketrans("[]【】{}()", "〔〕〔〕〔〕〔〕"))
    return text if any(char.isdigit() for char in text) and len(text) >= SHORTEST else ""

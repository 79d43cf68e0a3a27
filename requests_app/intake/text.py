"""Text as people type and paste it, made fit to keep: pure, without Django.

Chinese outside the basic plane (𠮷) and private-use characters of old systems stay as they are;
what cannot be seen goes silently, what can do harm is refused by `has_control_characters`.
"""

import re
import unicodedata

# Zero-width space, soft hyphen, byte-order mark and marks that turn the direction of writing:
# nobody types them on purpose. The joiners U+200C and U+200D stay, for some scripts need them.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
# Python's \s would take some control characters for blanks.
_BLANKS = re.compile(r"[ \t\n\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


def one_line(value: str) -> str:
    """`value` on one line: composed (NFC), trimmed, blanks and line breaks as one blank each."""
    value = unicodedata.normalize("NFC", value).translate(_INVISIBLE)
    return _BLANKS.sub(" ", value).strip(" ")


def several_lines(value: str) -> str:
    """`value` with its lines kept: composed, line ends as `\\n`, no blanks at ends of lines."""
    value = unicodedata.normalize("NFC", value).translate(_INVISIBLE)
    lines = _LINE_ENDS.sub("\n", value).replace("\t", " ").split("\n")
    text = "\n".join(line.rstrip(" \u3000\xa0") for line in lines).strip(" \u3000\xa0\n")
    return re.sub(r"\n{4,}", "\n\n\n", text)


def plain_width(value: str) -> str:
    """One line with full-width letters and digits as half-width ones: phones, e-mail addresses."""
    return one_line(unicodedata.normalize("NFKC", value))


def has_control_characters(value: str) -> bool:
    """Whether anything is left that is no text: control characters, lone surrogates."""
    return any(unicodedata.category(char) in {"Cc", "Cs"} and char != "\n" for char in value)


def is_phone(value: str) -> bool:
    """Whether `value` can be a telephone number, of any country, with an extension."""
    digits = re.sub(r"\D", "", value)
    return bool(re.fullmatch(r"\+?[\d\s\-()./#,转extEXT]+", value)) and 7 <= len(digits) <= 20

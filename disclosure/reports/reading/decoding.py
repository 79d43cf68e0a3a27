"""From bytes to clean text: UTF-8, UTF-16, GB18030, with or without BOM, any line ending."""

import codecs
import re
from typing import Final

from disclosure.reports.reading.errors import EmptyFile, FormatNotRead, NotText, TooLarge

LIMIT_MB: Final = 5

_KINDS: Final = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "DOCX / XLSX"),
    (b"\xd0\xcf\x11\xe0", "DOC / XLS"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "GZIP"),
)
_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*){0,5}"
    r"<(?:!doctype html|html|head|body|meta|title|table|div|p[\s>])",
    re.I | re.S,
)
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LINE_END: Final = re.compile("\r\n?|\u2028|\u2029|\u0085|\x0b|\x0c")


def is_html(data: bytes) -> bool:
    """Whether the file begins like a page."""
    head = data[:4096].removeprefix(codecs.BOM_UTF8)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode()
    return bool(_HTML.match(head.decode("latin-1")))


def decode(data: bytes, *, page: bool = False) -> str:
    """The file's text with `\\n` line endings, or an error that names what is wrong.

    A `page` may be HTML, and its odd controls go.
    """
    if len(data) > LIMIT_MB * 1024 * 1024:
        raise TooLarge(limit=LIMIT_MB)
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise FormatNotRead(kind=kind)
    text = _LINE_END.sub("\n", _unwrapped(data))
    text = _INVISIBLE.sub("", text)
    if not text.strip():
        raise EmptyFile
    if page:
        return _CONTROL.sub(" ", text)
    if _CONTROL.search(text):
        raise NotText
    return text


def _unwrapped(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotText

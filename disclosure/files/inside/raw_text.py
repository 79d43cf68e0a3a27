"""The second proof: text anywhere in the file that the text one reads does not have.

It asks no rules of hiding at all: it takes every piece of text in every part, known or not.
"""

import re

from lxml import etree

from disclosure.files.inside.packages import Package, local, parse
from disclosure.files.inside.report import Spent, excerpt

_OFFICE = "application/vnd.openxmlformats-officedocument."
#: Elements whose text a reader sees, or which say what was deleted or commented.
_TEXT = frozenset({"t", "delText", "text", "author", "tag"})
_SPACE = re.compile(r"\s+")
#: How a workbook writes what XML cannot.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: What masters and layouts prompt for shows on no slide, and is not in the text.
_NOT_TEXT = re.compile(r"(slideMasters|slideLayouts|theme)/|styles\.xml$")
MOST = 20


def beyond(data: bytes, content_type: str, words: str) -> list[str]:
    """Pieces of text in the file that are not in `words`, the first MOST of them."""
    if not content_type.startswith(_OFFICE):
        return []
    spent = Spent()
    package = Package(data, spent)
    known = _SPACE.sub("", words)
    found: list[str] = []
    for name in package.names:
        if not name.endswith(".xml") or _NOT_TEXT.search(name) or name.endswith("Types].xml"):
            continue
        root = parse(package.read(name, limit=spent.limits.part), f"part:{name}")
        for piece in _pieces(root):
            if piece not in known and _plain(piece) not in known:
                found.append(excerpt(piece))
            if len(found) >= MOST:
                return found
    return found


def _plain(piece: str) -> str:
    return _SPACE.sub("", _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), piece))


def _pieces(root: etree._Element) -> list[str]:
    return [
        piece
        for element in root.iter()
        if local(element) in _TEXT and (piece := _SPACE.sub("", element.text or ""))
    ]

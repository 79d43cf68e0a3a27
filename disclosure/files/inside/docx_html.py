"""A Word document as the text of a publication: simple HTML, to be sanitised by the caller.

Headings are what is styled as headings; how they are numbered (一、 （一） 1.) says their level.
"""

import io
import re
from typing import Any

import mammoth
from lxml import html as lxml_html

from disclosure.files.inside import docx
from disclosure.files.inside.report import Refused, Spent

_MAP = """
p[style-name='Title'] => p.centre:fresh
p[style-name='Subtitle'] => p.centre:fresh
p[style-name='centre'] => p.centre:fresh
p[style-name='right'] => p.right:fresh
p[style-name='Heading 1'] => h2:fresh
p[style-name='Heading 2'] => h3:fresh
p[style-name='Heading 3'] => h4:fresh
p[style-name='Heading 4'] => h4:fresh
p[style-name='Heading 5'] => h4:fresh
p[style-name='Heading 6'] => h4:fresh
u => u
"""
_ALIGNED = {"center": "centre", "right": "right", "end": "right"}
_LEVELS = (
    ("h2", re.compile(r"[一二三四五六七八九十百]+、|第[一二三四五六七八九十百]+[章编]")),
    ("h3", re.compile(r"[（(][一二三四五六七八九十百]+[）)]|第[一二三四五六七八九十百]+节")),
    ("h4", re.compile(r"\d+[.．、]|[（(]\d+[）)]")),
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LOOKS_LIKE_HEADING = re.compile(r"heading|title|标题", re.IGNORECASE)


def _aligned(paragraph: Any) -> Any:
    """A paragraph at the right or in the middle as one of a style of ours; headings stay."""
    style = _ALIGNED.get(paragraph.alignment or "")
    name = paragraph.style_name or ""
    if style is None or paragraph.numbering or _LOOKS_LIKE_HEADING.search(name):
        return paragraph
    return paragraph.copy(style_id=None, style_name=style)


def convert(data: bytes) -> dict[str, Any]:
    """The HTML and what was left out (codes): changes accepted, hidden text gone, no pictures."""
    clean = docx.strip(data, Spent())
    barred = sum(1 for one in docx.inspect(clean, Spent()) if one.kind == "covered_text")
    pictures = 0

    def leave_out(_image: Any) -> list[Any]:
        nonlocal pictures
        pictures += 1
        return []

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(clean),
            style_map=_MAP,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=leave_out,
            transform_document=mammoth.transforms.paragraph(_aligned),
        )
    except (KeyError, ValueError, AttributeError, TypeError, IndexError) as error:
        raise Refused("broken") from error
    warnings = {"pictures": pictures} if pictures else {}
    if barred:  # the text has no colours: what a black bar covered can be read in it
        warnings["barred"] = barred
    others = {one.message for one in result.messages if "style" not in one.message.lower()}
    if others:
        warnings["others"] = len(others)
    return {"html": _tidied(result.value), "warnings": warnings}


def _tidied(value: str) -> str:
    """Links within the page unwrapped (their targets have no address), levels by numbering."""
    root = lxml_html.fragment_fromstring(value, create_parent="div")
    for element in list(root.iter("a")):
        href = element.get("href")
        if href is None or href.startswith("#"):
            if (element.text or "").strip() == "↑":
                element.text = ""
            element.drop_tag()
    for element in root.iter(*_HEADINGS):
        words = element.text_content().strip()
        for tag, pattern in _LEVELS:
            if pattern.match(words):
                element.tag = tag
                break
    for element in root.iter():
        for name in list(element.attrib):
            if name == "id":
                del element.attrib[name]
    return (root.text or "") + "".join(
        lxml_html.tostring(one, encoding="unicode", with_tail=True) for one in root
    )

"""What every page's HTML keeps to: the grammar of the standard, and what it asks beyond."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

HEADINGS = {f"h{level}": level for level in range(1, 7)}
CONTROLS = {"input", "select", "textarea"}
#: What one operates; none of it may stand inside another.
OPERATED = {"a", "button", "select", "textarea", "summary"}
BLOCKS_IN_P = {"div", "ul", "ol", "table", "section", "h1", "h2", "h3", "form", "dl"}
#: Names of other elements that an attribute holds.
NAMING = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
#: Beside what is not shown, the choices of a list: they have no name of another tongue to tell.
_UNSPOKEN = {"script", "style", "head", "option"}
#: A term after its English, as in "Rules (规章)".
_TERM = re.compile(r" \([\u3400-\u9fff]+\)")
CHINESE = re.compile(r"[\u3400-\u9fff]")


def faults(page: str) -> list[str]:
    """Everything that is wrong with a page, in words."""
    parser = HTMLParser(namespace_html_elements=False)
    root = parser.parse(page)
    found = [f"{error} at {place}" for place, error, *_more in parser.errors]
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    for rule in (_names, _headings, _controls, _tables, _head):
        found += rule(elements)
    return [*found, *_nesting(root, ()), *_language(root, "")]


def _names(elements: list[Element]) -> Iterator[str]:
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    for name, count in ids.items():
        if count > 1 or not name or re.search(r"\s", name):
            yield f"id {name!r}: {count} times"
    for element in elements:
        for attribute in NAMING:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute} of {element.tag} names {name}, which is not there"
        target = element.get("href") or ""
        if target.startswith("#") and target[1:] not in ids:
            yield f"{target} leads nowhere"


def _headings(elements: list[Element]) -> Iterator[str]:
    level = 0
    for element in elements:
        if element.tag in HEADINGS:
            if HEADINGS[element.tag] > level + 1:
                yield f"{element.tag} after h{level}: {_text(element)}"
            level = HEADINGS[element.tag]
            if not _text(element):
                yield f"empty {element.tag}"
    if (tops := sum(element.tag == "h1" for element in elements)) != 1:
        yield f"{tops} headings of the first level"


def _controls(elements: list[Element]) -> Iterator[str]:
    labelled = {element.get("for") for element in elements if element.tag == "label"}
    inside = {
        id(control)
        for label in elements
        if label.tag == "label"
        for control in label.iter()
        if control.tag in CONTROLS
    }
    for element in elements:
        hidden = element.get("type") in {"hidden", "submit"}
        if element.tag in CONTROLS and not hidden:
            named = element.get("aria-label") or element.get("aria-labelledby")
            if not (named or element.get("id") in labelled or id(element) in inside):
                yield f"no label: {element.tag} {element.get('name')}"
        if element.tag == "img" and element.get("alt") is None:
            yield f"no alt: {element.get('src')}"
        if element.tag in {"a", "button"} and not (element.get("aria-label") or _text(element)):
            yield f"no text: {element.tag} {element.get('href')}"
        if int(element.get("tabindex") or 0) > 0:
            yield f"out of order: {element.tag}"
        for attribute in ("style", "onclick", "onload", "onsubmit"):
            if attribute in element.attrib:
                yield f"{attribute} on {element.tag}"


def _tables(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        if element.tag == "table" and element.find(".//th") is None:
            yield f"a table without heads: {_text(element)[:40]}"


def _head(elements: list[Element]) -> Iterator[str]:
    root = elements[0]
    if root.get("lang") not in {"zh-Hans", "en"}:
        yield f"language {root.get('lang')}"
    if not (root.findtext("head/title") or "").strip():
        yield "no title"
    if len(root.findall("body//main")) != 1:
        yield "not one main"


def _nesting(element: Element, above: tuple[str, ...]) -> Iterator[str]:
    """What the parser lets pass: controls inside controls, forms inside forms."""
    if not isinstance(element.tag, str):
        return
    if element.tag in OPERATED and OPERATED & set(above):
        yield f"{element.tag} inside {' '.join(above[-4:])}"
    if element.tag in BLOCKS_IN_P and "p" in above[-1:]:
        yield f"{element.tag} inside p"
    if element.tag == "li" and above[-1:] not in {("ul",), ("ol",)}:
        yield f"li inside {above[-1:]}"
    for child in element:
        yield from _nesting(child, (*above, element.tag))


def _language(element: Element, language: str) -> Iterator[str]:
    """Chinese that an English page does not say is Chinese would be read aloud as noise."""
    if not isinstance(element.tag, str) or element.tag in _UNSPOKEN:
        return
    language = element.get("lang") or language
    own = [element.text or "", *((child.tail or "") for child in element)]
    own = [_TERM.sub("", text) for text in own]
    if language == "en" and any(CHINESE.search(text) for text in own):
        yield f"Chinese as English: {''.join(own).strip()[:60]}"
    for child in element:
        yield from _language(child, language)


def _text(element: Element) -> str:
    images = " ".join(image.get("alt") or "" for image in element.iter("img"))
    return ("".join(element.itertext()) + images).strip()

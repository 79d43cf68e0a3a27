"""What the XML of an Office file can carry that no reader shows, whatever kind of part it is:
remarks, elements and attributes of unknown programs, alternatives that no program takes, and the
place on somebody's disk as the words that stand for a picture.
"""

import re
from collections.abc import Iterator

from lxml import etree

from disclosure.files.inside.packages import local
from disclosure.files.inside.report import excerpt

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: Who makes the names that Office reads; what has no namespace belongs to its element.
_KNOWN = (
    *("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/", "http://www.w3.org/"),
    *("http://schemas.microsoft.com/", "urn:schemas-microsoft-com:", "http://purl.org/dc/"),
)
#: A path: Word once wrote where a picture came from into its description.
_PATH = re.compile(r"(?:[A-Za-z]:[\\/]|\\\\|file:|/(?:Users|home|tmp)/)", re.IGNORECASE)
_DESCRIBED = frozenset({"cNvPr", "docPr", "shape"})
_DESCRIPTIONS = ("descr", "title", "alt")


def _is_known(name: object) -> bool:
    space, closing, _last = str(name).rpartition("}")
    return not closing or space[1:].startswith(_KNOWN)


def _remarks(root: etree._Element) -> Iterator[etree._Element]:
    """Comments and instructions, also those beside the root."""
    yield from root.itersiblings(preceding=True)
    yield from root.itersiblings()
    yield from root.iter(etree.Comment, etree.ProcessingInstruction)


def _foreign(root: etree._Element) -> Iterator[etree._Element]:
    """Elements of programs that nobody knows, the outermost of each, and choices that ask for
    them: readers take another."""
    for element in root.iter(etree.Element):
        if not _is_known(element.tag):
            yield element
        elif element.tag == f"{_COMPATIBILITY}Choice":
            asked = (element.get("Requires") or "").split()
            spaces = [element.nsmap.get(one, "urn:unknown") for one in asked]
            if not all(space.startswith(_KNOWN) for space in spaces):
                yield element


def _foreign_attributes(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for element in root.iter(etree.Element):
        for name in element.attrib:
            if not _is_known(name):
                yield element, str(name)


def _paths(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for element in root.iter(etree.Element):
        if local(element) in _DESCRIBED:
            for name in _DESCRIPTIONS:
                if _PATH.match(element.get(name, "").strip()):
                    yield element, name


def beside(root: etree._Element) -> str:
    """The beginning of what there is of such, "" for nothing."""
    found = [
        *(str(one.text or "") for one in _remarks(root)),
        *("".join(one.itertext()) or str(one.tag) for one in _foreign(root)),
        *(str(element.get(name)) for element, name in _foreign_attributes(root)),
        *(str(element.get(name)) for element, name in _paths(root)),
    ]
    return excerpt(" ".join(found) or "?") if found else ""


def clean(root: etree._Element) -> None:
    """Take all of it away, in place; the text around it stays."""
    for one in list(_remarks(root)):
        if one.getparent() is not None:
            _take_out(one)
    for one in list(_foreign(root)):
        if one.getparent() is not None:
            _take_out(one)
    for element, name in [*_foreign_attributes(root), *_paths(root)]:
        element.attrib.pop(name, None)
    for one in list(root.iter(f"{_COMPATIBILITY}AlternateContent")):
        if not any(child.tag == f"{_COMPATIBILITY}Choice" for child in one):
            _put_in_place(one, [each for child in one for each in child])


def _take_out(element: etree._Element) -> None:
    _put_in_place(element, [])


def _put_in_place(element: etree._Element, children: list[etree._Element]) -> None:
    """The children instead of the element; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    for child in children:
        child.tail = None
        element.addprevious(child)
    take_out(element)


def take_out(element: etree._Element) -> None:
    """Without the element; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)

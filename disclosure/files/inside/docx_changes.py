"""Tracked changes of a Word document, accepted: insertions kept, deletions gone."""

from lxml import etree

from disclosure.files.inside.docx_styles import w
from disclosure.files.inside.ooxml import remove
from disclosure.files.inside.packages import local

_UNWRAPPED = frozenset({"ins", "moveTo"})
_GONE = frozenset({"del", "moveFrom"})
#: Earlier properties, and marks around what was moved.
_MARKS = frozenset(
    {
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange"),
        *("tblGridChange", "tblPrExChange", "numberingChange", "cellIns", "cellMerge"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
        *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart"),
        *("customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
        *("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
    }
)
#: Where a mark of insertion or deletion speaks of what holds the properties, not of text.
_PROPERTIES = frozenset({"rPr", "trPr", "numPr", "pPr", "tcPr", "ctrlPr"})


def accept_changes(root: etree._Element) -> None:
    """Accept every change below `root`, in place."""
    joined = []
    for element in list(root.iter(etree.Element)):
        name = local(element)
        if not _is_in(element, root):
            continue
        if name in _MARKS:
            remove(element)
        elif name == "cellDel":
            _remove_above(element, "tc")
        elif name in _UNWRAPPED | _GONE:
            parent = element.getparent()
            where = local(parent) if parent is not None else ""
            if where == "trPr" and name in _GONE:
                _remove_above(element, "tr")
            elif where in _PROPERTIES:
                grand = parent.getparent() if parent is not None else None
                if name in _GONE and where == "rPr" and grand is not None and local(grand) == "pPr":
                    joined.append(grand.getparent())
                remove(element)
            elif name in _GONE:
                remove(element)
            else:
                _unwrap(element)
    for paragraph in joined:
        if paragraph is not None and _is_in(paragraph, root):
            _join_with_next(paragraph)


def _is_in(element: etree._Element, root: etree._Element) -> bool:
    return element is root or any(above is root for above in element.iterancestors())


def _remove_above(element: etree._Element, name: str) -> None:
    for above in element.iterancestors():
        if local(above) == name:
            remove(above)
            return


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at, child)
    remove(element)


def _join_with_next(paragraph: etree._Element) -> None:
    """The mark between two paragraphs was deleted: the second takes what the first says."""
    following = paragraph.getnext()
    while following is not None and local(following) in {"bookmarkStart", "bookmarkEnd"}:
        following = following.getnext()
    content = [one for one in paragraph if local(one) != "pPr"]
    if following is None or local(following) != "p":
        parent = paragraph.getparent()
        if not content and parent is not None and len(parent) > 1 and local(parent) != "tc":
            remove(paragraph)
        return
    properties = w(following, "pPr")
    at = 0 if properties is None else following.index(properties) + 1
    for child in reversed(content):
        following.insert(at, child)
    remove(paragraph)

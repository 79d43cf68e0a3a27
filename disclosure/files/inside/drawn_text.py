"""What Office files say beside their running text: in charts, in SmartArt, in drawn shapes, and the
words that stand for a picture. For search and for the reviewer, like all other text.
"""

from collections.abc import Iterable, Iterator

from lxml import etree

from disclosure.files.inside.ooxml import Office, Seen
from disclosure.files.inside.packages import local

#: Kinds of relationship that lead to such a part.
_DRAWN = frozenset(
    {
        *("chart", "chartEx", "chartUserShapes", "diagramData", "diagramDrawing", "drawing"),
        *("slideLayout", "slideMaster"),
    }
)
_CACHES = frozenset({"pt", "tx", "strCache", "numCache", "lvl"})
_DESCRIBED = frozenset({"cNvPr", "docPr", "shape"})
_SHAPES = frozenset({"sp", "pic", "graphicFrame", "cxnSp"})


def drawn(office: Office, seen: Seen) -> Iterator[str]:
    """The lines of every seen part that is drawn; of a layout what it shows on its slides."""
    kinds = {one.target: one.kind for one in office.relations if one.kind in _DRAWN}
    for name in seen.parts:
        if kinds.get(name) and office.type_of(name).endswith("xml"):
            yield from _lines(office.tree(name), is_layout=kinds[name].startswith("slide"))


def _lines(root: etree._Element, *, is_layout: bool) -> Iterator[str]:
    for element in root.iter(etree.Element):
        name = local(element)
        if is_layout and _is_prompt(element):
            continue
        if name == "p":
            yield "".join(one.text or "" for one in element.iter() if local(one) == "t")
        elif name == "v" or (name == "pt" and not len(element)):
            above = element.getparent()
            if above is not None and local(above) in _CACHES:
                yield element.text or ""
    if not is_layout:
        yield from described(root)


def _is_prompt(element: etree._Element) -> bool:
    """Whether it stands in a placeholder: what that says shows on no slide."""
    above: etree._Element | None = element
    while above is not None and local(above) not in _SHAPES:
        above = above.getparent()
    return above is not None and any(local(one) == "ph" for one in above.iter())


def described(root: etree._Element) -> Iterator[str]:
    """The words that are read out in the place of pictures and shapes."""
    for element in root.iter(etree.Element):
        if local(element) in _DESCRIBED:
            for name in ("title", "descr", "alt"):
                yield element.get(name, "")


def joined(lines: Iterable[str], known: str = "") -> str:
    """The lines behind the text that is `known`, each once."""
    first = [known] if known else []
    return "\n".join([*first, *dict.fromkeys(line for line in lines if line.strip())])

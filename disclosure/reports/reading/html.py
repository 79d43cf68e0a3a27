"""A report on a web page: its paragraphs and tables, without what the site puts around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree
from lxml import html as lxml_html

from disclosure.files.inside.report import Refused
from disclosure.reports.reading.grids import Grid, Part, TooMuch, resolved
from disclosure.reports.reading.sections import heading_of, title_in, title_rank
from disclosure.reports.reading.titles import is_title

_NOTHING: Final = frozenset(
    re.findall(
        r"\w+",
        "head script style noscript template nav form select button iframe object svg audio video "
        "textarea option input",
    )
)
_BLOCKS: Final = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br caption center dd details div dl dt fieldset "
        "figure footer h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section table tbody td "
        "tfoot th thead tr ul",
    )
)
#: What parts a page's title from the site's name.
_SITE: Final = re.compile(r"[_|]|\s-\s")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
#: A cell with more than this is no cell of a report's table, but a page laid out as a table.
_LONGEST_CELL: Final = 300
_FULL: Final = 3  # a title with agency and year
_MOST_ELEMENTS: Final = 100_000
_MOST_PARTS: Final = 20_000


@dataclass
class _Found:
    """A part and the element that it came from."""

    part: Part
    element: Any


def parts(text: str) -> list[Part]:
    """The report's paragraphs and tables in order, its title among the first."""
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = lxml_html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused("broken") from error
    if sum(1 for _one in root.iter()) > _MOST_ELEMENTS:
        raise TooMuch
    found: list[_Found] = []
    for one in _walk(root):
        found.append(one)
        if len(found) > _MOST_PARTS:
            raise TooMuch
    return _inside(found, root)


def _walk(root: Any) -> Iterator[_Found]:
    """Text between the edges of blocks, and tables; without recursion, pages may be deep."""
    buffer: list[str] = []
    owner = root

    def flush() -> Iterator[_Found]:
        line = " ".join("".join(buffer).split())
        buffer.clear()
        if line:
            yield _Found(line, owner)

    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, is_end = stack.pop()
        if is_end:
            if element.tag in _BLOCKS:
                yield from flush()
            if element is not root and element.tail:
                owner = element.getparent() if not buffer else owner
                buffer.append(element.tail)
            continue
        if not isinstance(element.tag, str) or _is_left_out(element):
            if element.tail:
                owner = element.getparent() if not buffer else owner
                buffer.append(element.tail)
            continue
        if element.tag in _BLOCKS:
            yield from flush()
            owner = element
        if element.tag == "table" and not _is_layout(element):
            yield _Found(_grid(element), element)
            stack.append((element, True))
            continue
        if element.text:
            owner = element if not buffer else owner
            buffer.append(element.text)
        stack.append((element, True))
        stack += [(child, False) for child in reversed(element)]
    yield from flush()


def _is_left_out(element: Any) -> bool:
    return (
        element.tag in _NOTHING
        or "hidden" in element.attrib
        or bool(_HIDDEN.search(element.get("style", "")))
    )


def _is_layout(table: Any) -> bool:
    """Whether a table holds a page or its parts and not figures."""
    if table.find(".//table") is not None:
        return True
    rows = [_cells(row) for row in _rows(table)]
    widest = max((len(row) for row in rows), default=0)
    return widest < 2 or any(len(_text(cell)) > _LONGEST_CELL for row in rows for cell in row)


def _rows(table: Any) -> list[Any]:
    return list(table.iter("tr"))


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _text(cell: Any) -> str:
    words = []
    for one in cell.iter():
        if isinstance(one.tag, str) and one.tag not in _NOTHING:
            words += ["\n" if one.tag in _BLOCKS else "", one.text or ""]
        if one is not cell:
            words.append(("\n" if one.tag in _BLOCKS else "") + (one.tail or ""))
    return " ".join("".join(words).split())


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _grid(table: Any) -> Grid:
    return resolved(
        [
            [(_text(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in _cells(row)]
            for row in _rows(table)
        ]
    )


def _inside(found: list[_Found], root: Any) -> list[Part]:
    """The parts within the smallest element that holds the sections, and the title."""
    marks = [
        one
        for one in found
        if isinstance(one.part, str)
        and heading_of(one.part)
        and not any(above.tag == "a" for above in (one.element, *one.element.iterancestors()))
    ]
    keys = {heading_of(str(one.part))[0] for one in marks}  # type: ignore[index]
    if len(keys) < 2:
        return [one.part for one in found]
    common = _common([one.element for one in marks])
    chosen = [one for one in found if one.element is common or common in _above(one.element)]
    kept = [one.part for one in chosen]
    lines = [part for part in kept if isinstance(part, str)]
    first = next(at for at, line in enumerate(lines) if heading_of(line))
    if title_rank(title_in(lines[:first])[0]) < _FULL:
        kept = [*_title(found, chosen[0], root), *kept]
    return kept


def _above(element: Any) -> set[Any]:
    return set(element.iterancestors())


def _common(elements: list[Any]) -> Any:
    """The innermost element that holds them all."""
    shared = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        own = {element, *element.iterancestors()}
        shared = [one for one in shared if one in own]
    return shared[0]


def _title(found: list[_Found], first: _Found, root: Any) -> list[Part]:
    """The title that stands before the report: on the page, else in its head."""
    lines: list[str] = []
    for one in found:
        if one is first:
            break
        if isinstance(one.part, str):
            lines.append(one.part)
    metas = (one for one in root.iter("meta") if "title" in one.get("name", "").lower())
    heads = [one.get("content", "") for one in metas]
    heads += [one.text or "" for one in root.iter("title")]
    lines = [*reversed(lines), *(_SITE.split(line)[0].strip() for line in heads)]
    best = max(filter(is_title, lines), key=title_rank, default="")
    return [best] if best else []

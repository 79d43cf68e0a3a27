"""A report as a Word document: paragraphs and tables in their order, merged cells as merged."""

import io
from collections.abc import Iterator
from typing import Any, Final

import docx as python_docx
from docx.oxml.ns import qn

from disclosure.files.inside.packages import Package
from disclosure.files.inside.report import Limits, Refused, Spent
from disclosure.reports.reading.grids import Cell, Grid, Part, TooMuch, resolved

_MOST_UNPACKED: Final = 64 * 2**20
_MOST_PARTS: Final = 20_000
_DEEPEST: Final = 20
_LONGEST_CELL: Final = 300
#: What holds paragraphs and tables as if it were not there (controls, changes that were accepted).
_THROUGH: Final = frozenset(
    qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")
)
_P, _TBL, _TR, _TC = (qn(name) for name in ("w:p", "w:tbl", "w:tr", "w:tc"))
_T, _BREAKS = qn("w:t"), frozenset({qn("w:br"), qn("w:cr"), qn("w:tab")})
_GONE: Final = frozenset(qn(name) for name in ("w:del", "w:moveFrom", "w:pict", "w:drawing"))


def parts(data: bytes) -> list[Part]:
    """The paragraphs and tables of the body."""
    package = Package(data, Spent(Limits(unpacked=_MOST_UNPACKED)))
    for name in package.names:  # the sizes that it claims are not believed
        package.read(name)
    try:
        body = python_docx.Document(io.BytesIO(data)).element.body
    except (KeyError, ValueError, AttributeError, TypeError, SyntaxError) as error:
        raise Refused("broken") from error
    found: list[Part] = []
    for part in _walk(body, 0):
        found.append(part)
        if len(found) > _MOST_PARTS:
            raise TooMuch
    return found


def _walk(holder: Any, depth: int) -> Iterator[Part]:
    if depth > _DEEPEST:
        raise Refused("nested")
    for child in holder:
        if child.tag == _P:
            for line in _text(child).split("\n"):
                if line.strip():
                    yield " ".join(line.split())
        elif child.tag == _TBL:
            yield from _table(child, depth)
        elif child.tag in _THROUGH:
            yield from _walk(child, depth + 1)


def _text(paragraph: Any) -> str:
    words: list[str] = []
    todo = [paragraph]
    while todo:
        one = todo.pop()
        if one.tag in _GONE or _is_hidden(one):
            continue
        if one.tag == _T:
            words.append(one.text or "")
        elif one.tag in _BREAKS and one.getparent().tag == qn("w:r"):
            words.append(" " if one.tag == qn("w:tab") else "\n")
        todo += reversed(one)
    return "".join(words)


def _is_hidden(run: Any) -> bool:
    if run.tag != qn("w:r"):
        return False
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val"), "1") not in {"0", "false", "off"}


def _children(holder: Any, tag: str) -> Iterator[Any]:
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH:
            yield from _children(child, tag)


def _table(table: Any, depth: int) -> Iterator[Part]:
    rows = [list(_children(row, _TC)) for row in _children(table, _TR)]
    texts = [[_cell_text(cell) for cell in row] for row in rows]
    is_layout = max(map(len, rows), default=0) < 2 or any(
        len(text) > _LONGEST_CELL for row in texts for text in row
    )
    if is_layout or any(cell.find(_TBL) is not None for row in rows for cell in row):
        for row in rows:
            for cell in row:
                yield from _walk(cell, depth + 1)
        return
    yield _grid(table, rows, texts)


def _cell_text(cell: Any) -> str:
    return " ".join(" ".join(_text(one).split()) for one in _children(cell, _P)).strip()


def _number(holder: Any, path: str, value: str = "w:val") -> int:
    found = holder.find("/".join(qn(name) for name in path.split("/")))
    text = found.get(qn(value), "") if found is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _grid(table: Any, rows: list[list[Any]], texts: list[list[str]]) -> Grid:
    """Word writes a merged cell once in each row that it covers: the later ones go on upwards."""
    wide = []
    goes_on: set[tuple[int, int]] = set()
    for at, (row, cells) in enumerate(zip(_children(table, _TR), rows, strict=True)):
        before = _number(row, "w:trPr/w:gridBefore")
        line = [("", 1, 1)] * min(before, 80)
        column = len(line)
        for cell, text in zip(cells, texts[at], strict=True):
            across = max(1, _number(cell, "w:tcPr/w:gridSpan"))
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merge is not None and merge.get(qn("w:val"), "continue") == "continue":
                goes_on.add((at, column))
            line.append((text, across, 1))
            column += across
        wide.append(line)
    cells_by_place = {(one.row, one.column): one for one in resolved(wide).cells}
    kept: dict[tuple[int, int], Cell] = {}
    start: dict[tuple[int, int], tuple[int, int]] = {}
    for place, cell in sorted(cells_by_place.items()):
        above = start.get((place[0] - 1, place[1]))
        if place in goes_on and above and kept[above].columns == cell.columns:
            head = kept[above]
            start[place] = above
            text = f"{head.text} {cell.text}".strip()
            kept[above] = Cell(head.row, head.column, text, head.rows + 1, head.columns)
        else:
            kept[place], start[place] = cell, place
    return Grid(tuple(kept.values()))

"""A report as a PDF with text: paragraphs by their lines, tables by their ruling lines.

A table without ruling lines is not recognised: nothing then says where a cell ends.
"""

import ctypes
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as c

from disclosure.files.inside.pdf_pages import open_document
from disclosure.files.inside.report import Limits, Refused, Spent
from disclosure.reports.reading.grids import Part, TooMuch
from disclosure.reports.reading.ruling import Box, Line, Ruled, ruled_tables
from disclosure.reports.reading.sections import MARGINAL, heading_of

MOST_PAGES: Final = 120
_MOST_CHARS: Final = 400_000
_MOST_OBJECTS: Final = 60_000
_DEEPEST: Final = 4
_THIN: Final = 3.0


@dataclass(frozen=True)
class _Char:
    text: str
    box: Box
    #: From foot to head of its line: 一 and a comma are drawn in a part of that only.
    line: tuple[float, float]

    @property
    def height(self) -> float:
        """Where the middle of its line lies."""
        return (self.line[0] + self.line[1]) / 2

    @property
    def middle(self) -> tuple[float, float]:
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


@dataclass
class _Page:
    """The parts of a page; whether its first goes on from the page before, and its last runs on."""

    parts: list[Part]
    goes_on: bool = False
    runs_on: bool = False


def parts(data: bytes) -> list[Part]:
    """Paragraphs and tables from the first page to the last."""
    document = open_document(data, Spent(Limits(pages=MOST_PAGES)))
    found: list[Part] = []
    total, runs_on = 0, False
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError as error:
            raise Refused("broken", f"page:{number + 1}") from error
        chars = _chars(page, _MOST_CHARS - total)
        total += len(chars)
        here = _page(chars, ruled_tables(lines(page)), page.get_width())
        if found and here.goes_on and runs_on:
            found[-1] = f"{found[-1]}{here.parts.pop(0)}"
        runs_on = here.runs_on or (runs_on and not here.parts)
        found += here.parts
        page.close()
    document.close()
    if not total:
        raise Refused("pictures")
    return found


def _chars(page: Any, most: int) -> list[_Char]:
    text_page = page.get_textpage()
    raw = text_page.raw
    count = c.FPDFText_CountChars(raw)
    if count > most:
        raise TooMuch
    sides = [ctypes.c_double() for _side in range(4)]
    square = c.FS_RECTF()
    found = []
    for index in range(count):
        code = c.FPDFText_GetUnicode(raw, index)
        if code in {0, 2, 0xFFFE, 0xFFFF} or c.FPDFText_IsGenerated(raw, index) == 1:
            continue
        if not c.FPDFText_GetCharBox(raw, index, *sides):
            continue
        left, right, bottom, top = (one.value for one in sides)
        line = (bottom, top)
        # Full-width marks are drawn at one side of their square: blanks are told by the squares.
        if c.FPDFText_GetLooseCharBox(raw, index, square) and square.left < square.right:
            left, right = square.left, square.right
            if square.bottom < square.top:
                line = (square.bottom, square.top)
        found.append(_Char(_usual(code), (left, bottom, right, top), line))
    text_page.close()
    return found


def _usual(code: int) -> str:
    """The letter; PDFs often hold a radical (⼀) in the place of the character (一)."""
    letter = chr(code)
    return unicodedata.normalize("NFKC", letter) if 0x2E80 <= code <= 0x2FDF else letter


def lines(page: Any) -> list[Line]:
    """What is drawn thin enough to be a line, and the edges of what is drawn as a frame."""
    found: list[Line] = []
    for number, thing in enumerate(page.get_objects(max_depth=_DEEPEST)):
        if number > _MOST_OBJECTS:
            raise TooMuch
        if thing.type != c.FPDF_PAGEOBJ_PATH:
            continue
        try:
            left, bottom, right, top = thing.get_bounds()
        except pdfium.PdfiumError:
            continue
        wide, high = right - left, top - bottom
        if high <= _THIN < wide:
            found.append(Line(False, (bottom + top) / 2, left, right))
        elif wide <= _THIN < high:
            found.append(Line(True, (left + right) / 2, bottom, top))
        elif wide > _THIN and _is_stroked(thing):
            found += _drawn(thing) or [
                Line(False, bottom, left, right),
                Line(False, top, left, right),
                Line(True, left, bottom, top),
                Line(True, right, bottom, top),
            ]
    return found


def _is_stroked(thing: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(c.FPDFPath_GetDrawMode(thing.raw, fill, stroke)) and bool(stroke.value)


def _drawn(thing: Any) -> list[Line]:
    """The straight pieces of a path of several, where it is level and upright."""
    matrix = thing.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[Line] = []
    at: tuple[float, float] | None = None
    begin: tuple[float, float] | None = None
    for number in range(min(c.FPDFPath_CountSegments(thing.raw), 5000)):
        piece = c.FPDFPath_GetPathSegment(thing.raw, number)
        kind = c.FPDFPathSegment_GetType(piece)
        if kind == c.FPDF_SEGMENT_BEZIERTO or not c.FPDFPathSegment_GetPoint(piece, x, y):
            return []
        to = matrix.on_point(x.value, y.value)
        if kind == c.FPDF_SEGMENT_MOVETO:
            begin = to
        elif at is not None:
            found += _between(at, to)
        at = to
        if c.FPDFPathSegment_GetClose(piece) and begin is not None:
            found += _between(at, begin)
    return found


def _between(one: tuple[float, float], other: tuple[float, float]) -> list[Line]:
    if abs(one[1] - other[1]) < 1 < abs(one[0] - other[0]):
        return [Line(False, one[1], *sorted((one[0], other[0])))]
    if abs(one[0] - other[0]) < 1 < abs(one[1] - other[1]):
        return [Line(True, one[0], *sorted((one[1], other[1])))]
    return []


def _page(chars: list[_Char], tables: list[Ruled], width: float) -> _Page:
    """The parts of a page from the top."""
    held: dict[int, list[_Char]] = defaultdict(list)
    outside: list[_Char] = []
    for char in chars:
        table = next((at for at, one in enumerate(tables) if one.holds(*char.middle)), None)
        (outside if table is None else held[table]).append(char)
    placed: list[tuple[float, Part]] = []
    for at, table_ in enumerate(tables):
        words: dict[int, list[_Char]] = defaultdict(list)
        for char in held[at]:
            cell = table_.cell_at(*char.middle)
            if cell is not None:
                words[cell].append(char)
        texts = {cell: " ".join(text for text, _b in _rows(own)) for cell, own in words.items()}
        if len(table_.cells) > 1 and texts:
            placed.append((table_.box[3], table_.grid(texts)))
        else:
            outside += held[at]
    written = [line for line in _rows(outside) if not MARGINAL.fullmatch(line[0])]
    start = min((box[0] for _text, box in written), default=0.0)
    edge = max([width - start, *(box[2] for _text, box in written)])
    tops = [top for top, _part in placed]
    page = _Page([])
    if written:
        (first, above), (_last, below) = written[0], written[-1]
        page.goes_on = above[3] > max(tops, default=0.0) and _is_flush(first, above, start)
        page.runs_on = below[3] < min(tops, default=below[3] + 1) and _is_full(below, edge)
    placed += _paragraphs(written, tops, start, edge)
    page.parts = [part for _top, part in sorted(placed, key=lambda one: -one[0])]
    return page


def _is_flush(text: str, box: Box, start: float) -> bool:
    """Whether a line begins at the left edge and heads nothing."""
    return box[0] < start + 1.2 * _size(box) and not heading_of(text)


def _is_full(box: Box, edge: float) -> bool:
    return box[2] > edge - 2.5 * _size(box)


def _size(box: Box) -> float:
    return max(box[3] - box[1], 6.0)


def _paragraphs(
    written: list[tuple[str, Box]], tops: list[float], start: float, edge: float
) -> list[tuple[float, Part]]:
    """Lines that run to the right edge go on in the next, unless that begins something."""
    found: list[tuple[float, Part]] = []
    above: Box | None = None
    for text, box in written:
        goes_on = (
            above is not None
            and _is_full(above, edge)
            and _is_flush(text, box, start)
            and above[1] - box[3] < 2 * _size(box)
            and not any(box[3] <= top <= above[3] for top in tops)
        )
        if goes_on:
            top, before = found[-1]
            found[-1] = (top, f"{before}{text}")
        else:
            found.append((box[3], text))
        above = box
    return found


def _rows(chars: Iterable[_Char]) -> list[tuple[str, Box]]:
    """The letters as lines from the top, each with its box; wide gaps are blanks."""
    rows: list[list[_Char]] = []
    visible = [char for char in chars if not char.text.isspace() and char.box[3] > char.box[1]]
    for char in sorted(visible, key=lambda one: -one.height):
        if rows:
            bottom = min(one.line[0] for one in rows[-1][-8:])
            top = max(one.line[1] for one in rows[-1][-8:])
        if rows and bottom <= char.height <= top:
            rows[-1].append(char)
        else:
            rows.append([char])
    found = []
    for row in rows:
        row.sort(key=lambda one: one.box[0])
        text = ""
        for at, char in enumerate(row):
            if at:
                size = max(char.box[3] - char.box[1], row[at - 1].box[3] - row[at - 1].box[1], 5.0)
                if char.box[0] - row[at - 1].box[2] > 0.45 * size:
                    text += " "
            text += char.text
        boxes = [one.box for one in row]
        box = (
            min(one[0] for one in boxes),
            min(one[1] for one in boxes),
            max(one[2] for one in boxes),
            max(one[3] for one in boxes),
        )
        found.append((text, box))
    return found

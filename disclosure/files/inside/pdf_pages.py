"""The text of PDF pages that a reader does not see.

What lies over a character, in what colour and how it is painted raises a suspicion alone; whether
the character shows is then seen by drawing the page with its text and without.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as c
from PIL import Image

from disclosure.files.inside.report import HiddenFinding, Refused, Spent, excerpt

#: Points: smaller nobody reads.
_TINY = 2.0
_NEAR_WHITE = 0xE6
#: A difference in brightness that nobody sees.
_UNSEEN = 24
_DARK = 90
#: A difference of each colour by which a text may be lost on its ground; the drawing decides.
_ALIKE = 64
#: So much of a page has a picture to cover that the page counts as scanned.
_SCAN = 0.5
_LONGEST_SIDE = 2400
_INVISIBLE_MODES = (c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP)
_NOTES = frozenset({c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_WIDGET, c.FPDF_ANNOT_POPUP, c.FPDF_ANNOT_TEXT})

Box = tuple[float, float, float, float]


@dataclass
class Thing:
    """Something painted: its kind, its place among the others, its box on the page."""

    kind: int
    order: int
    box: Box
    handle: object
    scale: float
    #: What the page shows of it at most; None: its clip is no plain box, so that anything may be.
    clip: Box | None


@dataclass
class Char:
    """A character: what it says, where, and of which text object."""

    text: str
    box: Box
    owner: int


def open_document(data: bytes, spent: Spent) -> pdfium.PdfDocument:
    """The document, unless it is encrypted, broken or too long."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() else "broken"
        raise Refused(code) from error
    if len(document) > spent.limits.pages:
        raise Refused("pages")
    return document


def _apply(matrix: c.FS_MATRIX, box: Box) -> Box:
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [matrix.a * x + matrix.c * y + matrix.e for x, y in corners]
    ys = [matrix.b * x + matrix.d * y + matrix.f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _joined(outer: c.FS_MATRIX, inner: c.FS_MATRIX) -> c.FS_MATRIX:
    """First `inner`, then `outer`."""
    return c.FS_MATRIX(
        inner.a * outer.a + inner.b * outer.c,
        inner.a * outer.b + inner.b * outer.d,
        inner.c * outer.a + inner.d * outer.c,
        inner.c * outer.b + inner.d * outer.d,
        inner.e * outer.a + inner.f * outer.c + outer.e,
        inner.e * outer.b + inner.f * outer.d + outer.f,
    )


def _clip(handle: object, matrix: c.FS_MATRIX) -> Box | None:
    """The box that a text object is clipped to; None where it is another shape."""
    path = c.FPDFPageObj_GetClipPath(handle)
    left, bottom, right, top = _EVERYWHERE
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(max(0, c.FPDFClipPath_CountPaths(path))):
        corners = c.FPDFClipPath_CountPathSegments(path, number)
        if not 0 < corners <= _CORNERS:
            return None
        points = set()
        for segment in range(corners):
            c.FPDFPathSegment_GetPoint(c.FPDFClipPath_GetPathSegment(path, number, segment), x, y)
            points.add((x.value, y.value))
        xs, ys = {x for x, _y in points}, {y for _x, y in points}
        if len(xs) > 2 or len(ys) > 2:
            return None
        box = _apply(matrix, (min(xs), min(ys), max(xs), max(ys)))
        left, bottom = max(left, box[0]), max(bottom, box[1])
        right, top = min(right, box[2]), min(top, box[3])
    return left, bottom, right, top


_SAME = c.FS_MATRIX(1, 0, 0, 1, 0, 0)
_EVERYWHERE: Box = (-math.inf, -math.inf, math.inf, math.inf)
#: A plain box has no more points, its beginning counted twice.
_CORNERS = 6
#: Readers open no more forms within forms.
_DEEPEST = 40


def _things(page: pdfium.PdfPage) -> list[Thing]:
    """Everything that is painted, in the order of painting, forms opened."""
    found: list[Thing] = []
    raw = page.raw

    def add(handle: object, matrix: c.FS_MATRIX, depth: int) -> None:
        kind = c.FPDFPageObj_GetType(handle)
        if kind == c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            own = c.FS_MATRIX()
            c.FPDFPageObj_GetMatrix(handle, own)
            inner = _joined(matrix, own)
            for number in range(c.FPDFFormObj_CountObjects(handle)):
                add(c.FPDFFormObj_GetObject(handle, number), inner, depth + 1)
            return
        sides = [ctypes.c_float() for _side in range(4)]
        if not c.FPDFPageObj_GetBounds(handle, *sides):
            return
        box = _apply(matrix, (sides[0].value, sides[1].value, sides[2].value, sides[3].value))
        scale = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
        clip = _clip(handle, matrix) if kind == c.FPDF_PAGEOBJ_TEXT else _EVERYWHERE
        found.append(Thing(kind, len(found), box, handle, scale, clip))

    for number in range(c.FPDFPage_CountObjects(raw)):
        add(c.FPDFPage_GetObject(raw, number), _SAME, 0)
    return found


def _address(handle: object) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _chars(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> Iterator[Char]:
    raw = text_page.raw
    sides = [ctypes.c_double() for _side in range(4)]
    for index in range(c.FPDFText_CountChars(raw)):
        if c.FPDFText_IsGenerated(raw, index) == 1:
            continue
        code = c.FPDFText_GetUnicode(raw, index)
        if code in {0, 0xFFFE, 0xFFFF} or chr(code).isspace():
            continue
        handle = c.FPDFText_GetTextObject(raw, index)
        if not handle or not c.FPDFText_GetCharBox(raw, index, *sides):
            continue
        left, right, bottom, top = (one.value for one in sides)
        yield Char(chr(code), (left, bottom, right, top), _address(handle))


def _colour(handle: object) -> tuple[int, int, int, int] | None:
    parts = [ctypes.c_uint() for _part in range(4)]
    if not c.FPDFPageObj_GetFillColor(handle, *parts):
        return None
    return parts[0].value, parts[1].value, parts[2].value, parts[3].value


def _is_lost_on(thing: Thing, ground: Thing) -> bool:
    """Whether a text may not stand out from what was painted before it."""
    colour = _colour(thing.handle)
    if colour is None or ground.kind != c.FPDF_PAGEOBJ_PATH:
        return True
    stroke = [ctypes.c_uint() for _part in range(4)]
    grounds = [_colour(ground.handle)]
    if c.FPDFPageObj_GetStrokeColor(ground.handle, *stroke):
        grounds.append((stroke[0].value, stroke[1].value, stroke[2].value, stroke[3].value))
    return any(
        one is None or all(abs(a - b) <= _ALIKE for a, b in zip(colour[:3], one[:3], strict=True))
        for one in grounds
    )


def _own_reason(thing: Thing) -> str:
    """Why a text object may not be seen, from itself alone."""
    if c.FPDFTextObj_GetTextRenderMode(thing.handle) in _INVISIBLE_MODES:
        return "invisible_text"
    size, matrix = ctypes.c_float(), c.FS_MATRIX()
    if c.FPDFTextObj_GetFontSize(thing.handle, size) and c.FPDFPageObj_GetMatrix(
        thing.handle, matrix
    ):
        height = abs(size.value) * (matrix.c**2 + matrix.d**2) ** 0.5 * thing.scale
        if height < _TINY:
            return "tiny_text"
    colour = _colour(thing.handle)
    if colour is not None and (min(colour[:3]) >= _NEAR_WHITE or colour[3] <= _UNSEEN):
        return "white_text"
    return ""


def _meets(box: Box, other: Box) -> bool:
    """Whether `other` lies over the middle of `box`."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= x <= other[2] and other[1] <= y <= other[3]


def _shows(box: Box, clip: Box | None) -> bool:
    return clip is not None and _meets(box, clip)


def _touches(box: Box, other: Box) -> bool:
    return box[0] <= other[2] and other[0] <= box[2] and box[1] <= other[3] and other[1] <= box[3]


def _share(box: Box, page: Box) -> float:
    """How much of the page a box takes."""
    width = max(0.0, min(box[2], page[2]) - max(box[0], page[0]))
    height = max(0.0, min(box[3], page[3]) - max(box[1], page[1]))
    whole = (page[2] - page[0]) * (page[3] - page[1])
    return width * height / whole if whole > 0 else 0.0


def _annotation_boxes(page: pdfium.PdfPage) -> list[Box]:
    """What is pinned onto the page over its content: stamps, boxes, lines."""
    found = []
    for number in range(c.FPDFPage_GetAnnotCount(page.raw)):
        annotation = c.FPDFPage_GetAnnot(page.raw, number)
        rect = c.FS_RECTF()
        if c.FPDFAnnot_GetSubtype(annotation) not in _NOTES and c.FPDFAnnot_GetRect(
            annotation, rect
        ):
            found.append((rect.left, rect.bottom, rect.right, rect.top))
        c.FPDFPage_CloseAnnot(annotation)
    return found


class Look:
    """One page looked at."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.page = page
        self.area: Box = page.get_cropbox()
        self.things = _things(page)
        self.texts = {
            _address(one.handle): one for one in self.things if one.kind == c.FPDF_PAGEOBJ_TEXT
        }
        self.covers = [one for one in self.things if one.kind != c.FPDF_PAGEOBJ_TEXT]
        self.pins = _annotation_boxes(page)
        self.is_scan = any(
            one.kind == c.FPDF_PAGEOBJ_IMAGE and _share(one.box, self.area) >= _SCAN
            for one in self.covers
        )

    def _neighbours(self) -> tuple[dict[int, list[Thing]], dict[int, list[Thing]]]:
        """What each text has over it, and what under it that it may be lost on."""
        over: dict[int, list[Thing]] = {}
        under: dict[int, list[Thing]] = {}
        for address, thing in self.texts.items():
            near = [one for one in self.covers if _touches(thing.box, one.box)]
            over[address] = [one for one in near if one.order > thing.order]
            under[address] = [
                one for one in near if one.order < thing.order and _is_lost_on(thing, one)
            ]
        return over, under

    def suspicions(self) -> list[tuple[str, Char]]:
        """Characters that may not be seen, each with the likely reason."""
        text_page = self.page.get_textpage()
        own = {address: _own_reason(thing) for address, thing in self.texts.items()}
        over_text, under_text = self._neighbours()
        found = []
        for char in _chars(self.page, text_page):
            if char.owner not in self.texts:
                continue
            reason = own[char.owner]
            over = [one for one in over_text[char.owner] if _meets(char.box, one.box)]
            # A line that runs over the edge shows that it goes on; one that begins there does not.
            if not _touches(self.texts[char.owner].box, self.area):
                reason = "off_page_text"
            elif any(_meets(char.box, pin) for pin in self.pins):
                reason = "covered_text"
            elif over and not reason:
                scanned = all(
                    one.kind == c.FPDF_PAGEOBJ_IMAGE and _share(one.box, self.area) >= _SCAN
                    for one in over
                )
                reason = "ocr_layer" if scanned else "covered_text"
            elif reason == "invisible_text" and self.is_scan:
                reason = "ocr_layer"
            elif not reason and any(_meets(char.box, one.box) for one in under_text[char.owner]):
                reason = "covered_text"
            elif not reason and not _shows(char.box, self.texts[char.owner].clip):
                reason = "invisible_text"
            if reason:
                found.append((reason, char))
        text_page.close()
        return found

    def unseen(self) -> list[tuple[str, Char]]:
        """The characters that make no difference to the page's picture."""
        suspects = self.suspicions()
        if not suspects:
            return []
        width, height = self.area[2] - self.area[0], self.area[3] - self.area[1]
        scale = min(2.0, _LONGEST_SIDE / max(width, height, 1))
        with_text = self._picture(scale)
        owners = {char.owner for _reason, char in suspects}
        for owner in owners:
            c.FPDFPageObj_SetIsActive(self.texts[owner].handle, False)
        without = self._picture(scale)
        for owner in owners:
            c.FPDFPageObj_SetIsActive(self.texts[owner].handle, True)
        found = []
        for reason, char in suspects:
            if reason == "off_page_text":
                found.append((reason, char))
                continue
            area = self._pixels(char.box, scale, with_text.size)
            if area is None or (reason == "tiny_text"):
                found.append((reason, char))
            elif _same(with_text.crop(area), without.crop(area)):
                if reason == "ocr_layer" and _is_black(with_text.crop(area)):
                    reason = "covered_text"
                found.append((reason, char))
        return found

    def _picture(self, scale: float) -> Image.Image:
        bitmap = self.page.render(scale=scale, draw_annots=True, grayscale=True, rotation=0)
        picture: Image.Image = bitmap.to_pil().convert("L")
        bitmap.close()
        return picture

    def _pixels(
        self, box: Box, scale: float, size: tuple[int, int]
    ) -> tuple[int, int, int, int] | None:
        """A box of the page in pixels of its picture; the page may be turned."""
        xs, ys = [], []
        for x, y in ((box[0], box[1]), (box[2], box[3])):
            across, down = ctypes.c_int(), ctypes.c_int()
            c.FPDF_PageToDevice(self.page.raw, 0, 0, *size, 0, x, y, across, down)
            xs.append(across.value)
            ys.append(down.value)
        left, right = max(0, min(xs)), min(size[0], max(xs) + 1)
        top, bottom = max(0, min(ys)), min(size[1], max(ys) + 1)
        return (left, top, right, bottom) if left < right and top < bottom else None


def _same(one: Image.Image, other: Image.Image) -> bool:
    first, second = one.tobytes(), other.tobytes()
    return all(abs(a - b) <= _UNSEEN for a, b in zip(first, second, strict=True))


def _is_black(picture: Image.Image) -> bool:
    _least, most = picture.getextrema()
    return isinstance(most, int | float) and most <= _DARK


def _runs(found: list[tuple[str, Char]]) -> Iterator[tuple[str, str]]:
    """Characters of one kind that follow each other, as one piece of text."""
    kind, words, place = "", "", None
    for reason, char in found:
        line = round(char.box[1])
        if reason != kind or (place is not None and abs(line - place) > 4):
            if words:
                yield kind, words
            kind, words = reason, ""
        words += char.text
        place = line
    if words:
        yield kind, words


def inspect(data: bytes, spent: Spent) -> list[HiddenFinding]:
    """The text of every page that is not seen."""
    document = open_document(data, spent)
    found = []
    try:
        for number in range(len(document)):
            page = document[number]
            pieces: dict[str, list[str]] = {}
            for kind, words in _runs(Look(page).unseen()):
                pieces.setdefault(kind, []).append(words)
            for kind, parts in pieces.items():
                found.append(HiddenFinding(kind, f"page:{number + 1}", excerpt(" ".join(parts))))
            page.close()
    except pdfium.PdfiumError as error:
        raise Refused("broken") from error
    finally:
        document.close()
    return found


def text(data: bytes, spent: Spent) -> str:
    """What the pages say, as the file has it."""
    document = open_document(data, spent)
    parts, length = [], 0
    try:
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            words = text_page.get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "")
            text_page.close()
            page.close()
            parts.append(words)
            length += len(words)
            if length > spent.limits.text:
                break
    except pdfium.PdfiumError as error:
        raise Refused("broken") from error
    finally:
        document.close()
    return "\n".join(part for part in parts if part.strip())

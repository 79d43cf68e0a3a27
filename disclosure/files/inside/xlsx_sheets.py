"""Which sheets, rows, columns and cells of a workbook are not seen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from disclosure.files.inside.docx_styles import are_alike, is_near_white
from disclosure.files.inside.ooxml import Office, Relation, relation_keys
from disclosure.files.inside.packages import local

#: A format that shows nothing whatever the value is.
_SHOWS_NOTHING = re.compile(r"\s*;[\s;]*")
#: What of a format shows nothing by itself: blank texts, blanks, colours and conditions.
_BLANK = re.compile(r'"\s*"|\\\s|_.|\[[^\]]*\]')
_WHITE_FORMAT = re.compile(r"\[(?:white|白色)\]", re.IGNORECASE)
#: Points of a font and of a row, characters of a column: less nobody reads.
_LEAST_FONT, _LEAST_ROW, _LEAST_COLUMN = 2.5, 1.5, 0.2
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_WHITE_THEME = {"0"}
#: Colours by their place in the theme and in the old table of colours: text is black at first.
_THEME = {"0": "FFFFFF", "1": "000000"}
_INDEXED = {"0": "000000", "8": "000000", "64": "000000", "1": "FFFFFF", "9": "FFFFFF"}


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def place(reference: str) -> tuple[int, int]:
    """Row and column of a cell such as B7; (0, 0) when it is none."""
    found = _CELL.fullmatch(reference.replace("$", ""))
    return (int(found.group(2)), column_number(found.group(1))) if found else (0, 0)


def area(reference: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column of A1:C3."""
    first, _colon, last = reference.partition(":")
    return (*place(first), *place(last or first))


@dataclass
class Sheet:
    """A sheet as the workbook names it."""

    name: str
    state: str
    index: int
    relation: Relation
    element: etree._Element

    @property
    def is_hidden(self) -> bool:
        return self.state in {"hidden", "veryHidden"}


def sheets(office: Office, main: str) -> list[Sheet]:
    """The sheets in the workbook's order."""
    relations = {one.key: one for one in office.of(main)}
    found: list[Sheet] = []
    for element in office.tree(main).iter():
        if local(element) != "sheet":
            continue
        for _attribute, key in relation_keys(element):
            if key in relations:
                state = element.get("state", "visible")
                name = element.get("name", "")
                found.append(Sheet(name, state, len(found), relations[key], element))
    return found


@dataclass
class Looks:
    """For each style of cell: whether it hides what the cell says, and how."""

    hiding: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, office: Office, main: str) -> "Looks":
        found = cls()
        for one in office.of(main, "styles"):
            if one.target in office.package.infos:
                found._read(office.tree(one.target))
        return found

    def _read(self, root: etree._Element) -> None:
        parts = {local(element): element for element in root}
        formats = {
            element.get("numFmtId"): element.get("formatCode", "")
            for element in parts.get("numFmts", [])
        }
        fonts = [_is_white_font(element) for element in parts.get("fonts", [])]
        fills = [_is_plain(element) for element in parts.get("fills", [])]
        tiny = [_is_tiny_font(element) for element in parts.get("fonts", [])]
        inks = [_ink(element) for element in parts.get("fonts", [])]
        grounds = [_ground(element) for element in parts.get("fills", [])]
        for index, element in enumerate(parts.get("cellXfs", [])):
            font, fill = int(element.get("fontId", 0)), int(element.get("fillId", 0))
            code = formats.get(element.get("numFmtId"), "")
            if code and _SHOWS_NOTHING.fullmatch(_BLANK.sub("", code)):
                self.hiding[index] = "hidden_text"
            elif font < len(tiny) and tiny[font]:
                self.hiding[index] = "tiny_text"
            elif (_is_white_format(code) and (fill >= len(fills) or fills[fill])) or (
                font < len(fonts) and fonts[font] and (fill >= len(fills) or fills[fill])
            ):
                self.hiding[index] = "white_text"
            elif font < len(inks) and fill < len(grounds) and are_alike(inks[font], grounds[fill]):
                self.hiding[index] = "covered_text"


def _rgb(colour: etree._Element) -> str:
    """The colour as `RRGGBB`; "" where the theme alone knows it."""
    if colour.get("tint"):
        return ""
    if colour.get("rgb"):
        return str(colour.get("rgb"))[-6:]
    theme = _THEME.get(colour.get("theme", ""), "")
    return theme or _INDEXED.get(colour.get("indexed", ""), "")


def _ink(font: etree._Element) -> str:
    return next((_rgb(one) for one in font if local(one) == "color"), "000000")


def _ground(fill: etree._Element) -> str:
    for element in fill:
        if local(element) == "patternFill" and element.get("patternType") == "solid":
            return next((_rgb(one) for one in element if local(one) == "fgColor"), "")
    return ""


def _is_white_format(code: str | None) -> bool:
    """Whether a format makes white whatever it shows."""
    sections = [one for one in (code or "").split(";") if one.strip()]
    return bool(sections) and all(_WHITE_FORMAT.search(one) for one in sections)


def _is_tiny_font(font: etree._Element) -> bool:
    size = next((one.get("val") for one in font if local(one) == "sz"), None)
    return _is_below(size, _LEAST_FONT)


def _is_white_font(font: etree._Element) -> bool:
    for element in font:
        if local(element) == "color":
            if element.get("theme") in _WHITE_THEME and not element.get("tint"):
                return True
            return is_near_white((element.get("rgb") or "")[-6:])
    return False


def _is_plain(fill: etree._Element) -> bool:
    """Whether a fill is none, or white."""
    for element in fill:
        if local(element) != "patternFill":
            return False
        if element.get("patternType", "none") == "none":
            return True
        for colour in element:
            if local(colour) == "fgColor":
                return is_near_white((colour.get("rgb") or "")[-6:]) or (
                    colour.get("theme") in _WHITE_THEME and not colour.get("tint")
                )
        return False
    return True


class Grid:
    """One sheet: the cells that are not seen."""

    def __init__(self, root: etree._Element, looks: Looks) -> None:
        self.root = root
        self.looks = looks
        parts = {local(element): element for element in root}
        self.rows = [one for one in parts.get("sheetData", []) if local(one) == "row"]
        self.hidden_columns = list(_hidden_columns(parts))
        # A format by condition or a table may give a ground that the cell itself has not.
        self._maybe_grounded = any(
            name in parts for name in ("conditionalFormatting", "tableParts")
        ) or any("conditionalFormatting" in str(one.tag) for one in root.iter("{*}ext"))
        self._default_hidden = parts.get("sheetFormatPr") is not None and (
            parts["sheetFormatPr"].get("zeroHeight") in {"1", "true"}
        )
        self._kept = self._anchors(parts)

    def is_hidden_row(self, row: etree._Element) -> bool:
        if row.get("hidden") in {"1", "true"} or _is_below(row.get("ht"), _LEAST_ROW):
            return True
        return self._default_hidden and row.get("hidden") is None and row.get("ht") is None

    def is_hidden_column(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.hidden_columns)

    def _anchors(self, parts: dict[str, etree._Element]) -> set[tuple[int, int]]:
        """Cells in hidden rows or columns that show because they are merged with seen ones."""
        hidden_rows = {int(one.get("r") or 0) for one in self.rows if self.is_hidden_row(one)}
        kept = set()
        for merged in parts.get("mergeCells", []):
            top, left, bottom, right = area(merged.get("ref", ""))
            seen_row = bottom - top > len(hidden_rows) or any(
                row not in hidden_rows for row in range(top, bottom + 1)
            )
            seen_column = any(
                not self.is_hidden_column(one) for one in range(left, min(right, left + 16384) + 1)
            )
            if seen_row and seen_column:
                kept.add((top, left))
        return kept

    def unseen(self) -> Iterator[tuple[str, etree._Element]]:
        """The cells with a value that are not seen: (kind of hiding, cell)."""
        row_number = 0
        for row in self.rows:
            row_number = int(row.get("r") or row_number + 1)
            hidden_row = self.is_hidden_row(row)
            column = 0
            for cell in row:
                if local(cell) != "c":
                    continue
                found = place(cell.get("r", ""))
                column = found[1] or column + 1
                if not _has_content(cell):
                    continue
                if (row_number, column) not in self._kept:
                    if hidden_row:
                        yield "hidden_rows", cell
                        continue
                    if self.is_hidden_column(column):
                        yield "hidden_columns", cell
                        continue
                kind = self.looks.hiding.get(int(cell.get("s") or 0), "")
                if kind in {"white_text", "covered_text"} and self._maybe_grounded:
                    continue
                if kind:
                    yield kind, cell


def _hidden_columns(parts: dict[str, etree._Element]) -> Iterator[tuple[int, int]]:
    for one in parts.get("cols", []):
        if one.get("hidden") in {"1", "true"} or _is_below(one.get("width"), _LEAST_COLUMN):
            yield int(one.get("min", 0)), int(one.get("max", 0))


def _is_below(value: str | None, least: float) -> bool:
    try:
        return value is not None and float(value) < least
    except ValueError:
        return False


def _has_content(cell: etree._Element) -> bool:
    return any((one.text or len(one)) for one in cell if local(one) in {"v", "f", "is"})


class Strings:
    """The table of texts that cells point into."""

    def __init__(self, office: Office, main: str) -> None:
        self.part = next(
            (
                one.target
                for one in office.of(main, "sharedStrings")
                if one.target in office.package.infos
            ),
            "",
        )
        root = office.tree(self.part) if self.part else []
        self.items = [one for one in root if local(one) == "si"]

    def text(self, index: int) -> str:
        if not 0 <= index < len(self.items):
            return ""
        return "".join(one.text or "" for one in self.items[index].iter() if local(one) == "t")


def shared_index(cell: etree._Element) -> int | None:
    """The number of the text that a cell points to."""
    if cell.get("t") != "s":
        return None
    for one in cell:
        if local(one) == "v" and (one.text or "").strip().isdigit():
            return int((one.text or "").strip())
    return None


def cell_text(cell: etree._Element, strings: Strings) -> str:
    """What a cell says, as it is stored."""
    index = shared_index(cell)
    if index is not None:
        return strings.text(index)
    return "".join(one.text or "" for one in cell.iter() if local(one) in {"v", "t", "f"})

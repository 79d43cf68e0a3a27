"""Workbooks: hidden sheets, rows, columns and cells are told of, and are not in the copy.

Where something hidden is taken away formulas become the values that they show: they might count
on what is gone.
"""

import re
from collections.abc import Iterable

from lxml import etree

from disclosure.files.inside import drawn_text
from disclosure.files.inside.ole import book_text
from disclosure.files.inside.ooxml import Office, Relation, Seen, remove
from disclosure.files.inside.packages import local
from disclosure.files.inside.report import HiddenFinding, Refused, Spent, excerpt
from disclosure.files.inside.xlsx_sheets import (
    Grid,
    Looks,
    Sheet,
    Strings,
    cell_text,
    shared_index,
    sheets,
)

SEEN = frozenset(
    {
        *("officeDocument", "worksheet", "chartsheet", "sharedStrings", "styles", "theme"),
        *("themeOverride", "drawing", "image", "hyperlink", "table", "sheetMetadata", "chart"),
        *("chartStyle", "chartColorStyle", "chartUserShapes", "chartEx", "vmlDrawing"),
        *("rdRichValue", "rdRichValueStructure", "rdRichValueTypes", "richValueRel"),
        *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing"),
    }
)
#: Parts of a workbook or a sheet that are no content but tell of people, places, other files.
_OWN = {
    "absPath": "properties",
    "fileSharing": "properties",
    "customWorkbookViews": "properties",
    "customSheetViews": "properties",
    "revisionPtr": "",
    "scenarios": "hidden_cells",
    "dataConsolidate": "external_link",
    "webPublishItems": "external_link",
    "phoneticPr": "",
}
_HEADINGS = frozenset(
    f"{page}{place}" for page in ("odd", "even", "first") for place in ("Header", "Footer")
)
_FORMULAS = frozenset({"f", "formula", "formula1", "formula2", "definedName"})
_HINTS = {
    "hyperlink": ("display", "tooltip"),
    "dataValidation": ("promptTitle", "prompt", "errorTitle", "error"),
}
_BUILT_IN = ("_xlnm.", "_xlfn", "_xlpm")
_ELSEWHERE = re.compile(r"\[\d+\]|\[[^\]]+\.xl\w+\]", re.IGNORECASE)


def _refused(office: Office, main: str, hidden: Iterable[Sheet]) -> list[Relation]:
    """Relationships that are not followed: to hidden sheets, and to the drawings of comments."""
    refused = [one.relation for one in hidden]
    for one in office.relations:
        if one.kind != "vmlDrawing" or one.source not in office.package.infos:
            continue
        heading = any(
            local(element) == "legacyDrawingHF" and one.key in element.attrib.values()
            for element in office.tree(one.source)
        )
        if not heading:
            refused.append(one)
    return refused


def _names_hidden(formula: str, hidden: list[Sheet]) -> bool:
    return any(
        f"{sheet.name}!" in formula or f"'{sheet.name.replace(chr(39), chr(39) * 2)}'!" in formula
        for sheet in hidden
    )


class Book:
    """A workbook opened."""

    def __init__(self, data: bytes, spent: Spent) -> None:
        self.office = Office(data, spent)
        self.main = self.office.main()
        self.sheets = sheets(self.office, self.main)
        self.hidden = [one for one in self.sheets if one.is_hidden]
        if self.sheets and len(self.hidden) == len(self.sheets):
            raise Refused("broken")
        self.seen = Seen(self.office, SEEN, _refused(self.office, self.main, self.hidden))
        self.looks = Looks.of(self.office, self.main)
        self.strings = Strings(self.office, self.main)

    def grids(self) -> list[tuple[Sheet, Grid]]:
        """The cells of the seen sheets."""
        return [
            (one, Grid(self.office.tree(one.relation.target), self.looks))
            for one in self.sheets
            if one.relation.kind == "worksheet" and one.relation.target in self.seen.parts
        ]


def inspect(data: bytes, spent: Spent) -> list[HiddenFinding]:
    """What the workbook holds beside what it shows."""
    book = Book(data, spent)
    office = book.office
    found = []
    for sheet in book.hidden:
        kind = "very_hidden_sheet" if sheet.state == "veryHidden" else "hidden_sheet"
        found.append(HiddenFinding(kind, f"sheet:{sheet.name}"))
    hidden_parts = {one.relation.target for one in book.hidden}
    found += [
        one for one in book.seen.findings() if one.where.removeprefix("part:") not in hidden_parts
    ]
    used: set[int] = set()
    for sheet, grid in book.grids():
        unseen = list(grid.unseen())
        for kind, cell in unseen:
            where = f"sheet:{sheet.name} > cell:{cell.get('r', '')}"
            found.append(HiddenFinding(kind, where, excerpt(cell_text(cell, book.strings))))
        used |= _used(grid)
        found += _own(grid.root, f"sheet:{sheet.name}")
    found += _own(office.tree(book.main), "")
    found += _hidden_names(office.tree(book.main), book.hidden)
    if not book.hidden:
        for index in range(len(book.strings.items)):
            words = book.strings.text(index) if index not in used else ""
            if words.strip():
                found.append(HiddenFinding("unused_strings", "", excerpt(words)))
    return found


def _used(grid: Grid) -> set[int]:
    return {
        index
        for row in grid.rows
        for cell in row
        if local(cell) == "c" and (index := shared_index(cell)) is not None
    }


def _own(root: etree._Element, where: str) -> list[HiddenFinding]:
    return [
        HiddenFinding(kind, where, excerpt(" ".join(map(str, element.attrib.values()))))
        for element in root.iter()
        if (kind := _OWN.get(local(element), ""))
    ]


def _hidden_names(root: etree._Element, hidden: list[Sheet]) -> list[HiddenFinding]:
    found = []
    for element in root.iter():
        if local(element) != "definedName":
            continue
        name, formula = element.get("name", ""), element.text or ""
        if name.startswith(_BUILT_IN):
            continue
        if element.get("hidden") in {"1", "true"} or _names_hidden(formula, hidden):
            found.append(HiddenFinding("hidden_name", f"name:{name}", excerpt(formula)))
        elif _ELSEWHERE.search(formula):
            found.append(HiddenFinding("external_link", f"name:{name}", excerpt(formula)))
    return found


def strip(data: bytes, spent: Spent) -> bytes:
    """The same workbook to look at, without anything else."""
    book = Book(data, spent)
    office = book.office
    root = office.edit(book.main)
    grids = book.grids()
    unseen = {
        # What lies on a ground of its own colour stays: people say what was meant.
        sheet.index: [cell for kind, cell in grid.unseen() if kind != "covered_text"]
        for sheet, grid in grids
    }
    has_hidden = bool(book.hidden) or any(unseen.values())
    used: set[int] = set()
    for sheet, grid in grids:
        sheet_root = office.edit(sheet.relation.target)
        for cell in unseen[sheet.index]:
            for child in list(cell):
                cell.remove(child)
            cell.attrib.pop("t", None)
        _values_for_formulas(grid, everything=has_hidden)
        _strip_sheet(sheet_root, book.hidden)
        used |= _used(grid)
    _strip_workbook(root, book)
    if book.strings.part in book.seen.parts:
        strings_root = office.edit(book.strings.part)
        _strip_strings(strings_root, used)
    return book.seen.pack()


def _values_for_formulas(grid: Grid, *, everything: bool) -> None:
    """Leave of a formula the value that it shows, where it counts on what is not in the copy."""
    for row in grid.rows:
        for cell in row:
            formula = next((one for one in cell if local(one) == "f"), None)
            if formula is None:
                continue
            elsewhere = bool(_ELSEWHERE.search(formula.text or ""))
            if not everything and not elsewhere:
                continue
            values = [one for one in cell if local(one) == "v"]
            # A formula whose value is an empty text has an empty value too.
            if not values or not (values[0].text or cell.get("t") == "str"):
                raise Refused("no_values", f"cell:{cell.get('r', '')}")
            cell.remove(formula)


def _strip_sheet(root: etree._Element, hidden: list[Sheet]) -> None:
    for element in list(root.iter(etree.Element)):
        name = local(element)
        if (name in _OWN and name != "phoneticPr") or name == "filterColumn":
            remove(element)
        elif name == "dataValidation":
            words = "".join(element.itertext())
            if _names_hidden(words, hidden) or _ELSEWHERE.search(words):
                remove(element)
        elif name == "cfRule":
            words = "".join(element.itertext())
            if _names_hidden(words, hidden):
                holder = element.getparent()
                remove(element)
                if holder is not None and not any(local(one) == "cfRule" for one in holder):
                    remove(holder)
        elif name == "hyperlink" and _names_hidden(element.get("location", ""), hidden):
            remove(element)


def _strip_workbook(root: etree._Element, book: Book) -> None:
    """The workbook without its hidden sheets; what counts sheets by their number counts anew."""
    gone = [one.index for one in book.hidden]
    number = {
        one.index: one.index - sum(1 for index in gone if index < one.index)
        for one in book.sheets
        if not one.is_hidden
    }
    for sheet in book.hidden:
        remove(sheet.element)
    for element in list(root.iter(etree.Element)):
        name = local(element)
        if name in _OWN:
            remove(element)
        elif name == "definedName":
            own = element.get("localSheetId")
            words = element.text or ""
            if (
                element.get("hidden") in {"1", "true"}
                or _names_hidden(words, book.hidden)
                or _ELSEWHERE.search(words)
                or (own is not None and own.isdigit() and int(own) not in number)
            ):
                remove(element)
            elif own is not None and own.isdigit():
                element.set("localSheetId", str(number[int(own)]))
        elif name == "workbookView":
            for attribute in ("activeTab", "firstSheet"):
                at = element.get(attribute)
                if at is not None and at.isdigit():
                    element.set(attribute, str(number.get(int(at), 0)))
        elif name == "AlternateContent" and len(element) == 0:
            remove(element)


def _strip_strings(root: etree._Element, used: set[int]) -> None:
    """Blank the texts that no cell points to any more; the others keep their numbers."""
    items = [one for one in root if local(one) == "si"]
    for index, item in enumerate(items):
        if index in used:
            continue
        for child in list(item):
            item.remove(child)
        space = str(item.tag).rpartition("}")[0] + "}"
        etree.SubElement(item, f"{space}t")
    for name in ("count", "uniqueCount"):
        root.attrib.pop(name, None)


def text(data: bytes, spent: Spent) -> str:
    """The cells of the shown sheets; then headings, hints, texts in formulas, and what is drawn."""
    book = Book(data, spent)
    lines: list[str] = []
    roots = [grid.root for _sheet, grid in book.grids()]
    for element in (one for root in [*roots, book.office.tree(book.main)] for one in root.iter()):
        name = local(element)
        if name in _HEADINGS or (name in _FORMULAS and '"' in (element.text or "")):
            lines.append(element.text or "")
        lines += [element.get(one, "") for one in _HINTS.get(name, ())]
    return drawn_text.joined(
        [*lines, *drawn_text.drawn(book.office, book.seen)], book_text(data, spent)
    )

"""Fields and controls of a Word document: what they do and offer does not show, only their result.

A field of another kind than those that are known to be harmless is left as what it shows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from disclosure.files.inside.docx_styles import W, value, w
from disclosure.files.inside.ooxml import remove
from disclosure.files.inside.packages import local
from disclosure.files.inside.report import HiddenFinding, excerpt

_FETCHING = frozenset(
    {
        *("DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "IMPORT", "RD"),
        "DATABASE",
    }
)
#: Fields that count, refer within the document, or whose instruction is what they show.
_HARMLESS = frozenset(
    {
        *("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "TOC", "PAGEREF", "REF", "NOTEREF", "SEQ"),
        *("STYLEREF", "DATE", "TIME", "EQ", "SYMBOL", "ADVANCE", "LISTNUM", "AUTONUM", "INDEX"),
        *("AUTONUMLGL", "AUTONUMOUT", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "BIBLIOGRAPHY"),
    }
)
_LINK = re.compile(r'\s*HYPERLINK\s*(?:"([^"]*)"|((?!\\)\S+))?', re.IGNORECASE)
_WEB = re.compile(r"(https?|mailto|tel):|#|$", re.IGNORECASE)
#: What controls offer, and how they are called by those who made the form.
_OF_CONTROL = frozenset({"alias", "tag", "placeholder", "dropDownList", "comboBox", "dataBinding"})
_OF_FORM_FIELD = frozenset(
    {"name", "helpText", "statusText", "entryMacro", "exitMacro", "textInput"}
)
_TEXT = frozenset({"t", "delText", "sym"})


@dataclass
class Field:
    """A field between its marks; `lost`: text that stands in its instruction."""

    outer: "Field | None"
    marks: list[etree._Element] = field(default_factory=list)
    code: list[etree._Element] = field(default_factory=list)
    lost: list[etree._Element] = field(default_factory=list)
    is_open: bool = True

    @property
    def instruction(self) -> str:
        return "".join(one.text or "" for one in self.code)

    @property
    def why(self) -> str:
        """The kind of hiding, "" where it may stay."""
        if self.outer is not None and self.outer.why:
            return self.outer.why
        return why_not(self.instruction)


def why_not(instruction: str) -> str:
    """What an instruction hides, "" for nothing."""
    words = instruction.split(maxsplit=1)
    name = words[0].upper() if words else ""
    if name in _FETCHING:
        return "external_link"
    if name.startswith("HYPERLINK"):
        found = _LINK.match(instruction)
        address = (found[1] or found[2] or "") if found else ""
        return "" if _WEB.match(address) else "external_link"
    return "" if not name or name in _HARMLESS or name.startswith("=") else "hidden_text"


def _fields(root: etree._Element) -> list[Field]:
    """The fields that are written with marks, those that are never closed too."""
    stack: list[Field] = []
    found: list[Field] = []
    for element in root.iter(etree.Element):
        name = local(element)
        if name == "fldChar":
            kind = value(element, "fldCharType")
            if kind == "begin":
                outer = stack[-1] if stack and stack[-1].is_open else None
                stack.append(Field(outer))
            elif not stack:
                continue
            stack[-1].marks.append(element)
            if kind == "separate":
                stack[-1].is_open = False
            elif kind == "end":
                found.append(stack.pop())
        elif name == "instrText":
            if stack:
                stack[-1].code.append(element)
            else:
                found.append(Field(None, code=[element]))
        elif name in _TEXT:
            holder = next((one for one in stack if one.is_open), None)
            if holder is not None:
                holder.lost.append(element)
    return found + stack


def _simple(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for element in root.iter(etree.Element):
        if local(element) == "fldSimple":
            kind = why_not(value(element, "instr") or "")
            if kind:
                yield element, kind


def _offered(root: etree._Element) -> Iterator[etree._Element]:
    """What a control or a form field keeps beside what it shows."""
    for element in root.iter(etree.Element):
        above = element.getparent()
        where = local(above) if above is not None else ""
        name = local(element)
        if (
            (where == "sdtPr" and name in _OF_CONTROL)
            or (where == "ffData" and name in _OF_FORM_FIELD)
            or name == "fldData"
            or (where == "ddList" and name == "listEntry" and not _is_chosen(element))
        ):
            yield element


def _is_chosen(entry: etree._Element) -> bool:
    menu = entry.getparent()
    if menu is None:
        return False
    chosen = w(menu, "result") if w(menu, "result") is not None else w(menu, "default")
    number = value(chosen) or "0"
    entries = [one for one in menu if local(one) == "listEntry"]
    return number.isdigit() and entries.index(entry) == int(number)


def findings(root: etree._Element, place: str) -> Iterator[HiddenFinding]:
    """What the fields and controls of a part hold beside what they show."""
    for one in _fields(root):
        if one.why:
            yield HiddenFinding(one.why, place, excerpt(one.instruction))
        if one.lost:
            words = "".join(element.text or "" for element in one.lost)
            yield HiddenFinding("hidden_text", place, excerpt(words))
    for element, kind in _simple(root):
        yield HiddenFinding(kind, place, excerpt(value(element, "instr") or ""))
    for element in _offered(root):
        if local(element) in {"dropDownList", "comboBox", "listEntry"}:
            words = " ".join(
                value(one, "displayText") or value(one) or "" for one in element.iter()
            )
            yield HiddenFinding("form", place, excerpt(words))
        elif local(element) == "fldData":
            yield HiddenFinding("custom_xml", place, "fldData")


def strip(root: etree._Element) -> None:
    """Leave of what hides something the result alone, in place."""
    for one in _fields(root):
        gone = [*one.lost, *(one.marks + one.code if one.why else [])]
        for element in gone:
            _drop(element)
    for element, _kind in list(_simple(root)):
        parent = element.getparent()
        if parent is not None:
            at = parent.index(element)
            for child in reversed(list(element)):
                parent.insert(at, child)
            remove(element)
    for element in list(_offered(root)):
        menu = element.getparent()
        remove(element)
        if menu is not None and local(menu) == "ddList":
            for name in ("result", "default"):
                count = w(menu, name)
                if count is not None:
                    count.set(f"{W}val", "0")


def _drop(element: etree._Element) -> None:
    run = element.getparent()
    remove(element)
    if run is not None and local(run) == "r" and all(local(one) == "rPr" for one in run):
        remove(run)

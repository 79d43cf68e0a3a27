"""Word documents: what does not show is told of; a copy shows the same and holds nothing else."""

from collections.abc import Iterator

from lxml import etree

from disclosure.files.inside import docx_fields, drawn_text
from disclosure.files.inside.docx_changes import accept_changes
from disclosure.files.inside.docx_stories import lost_notes, stories, unused
from disclosure.files.inside.docx_styles import Styles, is_on, text_of, value, w, why_unseen
from disclosure.files.inside.ooxml import Office, Seen, remove
from disclosure.files.inside.packages import local
from disclosure.files.inside.report import HiddenFinding, Spent, excerpt

SEEN = frozenset(
    {
        *("officeDocument", "styles", "numbering", "settings", "fontTable"),
        *("theme", "themeOverride", "header", "footer", "footnotes", "endnotes", "image"),
        *("hyperlink", "chart", "chartStyle", "chartColorStyle", "chartUserShapes", "chartEx"),
        *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors"),
        *("diagramDrawing", "font", "hdphoto"),
    }
)
_CHANGES = frozenset(
    {
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange"),
        *("tblGridChange", "tblPrExChange", "numberingChange"),
    }
)
_COMMENT_MARKS = frozenset({"commentRangeStart", "commentRangeEnd", "commentReference"})
#: Settings that name people, places and earlier stages of the work.
_TOLD_SETTINGS = {"docVars": "custom_xml", "mailMerge": "external_link"}
_OWN_SETTINGS = frozenset(
    {
        *("rsids", "docVars", "mailMerge", "trackRevisions", "revisionView", "docId"),
        *("attachedTemplate", "saveThroughXslt", "attachedSchema", "documentProtection"),
    }
)


def _settings(office: Office, main: str) -> Iterator[str]:
    for one in office.of(main, "settings"):
        if one.target in office.package.infos:
            yield one.target


def _runs(root: etree._Element) -> Iterator[etree._Element]:
    for element in root.iter():
        if (
            local(element) == "r"
            and isinstance(element.tag, str)
            and "wordprocessing" in str(element.tag)
        ):
            yield element


def _is_hidden_drawing(element: etree._Element) -> bool:
    name = local(element)
    if name == "docPr":
        return element.get("hidden") in {"1", "true"}
    return name in {"shape", "rect", "textbox"} and "visibility:hidden" in element.get(
        "style", ""
    ).replace(" ", "")


def _is_hidden_row(row: etree._Element) -> bool:
    properties = w(row, "trPr")
    return properties is not None and bool(is_on(w(properties, "hidden")))


def inspect(data: bytes, spent: Spent) -> list[HiddenFinding]:
    """What the document holds beside what it shows."""
    office = Office(data, spent)
    main = office.main()
    seen = Seen(office, SEEN, unused(office, main))
    found = seen.findings()
    styles = Styles(office, main)
    for story in stories(office, seen, main):
        place = f"part:{story}"
        root = office.tree(story)
        for element in root.iter():
            name = local(element)
            if name in _CHANGES:
                words = excerpt("".join(element.itertext()))
                by = value(element, "author") or ""
                found.append(HiddenFinding("tracked_changes", place, f"{by}: {words}".strip(": ")))
            elif name in _COMMENT_MARKS:
                found.append(HiddenFinding("comments", place))
            elif _is_hidden_drawing(element):
                found.append(HiddenFinding("hidden_shape", place, element.get("name", "")))
            elif name == "tr" and _is_hidden_row(element):
                words = excerpt("".join(element.itertext()))
                found.append(HiddenFinding("hidden_rows", place, words))
            elif name == "srcRect" and any(int(v or 0) > 0 for v in _crop(element)):
                found.append(HiddenFinding("cropped_picture", place))
        found += docx_fields.findings(root, place)
        for run in _runs(root):
            words = text_of(run)
            kind = why_unseen(run, styles) if words.strip() else ""
            if kind:
                found.append(HiddenFinding(kind, place, excerpt(words)))
    for name, note in lost_notes(office, stories(office, seen, main)):
        found.append(
            HiddenFinding("hidden_text", f"part:{name}", excerpt("".join(note.itertext())))
        )
    for name in _settings(office, main):
        for element in office.tree(name):
            kind = _TOLD_SETTINGS.get(local(element), "")
            if kind:
                found.append(HiddenFinding(kind, f"part:{name}", local(element)))
    return found


def _crop(element: etree._Element) -> list[str]:
    return [v for side in "ltrb" if (v := element.get(side)) and v.lstrip("-").isdigit()]


def strip(data: bytes, spent: Spent) -> bytes:
    """The same document to look at, without anything else."""
    office = Office(data, spent)
    main = office.main()
    seen = Seen(office, SEEN, unused(office, main))
    styles = Styles(office, main)
    for story in stories(office, seen, main):
        root = office.edit(story)
        accept_changes(root)
        docx_fields.strip(root)
        _strip_story(root, styles)
        _strip_ids(root)
    for _name, note in list(lost_notes(office, stories(office, seen, main))):
        remove(note)
    for name in _settings(office, main):
        root = office.edit(name)
        for element in list(root):
            if local(element) in _OWN_SETTINGS:
                root.remove(element)
    for one in office.of(main):
        if one.kind in {"styles", "numbering"} and one.target in seen.parts:
            root = office.edit(one.target)
            accept_changes(root)
            _strip_ids(root)
    return seen.pack()


def _strip_story(root: etree._Element, styles: Styles) -> None:
    for element in list(root.iter(etree.Element)):
        name = local(element)
        if name in _COMMENT_MARKS:
            holder = element.getparent()
            remove(element)
            if (
                holder is not None
                and local(holder) == "r"
                and all(local(one) == "rPr" for one in holder)
            ):
                remove(holder)
        elif name == "dataBinding":
            remove(element)
        elif _is_hidden_drawing(element):
            _remove_drawing(element)
        elif name == "tr" and _is_hidden_row(element):
            remove(element)
    for run in list(_runs(root)):
        kind = why_unseen(run, styles) if text_of(run).strip() else ""
        if kind and kind != "covered_text":  # the bar shows: people say what was meant
            _empty(run)
    for paragraph in [one for one in root.iter(etree.Element) if local(one) == "p"]:
        _remove_if_hidden(paragraph)


def _empty(run: etree._Element) -> None:
    """Take away what a run says; what a field needs for its balance stays."""
    kept = {"rPr", "fldChar", "footnoteReference", "endnoteReference", "drawing", "pict", "object"}
    for element in list(run):
        if local(element) not in kept:
            remove(element)
    if all(local(one) == "rPr" for one in run):
        remove(run)


def _remove_if_hidden(paragraph: etree._Element) -> None:
    """A paragraph whose mark is hidden too and that says nothing does not show as a line."""
    properties = w(paragraph, "pPr")
    mark = w(properties, "rPr") if properties is not None else None
    if mark is None or not is_on(w(mark, "vanish")) or w(properties, "sectPr") is not None:
        return
    parent = paragraph.getparent()
    others = [one for one in paragraph if local(one) not in {"pPr", "bookmarkStart", "bookmarkEnd"}]
    is_last = parent is None or parent[-1] is paragraph or local(parent) == "tc"
    if not others and not is_last:
        remove(paragraph)


def _remove_drawing(element: etree._Element) -> None:
    above: etree._Element | None = element
    while above is not None and local(above) not in {"drawing", "pict"}:
        above = above.getparent()
    remove(element if above is None else above)


def _strip_ids(root: etree._Element) -> None:
    """Take away the marks by which stages of the work could be told apart (rsid)."""
    for element in root.iter(etree.Element):
        for name in list(element.attrib):
            last = str(name).rpartition("}")[2]
            if last.startswith("rsid") or last in {"paraId", "textId"}:
                del element.attrib[name]


def text(data: bytes, spent: Spent) -> str:
    """What the document says: text with its tables, notes, headers and footers, what is drawn."""
    office = Office(data, spent)
    main = office.main()
    order = {main: 0}
    seen = Seen(office, SEEN, unused(office, main))
    found = stories(office, seen, main)
    parts = sorted(found, key=lambda one: (order.get(one, 1), "note" not in one, one))
    running = "\n".join(filter(None, (story_text(office.tree(name)) for name in parts)))
    described = [line for name in parts for line in drawn_text.described(office.tree(name))]
    return drawn_text.joined([*drawn_text.drawn(office, seen), *described], running)


def story_text(root: etree._Element) -> str:
    """The text of a part, a line for each paragraph; drawn text once, not in both its forms."""
    lines: list[str] = []
    line: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local(element)
        if event == "start":
            if name in {"Fallback", "del", "moveFrom"}:
                continue
            if name == "p" and line:  # drawn text within a paragraph
                lines.append("".join(line))
                line = []
            continue
        if name == "t" and not _within(element, ("Fallback", "del", "moveFrom")):
            line.append(element.text or "")
        elif name in {"tab", "ptab"} and local(element.getparent()) == "r":
            line.append("\t")
        elif name in {"br", "cr"}:
            line.append("\n")
        elif name == "noBreakHyphen":
            line.append("-")
        elif name == "p":
            lines.append("".join(line))
            line = []
    return "\n".join(one for one in lines if one.strip())


def _within(element: etree._Element, names: tuple[str, ...]) -> bool:
    return any(local(above) in names for above in element.iterancestors())

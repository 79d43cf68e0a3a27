"""Presentations: hidden slides, notes, comments and hidden shapes are not in the copy."""

from lxml import etree

from disclosure.files.inside import drawn_text
from disclosure.files.inside.ooxml import Office, Relation, Seen, relation_keys, remove
from disclosure.files.inside.packages import local
from disclosure.files.inside.report import HiddenFinding, Refused, Spent, excerpt

SEEN = frozenset(
    {
        *("officeDocument", "slide", "slideLayout", "slideMaster", "theme", "themeOverride"),
        *("image", "chart", "chartStyle", "chartColorStyle", "chartUserShapes", "chartEx"),
        *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing"),
        *("presProps", "viewProps", "tableStyles", "hyperlink", "font", "hdphoto"),
        *("media", "video", "audio"),
    }
)
#: Hundredths of a point: smaller nobody reads.
_TINY = 250
_SHAPES = frozenset({"sp", "pic", "graphicFrame", "grpSp", "cxnSp", "contentPart"})


class Deck:
    """A presentation opened."""

    def __init__(self, data: bytes, spent: Spent) -> None:
        self.office = Office(data, spent)
        self.main = self.office.main()
        root = self.office.tree(self.main)
        relations = {one.key: one for one in self.office.of(self.main, "slide")}
        self.order: list[Relation] = [
            relations[key]
            for element in root.iter()
            if local(element) == "sldId"
            for _attribute, key in relation_keys(element)
            if key in relations
        ]
        self.hidden = [
            one for one in self.order if self.office.tree(one.target).get("show") in {"0", "false"}
        ]
        if self.order and len(self.hidden) == len(self.order):
            raise Refused("broken")
        targets = {one.target for one in self.hidden}
        refused = [one for one in self.office.relations if one.target in targets]
        self.seen = Seen(self.office, SEEN, refused)
        size = next((one for one in root if local(one) == "sldSz"), None)
        self.size = (int(size.get("cx", 0)), int(size.get("cy", 0))) if size is not None else (0, 0)

    def slides(self) -> list[tuple[int, str]]:
        """Number and part of each slide that is shown."""
        return [
            (number, one.target)
            for number, one in enumerate(self.order, 1)
            if one.target in self.seen.parts and one not in self.hidden
        ]


def _words(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter() if local(one) == "t")


def _shape_of(element: etree._Element) -> etree._Element | None:
    above: etree._Element | None = element
    while above is not None and local(above) not in _SHAPES:
        above = above.getparent()
    return above


def _hidden_shapes(root: etree._Element) -> list[etree._Element]:
    return [
        shape
        for element in root.iter()
        if local(element) == "cNvPr" and element.get("hidden") in {"1", "true"}
        if (shape := _shape_of(element)) is not None
    ]


def _outside(root: etree._Element, size: tuple[int, int]) -> list[etree._Element]:
    """Shapes that lie wholly beside the slide (those in groups are left to their group)."""
    found = []
    width, height = size
    for tree in (one for one in root.iter() if local(one) == "spTree"):
        for shape in tree:
            frame = next((one for one in shape.iter() if local(one) == "xfrm"), None)
            if local(shape) not in _SHAPES or frame is None or frame.get("rot"):
                continue
            parts = {local(one): one for one in frame}
            if "off" not in parts or "ext" not in parts:
                continue
            left, top = int(parts["off"].get("x", 0)), int(parts["off"].get("y", 0))
            right = left + int(parts["ext"].get("cx", 0))
            bottom = top + int(parts["ext"].get("cy", 0))
            if width and (left >= width or top >= height or right <= 0 or bottom <= 0):
                found.append(shape)
    return found


def _unseen_runs(root: etree._Element) -> list[tuple[str, etree._Element]]:
    """Runs that are too small to read, or whose letters are filled with nothing."""
    found = []
    for run in root.iter(etree.Element):
        own = next((one for one in run if local(one) == "rPr"), None) if len(run) else None
        if local(run) not in {"r", "fld"} or own is None or not _words(run).strip():
            continue
        size, inks = own.get("sz", ""), {local(one) for one in own}
        if size.isdigit() and int(size) < _TINY:
            found.append(("tiny_text", run))
        elif "noFill" in inks and "ln" not in inks:
            found.append(("invisible_text", run))
    return found


def inspect(data: bytes, spent: Spent) -> list[HiddenFinding]:
    """What the presentation holds beside what it shows."""
    deck = Deck(data, spent)
    office = deck.office
    found = [
        HiddenFinding(
            "hidden_slide",
            f"slide:{deck.order.index(one) + 1}",
            excerpt(_words(office.tree(one.target))),
        )
        for one in deck.hidden
    ]
    hidden = {one.target for one in deck.hidden}
    for one in deck.seen.findings():
        part = one.where.removeprefix("part:")
        if part in hidden:
            continue
        words = excerpt(_words(office.tree(part))) if one.kind in {"notes", "comments"} else ""
        found.append(HiddenFinding(one.kind, one.where, words or one.detail))
    for number, part in deck.slides():
        root = office.tree(part)
        for shape in _hidden_shapes(root):
            found.append(HiddenFinding("hidden_shape", f"slide:{number}", excerpt(_words(shape))))
        for shape in _outside(root, deck.size):
            words = excerpt(_words(shape))
            found.append(HiddenFinding("outside_shape", f"slide:{number}", words))
        for kind, run in _unseen_runs(root):
            found.append(HiddenFinding(kind, f"slide:{number}", excerpt(_words(run))))
    for name in deck.seen.parts:
        if office.type_of(name).startswith(("video/", "audio/")):
            found.append(HiddenFinding("media", f"part:{name}"))
    return found


def strip(data: bytes, spent: Spent) -> bytes:
    """The same presentation to look at, without anything else."""
    deck = Deck(data, spent)
    office = deck.office
    root = office.edit(deck.main)
    keys = {one.key for one in deck.hidden}
    gone = set()
    for element in list(root.iter(etree.Element)):
        if local(element) == "sldId" and any(key in keys for _a, key in relation_keys(element)):
            gone.add(element.get("id"))
            remove(element)
    for element in list(root.iter(etree.Element)):
        if (local(element) == "sldId" and element.get("id") in gone) or local(element) in {
            "modifyVerifier",
            "custShowLst",
        }:  # in a section's list
            remove(element)
    for _number, part in deck.slides():
        slide = office.edit(part)
        for shape in [*_hidden_shapes(slide), *_outside(slide, deck.size)]:
            if shape.getparent() is not None:
                remove(shape)
        for _kind, run in _unseen_runs(slide):
            remove(run)
    return deck.seen.pack()


def text(data: bytes, spent: Spent) -> str:
    """What the shown slides say, in their order; then their charts, SmartArt and layouts."""
    deck = Deck(data, spent)
    lines = []
    for _number, part in deck.slides():
        root = deck.office.tree(part)
        for paragraph in root.iter():
            if local(paragraph) == "p":
                lines.append(_words(paragraph))
        lines += drawn_text.described(root)
    running = "\n".join(line for line in lines if line.strip())
    return drawn_text.joined(drawn_text.drawn(deck.office, deck.seen), running)

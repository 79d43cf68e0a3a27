"""Which runs of a Word document are not seen: hidden, white on white, or too small to read."""

import re

from lxml import etree

from disclosure.files.inside.ooxml import Office
from disclosure.files.inside.packages import local

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
#: Half points: below this nobody reads it.
TINY = 5
_OFF = frozenset({"0", "false", "off", "none"})
NEAR_WHITE = 0xF0
#: Percent of its width, and twentieths of a point of a line: below this nobody reads it.
_NARROW, _FLAT = 10, 60
#: A difference of each colour that nobody reads across.
_ALIKE = 32
#: The dark ones alone: what may be taken for a black bar.
_HIGHLIGHTS = {
    "black": "000000",
    "darkBlue": "000080",
    "darkRed": "800000",
    "darkGreen": "008000",
    "darkCyan": "008080",
    "darkMagenta": "800080",
    "darkYellow": "808000",
    "darkGray": "808080",
    "blue": "0000FF",
    "red": "FF0000",
    "green": "00FF00",
}


def w(element: etree._Element, name: str) -> etree._Element | None:
    """The child `name` of an element, in either of the two namespaces of Word."""
    found = element.find(f"{W}{name}")
    return element.find(f"{_STRICT}{name}") if found is None else found


def value(element: etree._Element | None, name: str = "val") -> str | None:
    if element is None:
        return None
    return element.get(f"{W}{name}", element.get(f"{_STRICT}{name}"))


def is_on(element: etree._Element | None) -> bool | None:
    """A switch of Word: there without a value means on; None: not there."""
    if element is None:
        return None
    return (value(element) or "1").lower() not in _OFF


def is_near_white(colour: str | None) -> bool:
    """Whether `RRGGBB` can hardly be told from white paper."""
    if not colour or not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
        return False
    return all(int(colour[at : at + 2], 16) >= NEAR_WHITE for at in (0, 2, 4))


def are_alike(one: str | None, other: str | None) -> bool:
    """Whether text of one `RRGGBB` is lost on a ground of the other."""
    if not (one and other and re.fullmatch(r"[0-9A-Fa-f]{6}", one)):
        return False
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", other):
        return False
    return all(
        abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) <= _ALIKE for at in (0, 2, 4)
    )


def is_shaded(properties: etree._Element | None) -> bool:
    """Whether a ground other than white lies behind, as far as these properties say."""
    if properties is None:
        return False
    highlight = w(properties, "highlight")
    if highlight is not None and value(highlight) not in {"none", "white", None}:
        return True
    shading = w(properties, "shd")
    if shading is None:
        return False
    fill, pattern = value(shading, "fill"), value(shading)
    if value(shading, "themeFill") is not None or pattern not in {"clear", "nil", None}:
        return True
    return fill not in {None, "auto"} and not is_near_white(fill)


class Styles:
    """The styles of a document, each with those that it is based on."""

    def __init__(self, office: Office, main: str) -> None:
        self._styles: dict[str, etree._Element] = {}
        self.defaults: list[etree._Element] = []
        self._default_of: dict[str, str] = {}
        for one in office.of(main, "styles"):
            if one.target not in office.package.infos:
                continue
            root = office.tree(one.target)
            for element in root:
                key = value(element, "styleId")
                if local(element) == "style" and key:
                    self._styles[key] = element
                    if value(element, "default") in {"1", "true"}:
                        self._default_of[value(element, "type") or ""] = key
                elif local(element) == "docDefaults":
                    self.defaults += [one for one in element.iter() if local(one) == "rPr"]

    def chain(self, key: str | None, kind: str) -> list[etree._Element]:
        """A style and what it is based on, nearest first."""
        found: list[etree._Element] = []
        key = key or self._default_of.get(kind)
        while key in self._styles and len(found) < 20:
            style = self._styles[key]
            if style in found:
                break
            found.append(style)
            key = value(w(style, "basedOn"))
        return found


def _ancestor(element: etree._Element, name: str) -> etree._Element | None:
    above: etree._Element | None = element.getparent()
    while above is not None and local(above) != name:
        above = above.getparent()
    return above


def why_unseen(run: etree._Element, styles: Styles) -> str:
    """The kind of hiding that a run has: hidden_text, white_text, tiny_text, covered_text (in the
    colour of its ground) or "" for none."""
    paragraph = _ancestor(run, "p")
    own = w(run, "rPr")
    p_properties = w(paragraph, "pPr") if paragraph is not None else None
    run_style = value(w(own, "rStyle")) if own is not None else None
    p_style = value(w(p_properties, "pStyle")) if p_properties is not None else None
    table = _ancestor(run, "tbl")
    t_properties = w(table, "tblPr") if table is not None else None
    t_style = value(w(t_properties, "tblStyle")) if t_properties is not None else None

    of_run = styles.chain(run_style, "character") if run_style else []
    of_paragraph = styles.chain(p_style, "paragraph")
    of_table = styles.chain(t_style, "table") if t_style else []
    layers = [own]
    layers += [w(style, "rPr") for style in [*of_run, *of_paragraph, *of_table]]
    layers += styles.defaults

    def first(name: str) -> etree._Element | None:
        for layer in layers:
            found = w(layer, name) if layer is not None else None
            if found is not None:
                return found
        return None

    if is_on(first("vanish")):
        return "hidden_text"
    size = value(first("sz"))
    if size is not None and size.isdigit() and int(size) < TINY:
        return "tiny_text"
    width = value(first("w")) or "100"
    if width.rstrip("%").isdigit() and int(width.rstrip("%")) < _NARROW:
        return "tiny_text"
    if _is_flat([p_properties, *(w(style, "pPr") for style in of_paragraph)]):
        return "tiny_text"
    if _is_unpainted(own):
        return "invisible_text"
    colour = first("color")
    by_theme = value(colour, "themeColor") in {"background1", "light1", "bg1", "lt1"}
    plain_theme = by_theme and value(colour, "themeShade") is None
    if not (plain_theme or (not by_theme and is_near_white(value(colour)))):
        highlight = value(first("highlight"))
        cell = w(tc, "tcPr") if (tc := _ancestor(run, "tc")) is not None else None
        shadings = [
            first("shd"),
            *(w(one, "shd") for one in (p_properties, cell) if one is not None),
        ]
        return "covered_text" if _is_lost(value(colour), highlight, shadings) else ""
    grounds = [*layers, p_properties, *(w(style, "pPr") for style in of_paragraph)]
    if any(is_shaded(one) for one in grounds) or _on_dark_ground(run, of_table):
        return ""
    return "white_text"


def _is_flat(layers: list[etree._Element | None]) -> bool:
    """Whether the lines of a paragraph are exactly so high that nothing is left of the letters."""
    for layer in layers:
        spacing = w(layer, "spacing") if layer is not None else None
        height = value(spacing, "line")
        if height is not None:
            exact = value(spacing, "lineRule") == "exact"
            return exact and height.isdigit() and int(height) < _FLAT
    return False


def _is_unpainted(properties: etree._Element | None) -> bool:
    """Whether the run's letters are filled with nothing, and have no outline."""
    if properties is None:
        return False
    parts = {local(one): one for one in properties if "word/2010" in str(one.tag)}
    if "textFill" not in parts or any("olidFill" in str(one.tag) for one in parts["textFill"]):
        return False
    outline = parts.get("textOutline")
    drawn = outline is not None and not any(local(one) == "noFill" for one in outline)
    return not drawn and any(local(one) == "noFill" for one in parts["textFill"])


def _is_lost(
    colour: str | None, highlight: str | None, shadings: list[etree._Element | None]
) -> bool:
    """Whether text has the colour of the nearest ground. Text without a colour is black, but on a
    dark shading, other than on a highlight, Word makes it white."""
    if highlight in _HIGHLIGHTS:
        own = "000000" if colour in {None, "auto"} else colour
        return are_alike(own, _HIGHLIGHTS[highlight])
    if highlight not in {None, "none"}:
        return False
    for shading in shadings:
        fill = value(shading, "fill")
        if shading is not None and value(shading) in {"clear", None} and fill not in {None, "auto"}:
            return are_alike(colour, fill)
    return False


def _on_dark_ground(run: etree._Element, of_table: list[etree._Element]) -> bool:
    """Whether a cell, a table's style, a drawn shape or the page may lie behind the run."""
    for style in of_table:
        if any(local(one) == "shd" for one in style.iter()):
            return True
    above: etree._Element | None = run.getparent()
    while above is not None:
        name = local(above)
        if name in {"txbxContent", "textbox"}:
            return True
        if name == "tc" and is_shaded(w(above, "tcPr")):
            return True
        if name == "tbl" and is_shaded(w(above, "tblPr")):
            return True
        if name == "document" and w(above, "background") is not None:
            return True
        above = above.getparent()
    return False


def text_of(run: etree._Element) -> str:
    """What a run says."""
    return "".join(one.text or "" for one in run.iter() if local(one) in {"t", "delText"})

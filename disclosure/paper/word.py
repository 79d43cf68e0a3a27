"""What every DOCX of ours is made of: the page of an official document, its grid, page numbers,
faces by name (Word has them or takes its own), and the same bytes each time."""

import datetime
import io
import zipfile
from typing import Any, Final

from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from disclosure.paper import measures

FANGSONG: Final = "仿宋"
HEITI: Final = "黑体"
SONG: Final = "宋体"
BIAOSONG: Final = "方正小标宋简体"
LATIN: Final = "Times New Roman"

# Points. Word's 三号 is 16; the grid of the page sets 28 of them on a line.
BODY: Final = 16
TITLE: Final = 22
FOOT: Final = 14
#: Millimetres: the number's upper edge stands 7 below the text, and it is 5 high; Word measures
#: from the page's edge.
FOOT_BELOW: Final = 7 + 5
#: What the schema has behind a run's spacing.
_AFTER_SPACING: Final = (
    *("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:bdr"),
    *("w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang", "w:eastAsianLayout"),
)
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def prepare(file: DocxDocument) -> None:
    """Page, grid, default font and page numbers."""
    relations = file.part.package.rels
    for key in [key for key, each in relations.items() if each.reltype == RT.THUMBNAIL]:
        # A picture of python-docx's own template.
        del relations[key]
    section = file.sections[0]
    section.page_width, section.page_height = Mm(measures.PAGE[0]), Mm(measures.PAGE[1])
    section.top_margin, section.bottom_margin = Mm(measures.MARGIN_TOP), Mm(measures.MARGIN_BOTTOM)
    section.left_margin, section.right_margin = Mm(measures.MARGIN_LEFT), Mm(measures.MARGIN_RIGHT)
    section.footer_distance = Mm(measures.MARGIN_BOTTOM - FOOT_BELOW)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(int(measures.LINE * 20)))

    normal = file.styles["Normal"]
    normal.font.size = Pt(BODY)
    name_fonts(normal.element.get_or_add_rPr(), FANGSONG)
    # Not a grid of characters: theirs is a little narrower than the type, and LibreOffice then
    # gives each character two places.
    width = measures.TEXT[0] * measures.POINTS_PER_MM / measures.CHARACTERS
    space_out(normal.element.get_or_add_rPr(), width - BODY)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = Pt(measures.LINE)

    # Else some programs take the Traditional forms of points and strokes.
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    _page_numbers(file)


def _page_numbers(file: DocxDocument) -> None:
    """`— 1 —`, at the outer edge: right on odd pages, left on even ones."""
    file.settings.odd_and_even_pages_header_footer = True
    section = file.sections[0]
    for footer, alignment in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = alignment
        paragraph.paragraph_format.left_indent = Pt(FOOT)
        paragraph.paragraph_format.right_indent = Pt(FOOT)
        add_run(paragraph, "— ", font=SONG, size=FOOT)
        for kind, instruction in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = add_run(paragraph, "", font=SONG, size=FOOT)
            run._r.append(_field_part(kind, instruction))
        add_run(paragraph, " —", font=SONG, size=FOOT)


def _field_part(kind: str, instruction: str) -> Any:
    if kind:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
    else:
        part = OxmlElement("w:instrText")
        part.set(qn("xml:space"), "preserve")
        part.text = instruction
    return part


def describe(file: DocxDocument, *, title: str, author: str, made: datetime.date) -> None:
    """The properties of the file."""
    properties = file.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = author
    properties.created = properties.modified = datetime.datetime.combine(made, datetime.time())
    properties.language = "zh-CN"
    properties.comments = properties.keywords = properties.subject = ""
    properties.revision = 1


def characters(number: float) -> Length:
    """So many characters of the body, on the page's grid."""
    return Mm(measures.TEXT[0] / measures.CHARACTERS * number)


def add_run(paragraph: Paragraph, text: str, *, font: str = FANGSONG, size: float = BODY) -> Run:
    """A piece of text in one face and size (points)."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    name_fonts(run._r.get_or_add_rPr(), font)
    return run


def space_out(properties: Any, points: float) -> None:
    """More or (negative) less room between the characters of a style."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(round(points * 20)))
    properties.insert_element_before(spacing, *_AFTER_SPACING)


def off_grid(properties: Any) -> None:
    """Lines of a paragraph or style that keep their own distance."""
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    properties.insert_element_before(off, "w:spacing", "w:ind", "w:jc", "w:rPr")


def name_fonts(properties: Any, chinese: str) -> None:
    """The faces of a run or style: a Western one and a Chinese one."""
    names = properties.get_or_add_rFonts()
    # The template's theme fonts would win over names.
    names.attrib.clear()
    for script, name in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", chinese)):
        names.set(qn(f"w:{script}"), name)
    names.set(qn("w:hint"), "eastAsia")


def same_each_time(data: bytes) -> bytes:
    """The same ZIP with fixed times."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return buffer.getvalue()

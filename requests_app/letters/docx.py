"""A letter as DOCX, with the texts, order and measures of the PDF; the same document gives the
same bytes. Fonts are only named: Word has them or takes its own."""

import datetime
import io
import zipfile
from typing import Any, Final

import docx
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from requests_app.letters import layout, qr
from requests_app.letters.document import Document, Heading, Table

_FANGSONG: Final = "仿宋"
_HEITI: Final = "黑体"
_SONG: Final = "宋体"
_BIAOSONG: Final = "方正小标宋简体"
_LATIN: Final = "Times New Roman"

# Points. Word's 三号 is 16; the grid of the page sets 28 of them on a line.
_BODY: Final = 16
_TITLE: Final = 22
_TABLE: Final = 12
_FOOT: Final = 14
_NOTE: Final = 10.5
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def render(document: Document) -> bytes:
    """The letter's DOCX."""
    file = docx.Document()
    _prepare(file, document)
    _head(file, document)
    for block in document.blocks:
        if isinstance(block, Table):
            _table(file, block)
        elif isinstance(block, Heading):
            _indented(file, block.line, font=_HEITI).paragraph_format.keep_with_next = True
        else:
            _indented(file, block.line)
    _enclosures(file, document)
    _closing(file, document)
    buffer = io.BytesIO()
    file.save(buffer)
    return _same_each_time(buffer.getvalue())


# --- the page -----------------------------------------------------------------------------------


def _prepare(file: DocxDocument, document: Document) -> None:
    """Page, grid, default font, page numbers and properties."""
    relations = file.part.package.rels
    for key in [key for key, each in relations.items() if each.reltype == RT.THUMBNAIL]:
        # A picture of python-docx's own template.
        del relations[key]
    section = file.sections[0]
    section.page_width, section.page_height = Mm(layout.PAGE[0]), Mm(layout.PAGE[1])
    section.top_margin, section.bottom_margin = Mm(layout.MARGIN_TOP), Mm(layout.MARGIN_BOTTOM)
    section.left_margin, section.right_margin = Mm(layout.MARGIN_LEFT), Mm(layout.MARGIN_RIGHT)
    # The number's upper edge stands 7 mm below the text; Word measures from the page's edge.
    section.footer_distance = Mm(layout.MARGIN_BOTTOM - 7 - 5)
    width = layout.TEXT[0] * layout.POINTS_PER_MM / layout.CHARACTERS
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(int(layout.LINE * 20)))
    grid.set(qn("w:charSpace"), str(round((width - _BODY) * 4096)))

    normal = file.styles["Normal"]
    normal.font.size = Pt(_BODY)
    _name_fonts(normal.element.get_or_add_rPr(), _FANGSONG)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = Pt(layout.LINE)

    _page_numbers(file)
    if document.is_draft:
        for header in (section.header, section.even_page_header):
            paragraph = header.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _run(paragraph, layout.DRAFT, font=_HEITI)

    made = datetime.datetime.combine(document.date, datetime.time())
    properties = file.core_properties
    properties.title = document.title
    properties.author = properties.last_modified_by = document.signature
    properties.created = properties.modified = made
    properties.language = "zh-CN"
    properties.comments = properties.keywords = properties.subject = ""
    properties.revision = 1


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
        paragraph.paragraph_format.left_indent = Pt(_FOOT)
        paragraph.paragraph_format.right_indent = Pt(_FOOT)
        _run(paragraph, "— ", font=_SONG, size=_FOOT)
        for kind, instruction in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = _run(paragraph, "", font=_SONG, size=_FOOT)
            run._r.append(_field_part(kind, instruction))
        _run(paragraph, " —", font=_SONG, size=_FOOT)


def _field_part(kind: str, instruction: str) -> Any:
    if kind:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
    else:
        part = OxmlElement("w:instrText")
        part.set(qn("xml:space"), "preserve")
        part.text = instruction
    return part


# --- the parts in their order -------------------------------------------------------------------


def _head(file: DocxDocument, document: Document) -> None:
    size = layout.letterhead_size(document.letterhead)
    letterhead = _paragraph(file, align=WD_ALIGN_PARAGRAPH.CENTER, line=size * 1.3)
    _run(letterhead, document.letterhead, font=_BIAOSONG, size=size, red=True)
    _borders(letterhead, {"bottom": ("thickThinSmallGap", 24, layout.RED)}, space=8)
    side = (layout.RULE_WIDTH - layout.TEXT[0]) / 2
    letterhead.paragraph_format.left_indent = letterhead.paragraph_format.right_indent = Mm(-side)

    number = _paragraph(file, align=WD_ALIGN_PARAGRAPH.RIGHT)
    number.paragraph_format.space_before = Pt(6)
    _run(number, document.number)
    title = _paragraph(file, align=WD_ALIGN_PARAGRAPH.CENTER, line=33)
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(layout.LINE)
    _run(title, document.title, font=_BIAOSONG, size=_TITLE)
    if document.addressee:
        _run(_paragraph(file), document.addressee_line)


def _table(file: DocxDocument, block: Table) -> None:
    table = file.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
    for index, texts in enumerate(block.rows):
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if index == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text in zip(row.cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing = Pt(18)
            run = _run(paragraph, text, size=_TABLE)
            if index == 0:
                run.bold = True
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _enclosures(file: DocxDocument, document: Document) -> None:
    """`附件：` and the names below each other, one line below the text."""
    for index, line in enumerate(document.enclosure_lines):
        paragraph = _paragraph(file)
        # 附件： and its indentation take five characters; what follows hangs from there.
        paragraph.paragraph_format.left_indent = _characters(5)
        if index == 0:
            paragraph.paragraph_format.space_before = Pt(layout.LINE)
            paragraph.paragraph_format.first_line_indent = _characters(-3)
            line = f"附件：{line}"
        _run(paragraph, line)


def _closing(file: DocxDocument, document: Document) -> None:
    """Signature over the date, the note, the copies, and how to verify the letter."""
    longest = min(24, max(len(document.signature), 6))
    for index, line in enumerate((document.signature, document.date_line)):
        paragraph = _paragraph(file, align=WD_ALIGN_PARAGRAPH.CENTER)
        paragraph.paragraph_format.left_indent = _characters(layout.CHARACTERS - 4 - longest)
        paragraph.paragraph_format.right_indent = _characters(4)
        paragraph.paragraph_format.keep_with_next = True
        if index == 0:
            paragraph.paragraph_format.space_before = Pt(2 * layout.LINE)
        _run(paragraph, line)
    if document.contact:
        _indented(file, document.contact_line).paragraph_format.space_before = Pt(layout.LINE)
    if document.copies_to:
        copies = _paragraph(file, line=22)
        copies.paragraph_format.space_before = Pt(layout.LINE)
        _borders(copies, dict.fromkeys(("top", "bottom"), ("single", 8, "000000")), space=2)
        _run(copies, document.copies_line, size=_FOOT)
    if not document.is_draft:
        _verification(file, document)


def _verification(file: DocxDocument, document: Document) -> None:
    """The QR code beside its explanation, in a table without lines."""
    row = file.add_table(rows=1, cols=2).rows[0]
    picture, text = row.cells
    picture.width, text.width = Mm(layout.QR_SIZE + 4), Mm(layout.TEXT[0] - layout.QR_SIZE - 4)
    run = picture.paragraphs[0].add_run()
    picture.paragraphs[0].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    shape = run.add_picture(io.BytesIO(qr.as_png(document.verify_url)), width=Mm(layout.QR_SIZE))
    shape._inline.docPr.set("descr", "核验二维码")
    for index, line in enumerate(document.verify_lines):
        paragraph = text.add_paragraph() if index else text.paragraphs[0]
        paragraph.paragraph_format.line_spacing = Pt(16)
        _run(paragraph, line, size=_NOTE)


# --- building stones ----------------------------------------------------------------------------


def _characters(number: float) -> Length:
    """So many characters of the body, on the page's grid."""
    return Mm(layout.TEXT[0] / layout.CHARACTERS * number)


def _paragraph(
    file: DocxDocument,
    *,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
    line: float = layout.LINE,
) -> DocxParagraph:
    paragraph = file.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.line_spacing = Pt(line)
    return paragraph


def _indented(file: DocxDocument, text: str, *, font: str = _FANGSONG) -> DocxParagraph:
    """A paragraph of the body, its first line indented by two characters."""
    paragraph = _paragraph(file)
    paragraph.paragraph_format.first_line_indent = _characters(2)
    _run(paragraph, text, font=font)
    return paragraph


def _run(
    paragraph: DocxParagraph,
    text: str,
    *,
    font: str = _FANGSONG,
    size: float = _BODY,
    red: bool = False,
) -> Run:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    if red:
        run.font.color.rgb = RGBColor.from_string(layout.RED)
    _name_fonts(run._r.get_or_add_rPr(), font)
    return run


def _name_fonts(properties: Any, chinese: str) -> None:
    names = properties.get_or_add_rFonts()
    # The template's theme fonts would win over names.
    names.attrib.clear()
    for script, name in (("ascii", _LATIN), ("hAnsi", _LATIN), ("eastAsia", chinese)):
        names.set(qn(f"w:{script}"), name)
    names.set(qn("w:hint"), "eastAsia")


def _borders(paragraph: DocxParagraph, sides: dict[str, tuple[str, int, str]], space: int) -> None:
    """Rules beside a paragraph: kind, width in eighths of a point, colour; `space` in points."""
    borders = OxmlElement("w:pBdr")
    for side, (kind, width, colour) in sides.items():
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", kind), ("sz", width), ("space", space), ("color", colour)):
            rule.set(qn(f"w:{name}"), str(value))
        borders.append(rule)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders,
        *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:snapToGrid"),
        *("w:overflowPunct", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"),
    )


def _same_each_time(data: bytes) -> bytes:
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

"""A letter as DOCX (`disclosure/paper/word.py`), with the texts, order and measures of the PDF; the
same document gives the same bytes."""

import io
from typing import Final

import docx
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from disclosure.paper import measures, word
from requests_app.letters import layout, qr
from requests_app.letters.document import Document, Heading, Table

# Points.
_TABLE: Final = 12
_NOTE: Final = 10.5


def render(document: Document) -> bytes:
    """The letter's DOCX."""
    file = docx.Document()
    _prepare(file, document)
    _head(file, document)
    for block in document.blocks:
        if isinstance(block, Table):
            _table(file, block)
        elif isinstance(block, Heading):
            _indented(file, block.line, font=word.HEITI).paragraph_format.keep_with_next = True
        else:
            _indented(file, block.line)
    _enclosures(file, document)
    _closing(file, document)
    buffer = io.BytesIO()
    file.save(buffer)
    return word.same_each_time(buffer.getvalue())


def _prepare(file: DocxDocument, document: Document) -> None:
    """The page, the mark of a draft, and properties."""
    word.prepare(file)
    section = file.sections[0]
    if document.is_draft:
        for header in (section.header, section.even_page_header):
            paragraph = header.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _run(paragraph, layout.DRAFT, font=word.HEITI)
    word.describe(file, title=document.title, author=document.signature, made=document.date)


# --- the parts in their order -------------------------------------------------------------------


def _head(file: DocxDocument, document: Document) -> None:
    size = layout.letterhead_size(document.letterhead)
    letterhead = _paragraph(file, align=WD_ALIGN_PARAGRAPH.CENTER, line=size * 1.3)
    _run(letterhead, document.letterhead, font=word.BIAOSONG, size=size, red=True)
    _borders(letterhead, {"bottom": ("thickThinSmallGap", 24, layout.RED)}, space=8)
    side = (layout.RULE_WIDTH - measures.TEXT[0]) / 2
    letterhead.paragraph_format.left_indent = letterhead.paragraph_format.right_indent = Mm(-side)

    number = _paragraph(file, align=WD_ALIGN_PARAGRAPH.RIGHT)
    number.paragraph_format.space_before = Pt(6)
    _run(number, document.number)
    title = _paragraph(file, align=WD_ALIGN_PARAGRAPH.CENTER, line=33)
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(measures.LINE)
    _run(title, document.title, font=word.BIAOSONG, size=word.TITLE)
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
            word.off_grid(paragraph._p.get_or_add_pPr())
            run = _run(paragraph, text, size=_TABLE)
            if index == 0:
                run.bold = True
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _enclosures(file: DocxDocument, document: Document) -> None:
    """`附件：` and the names below each other, one line below the text."""
    for index, line in enumerate(document.enclosure_lines):
        paragraph = _paragraph(file)
        # 附件： and its indentation take five characters; what follows hangs from there.
        paragraph.paragraph_format.left_indent = word.characters(5)
        if index == 0:
            paragraph.paragraph_format.space_before = Pt(measures.LINE)
            paragraph.paragraph_format.first_line_indent = word.characters(-3)
            line = f"附件：{line}"
        _run(paragraph, line)


def _closing(file: DocxDocument, document: Document) -> None:
    """Signature over the date, the note, the copies, and how to verify the letter."""
    longest = min(24, max(len(document.signature), 6))
    for index, line in enumerate((document.signature, document.date_line)):
        paragraph = _paragraph(file, align=WD_ALIGN_PARAGRAPH.CENTER)
        # Half a character more on each side: no program may find the name too long for its line.
        left = measures.CHARACTERS - 4 - longest - 0.5
        paragraph.paragraph_format.left_indent = word.characters(left)
        paragraph.paragraph_format.right_indent = word.characters(3.5)
        paragraph.paragraph_format.keep_with_next = True
        if index == 0:
            paragraph.paragraph_format.space_before = Pt(2 * measures.LINE)
        _run(paragraph, line)
    if document.contact:
        contact = _indented(file, document.contact_line).paragraph_format
        contact.space_before = Pt(measures.LINE)
        contact.keep_with_next = not document.is_draft
    if document.copies_to:
        copies = _paragraph(file, line=22)
        copies.paragraph_format.space_before = Pt(measures.LINE)
        _borders(copies, dict.fromkeys(("top", "bottom"), ("single", 8, "000000")), space=2)
        _run(copies, document.copies_line, size=word.FOOT)
    if not document.is_draft:
        _verification(file, document)


def _verification(file: DocxDocument, document: Document) -> None:
    """The QR code beside its explanation, in a table without lines."""
    table = file.add_table(rows=1, cols=2)
    table.autofit = False
    widths = (Mm(layout.QR_SIZE + 4), Mm(measures.TEXT[0] - layout.QR_SIZE - 4))
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = width
    picture, text = table.rows[0].cells
    run = picture.paragraphs[0].add_run()
    picture.paragraphs[0].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    shape = run.add_picture(io.BytesIO(qr.as_png(document.verify_url)), width=Mm(layout.QR_SIZE))
    shape._inline.docPr.set("descr", "核验二维码")
    for index, line in enumerate(document.verify_lines):
        paragraph = text.add_paragraph() if index else text.paragraphs[0]
        paragraph.paragraph_format.line_spacing = Pt(16)
        word.off_grid(paragraph._p.get_or_add_pPr())
        _run(paragraph, line, size=_NOTE)


# --- building stones ----------------------------------------------------------------------------


def _paragraph(
    file: DocxDocument,
    *,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
    line: float = measures.LINE,
) -> DocxParagraph:
    paragraph = file.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.line_spacing = Pt(line)
    if line != measures.LINE:
        word.off_grid(paragraph._p.get_or_add_pPr())
    return paragraph


def _indented(file: DocxDocument, text: str, *, font: str = word.FANGSONG) -> DocxParagraph:
    """A paragraph of the body, its first line indented by two characters."""
    paragraph = _paragraph(file)
    paragraph.paragraph_format.first_line_indent = word.characters(2)
    _run(paragraph, text, font=font)
    return paragraph


def _run(
    paragraph: DocxParagraph,
    text: str,
    *,
    font: str = word.FANGSONG,
    size: float = word.BODY,
    red: bool = False,
) -> Run:
    run = word.add_run(paragraph, text, font=font, size=size)
    if red:
        run.font.color.rgb = RGBColor.from_string(layout.RED)
    return run


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

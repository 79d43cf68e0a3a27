"""A report as DOCX, as agencies publish it: real tables with merged cells in the official layout.
The same document gives the same bytes."""

import datetime as dt
import io
from typing import Any, Final

import docx
from docx.document import Document as File
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from disclosure.paper import measures, word
from disclosure.reports.document import Document
from disclosure.reports.export import word_tables
from disclosure.reports.export.chapters import (
    Chapter,
    chapters,
    lead_of,
    made_on,
    signature,
    title_lines,
)
from disclosure.reports.export.fitting import fit
from disclosure.reports.export.grid import grid_of
from disclosure.reports.export.showing import DEMONSTRATION, title_of, values_of
from disclosure.reports.layout import Part

#: 楷体, of second headings.
_KAITI: Final = "楷体"
_BLACK: Final = RGBColor(0, 0, 0)


def as_docx(document: Document, *, published_on: dt.date | None = None) -> bytes:
    """The report; `published_on` is the day under its signature, which stands only with one."""
    file = docx.Document()
    word.prepare(file)
    word.describe(
        file,
        title=title_of(document),
        author=document.agency,
        made=made_on(document, published_on),
    )
    _set_styles(file)
    title = file.add_paragraph(style="Title")
    for number, line in enumerate(title_lines(document)):
        if number:
            title.add_run().add_break()
        title.add_run(line)
    if document.is_demo:
        note = file.add_paragraph(DEMONSTRATION)
        note.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _parts(file, lead_of(document))
    is_wide = False
    for chapter in chapters(document):
        is_wide = _chapter(file, document, chapter, is_wide=is_wide)
    if is_wide:
        _turn(file, is_wide=False)
    _sign(file, signature(document, published_on))
    buffer = io.BytesIO()
    file.save(buffer)
    return word.same_each_time(buffer.getvalue())


def _set_styles(file: File) -> None:
    """Headings are Word's own, so that its navigation has them."""
    title = _style(file, "Title", word.BIAOSONG, word.TITLE)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.line_spacing = Pt(33)
    title.space_before = title.space_after = Pt(measures.LINE)
    for name, font in (("Heading 1", word.HEITI), ("Heading 2", _KAITI)):
        heading = _style(file, name, font, word.BODY)
        heading.first_line_indent = word.characters(2)
        heading.space_before = heading.space_after = Pt(0)
        heading.keep_with_next = True
    word_tables.add_style(file)


def _style(file: File, name: str, font: str, size: float) -> Any:
    style: Any = file.styles[name]
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        # Colours, spacing and faces of python-docx's own template.
        properties.remove(child)
    for child in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(child)
    word.name_fonts(properties, font)
    style.font.size = Pt(size)
    style.font.bold = False
    style.font.color.rgb = _BLACK
    return style.paragraph_format


# --- chapters -----------------------------------------------------------------------------------


def _chapter(file: File, document: Document, chapter: Chapter, *, is_wide: bool) -> bool:
    """Whether the page lies on its side afterwards."""
    if chapter.table is None:
        if is_wide:
            _turn(file, is_wide=False)
        file.add_paragraph(chapter.heading, style="Heading 1")
        _parts(file, chapter.parts)
        return False
    grid = grid_of(chapter.table)
    values = values_of(document, chapter.table)
    fitted = fit(grid, values.values())
    if fitted.is_wide != is_wide:
        _turn(file, is_wide=fitted.is_wide)
    file.add_paragraph(chapter.heading, style="Heading 1")
    word_tables.add_grid(file, grid, values, fitted)
    return fitted.is_wide


def _turn(file: File, *, is_wide: bool) -> None:
    """Go on with a new page, upright or on its side; its margins turn with it."""
    section = file.add_section(WD_SECTION.NEW_PAGE)
    # The paragraph that holds the break must not need a page of its own.
    file.paragraphs[-1].paragraph_format.line_spacing = Pt(1)
    width, height = measures.PAGE
    top, right, bottom, left = (
        measures.MARGIN_TOP,
        measures.MARGIN_RIGHT,
        measures.MARGIN_BOTTOM,
        measures.MARGIN_LEFT,
    )
    if is_wide:
        width, height = height, width
        top, right, bottom, left = left, top, right, bottom
    section.orientation = WD_ORIENTATION.LANDSCAPE if is_wide else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.footer_distance = Mm(bottom - word.FOOT_BELOW)


def _parts(file: File, parts: tuple[Part, ...]) -> None:
    for part in parts:
        if part.kind == "table":
            word_tables.add_plain(file, part)
        elif part.kind == "subheading":
            file.add_paragraph(part.text, style="Heading 2")
        elif part.kind == "signature":
            _signed_line(file, part.text)
        else:
            paragraph = _body(file)
            if part.opening:
                word.add_run(paragraph, part.opening).bold = True
            word.add_run(paragraph, part.text)


def _body(file: File) -> Paragraph:
    paragraph = file.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = word.characters(2)
    return paragraph


def _sign(file: File, lines: tuple[str, ...]) -> None:
    """The agency over the day, the day four characters from the edge."""
    for number, line in enumerate(lines):
        paragraph = _signed_line(file, line)
        if number == 0:
            paragraph.paragraph_format.space_before = Pt(measures.LINE)
            paragraph.paragraph_format.keep_with_next = True


def _signed_line(file: File, line: str) -> Paragraph:
    paragraph = file.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.right_indent = word.characters(2)
    word.add_run(paragraph, line)
    return paragraph

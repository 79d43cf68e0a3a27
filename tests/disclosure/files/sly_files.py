"""Files in which something hides where nobody looks: an attacker's, of Office and PDF."""

import io

import docx
import pikepdf
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.styles import Font
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches, Pt

from tests.disclosure.files import pdf_files as p
from tests.disclosure.files.office_files import (
    SECRET,
    SEEN,
    edited,
    new_book,
    new_deck,
    new_word,
    part_type,
    relation,
    stored,
)

LATIN = "Not for the public"
_MAIN = "word/document.xml"
_OLD = "http://schemas.microsoft.com/office/word/2010/wordml"


def _with(xml: str) -> bytes:
    """A document with this before its last section's properties."""
    return edited(
        stored(new_word()), {_MAIN: lambda text: text.replace("<w:sectPr", f"{xml}<w:sectPr", 1)}
    )


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _field(*code: str, result: str = "x") -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        "<w:p>"
        + mark.format("begin")
        + "".join(code)
        + mark.format("separate")
        + _run(result)
        + mark.format("end")
        + "</w:p>"
    )


def _code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


# --- Word ----------------------------------------------------------------------------------------
def word_remark() -> bytes:
    return _with(f"<!-- {SECRET} -->")


def word_unknown_names() -> bytes:
    """An element and an attribute of a program that nobody knows."""
    return _with(f'<w:p xmlns:x="urn:x" x:s="{SECRET}"><x:s>{SECRET}</x:s>{_run("另一段")}</w:p>')


def word_choice_that_nobody_takes() -> bytes:
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return _with(
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{space}" xmlns:x="urn:x">'
        f'<mc:Choice Requires="x"><w:t>{SECRET}</w:t></mc:Choice>'
        "</mc:AlternateContent></w:r></w:p>"
    )


def word_field_of_a_program() -> bytes:
    return _with(_field(_code(f"ADDIN {SECRET}")))


def word_field_cut_in_two() -> bytes:
    return _with(_field(_code("INCLUDE"), _code(f'TEXT "c:/{SECRET}"')))


def word_simple_field() -> bytes:
    instruction = f"INCLUDETEXT &quot;c:/{SECRET}&quot;"
    return _with(f'<w:p><w:fldSimple w:instr="{instruction}">{_run("x")}</w:fldSimple></w:p>')


def word_text_in_a_field() -> bytes:
    """A page's number whose instruction holds a text of the document."""
    return _with(_field(_code("PAGE"), _run(SECRET), result="1"))


def word_link_to_a_disk() -> bytes:
    return _with(_field(_code(f'HYPERLINK "file:///c:/{SECRET}"')))


def word_choices() -> bytes:
    return _with(
        f'<w:sdt><w:sdtPr><w:alias w:val="{SECRET}"/><w:dropDownList>'
        f'<w:listItem w:displayText="{SECRET}" w:value="1"/></w:dropDownList></w:sdtPr>'
        f"<w:sdtContent><w:p>{_run('选定')}</w:p></w:sdtContent></w:sdt>"
    )


def word_hidden_row() -> bytes:
    cell = "<w:tc><w:tcPr/><w:p>{}</w:p></w:tc>"
    return _with(
        "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr><w:hidden/></w:trPr>"
        f"{cell.format(_run(SECRET))}</w:tr>"
        f"<w:tr>{cell.format(_run('格'))}</w:tr></w:tbl>"
    )


def word_narrow() -> bytes:
    narrow = _run(SECRET, '<w:w w:val="1"/>')
    return _with(f"<w:p>{_run('细')}{narrow}</w:p>")


def word_unpainted() -> bytes:
    fill = "<w14:textFill><w14:noFill/></w14:textFill>"
    return _with(f'<w:p xmlns:w14="{_OLD}">{_run(SECRET, fill)}</w:p>')


def word_unused_header() -> bytes:
    document = new_word()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = SECRET
    section.different_first_page_header_footer = False
    return stored(document)


def word_lost_note() -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    return edited(
        stored(new_word()),
        {
            "[Content_Types].xml": part_type("word/footnotes.xml", kind),
            "word/_rels/document.xml.rels": relation("footnotes", "footnotes.xml"),
        },
        {
            "word/footnotes.xml": f"<w:footnotes {nsdecls('w')}>"
            f'<w:footnote w:id="9"><w:p>{_run(SECRET)}</w:p></w:footnote></w:footnotes>'
        },
    )


def word_picture_from_a_disk() -> bytes:
    """Word once wrote where a picture came from into its description."""
    document = new_word()
    buffer = io.BytesIO()
    Image.new("RGB", (9, 9)).save(buffer, "PNG")
    shape = document.add_picture(buffer, width=Inches(1))
    shape._inline.docPr.set("descr", f"C:\\Users\\{SECRET}\\1.png")
    return stored(document)


def word_metafile() -> bytes:
    """A picture of a kind that is not looked into."""
    return edited(
        stored(new_word()),
        {
            "[Content_Types].xml": part_type("word/media/a.emf", "image/x-emf"),
            "word/_rels/document.xml.rels": relation("image", "media/a.emf"),
        },
        {"word/media/a.emf": b"\x01\x00\x00\x00"},
    )


# --- Excel ---------------------------------------------------------------------------------------
def _cell(**style: object) -> bytes:
    book = new_book()
    book.active["B5"] = SECRET
    for name, value in style.items():
        setattr(book.active["B5"], name, value)
    return stored(book)


def sheet_shows_blanks() -> bytes:
    return _cell(number_format='"";"";"";""')


def sheet_white_by_format() -> bytes:
    return _cell(number_format="[White]@")


def sheet_tiny() -> bytes:
    return _cell(font=Font(size=1))


def sheet_row_of_a_hair() -> bytes:
    book = new_book()
    book.active["A7"] = SECRET
    book.active.row_dimensions[7].height = 0.3
    return stored(book)


# --- PowerPoint ----------------------------------------------------------------------------------
def deck_tiny_and_unpainted() -> bytes:
    deck = new_deck()
    box = deck.slides[0].shapes.add_textbox(0, 0, Inches(1), Inches(1))
    frame = box.text_frame
    frame.text = "看得见"
    for make in (_tiny, _unpainted):
        run = frame.paragraphs[0].add_run()
        run.text = SECRET
        make(run)
    return stored(deck)


def _tiny(run: object) -> None:
    run.font.size = Pt(1)  # type: ignore[attr-defined]


def _unpainted(run: object) -> None:
    run.font.fill.background()  # type: ignore[attr-defined]


# --- PDF -----------------------------------------------------------------------------------------
def instead_of_letters() -> bytes:
    """A text that stands in the page's instructions instead of what they paint."""
    return p.stored(p.new(f"/Span <</ActualText ({LATIN})>> BDC {p.words('Seen')} EMC"))


def deep_in_forms() -> bytes:
    """White text in a form within forms, deeper than anybody builds."""
    pdf = p.new(p.words("Seen") + " /F Do")
    resources = pdf.pages[0].Resources
    box = Array([0, 0, 600, 800])
    form = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": box}
    hidden = p.words(LATIN, 200, how="1 g").encode()
    inner = pdf.make_stream(hidden, Resources=resources, **form)
    for _level in range(14):
        within = Dictionary(XObject=Dictionary(F=inner))
        inner = pdf.make_stream(b"/F Do", Resources=within, **form)
    pdf.pages[0].Resources = Dictionary(Font=resources.Font, XObject=Dictionary(F=inner))
    return p.stored(pdf)


def layer_off_on_the_screen() -> bytes:
    """A layer that is on, but a reader that shows the page switches it off."""
    layer = f" /OC /G BDC {p.words(LATIN, 200)} EMC"
    pdf = p.new(p.words("Seen") + layer)
    group = pdf.make_indirect(
        Dictionary(
            Type=Name.OCG,
            Name=String("L"),
            Usage=Dictionary(View=Dictionary(ViewState=Name.OFF)),
        )
    )
    rule = Dictionary(Event=Name.View, OCGs=Array([group]), Category=Array([Name.View]))
    default = Dictionary(AS=Array([rule]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=default)
    pdf.pages[0].Resources.Properties = Dictionary(G=group)
    return p.stored(pdf)


# --- what is seen otherwise than as a page's letters ---------------------------------------------
def pdf_with_bookmarks() -> bytes:
    pdf = p.new(p.words("Seen"))
    with pdf.open_outline() as outline:
        chapter = pikepdf.OutlineItem("第一章", 0)
        chapter.children.append(pikepdf.OutlineItem("第一节", 0))
        outline.root.append(chapter)
    figure = Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=String("公章的图"))
    root = Dictionary(Type=Name.StructTreeRoot, K=pdf.make_indirect(figure))
    pdf.Root.StructTreeRoot = pdf.make_indirect(root)
    return p.stored(pdf)


def deck_with_a_chart() -> bytes:
    deck = new_deck()
    slide = deck.slides[0]
    data = CategoryChartData()
    data.categories = ["一季度"]
    data.add_series("受理数", (17,))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, Inches(2), Inches(2), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "受理情况图")
    box = slide.shapes.add_textbox(0, 0, Inches(1), Inches(1))
    box.text_frame.text = "母版上的字"
    box._element.getparent().remove(box._element)
    deck.slide_layouts[0].shapes._spTree.append(box._element)
    return stored(deck)


def word_with_smart_art() -> bytes:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    kind = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
    return edited(
        stored(new_word()),
        {
            "[Content_Types].xml": part_type("word/diagrams/data1.xml", kind),
            "word/_rels/document.xml.rels": relation("diagramData", "diagrams/data1.xml"),
        },
        {
            "word/diagrams/data1.xml": f'<d:dataModel xmlns:d="{drawing}/diagram" '
            f'xmlns:a="{drawing}/main"><d:ptLst><d:pt><d:t><a:p><a:r><a:t>流程</a:t></a:r>'
            "<a:r><a:t>第一步</a:t></a:r></a:p></d:t></d:pt></d:ptLst></d:dataModel>"
        },
    )


def book_with_more_than_cells() -> bytes:
    from openpyxl.chart import BarChart, Reference

    book = new_book()
    sheet = book.active
    sheet["A9"], sheet["A10"] = "系列", 5
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=9, max_row=10), titles_from_data=True)
    chart.title = "图表的题目"
    sheet.add_chart(chart, "E5")
    sheet.oddHeader.center.text = "页眉的字"
    return stored(book)


def png_of_a_program() -> bytes:
    """Most programs name themselves in what they write; a NUL parts the name from the word."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Software", "Some Program")
    buffer = io.BytesIO()
    Image.new("RGB", (9, 9)).save(buffer, "PNG", pnginfo=told)
    return buffer.getvalue()


def word_template_of_fields() -> bytes:
    """Fields that are harmless, and stay."""
    document = docx.Document()
    document.add_paragraph(SEEN)
    code = "PAGE \\* MERGEFORMAT"
    simple = f'<w:fldSimple {nsdecls("w")} w:instr="{code}"/>'
    document.paragraphs[0]._p.append(parse_xml(simple))
    return stored(document)

"""Office files with something hidden in each, made with the libraries or by editing their XML."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping

import docx
import openpyxl
import pptx
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image
from pptx.util import Inches

SEEN = "公开的正文"
SECRET = "不该公开的内容"


def stored(document: object) -> bytes:
    """The bytes of a document of one of the libraries."""
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def edited(
    data: bytes,
    changes: Mapping[str, Callable[[str], str]] | None = None,
    added: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """A package with some of its parts changed as text, and others added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if changes and name in changes:
                text = part.decode()
                changed = changes[name](text)
                assert changed != text, name
                part = changed.encode()
            archive.writestr(name, part, zipfile.ZIP_DEFLATED)
        for name, content in (added or {}).items():
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def relation(kind: str, target: str, *, external: bool = False) -> Callable[[str], str]:
    """Adds a relationship to a part's list of them."""
    mode = ' TargetMode="External"' if external else ""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    row = f'<Relationship Id="rIdX" Type="{space}/{kind}" Target="{target}"{mode}/></Relationships>'
    return lambda text: text.replace("</Relationships>", row)


def part_type(name: str, content_type: str) -> Callable[[str], str]:
    """Names the kind of an added part."""
    row = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    return lambda text: text.replace("</Types>", row)


# --- Word --------------------------------------------------------------------------------------
def new_word() -> docx.document.Document:
    """A document with one paragraph and without the properties that the library writes."""
    document = docx.Document()
    document.add_paragraph(SEEN)
    return document


def word_clean() -> bytes:
    """Everything there is to be seen, as our own cleaning would leave it."""
    from disclosure.files.inside.docx import strip
    from disclosure.files.inside.report import Spent

    document = new_word()
    document.add_heading("一、总则", level=1)
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并的格"
    document.sections[0].header.paragraphs[0].text = "页眉"
    return strip(stored(document), Spent())


def _wrapped(document: docx.document.Document, tag: str, text: str) -> None:
    run = document.paragraphs[-1].add_run(text)
    wrapper = OxmlElement(f"w:{tag}")
    wrapper.set(qn("w:id"), "7")
    wrapper.set(qn("w:author"), "张三")
    run._r.addprevious(wrapper)
    wrapper.append(run._r)
    if tag == "del":
        for one in run._r.findall(qn("w:t")):
            one.tag = qn("w:delText")


def word_tracked() -> bytes:
    document = new_word()
    _wrapped(document, "ins", "加上的话")
    _wrapped(document, "del", SECRET)
    return stored(document)


def word_joined_paragraphs() -> bytes:
    """The mark between two paragraphs was deleted, and a row of a table."""
    document = docx.Document()
    first = document.add_paragraph("前半句")
    document.add_paragraph("后半句")
    first._p.get_or_add_pPr().append(
        parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="张三"/></w:rPr>')
    )
    table = document.add_table(rows=2, cols=1)
    table.cell(0, 0).text, table.cell(1, 0).text = SEEN, SECRET
    table.rows[1]._tr.get_or_add_trPr().append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="2" w:author="张三"/>')
    )
    return stored(document)


def word_comment() -> bytes:
    document = new_word()
    document.add_comment(document.paragraphs[0].runs, text=SECRET, author="李四", initials="李")
    return stored(document)


def word_hidden_text() -> bytes:
    document = new_word()
    document.paragraphs[0].add_run(SECRET).font.hidden = True
    return stored(document)


def word_hidden_by_style() -> bytes:
    document = new_word()
    style = document.styles.add_style("Secret", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    document.add_paragraph(SECRET, style="Secret")
    return stored(document)


def word_hidden_in_header() -> bytes:
    document = new_word()
    header = document.sections[0].header.paragraphs[0]
    header.add_run("页眉")
    header.add_run(SECRET).font.hidden = True
    return stored(document)


def word_white_text() -> bytes:
    document = new_word()
    document.paragraphs[0].add_run(SECRET).font.color.rgb = RGBColor(0xFD, 0xFD, 0xFD)
    return stored(document)


def word_white_on_dark() -> bytes:
    """Nothing hidden: the heading of a table in white on blue."""
    document = new_word()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.paragraphs[0].add_run("表头").font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="1F4E79"/>')
    )
    return stored(document)


def _shaded(run: object, fill: str) -> None:
    shading = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>')
    run._r.get_or_add_rPr().append(shading)  # type: ignore[attr-defined]


def word_dark_grounds() -> bytes:
    """Nothing hidden: no colour on a dark shading is white; yellow marks; blue on red."""
    document = new_word()
    _shaded(document.add_paragraph().add_run("自动变白"), "000000")
    marked = document.add_paragraph().add_run("标黄")
    marked.font.highlight_color = WD_COLOR_INDEX.YELLOW
    marked = document.add_paragraph().add_run("红底蓝字")
    marked.font.color.rgb = RGBColor(0, 0, 0xFF)
    _shaded(marked, "FF0000")
    return stored(document)


def word_black_bar() -> bytes:
    """Black text that was shaded black."""
    document = new_word()
    run = document.add_paragraph().add_run(SECRET)
    run.font.color.rgb = RGBColor(0, 0, 0)
    _shaded(run, "000000")
    return stored(document)


def word_black_highlight() -> bytes:
    document = new_word()
    run = document.add_paragraph().add_run(SECRET)
    run.font.highlight_color = WD_COLOR_INDEX.BLACK
    return stored(document)


def word_tiny_text() -> bytes:
    document = new_word()
    document.paragraphs[0].add_run(SECRET).font.size = Pt(1)
    return stored(document)


def word_hidden_shape() -> bytes:
    document = new_word()
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(picture, "PNG")
    document.add_picture(picture)
    properties = next(document.element.body.iter(qn("wp:docPr")))
    properties.set("hidden", "1")
    return stored(document)


def word_embedded() -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = "word/embeddings/book.xlsx"
    return edited(
        stored(new_word()),
        {
            "word/_rels/document.xml.rels": relation("package", "embeddings/book.xlsx"),
            "[Content_Types].xml": part_type(name, kind),
        },
        {name: sheet_hidden()},
    )


def word_macros() -> bytes:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    binary = part_type("word/vbaProject.bin", "application/vnd.ms-office.vbaProject")
    return edited(
        stored(new_word()),
        {
            "word/_rels/document.xml.rels": lambda text: text.replace(
                "</Relationships>",
                '<Relationship Id="rIdX" Type="http://schemas.microsoft.com/office/2006/'
                'relationships/vbaProject" Target="vbaProject.bin"/></Relationships>',
            ),
            "[Content_Types].xml": lambda text: binary(text).replace(main, macro),
        },
        {"word/vbaProject.bin": b"macro"},
    )


def word_template() -> bytes:
    settings = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    path = "file:///\\\\server\\share\\normal.dotm"
    return edited(
        stored(new_word()),
        {
            "word/settings.xml": lambda text: re.sub(
                r"(<w:settings[^>]*>)",
                r'\1<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/'
                r'officeDocument/2006/relationships" r:id="rIdX"/>',
                text,
                count=1,
            )
        },
        {
            "word/_rels/settings.xml.rels": relation("attachedTemplate", path, external=True)(
                settings
            )
        },
    )


def word_properties() -> bytes:
    document = new_word()
    document.core_properties.author = "张三"
    document.core_properties.last_modified_by = "李四"
    return stored(document)


def word_custom_xml() -> bytes:
    """The library's own template holds a customXml part; this one has words in it."""
    return edited(stored(new_word()), {"customXml/item1.xml": lambda text: f"<a>{SECRET}</a>"})


def word_picture_with_place() -> bytes:
    from tests.disclosure.files.picture_files import jpeg_place

    document = new_word()
    document.add_picture(io.BytesIO(jpeg_place()))
    return stored(document)


def word_unknown_part() -> bytes:
    """A part that hangs on nothing at all."""
    return edited(
        stored(new_word()),
        {"[Content_Types].xml": part_type("word/left.xml", "application/xml")},
        {"word/left.xml": f"<a><t>{SECRET}</t></a>"},
    )


def word_field_that_fetches() -> bytes:
    document = new_word()
    run = document.paragraphs[0].add_run()
    for tag, text in (("begin", ""), ("", ' INCLUDETEXT "c:\\\\x.docx" '), ("end", "")):
        element = OxmlElement("w:fldChar" if tag else "w:instrText")
        if tag:
            element.set(qn("w:fldCharType"), tag)
        element.text = text
        run._r.append(element)
    return stored(document)


# --- Excel -------------------------------------------------------------------------------------
def new_book() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = "公开"
    book.active["A1"] = SEEN
    book.active["B1"] = 3
    return book


def sheet_clean() -> bytes:
    from disclosure.files.inside.report import Spent
    from disclosure.files.inside.xlsx import strip

    return strip(stored(new_book()), Spent())


def sheet_hidden() -> bytes:
    book = new_book()
    other = book.create_sheet("内部", 0)
    other["A1"] = SECRET
    other.sheet_state = "hidden"
    book.active = 1
    return stored(book)


def sheet_very_hidden() -> bytes:
    book = new_book()
    other = book.create_sheet("内部")
    other["A1"] = SECRET
    other.sheet_state = "veryHidden"
    return stored(book)


def sheet_hidden_row() -> bytes:
    book = new_book()
    book.active["A2"] = SECRET
    book.active.row_dimensions[2].hidden = True
    book.active["A3"] = "第三行"
    return stored(book)


def sheet_hidden_column() -> bytes:
    book = new_book()
    book.active["C1"] = SECRET
    book.active.column_dimensions["C"].hidden = True
    book.active["D1"] = "第四列"
    return stored(book)


def sheet_merged_over_hidden() -> bytes:
    """Nothing hidden: the text begins in a hidden row and is seen in the rows it is merged with."""
    book = new_book()
    book.active["A2"] = "合并的格"
    book.active.merge_cells("A2:A4")
    book.active.row_dimensions[2].hidden = True
    return stored(book)


def sheet_comment() -> bytes:
    book = new_book()
    book.active["A1"].comment = Comment(SECRET, "李四")
    return stored(book)


def sheet_white_text() -> bytes:
    book = new_book()
    book.active["A2"] = SECRET
    book.active["A2"].font = Font(color="FFFFFFFF")
    book.active["A3"] = "白字蓝底"
    book.active["A3"].font = Font(color="FFFFFFFF")
    book.active["A3"].fill = PatternFill("solid", fgColor="FF1F4E79")
    return stored(book)


def sheet_dark_grounds() -> bytes:
    """Nothing hidden: black on grey, blue on red."""
    book = new_book()
    book.active["A2"] = "灰底黑字"
    book.active["A2"].fill = PatternFill("solid", fgColor="FF808080")
    book.active["A3"] = "红底蓝字"
    book.active["A3"].font = Font(color="FF0000FF")
    book.active["A3"].fill = PatternFill("solid", fgColor="FFFF0000")
    return stored(book)


def sheet_black_on_black() -> bytes:
    """A cell that was filled black."""
    book = new_book()
    book.active["A2"] = SECRET
    book.active["A2"].fill = PatternFill("solid", fgColor="FF000000")
    return stored(book)


def sheet_shows_nothing() -> bytes:
    book = new_book()
    book.active["A2"] = SECRET
    book.active["A2"].number_format = ";;;"
    return stored(book)


def sheet_hidden_name() -> bytes:
    book = new_book()
    book.defined_names["secret"] = DefinedName("secret", attr_text='"内部"', hidden=True)
    return stored(book)


def sheet_external_link() -> bytes:
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    name = "xl/externalLinks/externalLink1.xml"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    return edited(
        stored(new_book()),
        {
            "xl/_rels/workbook.xml.rels": relation("externalLink", f"/{name}"),
            "[Content_Types].xml": part_type(name, kind),
            "xl/workbook.xml": lambda text: text.replace(
                "</sheets>",
                "</sheets><externalReferences><externalReference "
                f'xmlns:r="{r}" r:id="rIdX"/></externalReferences>',
            ),
        },
        {
            name: f'<externalLink xmlns="{main}"><externalBook/></externalLink>',
            "xl/externalLinks/_rels/externalLink1.xml.rels": relation(
                "externalLinkPath", "file:///c:/x.xlsx", external=True
            )(f'<Relationships xmlns="{rels}"></Relationships>'),
        },
    )


def sheet_pivot_cache() -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml"
    name = "xl/pivotCache/pivotCacheDefinition1.xml"
    return edited(
        stored(new_book()),
        {
            "xl/_rels/workbook.xml.rels": relation("pivotCacheDefinition", f"/{name}"),
            "[Content_Types].xml": part_type(name, kind),
        },
        {name: f'<pivotCacheDefinition xmlns="{main}"><s v="{SECRET}"/></pivotCacheDefinition>'},
    )


def sheet_formulas_over_hidden() -> bytes:
    """A sum over a hidden row, with the value that it shows."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("公开")
    sheet.write("A1", 3)
    sheet.write("A2", 4)
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.write_formula("A3", "=SUM(A1:A2)", None, 7)
    book.close()
    return buffer.getvalue()


def sheet_formulas_without_values() -> bytes:
    book = new_book()
    book.active["A2"] = 5
    book.active.row_dimensions[2].hidden = True
    book.active["A3"] = "=SUM(A1:A2)"
    return stored(book)


# --- PowerPoint --------------------------------------------------------------------------------
def new_deck() -> pptx.presentation.Presentation:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = SEEN
    return deck


def _box(slide: object, text: str, left: float) -> object:
    box = slide.shapes.add_textbox(  # type: ignore[attr-defined]
        Inches(left), Inches(2), Inches(2), Inches(1)
    )
    box.text_frame.text = text
    return box


def deck_clean() -> bytes:
    from disclosure.files.inside.pptx import strip
    from disclosure.files.inside.report import Spent

    return strip(stored(new_deck()), Spent())


def deck_hidden_slide() -> bytes:
    deck = new_deck()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = SECRET
    slide._element.set("show", "0")
    return stored(deck)


def deck_notes() -> bytes:
    deck = new_deck()
    deck.slides[0].notes_slide.notes_text_frame.text = SECRET
    return stored(deck)


def deck_hidden_shape() -> bytes:
    deck = new_deck()
    box = _box(deck.slides[0], SECRET, 1)
    box._element.nvSpPr.cNvPr.set("hidden", "1")  # type: ignore[attr-defined]
    return stored(deck)


def deck_outside_shape() -> bytes:
    deck = new_deck()
    _box(deck.slides[0], SECRET, 50)
    return stored(deck)


def deck_comment() -> bytes:
    space = "http://schemas.openxmlformats.org/presentationml/2006/main"
    rels = "ppt/slides/_rels/slide1.xml.rels"
    kind = "application/vnd.openxmlformats-officedocument.presentationml.comments+xml"
    return edited(
        stored(new_deck()),
        {
            rels: relation("comments", "../comments/comment1.xml"),
            "[Content_Types].xml": part_type("ppt/comments/comment1.xml", kind),
        },
        {
            "ppt/comments/comment1.xml": f'<p:cmLst xmlns:p="{space}"><p:cm authorId="0">'
            f"<p:text>{SECRET}</p:text></p:cm></p:cmLst>"
        },
    )

"""The text of files; a document as the text of a publication."""

import io

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from PIL import Image

from disclosure.core.errors import NotPossible
from disclosure.files import gate, sniff
from disclosure.files.docx_text import docx_to_html
from disclosure.files.extracting import extract
from disclosure.files.inspecting import inspect
from disclosure.files.stripping import strip
from tests.disclosure.files import office_files as o
from tests.disclosure.files import other_files as x
from tests.disclosure.files import pdf_files as p
from tests.disclosure.files import sly_files as s


def text_of(data: bytes, name: str) -> str:
    kind = sniff.recognise(data, name)
    assert kind is not None
    return extract(data, kind.content_type)


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        (o.word_clean, "a.docx", "公开的正文\n一、总则\n合并的格\n页眉"),
        (o.word_tracked, "a.docx", "公开的正文加上的话"),
        (o.sheet_hidden, "a.xlsx", "公开的正文\t3"),
        (o.deck_hidden_slide, "a.pptx", "公开的正文"),
        (p.clean, "a.pdf", "Public text"),
        (x.text, "a.csv", "姓名，办法\n公开的正文\n"),
        (x.text_gbk, "a.txt", "公开的正文\n"),
        (x.ofd, "a.ofd", "公开的正文"),
        (x.ole, "a.doc", ""),
        (x.zip_clean, "a.zip", "目录/说明.txt\n姓名，办法\n公开的正文\n\n图.png"),
    ],
)
def test_the_text_is_read(data, name: str, text: str) -> None:
    assert text_of(data(), name) == text


@pytest.mark.parametrize(
    ("data", "name", "lines"),
    [
        (s.pdf_with_bookmarks, "a.pdf", {"第一章", "第一节", "公章的图"}),
        (s.deck_with_a_chart, "a.pptx", {"一季度", "受理数", "17", "受理情况图", "母版上的字"}),
        (s.word_with_smart_art, "a.docx", {"流程第一步"}),
        (s.book_with_more_than_cells, "a.xlsx", {"图表的题目", "系列", "&C页眉的字"}),
    ],
)
def test_so_is_what_stands_beside_the_running_text(data, name: str, lines: set[str]) -> None:
    kind = sniff.recognise(data(), name)
    assert kind is not None
    copy = strip(data(), kind.content_type)
    assert gate.prove_clean(copy, kind.content_type) == []
    assert lines <= set(text_of(copy, name).split("\n"))


def test_a_text_instead_of_the_letters_hides_no_letters() -> None:
    """What is looked through for personal data is what the page paints."""
    copy = strip(s.instead_of_letters(), "application/pdf")
    assert text_of(copy, "a.pdf") == "Seen"


def test_what_is_told_can_be_stored() -> None:
    """PostgreSQL takes no NUL, and each PNG of a program has one."""
    found = inspect(s.png_of_a_program(), "image/png").findings
    assert [one.detail for one in found] == ["tEXt Software Some Program"]


def test_a_long_text_is_cut_at_two_million_characters() -> None:
    assert len(text_of(("公" * 2_100_000).encode(), "a.txt")) == 2_000_000


def test_accepted_changes_join_paragraphs_and_remove_rows() -> None:
    kind = sniff.recognise(o.word_joined_paragraphs(), "a.docx")
    assert kind is not None
    copy = docx.Document(io.BytesIO(strip(o.word_joined_paragraphs(), kind.content_type)))
    assert [one.text for one in copy.paragraphs if one.text] == ["前半句后半句"]
    assert [row.cells[0].text for row in copy.tables[0].rows] == [o.SEEN]


def test_findings_say_what_and_where() -> None:
    word = sniff.recognise(o.word_tracked(), "a.docx")
    assert word is not None
    details = [one.detail for one in inspect(o.word_tracked(), word.content_type).findings]
    assert "张三: 不该公开的内容" in details
    boxed = inspect(p.partly_under_a_box(), "application/pdf").findings[0]
    assert (boxed.where, "angSan" in boxed.detail) == ("page:1", True)
    assert p.SEEN.replace(" ", "") not in boxed.detail
    packed = inspect(x.zip_in_zip(), "application/zip").findings
    places = {one.where for one in packed if one.kind == "place"}
    assert places == {"member:内.zip > member:附件二.jpg"}


def test_the_gate_proves_what_no_rule_of_hiding_knows() -> None:
    """Text in a part that readers know but whose kind of hiding nobody has thought of."""
    word = sniff.recognise(o.word_clean(), "a.docx")
    assert word is not None
    altered = o.edited(
        o.word_clean(),
        {
            "word/numbering.xml": lambda text: text.replace(
                "</w:numbering>", "<w:t>不该公开的内容</w:t></w:numbering>"
            )
        },
    )
    assert inspect(altered, word.content_type).findings == ()
    assert [one.code for one in gate.prove_clean(altered, word.content_type)] == ["unseen_text"]


def test_the_gate_asks_for_the_kind_and_may_be_told_more() -> None:
    problem = gate.Problem("unseen_text", "", "x")
    seen: list[str] = []

    def texts_ok(text: str) -> list[gate.Problem]:
        seen.append(text)
        return [problem]

    assert gate.prove_clean(x.text(), "text/plain", texts_ok=texts_ok) == [problem]
    assert seen == ["姓名，办法\n公开的正文\n"]
    assert gate.prove_clean(p.clean(), "application/zip")[0].code == "broken"


# --- a document as the text ----------------------------------------------------------------------
def document() -> bytes:
    made = docx.Document()
    made.add_heading("关于公开的通知", 0)
    made.add_paragraph("各县（市、区）人民政府：")
    made.add_heading("一、总体要求", level=2)
    made.add_heading("（一）原则", level=1)
    made.add_paragraph("一、不是标题的一段")
    run = made.add_paragraph("重点").add_run("加粗")
    run.bold = True
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    table.cell(1, 0).text, table.cell(1, 1).text = "甲", "乙"
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    picture.seek(0)
    made.add_picture(picture)
    made.add_paragraph("示例省人民政府").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.add_paragraph("居中").alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.paragraphs[1].add_run("看不见").font.hidden = True
    return o.stored(made)


def test_a_document_becomes_the_text_of_a_publication(english) -> None:
    html, warnings = docx_to_html(document())
    assert '<p class="centre">关于公开的通知</p>' in html
    assert "<h2>一、总体要求</h2>" in html
    assert "<h3>（一）原则</h3>" in html
    assert "<p>一、不是标题的一段</p>" in html
    assert "<strong>加粗</strong>" in html
    assert 'colspan="2"' in html
    assert '<p class="right">示例省人民政府</p>' in html
    assert '<p class="centre">居中</p>' in html
    assert "看不见" not in html
    assert "<img" not in html
    assert warnings == ["1 picture was left out; please attach it as a file."]


def test_words_under_a_bar_are_told_of(english) -> None:
    _html, warnings = docx_to_html(o.word_black_bar())
    assert warnings == ["Words that a bar covers in the file show in the text. Please check."]
    assert docx_to_html(o.word_dark_grounds())[1] == []


def test_footnotes_stay_and_lead_nowhere() -> None:
    from tests.disclosure.files.office_files import edited, part_type, relation

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    data = edited(
        o.stored(o.new_word()),
        {
            "word/_rels/document.xml.rels": relation("footnotes", "footnotes.xml"),
            "[Content_Types].xml": part_type("word/footnotes.xml", kind),
            "word/document.xml": lambda text: text.replace(
                f"<w:t>{o.SEEN}</w:t></w:r>",
                f'<w:t>{o.SEEN}</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>',
            ),
        },
        {
            "word/footnotes.xml": f'<w:footnotes {space}><w:footnote w:id="2"><w:p><w:r><w:t>'
            "脚注的话</w:t></w:r></w:p></w:footnote></w:footnotes>"
        },
    )
    html, _warnings = docx_to_html(data)
    assert "<sup>[1]</sup>" in html
    assert "脚注的话" in html
    assert "href" not in html


@pytest.mark.parametrize("make", [x.word_with_entities, x.word_broken, x.zip_bomb])
def test_a_trap_is_no_text(make) -> None:
    with pytest.raises(NotPossible):
        docx_to_html(make())

"""Letters as DOCX: the same texts in the same order as the PDF, its measures, the same bytes."""

import io
import zipfile
from collections.abc import Iterator

import docx as python_docx
import pytest
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.table import Table as DocxTable

from disclosure.paper import measures
from requests_app.letters import docx, layout
from requests_app.letters.document import Document
from tests.letters import make_letter


def opened(letter: Document) -> DocxDocument:
    return python_docx.Document(io.BytesIO(docx.render(letter)))


def texts(file: DocxDocument) -> Iterator[str]:
    for part in file.iter_inner_content():
        if isinstance(part, DocxTable):
            for row in part.rows:
                for cell in row.cells:
                    yield from (paragraph.text for paragraph in cell.paragraphs)
        else:
            yield part.text


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"verify_code": ""},
        {"addressee": "", "enclosures": (), "contact": "", "copies_to": ()},
        {"addressee": "<w:p>&", "title": "]]>"},
    ],
    ids=["full", "draft", "bare", "markup"],
)
def test_everything_is_said_in_order(changes: dict) -> None:
    letter = make_letter(**changes)
    assert [text for text in texts(opened(letter)) if text] == list(filter(None, letter.lines()))


def test_page_and_margins() -> None:
    section = opened(make_letter()).sections[0]
    found = (
        *(section.page_width, section.page_height, section.top_margin, section.bottom_margin),
        *(section.left_margin, section.right_margin),
    )
    assert [round(each.mm) for each in found if each] == [
        *measures.PAGE,
        *(measures.MARGIN_TOP, measures.MARGIN_BOTTOM, measures.MARGIN_LEFT, measures.MARGIN_RIGHT),
    ]


def test_fonts_are_named_for_chinese_too() -> None:
    for paragraph in opened(make_letter()).paragraphs:
        for run in paragraph.runs:
            fonts = run._r.rPr.find(qn("w:rFonts"))
            assert fonts.get(qn("w:eastAsia")) in {"仿宋", "黑体", "方正小标宋简体"}
            assert fonts.get(qn("w:ascii")) == "Times New Roman"


def test_red_heading_with_a_rule_below() -> None:
    heading = opened(make_letter()).paragraphs[0]
    assert str(heading.runs[0].font.color.rgb) == layout.RED
    rule = heading._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert rule.get(qn("w:color")) == layout.RED


def test_pages_are_numbered_on_both_sides() -> None:
    file = opened(make_letter())
    assert file.settings.odd_and_even_pages_header_footer
    for footer in (file.sections[0].footer, file.sections[0].even_page_footer):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "—  —"
        assert [part.text for part in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]


def test_a_draft_says_so_and_has_no_code() -> None:
    draft, issued = opened(make_letter(verify_code="")), opened(make_letter())
    assert draft.sections[0].header.paragraphs[0].text == layout.DRAFT
    assert draft.sections[0].even_page_header.paragraphs[0].text == layout.DRAFT
    assert len(draft.inline_shapes) == 0
    assert issued.sections[0].header.is_linked_to_previous
    assert len(issued.inline_shapes) == 1
    assert round(issued.inline_shapes[0].width.mm) == layout.QR_SIZE


def test_properties_tell_of_the_agency_and_of_no_machine() -> None:
    properties = opened(make_letter()).core_properties
    assert properties.title == "政府信息公开申请答复书"
    assert properties.author == properties.last_modified_by == "示例市自然资源和规划局"
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.date() == make_letter().date
    assert properties.comments == ""


def test_the_same_letter_gives_the_same_bytes() -> None:
    """In another process too: `test_pdf` compares both kinds."""
    data = docx.render(make_letter())
    assert docx.render(Document.from_dict(make_letter().as_dict())) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]

"""Page, DOCX, XLSX, PDF and JSON of a report give the same numbers for every cell, in the official
layout; what is read back is found by its headings (`tests/report_files.py`)."""

import datetime as dt
import functools
import io
import re
from dataclasses import replace
from decimal import Decimal

import docx
import openpyxl
import pypdfium2
import pytest
from django.template.loader import render_to_string
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from disclosure.paper import pdf as paper
from disclosure.paper.pdf import MissingGlyph, PdfUnavailable
from disclosure.reports.document import Document
from disclosure.reports.export.docx import as_docx
from disclosure.reports.export.page import table_views
from disclosure.reports.export.pdf import as_pdf
from disclosure.reports.export.xlsx import as_xlsx
from disclosure.reports.tables.cells import NA, Cell, Cells
from disclosure.reports.tables.forms import FORM_2019, FORM_2021, FORMS
from disclosure.reports.tables.shapes import Face, Form, Number, Place
from tests import report_files as files
from tests.report_tables import consistent

DAY = dt.date(2025, 1, 20)
BOTH = pytest.mark.parametrize("form", list(FORMS.values()), ids=list(FORMS))


def document_of(form: Form, **changes: object) -> Document:
    data = {
        "form": form.key,
        "agency": "示例市自然资源和规划局",
        "agency_code": "370100",
        "year": form.first,
        "sections": {
            "overview": "（一）主动公开\n全年主动公开政府信息。“公开是常态”，不公开是例外。",
            "problems": "=HYPERLINK(1)\n问题一是人手不足。",
            "other": "未收取信息处理费。",
        },
        "tables": consistent(form),
    }
    return replace(Document.from_json(data), **changes)  # type: ignore[arg-type]


def changed(document: Document, values: dict[Place, Cell]) -> Document:
    assert document.cells is not None
    return replace(document, cells=document.cells.changed(values))


def odd_document(form: Form) -> Document:
    """With blanks, 不适用, and numbers too wide for an upright page."""
    return changed(
        document_of(form),
        {
            Place("requests", "new", "total"): 1_573_179,
            Place("requests", "new", "research"): None,
            Place("requests", "granted", "other"): NA,
            Place("requests", "carried_out", "enterprise"): None,
            Place("remedies", "reconsideration", "upheld"): None,
            Place("proactive", "regulations", next(iter(PROACTIVE[form.key]))): None,
        },
    )


PROACTIVE = {"2019": ("made",), "2021": ("issued",)}


def expected(document: Document) -> files.Values:
    """Every cell of the form; what the report left out looks like a blank."""
    assert document.form is not None
    assert document.cells is not None
    return {place: document.cells[place] for place in document.form.places}


def page_of(document: Document, language: str = "zh") -> str:
    template = "disclosure/reports/tables/table.html"
    views = table_views(document, language=language)
    return f"<div>{''.join(render_to_string(template, {'table': view}) for view in views)}</div>"


@functools.cache
def pdf_of(key: str) -> bytes:
    try:
        paper.ready()
    except PdfUnavailable as reason:
        pytest.skip(str(reason))
    return as_pdf(odd_document(FORMS[key]), published_on=DAY)


# --- the same numbers everywhere ----------------------------------------------------------------


def cells_of(form: Form) -> st.SearchStrategy[dict[Place, Cell]]:
    def strategy(place: Place) -> st.SearchStrategy[Cell]:
        number = form.column(place).number
        least = -(10**6) if number == Number.CHANGE else 0
        values: st.SearchStrategy[Cell] = st.integers(least, 10**9)
        if number == Number.AMOUNT:
            values = st.decimals(0, 10**8, places=4)
        return st.one_of(values, st.none(), st.just(NA))

    return st.fixed_dictionaries({}, optional={place: strategy(place) for place in form.places})


@BOTH
def test_every_file_gives_the_same_numbers(form: Form) -> None:
    @settings(max_examples=6, deadline=None)
    @given(cells_of(form))
    def gives(values: dict[Place, Cell]) -> None:
        document = document_of(form, cells=Cells(form, values))
        wanted = expected(document)
        assert files.read_page(page_of(document), form) == wanted
        assert files.read_docx(as_docx(document), form) == wanted
        book = as_xlsx(document)
        assert files.read_xlsx(book, form) == wanted
        assert files.read_xlsx(book, form, recount=True) == wanted
        assert files.read_data_sheet(book, form) == values
        again = Document.from_json(document.as_json())
        assert expected(again) == wanted

    gives()


@BOTH
def test_pdf_gives_the_same_numbers(form: Form) -> None:
    wanted = expected(odd_document(form))
    assert files.read_pdf(pdf_of(form.key), form) == wanted


@BOTH
def test_the_odd_report_is_the_same_in_all_others(form: Form) -> None:
    document = odd_document(form)
    wanted = expected(document)
    assert files.read_page(page_of(document), form) == wanted
    assert files.read_docx(as_docx(document), form) == wanted
    assert files.read_xlsx(as_xlsx(document), form, recount=True) == wanted


def test_long_amounts_lose_no_digit() -> None:
    place = Place("proactive", "fees", "amount")
    for amount in (Decimal("123456789012345.123456"), Decimal("12.50"), Decimal("0.00")):
        document = changed(document_of(FORM_2021), {place: amount})
        assert files.read_xlsx(as_xlsx(document), FORM_2021)[place] == amount
        assert files.read_data_sheet(as_xlsx(document), FORM_2021)[place] == amount
        assert f"{amount:,f}" in page_of(document)


# --- the official layout ------------------------------------------------------------------------

PROACTIVE_2021 = {
    *((f"第二十条第（{number}）项", 1, 4) for number in "一五六八"),
    *(("本年处理决定数量", 1, 3), ("本年收费金额（单位：万元）", 1, 3)),
}
REQUESTS_2021 = {
    ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
    *(("申请人情况", 1, 7), ("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)),
    ("一、本年新收政府信息公开申请数量", 1, 3),
    ("二、上年结转政府信息公开申请数量", 1, 3),
    ("三、本年度办理结果", 22, 1),
    ("（一）予以公开", 1, 2),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 1, 2),
    *(("（三）不予公开", 8, 1), ("（四）无法提供", 3, 1)),
    *(("（五）不予处理", 5, 1), ("（六）其他处理", 3, 1)),
    *(("（七）总计", 1, 2), ("四、结转下年度继续办理", 1, 3)),
}
REMEDIES = {
    *(("行政复议", 2, 5), ("行政诉讼", 1, 10)),
    *(("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)),
}


def headings(spans: files.Spans) -> files.Spans:
    """Merged headings; values are merged in table two, where they differ by report."""
    return {span for span in spans if not re.fullmatch(r"[\d,.+-]*", span[0])}


def all_spans(form: Form) -> list[list[files.Spans]]:
    document = document_of(form)
    return [
        [files.docx_spans(made) for made in files.docx_tables(as_docx(document))],
        files.xlsx_spans(as_xlsx(document), form),
        files.html_spans(page_of(document)),
    ]


def test_headings_are_merged_as_in_the_official_form() -> None:
    for spans in all_spans(FORM_2021):
        assert [headings(one) for one in spans] == [PROACTIVE_2021, REQUESTS_2021, REMEDIES]


def test_the_form_of_2019_has_its_own() -> None:
    wanted = {
        (text, rows - 2 if text == "三、本年度办理结果" else rows, columns)
        for text, rows, columns in REQUESTS_2021
        if text != "（六）其他处理"
    } | {("（六）其他处理", 1, 2)}
    for proactive, requests, remedies in all_spans(FORM_2019):
        assert {f"第二十条第（{number}）项" for number in "一五六八九"} == {
            text for text, _rows, columns in proactive if columns == 4
        }
        assert headings(requests) == wanted
        assert headings(remedies) == REMEDIES


@BOTH
def test_every_cell_of_the_page_is_named(form: Form) -> None:
    names = files.named(page_of(document_of(form)))
    assert len(names) == len(form.places)
    for place in form.places:
        row = form.table(place.table).rows[place.row]
        wanted = {label.zh for label in (*row.above, row.label, form.column(place).label)}
        assert wanted <= set(names[f"cell-{place.table}-{place.row}-{place.column}"])
    assert names["cell-requests-refused_state_secret-research"] == [
        *("三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"),
        *("法人或其他组织", "科研机构"),
    ]


# --- the page -----------------------------------------------------------------------------------


def test_a_blank_is_read_out_and_not_shown() -> None:
    place = Place("requests", "new", "research")
    document = changed(document_of(FORM_2021), {place: None})
    (cell,) = [cell for view in table_views(document) for cell in view.cells if cell.place == place]
    assert (cell.text, cell.spoken) == ("", "未填")
    assert '<span class="visually-hidden">left blank</span>' in page_of(document, "en")
    assert 'lang="en"' in page_of(document, "en")


def beside(now: Document, then: Document, place: Place) -> tuple[str, str, str]:
    for view in table_views(now, then):
        for cell in view.cells:
            if cell.place == place and cell.before:
                return cell.text, cell.before.text, cell.before.difference
    raise AssertionError(place)


def test_the_year_before_stands_beside_each_cell() -> None:
    place = Place("requests", "new", "enterprise")
    now = changed(document_of(FORM_2021), {place: 1200})
    then = changed(document_of(FORM_2021), {place: 1300})
    assert beside(now, then, place) == ("1,200", "1,300", "-100")
    assert beside(then, now, place) == ("1,300", "1,200", "+100")
    assert beside(now, now, place) == ("1,200", "1,200", "0")
    assert beside(now, changed(then, {place: None}), place) == ("1,200", "", "")
    assert beside(changed(now, {place: NA}), then, place) == ("不适用", "1,300", "")
    template = "disclosure/reports/tables/compare.html"
    html = render_to_string(template, {"table": table_views(now, then)[1]})
    assert html.count(" id=") == html.count(' id="compare-')
    assert [name for name in re.findall(r'headers="([^"]+)"', html) if "cell" in name] == []


def test_what_another_form_counts_otherwise_is_not_compared() -> None:
    now, then = document_of(FORM_2021), document_of(FORM_2019)
    by_place = {cell.place: cell.before for view in table_views(now, then) for cell in view.cells}
    new = {place for place, one in by_place.items() if place and one and one.is_new}
    for row in ("other", "other_not_corrected"):
        assert Place("requests", row, "total") in new, "（六）其他处理 was one row"
    assert Place("proactive", "regulations", "issued") in new
    assert Place("requests", "granted", "total") not in new
    assert Place("proactive", "licences", "decisions") not in new


# --- DOCX ---------------------------------------------------------------------------------------


def test_docx_is_a_document_as_agencies_publish_it() -> None:
    document = document_of(FORM_2021)
    data = as_docx(document, published_on=DAY)
    assert as_docx(Document.from_json(document.as_json()), published_on=DAY) == data
    file = docx.Document(io.BytesIO(data))
    texts = [(paragraph.style.name, paragraph.text) for paragraph in file.paragraphs]  # type: ignore[union-attr]
    title = "示例市自然资源和规划局\n2021年政府信息公开工作年度报告"
    assert texts[0] == ("Title", title)
    assert [text for style, text in texts if style == "Heading 1"] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]
    assert [text for _style, text in texts[-2:]] == ["示例市自然资源和规划局", "2025年1月20日"]
    properties = file.core_properties
    assert (properties.author, properties.language) == (document.agency, "zh-CN")
    assert properties.title == title.replace("\n", "")
    (section,) = file.sections
    margins = (section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)
    assert [round(each.mm) for each in margins if each] == [37, 28, 35, 26]
    rows = file.tables[1]._tbl.tr_lst
    assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)
    repeated = [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in rows]
    assert repeated == [True] * 3 + [False] * 25


def test_a_wide_table_lies_on_its_side() -> None:
    file = docx.Document(io.BytesIO(as_docx(odd_document(FORM_2021))))
    sides = [section.page_width > section.page_height for section in file.sections]  # type: ignore[operator]
    assert sides == [False, True, False]


# --- XLSX ---------------------------------------------------------------------------------------


def test_totals_are_live_where_they_come_to_what_was_published() -> None:
    document = document_of(FORM_2021)
    in_all = 25 + 6 + 3  # totals of rows, of outcomes by applicant, of remedies
    assert files.formulas(as_xlsx(document), FORM_2021) == in_all
    place = Place("requests", "new", "total")
    assert document.cells is not None
    wrong = changed(document, {place: 9999})
    assert files.formulas(as_xlsx(wrong), FORM_2021) == in_all - 1
    assert files.read_xlsx(as_xlsx(wrong), FORM_2021, recount=True)[place] == 9999


def test_no_text_is_run() -> None:
    texts = {
        "overview": "=1+1\n+2\n-3\n@SUM(A1)\nhttp://example.test/",
        "problems": "",
        "other": "",
    }
    document = document_of(FORM_2021, texts=texts, agency="=cmd|' /C calc'!A0")
    data = as_xlsx(document)
    assert as_xlsx(document) == data
    sheet = openpyxl.load_workbook(io.BytesIO(data))["文字部分"]
    found = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    for text in texts["overview"].split("\n"):
        assert found[text].data_type == "s"
        assert found[text].hyperlink is None
        assert found[text].quotePrefix == (text[0] != "h")
    assert found["=cmd|' /C calc'!A02021年政府信息公开工作年度报告"].data_type == "s"


# --- PDF ----------------------------------------------------------------------------------------


def test_pdf_is_an_archive_with_bookmarks_and_its_fonts() -> None:
    reader = PdfReader(io.BytesIO(pdf_of("2021")))
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()  # type: ignore[index]
    assert 'pdfaid:part="2"' in metadata
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "zh-Hans"  # type: ignore[index]
    title, sections = reader.outline
    assert "2021年政府信息公开工作年度报告" in str(title["/Title"])  # type: ignore[index, call-overload]
    assert len(sections) == 6  # type: ignore[arg-type]
    assert reader.metadata is not None
    assert reader.metadata.author == "示例市自然资源和规划局"
    sides = [page.mediabox.width > page.mediabox.height for page in reader.pages]
    assert sides.count(True) == 1, "table three, whose numbers are wide, on a page of its own"
    with pypdfium2.PdfDocument(pdf_of("2021")) as file:
        for number, page in enumerate(file, 1):
            assert f"— {number} —" in page.get_textpage().get_text_range()


def test_pdf_is_the_same_each_time_and_says_what_it_cannot_print() -> None:
    again = as_pdf(odd_document(FORM_2019), published_on=DAY)
    assert again == pdf_of("2019")
    strange = document_of(FORM_2021, texts={"overview": "字\U000f0000"}, cells=Cells(FORM_2021))
    with pytest.raises(MissingGlyph) as refused:
        as_pdf(strange)
    assert refused.value.characters == "\U000f0000"


# --- the free form ------------------------------------------------------------------------------


def free_document() -> Document:
    return Document.from_json(
        {
            "form": "free",
            "agency": "示例市人民政府",
            "year": 2013,
            "title": "示例市2013年政府信息公开工作年度报告",
            "lead": "本报告根据条例编制。",
            "sections": [
                {"number": "一", "heading": "概述", "text": "主动公开。\n类别\t数量\n概况\t3"},
                {"number": "二", "heading": "说明", "text": "特此说明。\n2014年3月20日"},
            ],
            "figures": [
                {"name": "网站访问量", "value": 200_000, "unit": "人次", "qualifier": "over"},
                {"name": "受理申请", "value": 12, "unit": "件", "as_written": "十二件"},
            ],
            "demonstration": True,
        }
    )


def test_a_free_report_has_its_sections_and_figures() -> None:
    document = free_document()
    assert table_views(document) == []
    file = docx.Document(io.BytesIO(as_docx(document, published_on=DAY)))
    texts = [paragraph.text for paragraph in file.paragraphs]
    assert texts.count("2025年1月20日") == 0, "it has its own day"
    assert [text for text in texts if text] == [
        *(document.title, "（演示数据，不是正式文件）", "本报告根据条例编制。"),
        *("一、概述", "主动公开。", "二、说明", "特此说明。", "2014年3月20日", "附：主要数据"),
    ]
    assert [[cell.text for cell in row.cells] for row in file.tables[1].rows] == [
        ["指标", "数值", "单位", "原文表述"],
        ["网站访问量", "200,000以上", "人次", ""],
        ["受理申请", "12", "件", "十二件"],
    ]
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(document)))
    assert list(book["data"].values)[1][:3] == ("网站访问量", 200_000, "人次")
    try:
        paper.ready()
    except PdfUnavailable as reason:
        pytest.skip(str(reason))
    with pypdfium2.PdfDocument(as_pdf(document, published_on=DAY)) as made:
        text = "".join(page.get_textpage().get_text_range() for page in made)
    for wanted in ("二、说明", "2014年3月20日", "200,000以上", "演示数据"):
        assert wanted in text
    assert "2025年1月20日" not in text


def test_every_face_is_tried() -> None:
    assert {table.face for form in FORMS.values() for table in form.tables} == set(Face)

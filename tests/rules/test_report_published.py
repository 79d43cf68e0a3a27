"""Published reports read back: HTML, DOCX and PDF, with the oddities found in print."""

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal

import docx
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.reports.reading import Reading, html, notes, opening, read
from disclosure.reports.reading import docx as word
from disclosure.reports.reading import errors as wrong
from disclosure.reports.reading import pdf as portable
from disclosure.reports.reading.grids import Grid, Part
from disclosure.reports.reading.numbers import read_number
from disclosure.reports.reading.published import read_parts
from disclosure.reports.reading.ruling import ruled_tables
from disclosure.reports.reading.sections import title_in
from disclosure.reports.reading.titles import agency_of
from disclosure.reports.tables.forms import FORM_2019, FORM_2021, FORMS
from disclosure.reports.tables.shapes import Form, Number
from tests.published_reports import (
    OTHER,
    OVERVIEW,
    PROBLEMS,
    TITLE,
    Report,
    as_docx,
    as_html,
    as_pdf,
    furnished,
    printed,
)
from tests.report_tables import consistent

KINDS: dict[str, tuple[Callable[[Report], bytes], Callable[[bytes], list[Part]]]] = {
    "html": (as_html, lambda data: html.parts(data.decode())),
    "furnished": (
        lambda report: as_html(report, around=furnished),
        lambda data: html.parts(data.decode()),
    ),
    "docx": (as_docx, word.parts),
    "pdf": (as_pdf, portable.parts),
}
PARTS = "partially_granted"
MESSAGES = {value for name, value in vars(notes).items() if name.isupper()}


def report(form: Form = FORM_2021) -> Report:
    return Report(form, consistent(form))


def reread(made: Report, kind: str = "html") -> Reading:
    """Printed and read again, without the child process."""
    make, parts = KINDS[kind]
    reading = read_parts(parts(make(made)))
    assert reading is not None
    return reading


def noted(reading: Reading) -> dict[str, list[tuple[str, ...]]]:
    """The places of the notes by message."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for note in reading.notes:
        assert note.message in MESSAGES
        assert note.message % note.params
        found.setdefault(note.message, []).append(note.place)
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_every_cell_comes_back(form: Form, kind: str) -> None:
    made = report(form)
    reading = reread(made, kind)
    assert (reading.form, reading.tables) == (form.key, made.tables)
    assert (reading.title, reading.agency, reading.year) == (TITLE, "松江市档案局", 2024)
    assert reading.texts == {"overview": OVERVIEW, "problems": PROBLEMS, "other": OTHER}
    assert set(noted(reading)) <= {notes.OTHER_FORM}


@pytest.mark.parametrize("make", [as_html, as_docx, as_pdf])
def test_one_call_for_a_file_of_any_kind(make: Callable[[Report], bytes]) -> None:
    made = report()
    assert read(make(made)).tables == made.tables


def test_the_older_form_in_a_later_year_is_said() -> None:
    reading = reread(report(FORM_2019))
    assert reading.year == 2024
    assert noted(reading) == {notes.OTHER_FORM: [()]}


def test_full_width_digits_and_thousands() -> None:
    made = report()
    made.cell("proactive", "规章", 2, "１０")
    made.cell("proactive", "行政许可", 0, "12,345,678")
    made.cell("proactive", "行政事业性收费", 0, "１２．５０万元")
    reading = reread(made)
    assert reading.tables["proactive"]["licences"] == {"decisions": 12345678}
    expected = made.tables | {"proactive": reading.tables["proactive"]}
    assert reading.tables == expected
    assert reading.tables["proactive"]["regulations"]["in_force"] == 10
    assert reading.tables["proactive"]["fees"] == {"amount": "12.50"}


@pytest.mark.parametrize("mark", ["", "/", "／", "-", "—", "——", "－"])
def test_blanks_and_strokes_are_blank_and_said_once(mark: str) -> None:
    made = report()
    made.cell("requests", "2.重复申请", 0, mark)
    made.cell("requests", "2.重复申请", 6, mark)
    reading = reread(made)
    row = reading.tables["requests"]["unprocessed_repeated"]
    assert row == [None, *made.tables["requests"]["unprocessed_repeated"][1:6], None]
    assert noted(reading) == {notes.BLANKS: [("requests",)]}
    assert reading.notes[0].params == {"count": 2}


def test_not_applicable_is_a_value_of_its_own() -> None:
    made = report()
    made.cell("proactive", "行政强制", 0, "不适用")
    assert reread(made).tables["proactive"]["coercive_measures"] == {"decisions": "NA"}


def test_a_number_with_a_remark() -> None:
    made = report()
    made.cell("proactive", "行政规范性文件", 0, "22（其中修订16件）")
    reading = reread(made)
    assert reading.tables["proactive"]["normative_documents"]["issued"] == 22
    assert noted(reading) == {notes.REMARK: [("proactive", "normative_documents", "issued")]}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("5.属于三类内部事务信息", "5.属于三类内容事务信息", notes.TAKEN_AS_ROW),
        ("5.属于三类内部事务信息", "５、三类内容事务信息", notes.TAKEN_AS_ROW),
        ("3.危及“三安全一稳定”", '（3）危及"三安全 一稳定"', ""),
        ("（一）予以公开", "(一)予以公开", ""),
        ("（七）总计", "（七）总 计", ""),
        ("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数", notes.TAKEN_AS_ROW),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开", ""),
        ("2.其他法律行政法规禁止公开", "2．其他法律、行政法规禁止公开；", ""),
    ],
)
def test_altered_and_misprinted_rows(old: str, new: str, message: str) -> None:
    made = report()
    made.change("requests", old, new)
    reading = reread(made)
    assert reading.tables == made.tables
    assert set(noted(reading)) == ({message} if message else set())


def test_an_altered_heading() -> None:
    made = report()
    made.change("proactive", "现行有效件数", "现行有效件数（历史累计）")
    made.change("proactive", "本年制发件数", "本年制发数")
    reading = reread(made)
    assert reading.tables == made.tables
    assert noted(reading) == {notes.TAKEN_AS_HEADING: [("proactive",)]}


def test_a_label_that_may_mean_two_rows_is_not_guessed() -> None:
    made = report()
    made.change("proactive", "行政处罚", "行政许罚")
    reading = reread(made)
    assert "penalties" not in reading.tables["proactive"]
    assert noted(reading) == {
        notes.UNKNOWN_ROW: [("proactive",)],
        notes.NO_ROW: [("proactive", "penalties")],
    }


def test_table_two_numbered_as_section_one() -> None:
    made = report()
    made.headings[:4] = [
        "引言",
        "一、主动公开政府信息情况",
        "二、收到和处理政府信息公开申请情况",
        "三、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    ]
    made.headings[4:] = ["四、存在的主要问题及改进情况", "五、其他需要报告的事项"]
    reading = reread(made)
    assert reading.tables == made.tables
    assert (reading.texts["overview"], reading.texts["other"]) == ("", OTHER)
    assert reading.lead == f"引言\n{OVERVIEW}"
    assert noted(reading) == {notes.NO_SECTION: [()]}


@pytest.mark.parametrize("text", ["0 3", "0　3", "3件左右", "无", "约5", "-3", "1.5", "三"])
def test_what_is_not_one_number_stays_blank(text: str) -> None:
    made = report()
    made.cell("requests", "2.重复申请", 1, text)
    reading = reread(made)
    assert reading.tables["requests"]["unprocessed_repeated"][1] is None
    assert noted(reading) == {notes.UNCLEAR: [("requests", "unprocessed_repeated", "enterprise")]}
    assert reading.notes[0].params == {"found": text.replace("　", " ")}


def test_digits_of_two_cells_run_together_in_a_merged_cell() -> None:
    made = report()
    rows = made.printed["requests"]
    row = next(one for one in rows if one[0][0] == "2.重复申请")
    row[1:3] = [("13", 2, 1)]
    reading = reread(made)
    before = made.tables["requests"]["unprocessed_repeated"]
    assert reading.tables["requests"]["unprocessed_repeated"] == [None, None, *before[2:]]
    assert noted(reading) == {
        notes.SPREAD: [("requests", "unprocessed_repeated", "natural_person")]
    }


def test_a_row_with_too_few_cells_is_not_pushed_together() -> None:
    made = report()
    rows = made.printed["requests"]
    row = next(one for one in rows if one[0][0] == "2.重复申请")
    row[1:3] = [("13", 1, 1)]
    reading = reread(made)
    assert reading.tables["requests"]["unprocessed_repeated"] == [None] * 7
    assert noted(reading) == {notes.UNEVEN: [("requests", "unprocessed_repeated")]}


def test_totals_left_blank_stay_blank() -> None:
    made = report()
    for row in made.printed["requests"][3:]:
        row[-1] = ("", 1, 1)
    reading = reread(made)
    expected = {key: [*row[:6], None] for key, row in made.tables["requests"].items()}
    assert reading.tables["requests"] == expected
    assert noted(reading) == {notes.BLANKS: [("requests",)]}


@pytest.mark.parametrize("at", [2, 3, 4, 9, 20, 27])
@pytest.mark.parametrize("again", [True, False])
def test_a_table_split_over_two_pages(at: int, again: bool) -> None:
    """With its headings repeated and without; Word then begins merged cells anew."""
    made = report()
    whole = next(
        part
        for part in html.parts(as_html(made).decode())
        if isinstance(part, Grid) and part.width == 10
    )
    pieces = []
    for start, end in ((0, at), (at, whole.height)):
        cells = []
        for cell in whole.cells:
            top, bottom = max(cell.row, start), min(cell.row + cell.rows, end)
            if top < bottom:
                text = cell.text if cell.row >= start else ""
                cells.append(
                    cell.__class__(top - start, cell.column, text, bottom - top, cell.columns)
                )
        pieces.append(Grid(tuple(cells)))
    if again and at > 2:
        head = [cell for cell in whole.cells if cell.row + cell.rows <= 3]
        moved = [
            one.__class__(one.row + 3, one.column, one.text, one.rows, one.columns)
            for one in pieces[1].cells
        ]
        pieces[1] = Grid((*head, *moved))
    parts: list[Part] = []
    for part in html.parts(as_html(made).decode()):
        parts += pieces if isinstance(part, Grid) and part == whole else [part]
    reading = read_parts(parts)
    assert reading is not None
    assert reading.tables == made.tables
    # Of headings that are themselves split a part is taken for text.
    assert set(noted(reading)) <= ({notes.LEFT_OUT} if at == 2 else set())


def test_headings_that_span_wrongly() -> None:
    made = report()
    rows = made.printed["requests"]
    note, applicants = rows[0]
    rows[0] = [(note[0], 1, 3), applicants]
    assert reread(made).tables == made.tables


def test_columns_in_another_order() -> None:
    made = report()
    rows = made.printed["proactive"]
    for row in rows[1:4]:
        row[1], row[3] = row[3], row[1]
    assert reread(made).tables == made.tables


def test_a_table_is_not_taken_for_one_of_the_report() -> None:
    page = as_html(report()).decode()
    other = (
        "<table><tr><td>项目</td><td>件数</td></tr><tr><td>行政处罚</td><td>99</td></tr>"
        "<tr><td>其他</td><td>98</td></tr><tr><td>总计</td><td>97</td></tr></table>"
    )
    made = report()
    reading = read_parts(html.parts(page.replace(f"<p>{OTHER}</p>", f"<p>{OTHER}</p>{other}")))
    assert reading is not None
    assert reading.tables == made.tables
    assert reading.texts["other"].split("\n") == [
        OTHER,
        "项目\t件数",
        "行政处罚\t99",
        "其他\t98",
        "总计\t97",
    ]


def test_a_figure_that_is_there_twice_and_differs() -> None:
    made = report()
    rows = made.printed["proactive"]
    at = next(at for at, row in enumerate(rows) if row[0][0] == "行政许可")
    rows.insert(at + 1, [("行政许可", 1, 1), ("8", 3, 1)])
    reading = reread(made)
    assert reading.tables["proactive"]["licences"] == {"decisions": None}
    assert notes.TWICE in noted(reading)


def test_a_missing_table_and_text_beside_one_are_named() -> None:
    made = report()
    made.printed["remedies"] = []
    made.headings[1] = "二、主动公开政府信息情况"
    page = (
        as_html(made)
        .decode()
        .replace(
            "二、主动公开政府信息情况</p>", "二、主动公开政府信息情况</p><p>注：不含垂管。</p>"
        )
    )
    reading = read_parts(html.parts(page))
    assert reading is not None
    assert "remedies" not in reading.tables
    assert noted(reading) == {notes.NO_TABLE: [("remedies",)], notes.LEFT_OUT: [()]}


def test_fees_in_yuan_are_divided_exactly() -> None:
    made = report()
    made.change("proactive", "本年收费金额（单位：万元）", "本年收费金额（单位：元）")
    made.cell("proactive", "行政事业性收费", 0, "125,000")
    reading = reread(made)
    assert reading.tables["proactive"]["fees"] == {"amount": "12.5"}
    assert noted(reading) == {notes.CONVERTED: [("proactive", "fees", "amount")]}


def test_changes_with_a_sign() -> None:
    made = report(FORM_2019)
    made.cell("proactive", "行政许可", 1, "＋4")
    made.cell("proactive", "行政处罚", 1, "－4")
    reading = reread(made)
    assert reading.tables["proactive"]["licences"]["change"] == 4
    assert reading.tables["proactive"]["penalties"]["change"] == -4


@given(st.integers(0, 10**14), st.sampled_from(["", "件", "（其中修订1件）"]), st.booleans())
def test_whole_numbers_come_back(value: int, behind: str, wide: bool) -> None:
    text = f"{value:,}"
    text = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}) if wide else text
    assert read_number(text + behind, Number.COUNT).value == value


@given(st.text(alphabet="0123456789 ,.+-/（）()件万元无一", max_size=12))
def test_no_number_is_made_up(text: str) -> None:
    """The digits of a value stand in the cell in one piece."""
    for kind in Number:
        read_ = read_number(text, kind)
        if isinstance(read_.value, int | Decimal):
            digits = f"{abs(Decimal(read_.value)):f}"
            assert digits.lstrip("0") in text.replace(",", "").replace(" ", "") or digits == "0"


def test_a_page_in_gb18030_and_the_title_from_its_head() -> None:
    made = report()
    made.title = "年报"
    page = as_html(made, around=furnished).decode()
    page = page.replace("<title>页</title>", f"<title>{TITLE}_松江市人民政府</title>")
    reading = read(page.encode("gb18030"))
    assert (reading.title, reading.tables) == (TITLE, made.tables)


def test_a_page_without_tables_is_text() -> None:
    page = (
        f"<html><body><h1>{TITLE}</h1><h2>一、概述</h2><p>公开信息86条。</p>"
        "<h2>二、依申请公开情况</h2><p>无。</p></body></html>"
    )
    reading = read(page.encode())
    assert (reading.form, [one["heading"] for one in reading.sections]) == (
        "free",
        ["概述", "依申请公开情况"],
    )
    assert noted(reading) == {notes.NO_TABLES: [()]}
    assert read(page.replace("2024年", "2014年").encode()).notes == []


def test_hidden_and_deleted_words_of_a_word_file_are_left_out() -> None:
    document = docx.Document(io.BytesIO(as_docx(report())))
    run = document.paragraphs[-1].add_run("（隐藏）")
    run.font.hidden = True
    target = io.BytesIO()
    document.save(target)
    reading = read_parts(word.parts(target.getvalue()))
    assert reading is not None
    assert reading.texts["other"] == OTHER


def test_paragraphs_of_a_pdf_go_on_over_lines_and_pages() -> None:
    sentence = "按照《条例》规定主动公开政府信息，回应社会关切，提升服务水平。"
    points = [f"（{number}）{sentence * 30}" for number in "一二三"]
    made = report()
    page = as_html(made).decode()
    page = page.replace(f"<p>{OVERVIEW}</p>", "".join(f"<p>{point}</p>" for point in points))
    look = "p { text-indent: 2em; margin: 0 } td p { text-indent: 0 } body { line-height: 28pt }"
    look += "@page { @bottom-center { content: '— ' counter(page) ' —' } }"
    reading = read_parts(portable.parts(printed(page, look)))
    assert reading is not None
    assert reading.texts == {"overview": "\n".join(points), "problems": PROBLEMS, "other": OTHER}


@pytest.mark.parametrize(
    ("lines", "agency", "title"),
    [
        (["甲市水务局", "2024年政府信息公开工作年度报告"], "甲市水务局", 2),
        (["首页 > 年报", "甲市水务局2024年政府信息公开工作年度报告"], "甲市水务局", 2),
        (["年度报告", "2024年政府信息公开工作年度报告"], "", 2),
    ],
)
def test_a_title_over_two_lines(lines: list[str], agency: str, title: int) -> None:
    found, after = title_in(lines)
    assert (agency_of(found), after) == (agency, title)


def test_letters_that_fill_a_part_of_their_line_stay_in_it() -> None:
    text = "一年来共收取1,184.60万元，二一两项已办结。"
    page = as_html(report()).decode().replace(OVERVIEW, text)
    reading = read_parts(portable.parts(printed(page)))
    assert reading is not None
    assert reading.texts["overview"] == text


def test_a_signature_is_no_text() -> None:
    page = as_html(report()).decode()
    page = page.replace(f"<p>{OTHER}</p>", f"<p>{OTHER}</p><p>松江市档案局</p><p>2025年1月20日</p>")
    reading = read(page.encode())
    assert reading.texts["other"] == OTHER


_PAGE = 842
#: A table of 2 × 2 whose upper cells are merged, drawn as programs draw them.
_FRAMES = "50 700 200 40 re S 50 660 100 40 re S 150 660 100 40 re S"
_BARS = (
    "50 739 200 1 re f 50 699.5 200 1 re f 50 659 200 1 re f "
    "49.5 659 1 81 re f 249.5 659 1 81 re f 149.5 659 1 41 re f"
)
_ONE_PATH = (
    "50 740 m 250 740 l 50 700 m 250 700 l 50 660 m 250 660 l "
    "50 660 m 50 740 l 250 660 m 250 740 l 150 660 m 150 700 l S"
)


@pytest.mark.parametrize("drawing", [_FRAMES, _BARS, _ONE_PATH])
def test_ruling_lines_however_they_are_drawn(drawing: str) -> None:
    target = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, _PAGE))
        page.Contents = document.make_stream(drawing.encode())
        document.save(target)
    opened = pypdfium2.PdfDocument(target.getvalue())
    (table,) = ruled_tables(portable.lines(opened[0]))
    assert sorted(table.cells) == [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]
    assert table.cell_at(200, 720) == table.cell_at(60, 720) != table.cell_at(60, 680)
    opened.close()


def _bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"0" * (80 * 2**20))
    return target.getvalue()


def _pages(count: int, password: str = "") -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as document:
        for _page in range(count):
            document.add_blank_page()
        locked = pikepdf.Encryption(user=password, owner=password) if password else False
        document.save(target, encryption=locked)
    return target.getvalue()


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (_bomb, wrong.TooMuchInIt),
        (lambda: _pages(200), wrong.TooMuchInIt),
        (lambda: _pages(1, "secret"), wrong.Locked),
        (lambda: _pages(1), wrong.OnlyPictures),
        (lambda: b"%PDF-1.7 broken", wrong.Damaged),
        (lambda: b"<html><body>" + b"<p>x" * 110_000, wrong.TooMuchInIt),
        (lambda: b"<table>" + b"<tr><td colspan=9>1<td>2" * 2000, wrong.TooMuchInIt),
        (lambda: b"<html>" + b"<div>" * 3000 + b"x", wrong.ReadingError),
        (lambda: b"<html>" + b"x" * (5 * 2**20), wrong.TooLarge),
        (lambda: b"%PDF-" + b"x" * (20 * 2**20), wrong.TooLarge),
    ],
)
def test_hostile_files_are_refused_by_name(
    make: Callable[[], bytes], error: type[Exception]
) -> None:
    with pytest.raises(error):
        read(make())


def test_the_child_answers_with_parts() -> None:
    made = report()
    parts = opening.parts_of(as_html(made), opening.HTML)
    assert parts == html.parts(as_html(made).decode())

"""Drafts: the year's figures stand in them, and everything else is open."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from disclosure.reports.prose.drafting import Facts, draft, from_last_year, open_places
from disclosure.reports.prose.fees import fee_statement
from disclosure.reports.prose.figures import figures_of
from disclosure.reports.tables.cells import Cells
from disclosure.reports.tables.forms import FORM_2019, FORM_2021
from disclosure.reports.tables.shapes import Place
from tests.report_prose import YEAR, cells_2019, cells_2021

CELLS = cells_2021().changed({Place("requests", "other_fee_unpaid", "total"): 0})
FACTS = Facts({"规划计划": 12, "财政": 30}, 2, Decimal(1500), Decimal("1200.00"), Decimal("0.998"))


def test_the_draft_says_what_the_tables_say() -> None:
    texts = draft(CELLS, YEAR, facts=FACTS)
    said = [one for one in figures_of(texts, CELLS, YEAR) if one.places]
    assert {one.verdict for one in said} == {"agrees", "sum"}
    assert len(said) >= 20


def test_section_one_covers_its_five_things() -> None:
    overview = draft(CELLS, YEAR)["overview"]
    for name in ("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障"):
        assert f"{name}情况" in overview
    assert "新收政府信息公开申请3525件" in overview


def test_last_years_figures_make_a_comparison() -> None:
    new = Place("requests", "new", "total")
    for then, words in ((3121, "较上年增加404件"), (3525, "与上年持平"), (4000, "较上年减少475件")):
        overview = draft(CELLS, YEAR, before=CELLS.changed({new: then}))["overview"]
        assert f"3525件，{words}；" in overview
    assert "3525件；" in draft(CELLS, YEAR, before=CELLS.changed({new: None}))["overview"]


def test_a_blank_figure_is_an_open_place() -> None:
    for form in (FORM_2021, FORM_2019):
        overview = draft(Cells(form), YEAR)["overview"]
        assert "新收政府信息公开申请【填写】件" in overview
        assert figures_of({"overview": overview}, CELLS, YEAR) == []


def test_the_form_of_2019_is_drafted_too() -> None:
    texts = draft(cells_2019(), 2020)
    assert "制发规范性文件23件" in texts["overview"]
    assert "其他处理66件" in texts["overview"]


def test_the_fee_is_said_as_the_records_have_it() -> None:
    for collected, notices, says in ((Decimal("1200.50"), 2, "amount"), (Decimal(0), None, "none")):
        other = draft(CELLS, YEAR, facts=Facts(fee_collected=collected, fee_notices=notices))[
            "other"
        ]
        statement = fee_statement(other, YEAR)
        assert statement.says == says
        assert statement.agrees_with(collected)
    unpaid = Facts(fee_collected=Decimal(0), fee_notices=1, fee_billed=Decimal(100))
    assert fee_statement(draft(CELLS, YEAR, facts=unpaid)["other"], YEAR).says == "none"
    assert fee_statement(draft(CELLS, YEAR)["other"], YEAR).says == "silent"


def test_last_years_text_is_offered_with_its_figures_open() -> None:
    earlier = "2023年收到申请23件，依照第三十三条答复，按期率98%，参见〔2023〕5号文件。"
    problems = draft(CELLS, YEAR, texts_before={"problems": earlier})["problems"]
    assert problems == (
        "【上年：2023年】收到申请【上年：23件】，依照第三十三条答复，按期率98%，参见〔2023〕5号文件。"
    )
    assert [one.text for one in open_places(problems)] == ["【上年：2023年】", "【上年：23件】"]
    assert open_places(draft(CELLS, YEAR, texts_before={"problems": "  "})["problems"])


def test_an_open_place_that_is_not_closed_is_one_too() -> None:
    assert [one.text for one in open_places("新收【填写\n件，【】")] == ["【填写", "【】"]
    assert open_places("新收3件。") == []


@given(st.text(alphabet="【】上年：0123件年一二，。\n2024", max_size=80))
def test_opening_a_text_twice_is_no_harm(text: str) -> None:
    once = from_last_year(text)
    for one in open_places(once):
        assert once[one.start : one.end] == one.text
    assert len(once) >= len(text)

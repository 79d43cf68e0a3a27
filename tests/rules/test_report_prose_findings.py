"""All remarks on a report: each kind, errors first, keys that lapse with their values."""

from dataclasses import replace
from decimal import Decimal

import pytest

from disclosure.reports.document import Document
from disclosure.reports.prose.drafting import Facts
from disclosure.reports.prose.findings import Remark, remarks
from disclosure.reports.tables.checking import read_tables
from disclosure.reports.tables.forms import FORM_2021
from disclosure.reports.tables.shapes import Place, Severity
from tests.report_tables import broken, consistent

TEXTS = {
    "overview": "全年新收申请{new}件。完善公开目录，改进检索和订阅功能，加强对答复文书的审核把关，"
    "组织业务培训，落实考核和责任追究，回应群众的意见和建议，推进政策解读与互动交流，提升服务水平。",
    "problems": "公开目录更新不够及时。将明确责任，逐月核对。",
    "other": "本年度未收取信息处理费。",
}
NEW = Place("requests", "new", "total")
FACTS = Facts(fee_collected=Decimal(0))


def made(code: str = "A", year: int = 2024, **texts: str) -> Document:
    cells, _problems = read_tables(FORM_2021, consistent(FORM_2021))
    ours = {key: text.replace("{new}", str(cells[NEW])) for key, text in TEXTS.items()} | texts
    return Document(f"某市{code}局", code, year, "", FORM_2021, ours, cells)


def kinds(found: list[Remark]) -> list[str]:
    return [one.kind for one in found]


def test_a_sound_report_has_no_remarks() -> None:
    assert remarks(made(), facts=FACTS) == []
    assert remarks(Document("某市", "A", 2013, "")) == []


def test_each_kind_is_found_errors_first() -> None:
    document = made(
        overview=TEXTS["overview"].replace("{new}", "7777") + "【填写】", problems=" ", other="无。"
    )
    before = made(year=2023, overview=TEXTS["overview"])
    assert document.cells
    before = replace(before, cells=document.cells.changed({NEW: 1}))
    other = made("B", overview=TEXTS["overview"])
    found = remarks(document, before, [other, document], FACTS)
    assert sorted(set(kinds(found))) == [
        "alike_last_year",
        "alike_other",
        "empty_section",
        "growth",
        "identity",
        "open_place",
        "text_differs",
        "text_unlike_fee",
    ]
    severities = [one.severity for one in found]
    assert severities == sorted(severities, key=lambda one: one != Severity.ERROR)
    errors = {one.kind for one in found if one.is_error}
    assert errors == {"empty_section", "open_place", "identity", "text_unlike_fee"}
    assert len({one.key for one in found}) == len(found)
    texts = document.texts
    for one in found:
        if one.kind in ("text_differs", "open_place"):
            assert texts[one.section][one.start : one.end] == one.params["text"]


@pytest.mark.parametrize("identity", [one.key for one in FORM_2021.identities])
def test_identities_are_remarks_with_their_problem(identity: str) -> None:
    tables, earlier = broken(FORM_2021, identity)
    document = replace(made(), cells=read_tables(FORM_2021, tables)[0])
    before = replace(
        made(year=2023, overview="", other=""), cells=read_tables(FORM_2021, earlier)[0]
    )
    found = [one for one in remarks(document, before, facts=FACTS) if one.kind == "identity"]
    assert {one.problem.equation.identity.key for one in found} == {identity}
    assert all(one.place for one in found)
    along = replace(document, previous=earlier)
    assert [one.key for one in remarks(along, facts=FACTS) if one.kind == "identity"] == [
        one.key for one in found
    ]


def test_a_key_stays_when_the_text_moves_and_lapses_when_a_value_changes() -> None:
    def key(text: str, new: int = 5) -> str:
        document = made(overview=text)
        assert document.cells
        document = replace(document, cells=document.cells.changed({NEW: new}))
        (one,) = [one for one in remarks(document) if one.kind == "text_differs"]
        return one.key

    first = key("新收申请70件。")
    assert key("概述。全年新收申请70件。") == first
    assert key("新收申请71件。") != first
    assert key("新收申请70件。", new=6) != first


def test_the_same_finding_twice_has_two_keys() -> None:
    found = remarks(made(overview="【填写】，【填写】"), facts=FACTS)
    assert kinds(found) == ["open_place", "open_place"]
    assert found[0].key != found[1].key


def test_the_fee_is_held_against_the_records() -> None:
    collected = Facts(fee_collected=Decimal("1200.00"))
    (one,) = remarks(made(), facts=collected)
    assert (one.kind, one.is_error) == ("text_unlike_fee", False)
    assert remarks(made(other="收取信息处理费1200元。"), facts=collected) == []
    (less,) = remarks(made(other="收取信息处理费1100元。"), facts=collected)
    assert less.params == {"said": 1100, "collected": 1200}
    assert less.key != one.key
    assert remarks(made()) == []  # not known, not compared
    assert remarks(made(year=2020, other="")) == []  # the rule is of 2021
    (silent,) = remarks(made(other=""))
    assert silent.is_error


def test_a_blank_cell_is_told_as_blank() -> None:
    document = made(overview="新收申请70件。")
    assert document.cells
    found = remarks(replace(document, cells=document.cells.changed({NEW: None})), facts=FACTS)
    (one,) = [one for one in found if one.kind == "text_differs"]
    assert "blank" in one.message

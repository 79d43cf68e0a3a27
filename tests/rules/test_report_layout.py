"""How a report's text is set, and which agency a title means."""

import pytest

from disclosure.reports.layout import Part, numbered, parts_of
from disclosure.reports.matching import Known, meant_by

AGENCIES = [
    Known("SJ", "0001", ("松江省人民防空办公室", "松江人防办")),
    Known("SJX", "00010001", ("松江省人民防空办公室信息处",)),
    Known("HW", "00010002", ("河湾市人民防空办公室", "河湾市民防局")),
    Known("HWS", "00010003", ("河湾市水务局（海洋局）",)),
    Known("SJJ", "0002", ("松江省交通厅",)),
    Known("SJZ", "0003", ("松江省交通战备办公厅",)),
]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("（一）组织领导", Part("subheading", "（一）组织领导")),
        ("1. 平台建设", Part("subheading", "1. 平台建设")),
        ("（一）组织领导得力，分工明确。", Part("paragraph", "（一）组织领导得力，分工明确。")),
        ("1、机构。设立专门小组。", Part("paragraph", "设立专门小组。", "1、机构。")),
        ("一是完善目录。逐项补充。", Part("paragraph", "逐项补充。", "一是完善目录。")),
        ("（二）渠道建设：新增专栏。", Part("paragraph", "新增专栏。", "（二）渠道建设：")),
        ("普通的一段话。又一句。", Part("paragraph", "普通的一段话。又一句。")),
        ("2015年3月10日", Part("signature", "2015年3月10日")),
    ],
)
def test_a_line_is_set_as_what_it_is(line: str, part: Part) -> None:
    assert parts_of(line) == [part]


def test_rows_of_cells_become_one_table() -> None:
    parts = parts_of("说明如下。\n指标\t单位\t数量\n公开数\t条\t5\n答复数\t件\t3\n完毕。")
    assert [part.kind for part in parts] == ["paragraph", "table", "paragraph"]
    assert parts[1].head == ("指标", "单位", "数量")
    assert parts[1].rows == (("公开数", "条", "5"), ("答复数", "件", "3"))


def test_setting_loses_nothing() -> None:
    text = "前言。\n（一）机构\n1、人员。若干人。\n甲\t1\n乙\t2\n2016年3月1日"
    said = "".join(
        part.opening + part.text + "".join("".join(row) for row in (part.head, *part.rows))
        for part in parts_of(text)
    )
    assert said == "".join(text.split())


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("一", "一、概述"),
        ("十二", "十二、概述"),
        ("第一部分", "第一部分　概述"),
        ("3", "3. 概述"),
        ("", "概述"),
    ],
)
def test_a_heading_is_shown_with_its_number(number: str, shown: str) -> None:
    assert numbered(number, "概述") == shown


@pytest.mark.parametrize(
    ("wording", "codes"),
    [
        ("松江省人民防空办公室", ["SJ"]),
        ("松江人防办", ["SJ"]),
        ("sj", ["SJ"]),
        ("松江省人防办", ["SJ"]),  # the office itself, not the division below it
        ("河湾市民防局", ["HW"]),
        ("河湾市水务局(海洋局)", ["HWS"]),
        ("河湾市　水务局 （海洋局）", ["HWS"]),
        ("松江省交厅", ["SJJ", "SJZ"]),
        ("松江省水利厅", []),
        ("松江", []),
        ("", []),
    ],
)
def test_the_agency_that_a_wording_means(wording: str, codes: list[str]) -> None:
    assert [one.code for one in meant_by(wording, AGENCIES)] == codes

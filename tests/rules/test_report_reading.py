"""Reading older annual reports in every shape they come in; every text here is made up."""

import codecs
import json

import pytest

from disclosure.reports.reading import Reading, read
from disclosure.reports.reading import errors as wrong
from disclosure.reports.reading.enumeration import paragraphs
from disclosure.reports.reading.titles import agency_of, year_of

PLAIN = """
松江市档案局2014年政府信息公开工作年度报告

按照有关要求，现公布本局年度报告。

一、总体情况
（一）组织领导
本局指定办公室负责公开工作。
（二）制度建设
修订制度四项。
二、主动公开情况
全年主动公开政府信息86条。
三、存在问题和改进措施：
栏目更新还不够快。
                                松江市档案局
                                2015年3月10日
"""

ENTRY = (
    "收藏查看我的收藏3有用+1已投票0河湾县水务局2012年度信息公开工作报告编辑锁定讨论"
    "本词条缺少名片图，请来编辑吧！本局把公开作为日常工作。[1]"
    "目录1组织情况22012年公开情况3下步打算"
    "河湾县水务局2012年度信息公开工作报告组织情况编辑1、机构。设立了专门小组。"
    "2、制度。健全了三项制度（县办发[2012]9号）。"
    "河湾县水务局2012年度信息公开工作报告2012年公开情况编辑主要做法：一是公开预算。"
    "逐项列明。二是公开工程。全年公开信息41条。[2]"
    "河湾县水务局2012年度信息公开工作报告下步打算编辑加强培训。"
    "参考资料1.河湾县水务局报告．县政府网[引用日期2013-02-01]词条标签：社会"
)


def headings(reading: Reading) -> list[tuple[str, str]]:
    return [(section["number"], section["heading"]) for section in reading.sections]


def everything(reading: Reading) -> str:
    parts = [reading.lead]
    for section in reading.sections:
        parts += [section["heading"], section["text"]]
    return "".join("".join(parts).split())


def test_a_plain_text_with_headings_on_their_own_lines() -> None:
    reading = read(PLAIN.encode())
    assert reading.title == "松江市档案局2014年政府信息公开工作年度报告"
    assert (reading.agency, reading.year) == ("松江市档案局", 2014)
    assert reading.lead == "按照有关要求，现公布本局年度报告。"
    assert headings(reading) == [
        ("一", "总体情况"),
        ("二", "主动公开情况"),
        ("三", "存在问题和改进措施"),
    ]
    assert reading.sections[0]["text"].split("\n") == [
        "（一）组织领导",
        "本局指定办公室负责公开工作。",
        "（二）制度建设",
        "修订制度四项。",
    ]
    assert reading.sections[2]["text"].endswith("松江市档案局\n2015年3月10日")
    assert [(item["name"], item["value"]) for item in reading.figures] == [("主动公开政府信息", 86)]


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode("gb18030"),
        codecs.BOM_UTF8 + PLAIN.encode(),
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace("2014", "２０１４").encode(),
    ],
    ids=["gb18030", "bom", "utf-16", "crlf", "cr", "full-width year"],
)
def test_encodings_and_line_endings_make_no_difference(data: bytes) -> None:
    reading, plain = read(data), read(PLAIN.encode())
    assert (reading.agency, reading.year) == ("松江市档案局", 2014)
    assert (reading.lead, reading.sections) == (plain.lead, plain.sections)


def test_an_encyclopaedia_entry_without_its_furniture() -> None:
    reading = read(ENTRY.encode())
    assert reading.title == "河湾县水务局2012年度信息公开工作报告"
    assert (reading.agency, reading.year) == ("河湾县水务局", 2012)
    assert reading.lead == "本局把公开作为日常工作。"
    assert headings(reading) == [
        ("一", "组织情况"),
        ("二", "2012年公开情况"),
        ("三", "下步打算"),
    ]
    assert reading.sections[0]["text"].split("\n") == [
        "1、机构。设立了专门小组。",
        "2、制度。健全了三项制度（县办发[2012]9号）。",
    ]
    assert reading.sections[1]["text"].split("\n") == [
        "主要做法：",
        "一是公开预算。逐项列明。",
        "二是公开工程。全年公开信息41条。",
    ]
    assert reading.sections[2]["text"] == "加强培训。"
    for furniture in ("编辑", "收藏", "词条", "目录", "参考资料", "引用日期", "[1]", "[2]"):
        assert furniture not in everything(reading)


def test_an_entry_copied_with_line_breaks() -> None:
    text = ENTRY.replace("目录", "\n目录\n").replace("情况编辑", "情况\n编辑\n播报\n")
    text = text.replace("22012年", "\n2\n2012年").replace("参考资料", "\n参考资料\n")
    reading = read(text.encode())
    assert [heading for _, heading in headings(reading)] == [
        "组织情况",
        "2012年公开情况",
        "下步打算",
    ]
    assert everything(reading) == everything(read(ENTRY.encode()))


def test_markdown() -> None:
    text = """# 松江市教育局 2015 年政府信息公开年度报告

为保障**知情权**，现予公布。

## 一、概述

全市学校[目录](https://example.org/)已建立。

### 机构

- 设专职岗位
- 接受监督

## 二、数据

| 指标 | 单位 | 数量 |
|------|------|------|
| 网站公开信息数 | 条 | 1,020 |
| 收到申请数 | 件 | 6 |
"""
    reading = read(text.encode())
    assert (reading.agency, reading.year) == ("松江市教育局", 2015)
    assert reading.lead == "为保障知情权，现予公布。"
    assert headings(reading) == [("一", "概述"), ("二", "数据")]
    assert reading.sections[0]["text"].split("\n") == [
        "全市学校目录已建立。",
        "机构",
        "设专职岗位",
        "接受监督",
    ]
    assert "网站公开信息数\t条\t1,020" in reading.sections[1]["text"]
    assert [(item["name"], item["value"]) for item in reading.figures] == [
        ("网站公开信息数", 1020),
        ("收到申请数", 6),
    ]


def test_markdown_with_underlined_headings() -> None:
    title = "云岭区2016年政府信息公开工作报告"
    text = f"{title}\n===\n\n前言。\n\n概述\n---\n\n内容甲。\n\n打算\n---\n\n内容乙。"
    reading = read(text.encode())
    assert reading.lead == "前言。"
    assert headings(reading) == [("", "概述"), ("", "打算")]


def test_parts_are_the_sections_where_there_are_parts() -> None:
    text = """松江市统计局关于2010年政府信息公开工作情况的报告
第一部分 概述
一、基本情况
设有专栏。
二、机构
设有专人。
第二部分　主动公开的情况
一、范围
按目录公开。
第三部分 附表
一、主动公开数
主动公开信息数 条 12
"""
    reading = read(text.encode())
    assert headings(reading) == [
        ("第一部分", "概述"),
        ("第二部分", "主动公开的情况"),
        ("第三部分", "附表"),
    ]
    assert reading.sections[0]["text"].startswith("一、基本情况\n设有专栏。\n二、机构")
    assert (reading.agency, reading.year) == ("松江市统计局", 2010)


def test_a_table_of_contents_is_left_out() -> None:
    text = """松江市商务局2011年度政府信息公开工作年度报告
目　录
一、概述……………1
二、主动公开情况………3
三、依申请公开情况………5
一、概述
本报告由本局编制。
二、主动公开情况
公开信息300条。
三、依申请公开情况
收到申请2件。
"""
    reading = read(text.encode())
    assert headings(reading) == [
        ("一", "概述"),
        ("二", "主动公开情况"),
        ("三", "依申请公开情况"),
    ]
    assert reading.lead == ""
    assert reading.sections[0]["text"] == "本报告由本局编制。"


def test_the_contents_tell_unnumbered_headings() -> None:
    text = """云岭区人民政府2009年政府信息公开年度报告
目录
工作概述
公开情况
工作概述
第一年施行条例。
公开情况
公开信息七百二十条。
"""
    reading = read(text.encode())
    assert headings(reading) == [("", "工作概述"), ("", "公开情况")]
    assert reading.figures[0]["value"] == 720


def test_unnumbered_headings_are_short_lines_before_long_ones() -> None:
    long = "本段说明做法，" * 8 + "效果较好。"
    text = f"云岭区2017年政府信息公开工作年度报告\n基本情况\n{long}\n{long}\n改进方向\n{long}"
    assert headings(read(text.encode())) == [("", "基本情况"), ("", "改进方向")]


def test_a_count_that_begins_again_in_an_appendix_is_no_section() -> None:
    text = """松江市交通局2016年政府信息公开工作年度报告
一、概述
甲。
二、主动公开
乙。
附件：统计表
一、主动公开情况
公开信息数 条 15
二、回应解读情况
三、依申请公开情况
收到申请数 件 4
"""
    reading = read(text.encode())
    assert headings(reading) == [("一", "概述"), ("二", "主动公开")]
    assert "三、依申请公开情况\n收到申请数 件 4" in reading.sections[1]["text"]
    assert [item["value"] for item in reading.figures] == [15, 4]


def test_headings_that_run_into_their_text() -> None:
    text = """松江市林业局2013年政府信息公开工作总结
一、概述。本年度公开工作平稳开展。
二、主动公开 全年公开信息55条。
三、意见和建议
加快更新。
"""
    reading = read(text.encode())
    assert headings(reading) == [("一", "概述"), ("二", "主动公开"), ("三", "意见和建议")]
    assert reading.sections[0]["text"] == "本年度公开工作平稳开展。"
    assert reading.sections[1]["text"] == "全年公开信息55条。"


def test_a_paste_without_any_line_break() -> None:
    text = (
        "松江市粮食局2015年政府信息公开工作报告现将情况报告如下。一、总体工作情况今年进展顺利。"
        "二、主动公开情况全年公开信息18条。三、存在的问题及改进措施力量不足，拟充实人员。"
    )
    reading = read(text.encode())
    assert reading.title == "松江市粮食局2015年政府信息公开工作报告"
    assert reading.lead == "现将情况报告如下。"
    assert headings(reading) == [
        ("一", "总体工作情况"),
        ("二", "主动公开情况"),
        ("三", "存在的问题及改进措施"),
    ]


def test_a_title_over_two_lines_and_a_date_below_it() -> None:
    title = "松江市文化局\n2012年度政府信息公开工作年度报告\n（2013年3月）\n"
    text = title + "一、甲情\n文。\n二、乙情\n文。"
    reading = read(text.encode())
    assert reading.title == "松江市文化局2012年度政府信息公开工作年度报告"
    assert reading.lead == "（2013年3月）"


def test_the_furniture_of_a_web_page_is_left_out() -> None:
    text = (
        "当前位置：首页 > 年报\n字体：【大 中 小】\n浏览次数：88\n" + PLAIN + "\n打印本页 关闭窗口"
    )
    reading = read(text.replace("打印本页 关闭窗口", "打印本页").encode())
    assert reading.title.startswith("松江市档案局")
    assert "浏览次数" not in everything(reading)
    assert not reading.sections[-1]["text"].endswith("打印本页")


def test_nothing_of_the_text_is_lost_and_the_order_stays() -> None:
    reading = read(PLAIN.encode())
    rest = "".join(PLAIN.split()).replace(reading.title, "")
    for marker in ("一、总体", "二、主动", "三、存在"):
        rest = rest.replace(marker, marker[2:])
    assert everything(reading) == rest.replace("措施：", "措施")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("一是甲。二是乙。三是丙。", 3),
        ("做法：一是甲；二是乙。", 3),
        ("先说明。1、甲项。2、乙项。", 3),
        ("先说明。（一）甲项。（二）乙项。", 3),
        ("第一，甲。第二，乙。", 2),
        ("①甲；②乙；③丙。", 3),
        ("结合“5.15日”活动。3.5万人参加。", 1),
        ("三是没有开头的。", 1),
        ("一是独一项，没有第二项。", 1),
        ("", 0),
    ],
)
def test_numbered_parts_become_paragraphs(text: str, count: int) -> None:
    pieces = paragraphs(text)
    assert len(pieces) == count
    assert "".join(pieces) == text


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("松江市档案局2014年政府信息公开工作年度报告", "松江市档案局", 2014),
        ("松江市档案局2014年度信息公开年报", "松江市档案局", 2014),
        ("2014年度松江市档案局政府信息公开工作报告", "松江市档案局", 2014),
        ("松江市档案局关于2014年政府信息公开工作情况的报告", "松江市档案局", 2014),
        ("《松江市档案局政府信息公开工作年度报告（2014年度）》", "松江市档案局", 2014),
        ("松江市档案局二〇一四年政府信息公开工作年度报告", "松江市档案局", 2014),
        ("松江市老干部工作局２０１４年政务公开工作总结", "松江市老干部工作局", 2014),
        ("2014年政府信息公开工作年度报告", "", 2014),
        ("松江市档案局政府信息公开工作年度报告", "松江市档案局", None),
        ("松江市档案局1914年政府信息公开工作年度报告", "松江市档案局", None),
    ],
)
def test_agency_and_year_in_the_title(title: str, agency: str, year: int | None) -> None:
    assert (agency_of(title), year_of(title)) == (agency, year)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", wrong.EmptyFile),
        (b" \r\n\t\xef\xbb\xbf", wrong.EmptyFile),
        (b"x" * (5 * 1024 * 1024 + 1), wrong.TooLarge),
        (b"\x00\x01\x02\x03\xff\xfe\xfd" * 20, wrong.NotText),
        (b"\xff\xff\x81", wrong.NotText),
        (PLAIN.encode("utf-16")[:-1], wrong.NotText),
        (b"%PDF-1.7 ...", wrong.Damaged),
        (b"PK\x03\x04....", wrong.FormatNotRead),
        (b"<!DOCTYPE html><html></html>", wrong.EmptyFile),
        ("随便一段话，没有标题。".encode(), wrong.NoTitle),
        ("甲县2014年政府信息公开工作报告\n一段话。\n又一段话。".encode(), wrong.NoHeadings),
        ("甲县2014年政府信息公开工作报告\n一、概述\n二、情况\n".encode(), wrong.NoContent),
    ],
)
def test_what_is_no_report_is_refused_by_name(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read(data)


FREE = {
    "format": 1,
    "form": "free",
    "agency": "松江市档案局",
    "year": 2014,
    "sections": [{"number": 1, "heading": "概述", "text": "文字。"}],
    "figures": [{"name": "公开信息", "value": 86, "unit": "条"}],
}


def test_json_of_the_free_form() -> None:
    reading = read(json.dumps(FREE, ensure_ascii=False).encode())
    assert (reading.agency, reading.year, reading.title) == ("松江市档案局", 2014, "")
    assert reading.sections == [{"number": "1", "heading": "概述", "text": "文字。"}]
    assert reading.figures == [{"name": "公开信息", "value": 86, "unit": "条"}]


@pytest.mark.parametrize(
    ("value", "expected", "qualifier"),
    [("200,000+", 200_000, "over"), ("２００", 200, None), ("0.50", 0.5, None), (7.25, 7.25, None)],
)
def test_a_value_may_be_written(value: str | float, expected: float, qualifier: str | None) -> None:
    data = {**FREE, "figures": [{"name": "甲", "value": value, "unit": ""}]}
    (figure,) = read(json.dumps(data).encode()).figures
    assert (figure["value"], figure.get("qualifier")) == (expected, qualifier)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"format": 2}, "format"),
        ({"form": "old"}, "form"),
        ({"year": "2014"}, "year"),
        ({"year": True}, "year"),
        ({"year": 1999}, "year"),
        ({"sections": {}}, "sections"),
        ({"sections": ["x"]}, "sections[0]"),
        ({"sections": [{"heading": "", "text": "x"}]}, "sections[0].heading"),
        ({"sections": [{"heading": "x", "text": 3}]}, "sections[0].text"),
        ({"sections": [{"heading": "x", "text": "a\u0000b"}]}, "sections[0].text"),
        ({"figures": [{"name": "x", "value": -1}]}, "figures[0].value"),
        ({"figures": [{"name": "x", "value": "many"}]}, "figures[0].value"),
        ({"figures": [{"name": "x", "value": True}]}, "figures[0].value"),
        ({"figures": [{"name": "x", "value": "9" * 5000}]}, "figures[0].value"),
        ({"figures": [{"name": "x", "value": 1, "qualifier": "?"}]}, "figures[0].qualifier"),
        ({"title": ["x"]}, "title"),
    ],
)
def test_a_bad_field_is_named_by_its_path(change: dict[str, object], field: str) -> None:
    with pytest.raises(wrong.BadField) as caught:
        read(json.dumps(FREE | change).encode())
    assert caught.value.params["field"] == field


@pytest.mark.parametrize(
    "text",
    ['{"format": NaN}', '{"year": Infinity}', "{", '{"a":1}}', "{" * 9000, '{"a":' + "9" * 5000],
)
def test_broken_json_is_refused_by_name(text: str) -> None:
    with pytest.raises((wrong.NotJson, wrong.BadField)):
        read(text.encode())


def test_a_report_with_tables() -> None:
    tables = {"remedies": {"reconsideration": [0, 0, 0, 0, 0]}}
    data = {"format": 1, "agency": "甲市", "year": 2024, "sections": {"overview": "文"}}
    reading = read(json.dumps(data | {"tables": tables, "previous": {"tables": tables}}).encode())
    assert (reading.form, reading.agency, reading.year) == ("2021", "甲市", 2024)
    assert reading.texts == {"overview": "文", "problems": "", "other": ""}
    assert (reading.tables, reading.previous, reading.sections) == (tables, tables, [])


@pytest.mark.parametrize(
    "change",
    [
        {"tables": []},
        {"sections": []},
        {"sections": {"foreword": ""}},
        {"sections": {"other": 1}},
        {"previous": 3},
    ],
)
def test_a_report_with_tables_of_a_wrong_shape(change: dict[str, object]) -> None:
    data = {"format": 1, "year": 2024, "sections": {}, "tables": {}} | change
    with pytest.raises(wrong.BadField):
        read(json.dumps(data).encode())

"""Did you mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.search.nearest import candidates_query, closest

TITLES = [
    "某市政府信息公开指南",
    "关于人防工程建设的通知",
    "人防工程管理办法",
    "Guide to Information Disclosure 2013",
    "财政局2013年预算",
    "2014年度政府信息公開工作年度報告",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("信息公开只南", "信息公开指南"),
        ("人防工成", "人防工程"),
        ("仁防工程", "人防工程"),
        ("人防工成　指南", "人防工程　指南"),
        ("信息开公", "信息公开"),
        ("信公开", "信息公开"),
        ("信息公公开", "信息公开"),
        ("infomation", "Information"),
        ("年渡报告", "年度報告"),
        ("“人防工成”", "“人防工程”"),
        # Everything stands in a title as it is.
        ("信息公开指南", None),
        ("年度报告", None),
        # Nothing convinces.
        ("完全无关的词", None),
        ("人工", None),
        ("人防工成 无关的词", None),
        # Another year is no slip.
        ("财政局2012年预算", None),
        ("2012", None),
        ("", None),
        (" -“", None),
    ],
)
def test_words_near_to_titles_are_suggested(typed: str, meant: str | None) -> None:
    assert closest(typed, TITLES) == meant


def test_the_most_frequent_of_equally_near_words_is_suggested() -> None:
    assert closest("人防工成", ["人防工具", "人防工程一", "人防工程二"]) == "人防工程"
    assert closest("人防工成", ["人防工具", "人防工程"]) == "人防工具"
    assert closest("人防工成", []) is None


def test_candidates_share_a_pair_or_a_word() -> None:
    assert candidates_query("信息只南 Guide，5") == ("信息", "息只", "只南", "guide")
    assert candidates_query("-") == ()
    assert len(candidates_query("".join(map(chr, range(0x4E00, 0x4E80))))) <= 20


@given(st.text(max_size=20), st.lists(st.text("信息公开指南人防ab1 ，", max_size=20), max_size=5))
def test_what_is_suggested_stands_in_the_titles(typed: str, titles: list[str]) -> None:
    meant = closest(typed, titles)
    if meant is not None:
        assert meant != typed
        assert closest(meant, titles) is None

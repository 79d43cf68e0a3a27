"""When two requests ask for the same."""

import pytest

from requests_app.proposing import names


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("关于2025年人防工程建设的情况", "2025年人防工程建设情况"),
        ("２０２５年人防工程建设情况。", "2025年 人防工程“建设”情况"),
        ("请公开关于人防工程的清单", "《人防工程清单》"),
        ("IOS系统采购清单", "ios 系统采购清单"),
    ],
)
def test_the_same_by_name(first: str, second: str) -> None:
    assert names.normalised(first) == names.normalised(second) != ""


@pytest.mark.parametrize("short", ["", "文件", "关于的", "《》——", "的的的的"])
def test_what_says_nothing_is_the_same_as_nothing(short: str) -> None:
    assert names.normalised(short) == ""


def test_different_years_are_different() -> None:
    assert names.normalised("2024年人防工程清单") != names.normalised("2025年人防工程清单")


def test_numbers_by_their_brackets_and_width() -> None:
    written = {
        names.normalised_number(one)
        for one in ("示发〔2021〕2号", "示发[2021]２号", "示发（2021） 2号")
    }
    assert written == {"示发〔2021〕2号"}
    assert names.normalised_number("无文号") == ""

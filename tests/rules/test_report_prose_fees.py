"""What section six says about the processing fee; made-up sentences."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.reports.prose.fees import fee_statement

NONE = [
    "2024年，本机关未收取信息处理费。",
    "本年度没有收取政府信息公开信息处理费。",
    "全年未向申请人收取任何费用。",
    "依申请公开政府信息未收费。",
    "本年度未产生信息处理费。",
    "收取信息处理费0元。",
    "信息处理费收取情况：无。",
    "发出收费通知0件，总金额0元，实际收取信息处理费0元。",
    "2023年收取信息处理费800元；2024年未收取信息处理费。",
]
AMOUNTS = {
    "共收取信息处理费1200元。": "1200",
    "共收取信息处理费１，２００元。": "1200",
    "收取信息处理费0.12万元。": "1200",
    "收取信息处理费一千二百元。": "1200",
    "信息处理费收取总金额为1200.50元。": "1200.50",
    "发出收费通知2件，总金额1500元，实际收取1200元。": "1200",
    "实际收取信息处理费1200元，通知总金额1500元。": "1200",
    "应收信息处理费1500元，减免300元，实际收取1200元。": "1200",
    "上年收取信息处理费800元，本年收取信息处理费1200元。": "1200",
    "对大量申请收取信息处理费，共1200元。": "1200",
}
SILENT = [
    "",
    "无其他需要报告的事项。",
    "本年度无其他需要报告的事项，未发生重大舆情。",
    "全年行政事业性收费12.5万元。",
    "本年度未收取诉讼费。",
    "2023年收取信息处理费800元。",
    "培训经费3000元。",
    "依申请公开政府信息【填写：未收取信息处理费，或者收取的金额】。",
]


@pytest.mark.parametrize("text", NONE)
def test_none_was_collected(text: str) -> None:
    statement = fee_statement(text, 2024)
    assert (statement.says, statement.amount) == ("none", 0)
    assert statement.agrees_with(Decimal("0.00"))


@pytest.mark.parametrize("text", AMOUNTS)
def test_a_sum_was_collected(text: str) -> None:
    statement = fee_statement(text, 2024)
    assert statement.says == "amount"
    assert statement.agrees_with(Decimal(AMOUNTS[text]))
    assert not statement.agrees_with(Decimal(0))
    assert "元" in text[statement.start : statement.end]


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_said_of_it(text: str) -> None:
    statement = fee_statement(text, 2024)
    assert statement.says == "silent"
    assert not statement.agrees_with(Decimal(0))


WORDS = ["未", "收取", "信息", "处理费", "1200", "元", *"，。无：万", "通知", "2024年"]


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS)).map("".join)))
def test_no_text_is_too_odd(text: str) -> None:
    statement = fee_statement(text, 2024)
    assert (statement.amount is None) == (statement.says == "silent")

"""How much of a text stands in another, and figures that grew beyond explanation."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.reports.prose.growth import FLOOR, TIMES, growths
from disclosure.reports.prose.likeness import SHORTEST, alike, likeness
from disclosure.reports.tables.cells import NA, Cell
from disclosure.reports.tables.shapes import Number, Place
from tests.report_prose import cells_2019, cells_2021

NEW = Place("requests", "new", "natural_person")
FEES = Place("proactive", "fees", "amount")
TEXT = (
    "甲市数据局坚持依申请公开与主动公开并重，完善答复文书的审核机制，全年办结申请312件。"
    "针对目录更新不够及时的问题，逐条核对栏目内容，明确更新责任人和期限，改进检索功能。"
    "下一步，将继续加强业务培训，提高答复质量，规范办理流程，及时回应群众关切。"
)


def other_text(seed: int, length: int = 400) -> str:
    return "".join(random.Random(seed).choices([chr(0x4E00 + i) for i in range(3000)], k=length))


def test_figures_years_and_names_do_not_make_a_text_another() -> None:
    copy = TEXT.replace("甲市数据局", "乙县教育局").replace("312", "二百零七").replace("，", "、")
    assert likeness(TEXT, copy, ("甲市数据局", "乙县教育局")) == 1.0
    assert likeness(TEXT, other_text(1)) == 0.0


def test_what_is_added_to_a_copy_is_not_alike() -> None:
    assert likeness(TEXT, TEXT + other_text(2)) == 1.0
    longer = TEXT + other_text(2)
    assert 0.1 < likeness(longer, TEXT) < 0.4


def test_the_most_alike_come_first_with_the_passages() -> None:
    half = TEXT[: len(TEXT) * 9 // 10] + other_text(3, 8)
    found = alike(TEXT, {"乙": half, "丙": TEXT, "丁": other_text(4)})
    assert [one.name for one in found] == ["丙", "乙"]
    (whole,) = found[0].passages
    assert TEXT[whole.start : whole.end] == TEXT.rstrip("。")
    assert found[1].passages[0].end <= len(half)


def test_short_texts_say_what_all_must_say() -> None:
    text = "本年度未收取信息处理费。"
    assert len(text) < SHORTEST
    assert alike(text, {"乙": text}) == []


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_share_is_a_share_and_passages_are_within(text: str, other: str) -> None:
    assert 0 <= likeness(text, other) <= 1
    for one in alike(text, {"a": other, "b": text}, above=0):
        for passage in one.passages:
            assert 0 <= passage.start < passage.end <= len(text)


@pytest.mark.parametrize("piece", ["甲", "甲乙", "1", "，", "一件事"])
def test_long_texts_of_one_piece_are_compared_to_their_end(piece: str) -> None:
    text = (piece * 50_000)[:50_000]
    assert len(alike(text, {str(i): text for i in range(20)})) in (0, 20)


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (100, 501, True),
        (100, 500, False),
        (501, 100, True),
        (500, 100, False),
        (1, 6, False),
        (3, 16, False),
        (1, 21, True),
        (0, 19, False),
        (0, 20, True),
        (20, 0, True),
        (None, 500, False),
        (500, None, False),
        (NA, 500, False),
        (10**12, 10**14, True),
    ],
)
def test_growth_is_told_beyond_chance(before: Cell, now: Cell, told: bool) -> None:
    cells = cells_2021()
    found = growths(cells.changed({NEW: now}), cells.changed({NEW: before}))
    assert [(one.place, one.before, one.now) for one in found] == [(NEW, before, now)] * told


def test_amounts_have_a_floor_of_their_own_and_table_two_is_compared_too() -> None:
    cells = cells_2021()
    before = cells.changed({FEES: Decimal("1.5")})
    (one,) = growths(cells, before)
    assert one.place == FEES
    assert one.grew
    assert growths(cells, cells.changed({FEES: Decimal("2.5")})) == []
    assert growths(before, cells)[0].grew is False


def test_a_cell_of_another_form_is_not_compared() -> None:
    assert growths(cells_2021(), cells_2019()) == []
    assert FLOOR[Number.COUNT] >= TIMES * 2

"""The diff of two texts: it loses nothing, reads well, and is never slow."""

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.life.differing import (
    ADDED,
    CHANGED,
    REMOVED,
    SAME,
    Piece,
    differences,
    sides,
    tokens,
)

CHARACTERS = st.sampled_from("第条一二的了ab1 \n\n，。" + string.ascii_letters)
TEXTS = st.text(CHARACTERS, max_size=200) | st.text(max_size=60)


@given(TEXTS, TEXTS)
def test_both_sides_come_back(old: str, new: str) -> None:
    assert sides(differences(old, new)) == (old, new)


@given(TEXTS, TEXTS, st.integers(0, 60))
def test_both_sides_come_back_whatever_the_budget(old: str, new: str, budget: int) -> None:
    assert sides(differences(old, new, budget=budget)) == (old, new)


@given(TEXTS)
def test_the_same_text_has_no_difference(text: str) -> None:
    assert {line.kind for line in differences(text, text)} == {SAME}


@given(TEXTS)
def test_tokens_join_to_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


def test_chinese_by_character_and_the_rest_by_word() -> None:
    assert tokens("第12条 see ABC") == ["第", "12", "条", " ", "see", " ", "ABC"]


def test_a_changed_line_says_which_words() -> None:
    [line] = differences("应当在二十个工作日内答复", "应当在十五个工作日内答复")
    assert line.kind == CHANGED
    assert Piece(SAME, "应当在") in line.pieces
    assert "".join(one.text for one in line.pieces if one.kind == REMOVED) == "二"
    assert "".join(one.text for one in line.pieces if one.kind == ADDED) == "五"


def test_a_new_paragraph_moves_nothing_else() -> None:
    old = "第一条\n第二条\n第三条"
    lines = differences(old, "第一条\n新增\n第二条\n第三条")
    assert [line.kind for line in lines] == [SAME, ADDED, SAME, SAME]


def test_what_is_not_alike_went_and_came() -> None:
    lines = differences("甲乙丙丁", "nothing alike")
    assert [line.kind for line in lines] == [REMOVED, ADDED]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("的" * 1_000_000, "的" * 999_999 + "了"),
        ("\n".join(["同"] * 200_000), "\n".join(["同"] * 150_000 + ["异"] * 50_000)),
        (
            "\n".join(f"第{n}条 内容" for n in range(60_000)),
            "\n".join(f"第{n}条 内容" for n in reversed(range(60_000))),
        ),
        ("\n".join("ab" * 40 for _ in range(12_000)), "\n".join("ba" * 40 for _ in range(12_000))),
    ],
)
def test_a_megabyte_is_never_slow(old: str, new: str) -> None:
    """Not a measure: a bound far above what it takes, far below a hang."""
    started = time.monotonic()
    assert sides(differences(old, new)) == (old, new)
    assert time.monotonic() - started < 20

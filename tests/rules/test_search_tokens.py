"""Tokens of texts: what is a phrase, and what every query finds."""

import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from disclosure.search import numbers
from disclosure.search.asking import parse
from disclosure.search.folding import HAN, fold
from disclosure.search.tokenise import LETTER, LONGEST, phrases, tokens
from tests.search_matching import answers

#: Characters that make texts difficult: scripts, blanks, punctuation, document numbers.
ALPHABET = "信息公开人防年号第发字甲ab1205 \n-.，〔〕()《》、/_"
TEXTS = st.lists(
    st.sampled_from(
        [*ALPHABET, "〔2013〕5号", "2013年第5号", "国办发", "[2013] 5 号", "pm2.5", "\n\n"]
    ),
    max_size=14,
).map("".join)


def test_han_comes_in_pairs_and_words_whole() -> None:
    assert tokens("信息公开") == [("信息", 0), ("息公", 1), ("公开", 2), ("开", 3)]
    assert tokens("第57号文") == [("第", 0), ("57", 1), ("号文", 2), ("文", 3)]
    assert tokens("Open Data") == [("open", 0), ("data", 1)]
    assert tokens("") == tokens("，。") == []


def test_punctuation_and_empty_lines_part_and_blanks_do_not() -> None:
    assert tokens("甲，乙") == [("甲", 0), ("乙", 2)]
    assert tokens("甲\n\n乙") == [("甲", 0), ("乙", 2)]
    assert tokens("甲 \n 乙") == [("甲乙", 0), ("乙", 1)]
    assert tokens("2013 年\n5月") == [("2013", 0), ("年", 1), ("5", 2), ("月", 3)]
    assert tokens("pm2.5") == [("pm2", 0), ("5", 1)]
    assert tokens("pm2. 5") == [("pm2", 0), ("5", 2)]


def test_what_has_no_blanks_is_cut() -> None:
    ((token, _),) = tokens("x" * 1000)
    assert token == "x" * LONGEST


@pytest.mark.parametrize(
    "style",
    [
        "〔2013〕5号", "[2013]5号", "(2013)05号", "（2013）5号", "【2013】 5 号", "〔2013〕第5号",
        "〔２０１３〕５号", "〔二〇一三〕五号", "﹝2013﹞5号", "〔2013年〕5号", "〔2013〕\n5号",
        "2013年5号", "2013年第5号", "2013 年第 5 號",
    ],
)  # fmt: skip
def test_every_style_of_a_document_number_has_the_same_token(style: str) -> None:
    text = f"根据辽防办发{style}文件"
    assert [token for token, _ in tokens(text) if token.startswith("#")] == ["#2013-5"]
    for other in ("〔2013〕5号", "辽防办发[2013]5号", "防办发〔2013〕第5号", "辽防办发2013年5号"):
        if other.startswith("〔") or style[0] not in "2":
            assert answers(text, parse(other)), other
    assert answers(text, parse(f"辽防办发{style}"))
    assert not answers(text, parse(f"国办发{style}"))
    assert not answers(text, parse(style.replace("5", "6").replace("５", "６").replace("五", "六")))


@pytest.mark.parametrize(
    "text", ["2013年5月6日", "1013年5号", "〔2013〕号", "20130年5号", "2013-5", "57号"]
)
def test_other_figures_are_no_document_number(text: str) -> None:
    assert list(numbers.find(fold(text))) == []


@pytest.mark.parametrize(
    ("count", "figures"),
    [
        ("五", "5"),
        ("十", "10"),
        ("十二", "12"),
        ("一百零五", "105"),
        ("一二", "12"),
        ("007", "7"),
        ("千", "1000"),
    ],
)
def test_counts_in_characters_are_read(count: str, figures: str) -> None:
    (number,) = numbers.find(f"(2013){count}号")
    assert number.token == f"#2013-{figures}"


def test_a_query_leaves_open_what_follows() -> None:
    assert phrases("信息公开") == [["信息", "息公", "公开"]]
    assert phrases("第5号") == [["第", "5", "号"]]
    assert phrases("甲《乙丙》") == [["甲"], ["乙丙"]]


def cuts_a_word(text: str, place: int) -> bool:
    return bool(re.match(rf"{LETTER}{LETTER}", text[max(0, place - 1) : place + 1])) and place > 0


@given(TEXTS, st.data())
def test_whatever_stands_in_a_text_finds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assume(not cuts_a_word(text, start))
    assume(not cuts_a_word(text, end))
    for query in (text[start:end], f'"{text[start:end]}"'):
        question = parse(query)
        if not question.is_empty and not question.excluded:
            assert answers(text, question), query


@given(TEXTS, st.text("信息公开人防年号", min_size=2, max_size=4))
def test_whatever_is_found_stands_in_the_text(text: str, query: str) -> None:
    joined = re.sub(r"[ \n]+", lambda blank: "\n\n" * (blank[0].count("\n") > 1), text)
    assert answers(text, parse(query)) == (query in joined)


@given(st.text())
def test_any_text_has_tokens_with_growing_positions(text: str) -> None:
    found = tokens(text)
    positions = [position for _, position in found]
    assert all(0 < after - before <= 2 for before, after in pairwise(positions))
    for token, _ in found:
        assert re.fullmatch(rf"#[0-9]+-[0-9]+|[{HAN}]{{1,2}}|{LETTER}{{1,40}}", token)

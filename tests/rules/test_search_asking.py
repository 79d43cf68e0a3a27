"""What a query asks for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.search.asking import MOST_ALTERNATIVES, MOST_APART, Phrase, Question, parse
from disclosure.search.folding import HAN
from disclosure.search.tokenise import LETTER
from tests.search_matching import answers

SYNONYMS = {
    "人防": ("人民防空",),
    "人民防空": ("人防",),
    "发改委": ("发展和改革委员会",),
    "gdp": ("国内生产总值",),
    "市": ("城市",),
}


def shown(question: Question) -> list[str]:
    return [f"{'-' * term.is_excluded}{term.shown}" for term in question.terms]


def only(query: str) -> tuple[Phrase, ...]:
    """The phrases of a query of one term with one alternative."""
    (term,) = parse(query).terms
    (alternative,) = term.any_of
    return alternative


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("人防 工程", ["人防", "工程"]),
        ("人防\u3000工程、指南，办法；规定", ["人防", "工程", "指南", "办法", "规定"]),
        ("人防 人防", ["人防"]),
        ("人防 -工程 －指南", ["人防", "-工程", "-指南"]),
        ("“政府 信息” 「公 开」『指南』", ["政府 信息", "公 开", "指南"]),
        ('"open data" -"closed data"', ["open data", "-closed data"]),
        ("关于“十四五”规划", ["关于", "十四五", "规划"]),
        ("2013-5 db11/t", ["2013-5", "db11/t"]),
        ("1,000元", ["1,000元"]),
        ("《条例》第五条", ["《条例》第五条"]),
        ("辽防办发 〔2013〕 5 号", ["辽防办发", "〔2013〕 5 号"]),
        ("防办发〔2013〕 5 号 指南", ["防办发〔2013〕 5 号", "指南"]),
        ("2013 年第 5 号", ["2013 年第 5 号"]),
        ("AND OR NOT * ( ) : & | ! <->", ["AND", "OR", "NOT"]),
        ('a "', ["a"]),
        ("甲\x00乙\x1b丙", ["甲 乙 丙"]),
    ],
)
def test_a_query_is_parted_into_words(query: str, words: list[str]) -> None:
    assert shown(parse(query)) == words


@pytest.mark.parametrize(
    "query", ["", " ", "-", "－ -", '"', "“", '""', "，。", "-甲", "--甲", "\x00", "\ud800"]
)
def test_without_a_word_to_look_for_a_query_is_empty(query: str) -> None:
    question = parse(query)
    assert question.is_empty
    assert not answers("甲乙丙", question)


@pytest.mark.parametrize(
    ("query", "tokens", "is_prefix"),
    [
        ("开", ("开",), True),
        ("公开", ("公开",), False),
        ("信息公开", ("信息", "息公", "公开"), False),
        ("5号", ("5", "号"), True),
        ("第5", ("第", "5"), False),
        ("57", ("57",), False),
        ("Op", ("op",), False),
        ("Ope", ("ope",), True),
        ('"Ope"', ("ope",), False),
        ('"开"', ("开",), True),
        ("open-data", ("open", "data"), False),
    ],
)
def test_what_is_a_prefix(query: str, tokens: tuple[str, ...], is_prefix: bool) -> None:
    assert only(query) == (Phrase(tokens, is_prefix),)


def test_punctuation_inside_a_word_makes_phrases_that_must_all_be_there() -> None:
    assert only("甲乙（丙丁）") == (Phrase(("甲乙",)), Phrase(("丙丁",)))


def test_a_number_is_not_found_in_another() -> None:
    assert answers("第5号", parse("5号"))
    assert not answers("第57号", parse("5号"))
    assert not answers("第57号", parse("7号"))


def test_other_words_for_the_same() -> None:
    question = parse("人防工程 发改委", SYNONYMS)
    assert answers("发展和改革委员会关于人民防空工程", question)
    assert answers("发改委关于人防工程", question)
    assert not answers("人民防空办公室、发改委", question)
    assert shown(question) == ["人防工程", "发改委"]


def test_parts_are_replaced_where_that_is_safe() -> None:
    assert answers("国内生产总值统计", parse("GDP统计", SYNONYMS))
    assert len(parse("gdps", SYNONYMS).terms[0].any_of) == 1
    assert len(parse("市人大", SYNONYMS).terms[0].any_of) == 1
    assert len(parse("市", SYNONYMS).terms[0].any_of) == 2
    many = {"甲乙": ("丙丁", "戊己"), "甲乙丙丁": ("庚辛",)}
    assert len(parse("甲乙，" + "甲乙戊" * 6, many).terms[1].any_of) == MOST_ALTERNATIVES
    longest = parse("甲乙丙丁", many).terms[0].any_of
    assert [phrase.tokens for (phrase,) in longest] == [("甲乙", "乙丙", "丙丁"), ("庚辛",)]


def test_what_is_quoted_or_excluded_is_meant_as_written() -> None:
    assert not answers("人民防空工程", parse('"人防工程"', SYNONYMS))
    assert answers("人民防空工程", parse("工程 -人防", SYNONYMS))


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("辽防办发〔2013〕5号", "辽防办发(2013)5号"),
        ("辽防办发 [2013] 05 號", "辽防办发(2013)5号"),
        ("辽防办发2013年第5号", "辽防办发(2013)5号"),
        ("辽防办发2013-5", "辽防办发(2013)5号"),
        ("〔2013〕5号", "(2013)5号"),
        ("国务院令第711号", "国务院令第711号"),
        ("辽防办发〔2013〕5号 指南", ""),
        ("《办法》〔2013〕5号", ""),
        ("5号", ""),
        ("人防", ""),
        ("", ""),
    ],
)
def test_the_whole_query_as_a_document_number(query: str, number: str) -> None:
    assert parse(query).number == number


def test_a_number_inside_a_word_keeps_what_stands_around_it() -> None:
    question = parse("关于国办发[2013]5号的通知")
    assert answers("关于国办发〔2013〕5号文件的通知", question)
    assert not answers("关于国办发〔2013〕5号文件的意见", question)
    assert not answers("关于印发〔2013〕5号文件的通知", question)


def test_a_typed_number_may_be_a_date() -> None:
    assert answers("于2013-5到期", parse("2013-5"))
    assert answers("国办发〔2013〕5号", parse("2013-5"))
    assert not answers("国办发〔2013〕5号", parse("2013-5-6"))


@given(st.text() | st.text('-－"“”「」『』,，、 2013年〔〕5号ab甲乙\x00', max_size=40))
def test_any_text_is_a_query(text: str) -> None:
    question = parse(text, SYNONYMS)
    for term in question.terms:
        assert term.any_of
        term.shown.encode()
        for alternative in term.any_of:
            assert alternative
            for phrase in alternative:
                assert phrase.tokens
                for token in phrase.tokens:
                    assert re.fullmatch(rf"#[0-9]+-[0-9]+|[{HAN}]{{1,2}}|{LETTER}+", token)


def test_a_long_word_is_taken_apart_where_asked_for() -> None:
    text = "缺陷汽车产品召回管理条例"
    assert not answers(text, parse("汽车召回"))
    assert answers(text, parse("汽车召回", is_apart=True))
    assert not answers(text, parse("“汽车召回”", is_apart=True))
    assert not answers(text, parse("管理 -汽车产品", is_apart=True))
    assert parse("汽车 召回", is_apart=True) == parse("汽车 召回")
    others = {"年报": ("年度报告",)}
    report = "政府信息公开工作年度报告"
    assert answers(report, parse("政府信息公开年报", others, is_apart=True))
    (term,) = parse("很长很长很长很长很长很长的一个词语" * 8, is_apart=True).terms
    assert len(term.any_of) <= 1 + MOST_APART

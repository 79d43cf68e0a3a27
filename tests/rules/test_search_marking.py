"""What is highlighted, and the passage that is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.search.asking import Question, Term, parse
from disclosure.search.marking import snippet, spans
from tests.rules.test_search_tokens import TEXTS
from tests.search_matching import has_phrase

SYNONYMS = {"人防": ("人民防空",)}


def marked(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in spans(text, parse(query, SYNONYMS))]


@pytest.mark.parametrize(
    ("query", "text", "parts"),
    [
        ("信息公开", "信息公開指南", ["信息公開"]),
        ("信息公开", "信息\n公 开指南", ["信息\n公 开"]),
        ("信息公开", "信息\n\n公开", []),
        ("信息 息公", "信息公开", ["信息公"]),
        ("公开 指南", "信息公开指南和指南", ["公开指南", "指南"]),
        ("人防工程", "人民防空工程和人防工程", ["人民防空工程", "人防工程"]),
        ("2013年5号", "辽防办发〔2013〕5号文件", ["〔2013〕5号"]),
        ("防办发2013年5号", "辽防办发 〔2013〕 5 号、国办发〔2013〕5号", ["防办发 〔2013〕 5 号"]),
        ("办法〔2013〕5号", "《办法》 〔2013〕5号", ["办法》 〔2013〕5号"]),
        ("5号", "第57号和第 5 号", ["5 号"]),
        ("dat", "Data 和 metadata", ["Dat"]),
        ("data", "Datα ＤＡＴＡ", ["ＤＡＴＡ"]),
        ("m2", "100㎡ ㎡", ["㎡"]),
        ("2013", "①2013②", ["2013"]),
        ("人民", "⼈\u200b⺠", ["⼈\u200b⺠"]),
        ("open-data", "open data, open/data", ["open data", "open/data"]),
        ("信息 -公开", "信息公开", ["信息"]),
        ("a&b <script>", "<script>a&b</script>", ["script", "a&b", "script"]),
        ("x" * 60, "x" * 70, ["x" * 70]),
        ("", "信息", []),
    ],
)
def test_what_was_asked_for_is_marked(query: str, text: str, parts: list[str]) -> None:
    assert marked(text, query) == parts


@given(TEXTS, TEXTS)
def test_a_phrase_is_marked_where_the_index_has_it(text: str, query: str) -> None:
    for term in parse(query).terms:
        for phrase in (phrase for alternative in term.any_of for phrase in alternative):
            question = Question((Term(((phrase,),), False, ""),))
            assert bool(spans(text, question)) == has_phrase(text, phrase)


@given(TEXTS | st.text(), st.text("信息公开号年 5ab", max_size=6))
def test_spans_are_in_order_apart_and_within(text: str, query: str) -> None:
    found = spans(text, parse(query))
    edges = [edge for span in found for edge in span]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)


LONG = (
    "第一条　为了规范。" * 40
    + "人民防空工程建设\n管理办法，依照信息公开的规定办理。"
    + "第二条　其他。" * 60
)


def test_the_passage_that_says_most_is_shown() -> None:
    passage, found = snippet(LONG, parse("人防 信息公开", SYNONYMS), 40)
    assert (
        passage == "…人民防空工程建设 管理办法，依照信息公开的规定办理。第二条 其他。第二条 其他。…"
    )
    assert [passage[start:end] for start, end in found] == ["人民防空", "信息公开"]


def test_without_a_hit_the_beginning_is_shown() -> None:
    assert snippet(LONG, parse("没有"), 10) == ("第一条 为了规范。第…", [])
    assert snippet("很短。", parse("没有")) == ("很短。", [])
    assert snippet("很短。 \n", parse("很短")) == ("很短。", [(0, 2)])
    assert snippet("", parse("没有")) == ("", [])


def test_the_first_of_equal_passages_is_shown() -> None:
    text = "甲。" * 50 + "信息。" + "乙。" * 50 + "信息。"
    passage, found = snippet(text, parse("信息"), 20)
    assert "乙" in passage
    assert len(found) == 1


@given(TEXTS, st.integers(1, 30))
def test_a_passage_is_as_wide_as_asked(text: str, width: int) -> None:
    passage, found = snippet(text, parse("公开 5号"), width)
    assert len(passage.strip("…")) <= width
    assert found == spans(passage, parse("公开 5号"))
    assert passage.strip("…") in " ".join(text.split())

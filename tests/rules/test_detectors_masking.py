"""Masking, and the text of HTML with its places: numbers never stay, markup never breaks."""

import re

import nh3
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from disclosure.core import html
from disclosure.findings import masking
from disclosure.findings.detectors.kinds import Rule
from disclosure.findings.detectors.table import RULES, detect
from disclosure.findings.textmap import Span, TextMap, spliced

PERSONAL = [rule for rule in RULES.values() if rule.personal]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident_id(area: int, year: int, month: int, day: int, serial: int) -> str:
    body = f"{area:06d}{year}{month:02d}{day:02d}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def luhn(body: str) -> str:
    doubled = (int(d) * (2 - place % 2) for place, d in enumerate(reversed(body)))
    return body + str(-sum(n - 9 if n > 9 else n for n in doubled) % 10)


IDS = st.builds(
    resident_id,
    st.integers(110000, 659999),
    st.integers(1930, 2020),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(0, 999),
)
MOBILES = st.from_regex(r"\A1[3-9][0-9]{9}\Z")
CARDS = st.from_regex(r"\A62[0-9]{16}\Z").map(luhn)
SEPARATORS = st.sampled_from(["", " ", "-"])


def split(number: str, sizes: tuple[int, ...], separator: str) -> str:
    parts, place = [], 0
    for size in sizes:
        parts.append(number[place : place + size])
        place += size
    return separator.join(part for part in [*parts, number[place:]] if part)


NUMBERS = st.one_of(
    st.builds(split, IDS, st.sampled_from([(), (6, 8), (6, 4, 4)]), SEPARATORS),
    st.builds(split, MOBILES, st.sampled_from([(), (3, 4)]), SEPARATORS),
    st.builds(split, CARDS, st.sampled_from([(), (4, 4, 4, 4)]), SEPARATORS),
)


def masked(text: str) -> str:
    """The text with every personal hit masked, as often as it takes (as the action does)."""
    for _round in range(4):
        spans = [
            Span(hit.start, hit.end, masking.masked(rule.key, text[hit.start : hit.end]))
            for rule, hit in detect(text)
            if rule.personal
        ]
        if not spans:
            break
        text = spliced(text, spans)
    return text


def left(text: str) -> list[Rule]:
    return [rule for rule, _hit in detect(text) if rule.personal]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("mobile", "13800138000", "138****8000"),
        ("mobile", "138-0013-8000", "138-****-8000"),
        ("resident_id", "11010519491231002X", "1101**********002X"),
        ("resident_id", "110105491231002", "1101*******1002"),
        ("bank_card", "6222 0212 3456 7890 128", "**** **** **** ***0 128"),
        ("home_address", "某省甲市乙区解放街道阳光小区3栋2单元501室", "某省甲市乙区解放街道****"),
        ("home_address", "甲市中山路100号3栋2单元501室", "甲市中山路****"),
        ("home_address", "甲县丙镇丁村3组12号", "甲县丙镇****"),
        ("home_address", "甲市乙区阳光小区3栋501室", "甲市乙区****"),
        ("home_address", "阳光小区3栋501室", "****"),
    ],
)
def test_masks(rule: str, text: str, expected: str) -> None:
    assert masking.masked(rule, text) == expected


def test_what_is_kept_of_a_finding_is_masked() -> None:
    assert masking.shown("mobile", "13800138000", personal=True) == "138****8000"
    assert masking.shown("name_with_id", "张三丰", personal=False) == "张**"
    assert (
        masking.shown("sensitive_subject", "指挥 13800138000 所", personal=False) == "指挥 **** 所"
    )
    assert len(masking.shown("wrong_wording", "长" * 100, personal=False)) == 60


@given(NUMBERS, st.text("张手机号：，。 \n（）-", max_size=8), st.text("，。元 \n）张", max_size=8))
def test_masking_never_leaves_the_number(number: str, before: str, after: str) -> None:
    text = f"{before}{number}{after}"
    digits = re.sub(r"\D", "", number)
    after_masking = masked(text)
    assert left(after_masking) == []
    if left(text):
        assert digits not in re.sub(r"[\s\-]", "", after_masking)
    assert masked(after_masking) == after_masking, "masking twice is masking once"


TAGS = st.sampled_from(
    ["<b>", "</b>", "<p>", "</p>", "<td>", "&amp;", "&lt;", "<br>", '<a href="tel:1">']
)


@settings(max_examples=150)
@given(NUMBERS, st.lists(st.tuples(st.integers(0, 20), TAGS), max_size=6))
def test_html_stays_what_it_was(number: str, tags: list[tuple[int, str]]) -> None:
    markup = number
    for place, tag in sorted(tags, reverse=True):
        markup = markup[:place] + tag + markup[place:]
    markup = html.sanitise(f"<table><tr><td>表</td></tr></table><p>手机号{markup}。</p>")
    mapped = TextMap(markup)
    spans = [
        Span(hit.start, hit.end, masking.masked(rule.key, mapped.text[hit.start : hit.end]))
        for rule, hit in detect(mapped.text)
        if rule.personal
    ]
    replaced = mapped.replace(spans)
    assert html.sanitise(replaced) == replaced, "as well formed as before"
    assert len(re.findall(r"</?\w+", replaced)) == len(re.findall(r"</?\w+", markup))
    assert not {rule.key for rule in left(TextMap(replaced).text)} & {"mobile"} or spans == []


@settings(max_examples=150)
@given(
    st.text("甲乙1& <>\"'", max_size=30),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5),
)
def test_marks_change_no_text(text: str, places: list[tuple[int, int]]) -> None:
    mapped = TextMap.of_plain(text)
    assert mapped.text == text
    spans = [Span(min(pair), max(pair)) for pair in places]
    assume(all(span.end <= len(text) for span in spans))
    marked = mapped.highlight(spans, lambda span, is_first: "<mark>")
    assert marked.count("<mark>") == marked.count("</mark>")
    assert TextMap(marked).text == text
    assert nh3.clean(marked, tags={"mark"}) == marked.replace("\xa0", "&nbsp;")


def test_a_match_across_tags_and_entities() -> None:
    mapped = TextMap('<p>a&amp;b <b>138</b>0013<i>80</i>00</p><p><a href="?a=1&amp;b=2">c</a></p>')
    assert mapped.text == "a&b 13800138000\nc\n\n?a=1&b=2"
    assert mapped.text[mapped.visible :] == "\n?a=1&b=2"
    assert [link.value for link in mapped.links] == ["?a=1&b=2"]
    assert mapped.replace([Span(1, 2, "<"), Span(4, 15, "1**********")]) == (
        '<p>a&lt;b <b>1**</b>****<i>**</i>**</p><p><a href="?a=1&amp;b=2">c</a></p>'
    )
    assert mapped.replace([Span(4, 15, "短")]).startswith("<p>a&amp;b <b>短</b><i></i></p>")
    marked = mapped.highlight([Span(3, 8)], lambda span, is_first: f"<mark {is_first:d}>")
    assert "<mark 1> </mark><b><mark 0>138</mark></b><mark 0>0</mark>013" in marked


def test_attributes_are_replaced_and_never_marked() -> None:
    mapped = TextMap('<a href="tel:13800138000" title="找&quot;他&quot;">电话</a>')
    start = mapped.text.index("138")
    assert mapped.replace([Span(start, start + 11, '"' * 11)]).startswith(
        '<a href="tel:&quot;&quot;'
    )
    assert mapped.highlight([Span(start, start + 11)], lambda *_: "<mark>") == mapped.markup
    assert '找"他"' in mapped.text

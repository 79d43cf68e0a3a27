"""Text as people type and paste it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.intake.text import (
    has_control_characters,
    is_phone,
    one_line,
    plain_width,
    several_lines,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  示例甲 ", "示例甲"),
        ("\u3000示例\u3000\u3000甲\u3000", "示例 甲"),
        ("示例\t甲\r\n乙", "示例 甲 乙"),
        ("𠮷田", "𠮷田"),
        ("e\u0301cole", "école"),
        ("示\u200b例\ufeff甲\u00ad", "示例甲"),
        ("abc\u202etxt.exe\u202c", "abctxt.exe"),
        ("\ue000旧系统用字", "\ue000旧系统用字"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u3000\u3000", ""),
    ],
)
def test_one_line(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("\n\n 一 \u3000\n\n\n\n\n\n二\n ", "一\n\n\n二"),
        ("a\tb", "a b"),
        ("", ""),
    ],
)
def test_several_lines(typed: str, kept: str) -> None:
    assert several_lines(typed) == kept


def test_full_width_becomes_half_width() -> None:
    assert plain_width("１３８－００００－００００") == "138-0000-0000"
    assert plain_width("ａ＠ｅｘａｍｐｌｅ．ｉｎｖａｌｉｄ") == "a@example.invalid"


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x0b", "\x1b", "\x1c", "\x7f", "\x9f"])
def test_control_characters_are_seen_and_not_taken_for_blanks(char: str) -> None:
    assert has_control_characters(one_line(f"a{char}b"))
    assert has_control_characters(several_lines(f"a{char}b"))


def test_lone_surrogates_are_no_text() -> None:
    assert has_control_characters("\ud842")
    assert not has_control_characters("𠮷\n")


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ("13800000000", True),
        ("024-12345678", True),
        ("+86 24 1234 5678 转 801", True),
        ("+1 (202) 555-0100 ext 5", True),
        ("12345", False),
        ("电话", False),
        ("1" * 21, False),
        ("a1234567", False),
    ],
)
def test_phone(value: str, is_one: bool) -> None:
    assert is_phone(value) is is_one


@given(st.text())
def test_what_is_kept_stays_the_same(typed: str) -> None:
    """The review page sends the cleaned text again: cleaning it twice changes nothing."""
    for clean in (one_line, several_lines, plain_width):
        once = clean(typed)
        assert clean(once) == once
        assert unicodedata.is_normalized("NFC", once)

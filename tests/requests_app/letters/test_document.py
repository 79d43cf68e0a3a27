"""What a letter says: its lines, its stored form and its hash."""

import datetime
import json

import pytest

from requests_app.letters.document import (
    Document,
    Heading,
    ListItem,
    Paragraph,
    Table,
    paragraphs,
    tidy,
)
from tests.letters import REMEDY, make_letter


def test_lines_in_reading_order() -> None:
    assert list(make_letter().lines()) == [
        "示例市自然资源和规划局",
        "示自然资公开〔2026〕答3号",
        "政府信息公开申请答复书",
        "张䶮𠮷：",
        "本机关于2026年2月10日收到你提出的政府信息公开申请，申请公开“出让合同”。",
        "一、关于出让合同",
        "（一）合同正文予以公开。",
        *("序号", "材料名称", "1", "出让合同", "2", "批复"),
        REMEDY,
        "附件：1. 出让合同（复印件）",
        "2. 政府信息移送明细表",
        "示例市自然资源和规划局",
        "2026年3月16日",
        "（联系人：李明，电话：010-12345678）",
        "抄送：示例市人民政府办公室，示例市司法局。",
        "验证码：7K3M-9QWE",
        "扫描二维码，或者打开 https://xxgk.example.gov.cn/verify/7K3M-9QWE，可以核验本文书的真伪。",
    ]


def test_a_single_enclosure_has_no_number() -> None:
    assert make_letter(enclosures=("合同",)).enclosure_lines == ("合同",)


def test_the_date_has_no_leading_zeros() -> None:
    assert make_letter(date=datetime.date(2026, 1, 2)).date_line == "2026年1月2日"


def test_without_a_code_it_is_a_draft_with_nothing_to_verify() -> None:
    draft = make_letter(verify_code="")
    assert draft.is_draft
    assert draft.verify_lines == ()
    assert not make_letter().is_draft


def test_parts_that_are_missing_leave_no_words_behind() -> None:
    bare = make_letter(
        addressee="", enclosures=(), contact="", copies_to=(), verify_code="", blocks=()
    )
    assert [line for line in bare.lines() if line] == [
        "示例市自然资源和规划局",
        "示自然资公开〔2026〕答3号",
        "政府信息公开申请答复书",
        "示例市自然资源和规划局",
        "2026年3月16日",
    ]


# --- stored form and hash -----------------------------------------------------------------------


def test_json_and_back() -> None:
    letter = make_letter()
    again = Document.from_dict(json.loads(letter.canonical))
    assert again == letter
    assert again.content_sha256 == letter.content_sha256


def test_the_order_of_keys_does_not_matter() -> None:
    letter = make_letter()
    turned = dict(reversed(letter.as_dict().items()))
    assert Document.from_dict(turned).canonical == letter.canonical


def test_the_hash_of_a_letter_never_changes() -> None:
    """Kept with letters that were issued: a new field needs a new FORMAT and a way to read both."""
    assert make_letter().content_sha256 == (
        "7fd177b383ab3a63247dd8ec60c7a99716434600582624b6bd6745b60bb8de0e"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"number": "示自然资公开〔2026〕答4号"},
        {"date": datetime.date(2026, 3, 17)},
        {"blocks": (Paragraph("予以公开。"),)},
        {"blocks": (Heading("予以公开。"),)},
        {"copies_to": ("示例市人民政府办公室",)},
        {"verify_code": "7K3M-9QWF"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_whatever_changes_changes_the_hash(change: dict) -> None:
    assert make_letter(**change).content_sha256 != make_letter().content_sha256


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"format": None},
        {"blocks": [{"kind": "script", "text": "x"}]},
        {"blocks": [{"kind": "paragraph", "words": "x"}]},
        {"blocks": [{"kind": "paragraph", "text": "x", "number": "1."}]},
        {"blocks": ["x"]},
        {"blocks": [{"kind": "table", "rows": [["a", "b"], ["c"]]}]},
        {"date": "16.3.2026"},
        {"date": None},
        {"seal": "x"},
    ],
    ids=str,
)
def test_what_is_no_letter_is_refused(change: dict) -> None:
    with pytest.raises(ValueError):
        Document.from_dict(make_letter().as_dict() | change)


def test_a_letter_that_lacks_a_part_is_refused() -> None:
    stored = make_letter().as_dict()
    del stored["title"]
    with pytest.raises(ValueError, match="no letter"):
        Document.from_dict(stored)


# --- texts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("  示例市\r\n人民政府\t", "示例市 人民政府"),
        ("一\u3000二", "一\u3000二"),
        ("bell\x07 \x00 null \x1b[31m", "bell null [31m"),
        ("turned \u202eround\u202c", "turned round"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half \ud840 a pair", "half a pair"),
        ("no characters \ufffe\U0001ffff", "no characters"),
        ("葛\U000e0100", "葛\U000e0100"),
        ("𠮷\ue000", "𠮷\ue000"),
    ],
)
def test_tidy(typed: str, printed: str) -> None:
    assert tidy(typed) == printed


def test_every_text_of_a_letter_is_tidied() -> None:
    letter = make_letter(
        addressee="张三\n",
        blocks=[ListItem("1.\x00", " 一 "), Table([["a\x00", "b"]])],
        copies_to=["司法局\u202e"],
    )
    assert letter.addressee == "张三"
    assert letter.blocks == (ListItem("1.", "一"), Table((("a", "b"),)))
    assert letter.copies_to == ("司法局",)
    letter.canonical.decode()


def test_paragraphs_of_a_text() -> None:
    assert paragraphs("一\r\n\r\n 二 \n\u200b\n三") == (
        Paragraph("一"),
        Paragraph("二"),
        Paragraph("三"),
    )


@pytest.mark.parametrize("rows", [(), ((),), (("a",), ("b", "c"))])
def test_a_table_is_a_rectangle(rows: tuple) -> None:
    with pytest.raises(ValueError, match="equally many"):
        Table(rows)

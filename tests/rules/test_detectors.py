"""The rules over text: what they find, and what only looks like it."""

import datetime as dt
import time

import pytest

from benchmarks.detection import MUST, measure, snippets
from disclosure.findings.detectors import citations, dates, words
from disclosure.findings.detectors.markings import handling_notes, secrecy_markings
from disclosure.findings.detectors.table import RULES, detect


def found(key: str, text: str) -> list[str]:
    rule = RULES[key]
    assert rule.detect is not None
    return [text[hit.start : hit.end] for hit in rule.detect(text)]


def everything(text: str) -> set[str]:
    return {rule.key for rule, _hit in detect(text)}


# --- the labelled set ----------------------------------------------------------------------------
def test_the_labelled_set_is_found() -> None:
    texts = [snippet["text"] for snippet in snippets()]
    assert len(texts) >= 300
    assert len(texts) == len(set(texts)), "each snippet counts once"
    scores, misses = measure()
    for key in MUST:
        assert scores[key].right >= 50
        assert scores[key].is_good, "\n".join(misses)
    for key, score in scores.items():
        assert score.precision >= 0.85, (key, misses)
        assert score.recall >= 0.85, (key, misses)


# --- numbers -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002x",
        "110105-1949-1231-002X",
        "编号2，110105 19491231 002X",
        "110105\u200b19491231\u00ad002X",  # with signs that nobody sees
    ],
)
def test_resident_ids(text: str) -> None:
    (one,) = found("resident_id", text)
    assert len([sign for sign in one if sign.isalnum()]) == 18


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # the check digit
        "11010519491331002X",  # no such day
        "11010518201231002X",  # nobody is so old
        "A11010519491231002X",
        "11010519491231002X9",
        "1101**********002X",
        "统一社会信用代码91350100M000100Y43",
    ],
)
def test_no_resident_ids(text: str) -> None:
    assert found("resident_id", text) == []


def test_old_ids_are_sure_only_where_they_are_called_so() -> None:
    assert found("resident_id", "身份证号110105491231002") == ["110105491231002"]
    assert found("resident_id", "号码110105491231002") == []
    assert found("like_resident_id", "登记为110105491231002") == ["110105491231002"]
    assert found("like_resident_id", "订单号：110105491231002") == []


@pytest.mark.parametrize(
    "text",
    [
        "138-0013-8000",
        "+86 13800138000",
        "008613800138000",
        "１３８００１３８０００",
        "电话：8613800138000",
    ],
)
def test_mobiles(text: str) -> None:
    (one,) = found("mobile", f"张三 {text}")
    assert one[0] in "1１"


@pytest.mark.parametrize(
    "text",
    [
        "某政办〔2013〕13800138000号",
        "索引号：000000001/2021-00151",
        "12800138000",
        "138001380001",
        "13800138000元",
        "13800138000.5",
        "编号为13800138000",
        "0571-88001380",
        "010-88888888",
        "400-800-1380",
    ],
)
def test_no_mobiles(text: str) -> None:
    assert found("mobile", text) == []


def test_landlines_are_nobody_s_secret() -> None:
    assert everything("联系电话：0571-88001380，传真：010-88888888") == set()


# --- record and dates ----------------------------------------------------------------------------
DAY = dt.date(2013, 11, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("正文\n2013年11月5日", []),
        ("正文\n二〇一三年十一月五日", []),
        ("正文\n二○一三年十一月二十五日\n（此件公开发布）", ["二○一三年十一月二十五日"]),
        ("正文\n2013年11月6日", ["2013年11月6日"]),
        ("自2013年11月6日起施行。", []),
        ("正文\n2013年11月5日\n某办公室2013年11月8日印发", []),
        ("2013年11月6日\n" + "很长的正文。\n" * 40, []),
        ("正文\n2013年13月6日", ["2013年13月6日"]),
    ],
)
def test_date_in_text(text: str, expected: list[str]) -> None:
    record = dates.Record(date_made=DAY)
    assert [text[hit.start : hit.end] for hit in dates.date_in_text(text, record)] == expected
    assert list(dates.date_in_text(text, dates.Record())) == []


def test_year_of_number_and_publication() -> None:
    assert dates.year_of_number(dates.Record("某政办〔2013〕5号", DAY)) is None
    hit = dates.year_of_number(dates.Record("某政办〔2012〕5号", DAY))
    assert hit is not None
    assert (hit.start, hit.end) == (4, 8)
    assert dates.year_of_number(dates.Record("第5号令", DAY)) is None
    assert dates.made_after_publication(dates.Record("", DAY, DAY)) is False
    assert dates.made_after_publication(dates.Record("", DAY, DAY - dt.timedelta(1))) is True


# --- citations and lists -------------------------------------------------------------------------
def test_citations() -> None:
    text = (
        "根据《关于印发〈办法〉的通知》（国办发〔2017〕47号）和某政办[2013]第5号，"
        "《中华人民共和国政府信息公开条例》。"
    )
    cited = list(citations.citations(text))
    assert [(one.kind, text[one.start : one.end]) for one in cited] == [
        ("title", "关于印发〈办法〉的通知"),
        ("number", "国办发〔2017〕47号"),
        ("number", "和某政办[2013]第5号"),
        ("title", "中华人民共和国政府信息公开条例"),
    ]
    assert "某政办〔2013〕5号" in cited[2].texts


def test_words_with_gaps() -> None:
    pattern = words.compiled(["防护*等级", "指挥所", "  ", "*"])
    text = "防护工程的等级；防护。等级；指挥所"
    assert [text[hit.start : hit.end] for hit in words.found(pattern, text)] == [
        "防护工程的等级",
        "指挥所",
    ]
    unseen = "前\u200b防\u200b护\ufeff的等\u00ad级。指\u2060挥所"
    assert [unseen[hit.start : hit.end] for hit in words.found(pattern, unseen)] == [
        "防\u200b护\ufeff的等\u00ad级",
        "指\u2060挥所",
    ]
    assert words.compiled(["", " * "]) is None
    assert list(words.found(None, text)) == []


def test_many_gaps_do_not_multiply() -> None:
    """Eleven tries for each gap: five of them stood still over a page of one sign."""
    pattern = words.compiled(["一*一*一*一*一*二"])
    begun = time.monotonic()
    assert list(words.found(pattern, "一" * 3000)) == []
    assert time.monotonic() - begun < 5
    assert [hit.end for hit in words.found(pattern, "一" * 5 + "二")] == [6]


# --- the table -----------------------------------------------------------------------------------
def test_every_rule_says_why() -> None:
    for key, rule in RULES.items():
        assert key == rule.key
        assert len(key) <= 30
        assert str(rule.label)
        assert str(rule.reason).endswith((".", "。"))


@pytest.mark.parametrize(
    "piece",
    [
        "某市人民政府办公室关于印发管理办法的通知，2013年11月5日，联系电话010-88888888。\n",
        "1",
        "1 ",
        "12 345 6789 ",
        "村",
        "路1号",
        "1栋",
        "住址",
        "《",
        "（",
        "密级：",
        "某政办〔2013〕",
    ],
)
def test_no_long_text_gets_lost(piece: str) -> None:
    """No pattern falls into a hole: generous, for the machine is shared."""
    text = piece * (300_000 // len(piece))
    started = time.process_time()
    number = sum(1 for _ in detect(text)) + sum(1 for _ in citations.citations(text))
    assert number < 5000
    assert time.process_time() - started < 10


def test_signs_that_nobody_sees_part_no_marking() -> None:
    text = "前言\n机\u200b密\u2060★三年\n内\u200b部资料"
    [found] = secrecy_markings(text)
    assert text[found.start : found.end] == "机\u200b密\u2060★三年"
    [note] = handling_notes(text)
    assert text[note.start : note.end] == "内\u200b部资料"

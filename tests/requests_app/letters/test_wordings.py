"""Wordings of letters: the portal's own, what an agency's must have, and how articles are read."""

import pytest
from django.utils import translation

from disclosure.core import articles
from disclosure.core.articles import Cited
from requests_app.determination import DETERMINATIONS
from requests_app.letters.fields import FIELDS
from requests_app.letters.kinds import KINDS, POINT_WORDINGS, To
from requests_app.letters.models import WORDING_CHOICES
from requests_app.letters.wordings import LONGEST, row_of, why_not_word

REGULATION = "《中华人民共和国政府信息公开条例》"
KEYS = [key for key, _label in WORDING_CHOICES]


def said(kind: str, body: str) -> list[str]:
    with translation.override("en"):
        return [str(each) for each in why_not_word(kind, body)]


# --- articles ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "chinese"),
    [
        ("14", "第十四条"),
        ("30", "第三十条"),
        ("36(2)", "第三十六条第（二）项"),
        ("36(7)", "第三十六条第（七）项"),
        ("16(1)", "第十六条第一款"),
        ("16(2)", "第十六条第二款"),
        ("39(1)", "第三十九条第一款"),
        ("20(15)", "第二十条第（十五）项"),
        ("24(1)(2)", "第二十四条第一款第（二）项"),
    ],
)
def test_articles_are_written_as_officials_write_them(written: str, chinese: str) -> None:
    assert articles.in_chinese(written) == chinese
    assert articles.names(f"根据{chinese}的规定", written)
    assert articles.of(written) == articles.cited_in(chinese)[0]


def test_an_item_is_read_with_and_without_brackets() -> None:
    assert articles.cited_in("第三十六条第四项、第十六条第二款") == [
        Cited(36, item=4),
        Cited(16, 2),
    ]
    assert articles.cited_in("第十一条第一款第（三）项") == [Cited(11, 1, 3)]
    assert not articles.names("第三十六条第（五）项", "36(4)")
    assert not articles.names("第三十六条", "36(4)")
    assert articles.names("第三十六条第（四）项", "36")
    assert not articles.names("第二十六条", "6")


def test_only_articles_of_the_regulation_are_strangers() -> None:
    text = f"根据{REGULATION}第十四条、第三十六条第（三）项和《档案法》第十五条的规定"
    assert articles.strangers(text, {"14", "36(3)"}, {14, 15, 16, 36}) == []
    assert articles.strangers(text, {"14"}, {14, 15, 16, 36}) == ["36(3)"]
    assert articles.strangers("《条例》第十五条、第十六条第一款", {"15"}, {15, 16}) == ["16(1)"]


# --- the portal's own ----------------------------------------------------------------------------
@pytest.mark.parametrize("key", KEYS)
def test_the_portals_own_wording_passes(key: str) -> None:
    row = row_of(key)
    assert row is not None
    assert said(key, row.wording) == []
    assert row.fields <= set(FIELDS), "each field is explained"


def test_every_determination_has_a_wording() -> None:
    assert set(POINT_WORDINGS) == set(DETERMINATIONS)


@pytest.mark.parametrize(
    ("determination", "basis"),
    [
        ("given", "第三十六条第（二）项"),
        ("already_public", "第三十六条第（一）项"),
        ("partly", "第三十七条"),
        ("refused_state_secret", "第十四条、第三十六条第（三）项"),
        ("refused_forbidden_by_law", "第十四条、第三十六条第（三）项"),
        ("refused_security_stability", "第十四条、第三十六条第（三）项"),
        ("refused_third_party", "第十五条、第三十二条、第三十六条第（三）项"),
        ("refused_internal_affairs", "第十六条第一款、第三十六条第（三）项"),
        ("refused_process", "第十六条第二款、第三十六条第（三）项"),
        ("refused_enforcement_file", "第十六条第二款、第三十六条第（三）项"),
        ("refused_administrative_inquiry", "第三十六条第（七）项"),
        ("not_existing", "第三十六条第（四）项"),
        ("not_ours", "第三十六条第（五）项"),
        ("unable_needs_creation", "第三十八条"),
        ("unable_still_unclear", "第二十九条、第三十条"),
        ("unprocessed_petition", "第三十九条第一款"),
        ("unprocessed_repeated", "第三十六条第（六）项"),
        ("unprocessed_publication", "第三十九条第二款"),
        ("unprocessed_excessive", "第三十五条"),
        ("other_not_corrected", "第三十条"),
        ("other_fee_unpaid", "第四十二条"),
        ("record_corrected", "第四十一条"),
        ("record_kept", "第四十一条"),
        ("record_passed_on", "第四十一条"),
    ],
)
def test_the_basis_in_law_of_each_determination(determination: str, basis: str) -> None:
    """Worked by hand from the Regulation (Art. 14–16, 30, 35–42)."""
    assert f"{REGULATION}{basis}" in POINT_WORDINGS[determination].wording


def test_what_a_letter_tells_by_law() -> None:
    assert "须" not in KINDS["third_party"].wording, "a third party need not answer"
    assert "自收到本意见书之日起15个工作日内" in KINDS["third_party"].wording
    assert "视为同意公开" in KINDS["co_maker"].wording
    assert "视为放弃申请" in KINDS["correction"].wording
    assert "第三十三条第二款" in KINDS["extension"].wording
    assert "第三十三条第三款" in KINDS["consulting"].wording
    assert "次日起20个工作日内" in KINDS["fee"].wording


def test_who_is_asked_learns_nothing_of_who_asks() -> None:
    for row in KINDS.values():
        if row.to is To.PARTY:
            assert not row.fields & {"you", "subject", "request_number"}, row.key
        if row.to is not To.APPLICANT:
            assert "you" not in row.fields, row.key


# --- an agency's own -----------------------------------------------------------------------------
CORRECTION = f"根据{REGULATION}第三十条，请补正：\n{{text}}\n请于{{until}}前补正。"


def test_an_own_wording_passes() -> None:
    assert said("correction", CORRECTION) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (CORRECTION + "{name}", "This letter has no field {name}."),
        (CORRECTION + "{}", "This letter has no field {}."),
        (CORRECTION + "{0}", "This letter has no field {0}."),
        (CORRECTION + "{until.year}", "This letter has no field {until.year}."),
        (CORRECTION.replace("{until}", "近日"), "The field {until} has to be there."),
        (CORRECTION + "{", "The braces cannot be read."),
        (CORRECTION + "}", "The braces cannot be read."),
        (CORRECTION + "{until!r}", "The braces cannot be read."),
        (CORRECTION + "{until:>9}", "The braces cannot be read."),
        ("", "There is no text."),
        (" \n ", "There is no text."),
        (CORRECTION + "长" * LONGEST, "At most 8000 characters"),
        (CORRECTION.replace("第三十条", "有关规定"), "has to name 第三十条 of the Regulation"),
        (CORRECTION + "如不服，可以在60日内申请行政复议。", "cannot be contested separately"),
    ],
)
def test_an_own_wording_is_refused_with_the_reason(body: str, reason: str) -> None:
    found = said("correction", body)
    assert len(found) == 1
    assert reason in found[0]


def test_every_reason_is_told_at_once() -> None:
    assert len(said("correction", "{name}")) == 3


def test_doubled_braces_are_braces() -> None:
    assert said("correction", CORRECTION + "{{}}") == []


@pytest.mark.parametrize(
    "body",
    ["现答复如下：{points}\n{remedy}", "{points}\n{points}\n{remedy}", "{points}{remedy}"],
)
def test_points_and_remedies_stand_alone_on_their_lines(body: str) -> None:
    assert any("stands alone on a line, once" in each for each in said("answer", body))


def test_the_term_of_a_third_party_may_not_be_dropped() -> None:
    body = f"根据{REGULATION}第三十二条，请提出意见：\n{{text}}"
    assert said("third_party", body) == ["The wording has to say: 15个工作日."]
    assert said("third_party", f"{body}\n请在收到后15个工作日内答复。") == []


def test_a_determination_names_its_own_article_and_no_other() -> None:
    kind = "answer.not_existing"
    wrong = f"检索情况：{{search}}。根据{REGULATION}第三十六条第（五）项，告知如上。"
    assert said(kind, wrong) == [
        "The wording has to name 第三十六条第（四）项 of the Regulation.",
        "第三十六条第（五）项 is not what this determination rests on.",
    ]
    ground = f"{{reasons}}根据{REGULATION}第十五条、第十六条第二款，不予公开。"
    assert said("answer.refused_process", ground) == [
        "第十五条 is not what this determination rests on."
    ]
    free = f"{{reasons}}参照{REGULATION}第十五条。"
    assert said("answer.other", free) == []


def test_no_such_letter() -> None:
    for kind in ("nothing", "answer.nothing", "answer."):
        assert said(kind, "文字") == ["There is no such letter."]

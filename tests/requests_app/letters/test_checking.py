"""What keeps an answer, or another letter, from going out: every reason at once."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from disclosure.core.dates import today
from disclosure.core.errors import NotPossible
from disclosure.paper import glyphs, pdf
from disclosure.paper.pdf import PdfUnavailable
from requests_app import actions
from requests_app.letters import checking, composing
from requests_app.models import AnswerDraft, DisclosureRequest, Letter, LetterWording, Party
from requests_app.uploads import Upload
from tests.factories import PDF
from tests.request_factories import decide_all, make_request, make_style

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 3, 16)
REGULATION = "《中华人民共和国政府信息公开条例》"


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def case_with(determination: str = "given", *, style: bool = True, **fields: Any):
    details = fields.pop("details", {})
    points = fields.pop("points", None)
    case = make_request("registered", **fields)
    if style:
        make_style(case.agency)
    if points:
        actions.set_points(case, actor=None, texts=points)
    decide_all(case, determination, **details)
    return case


def reasons(case: DisclosureRequest, **rest: Any) -> list[str]:
    return [str(each) for each in checking.why_not_issue(case, ON, **rest)]


def word(case: DisclosureRequest, kind: str, body: str) -> None:
    """An own wording as it may stand there from before a rule changed."""
    LetterWording.objects.create(agency=case.agency, kind=kind, body=body)


@pytest.mark.parametrize(
    "determination",
    ["given", "already_public", "partly", "refused_process", "not_existing", "not_ours", "other"],
)
def test_a_sound_answer_goes_out(determination: str) -> None:
    assert reasons(case_with(determination)) == []


def test_what_is_left_open_is_named() -> None:
    case = case_with("refused_process", details={"reasons": "见【待核实】。"})
    assert reasons(case) == ["Something is left open in the letter: 【待核实】"]
    decide_all(case, "refused_process", reasons="见 {until}。")
    assert reasons(case) == ["Something is left open in the letter: {until}"]


def test_an_undecided_point_is_left_open_and_unfounded() -> None:
    case = make_request("registered")
    make_style(case.agency)
    assert "Something is left open in the letter: 【待填】" in reasons(case)


def test_brackets_in_the_applicants_own_words_are_theirs() -> None:
    case = case_with(
        information_name="关于【示例】项目的{合同}", points=["甲【附件】", "乙 {field} 丙"]
    )
    assert reasons(case) == []


def test_courts_in_the_applicants_words_and_in_reasons_are_no_remedies() -> None:
    case = case_with(
        "refused_process",
        information_name="向某某人民法院提起诉讼的材料",
        details={"reasons": "该件系向某市人民政府申请行政复议时形成。"},
    )
    assert reasons(case) == []


@pytest.mark.parametrize("word", ["行政复议", "根据", "60日内", "示例市中级人民法院", "日"])
def test_words_of_the_letter_in_the_applicants_mouth_hide_none_of_ours(word: str) -> None:
    assert reasons(case_with("refused_process", information_name=word)) == []
    assert reasons(case_with("refused_process", points=[word, f"{word}二"])) == []


def test_a_year_in_square_brackets_is_not_left_open() -> None:
    case = case_with("unprocessed_repeated", details={"earlier": "示公开【2026】答1号"})
    assert reasons(case) == []


def test_every_point_is_answered() -> None:
    case = case_with(points=["甲", "乙"])
    assert reasons(case) == []
    word(case, "answer", "如下：\n{closing}\n{remedy}")
    found = reasons(case)
    assert "Point 1 is not answered in the letter." in found
    assert "Point 2 is not answered in the letter." in found
    assert "The field {points} has to be there." in found


def test_one_point_alone_is_answered_too() -> None:
    case = case_with()
    word(case, "answer", "本机关已另行答复。\n{remedy}")
    assert "Point 1 is not answered in the letter." in reasons(case)


def test_an_own_wording_that_drops_the_article() -> None:
    case = case_with("not_existing")
    word(case, "answer.not_existing", "经检索没有。{search}")
    assert reasons(case) == [
        "The wording has to name 第三十六条第（四）项 of the Regulation.",
        "Point 1: the letter does not name 第三十六条第（四）项.",
    ]


def test_the_article_of_another_point_does_not_help() -> None:
    case = case_with(points=["甲", "乙"])
    second = case.points.get(position=2)
    actions.decide(
        case, actor=None, point=second, determination="not_existing", details={"search": "已检索。"}
    )
    assert reasons(case) == []
    word(case, "answer.not_existing", "经检索没有。{search}")
    assert "Point 2: the letter does not name 第三十六条第（四）项." in reasons(case)


def test_each_ground_of_what_is_withheld_is_named() -> None:
    case = case_with("partly", details={"grounds": ["process", "third_party"]})
    assert reasons(case) == []
    body = f"{{how}}{{withheld}}根据{REGULATION}第三十七条，{{reasons}}"
    word(case, "answer.partly", body)
    found = reasons(case)
    assert "The field {grounds} has to be there." in found
    assert "Point 1: the letter does not name 第十六条第二款、第十五条." in found


def test_the_settings_that_remedies_need() -> None:
    assert reasons(case_with(style=False, channel="online")) == [
        "The agency's settings do not name the body for reconsideration.",
        "The agency's settings do not name the court.",
        (
            "The agency's settings do not name the internet channel for applying for "
            "reconsideration, which a letter delivered over the internet must give."
        ),
    ]


@pytest.mark.parametrize(
    ("determination", "remedy", "reason"),
    [
        ("given", "不服可以投诉。", "The letter does not tell of remedies."),
        (
            "refused_process",
            (
                "如对本答复不服，可以自收到本答复之日起60日内向示例省人民政府申请行政复议，"
                "也可以自收到本答复之日起6个月内向示例市中级人民法院提起行政诉讼。"
                "行政复议申请可以通过https://fuyi.example.invalid/提交。"
            ),
            (
                "For what is withheld on Art. 14 to 16 the letter must say that reconsideration "
                "comes before a lawsuit."
            ),
        ),
        (
            "given",
            (
                "如对本答复不服，应当先自收到本答复之日起60日内向示例省人民政府申请行政复议，"
                "再自收到决定之日起15日内向示例市中级人民法院提起行政诉讼，或者6个月内提起诉讼。"
                "行政复议申请可以通过https://fuyi.example.invalid/提交。"
            ),
            "The letter puts reconsideration before a lawsuit where either way is open.",
        ),
        (
            "given",
            (
                "如对本答复不服，可以自收到本答复之日起60日内向别的市人民政府申请行政复议，"
                "也可以自收到本答复之日起6个月内向示例市中级人民法院提起行政诉讼。"
                "行政复议申请可以通过https://fuyi.example.invalid/提交。"
            ),
            "The letter names another body for reconsideration.",
        ),
    ],
)
def test_a_remedy_paragraph_that_staff_wrote(determination: str, remedy: str, reason: str) -> None:
    case = case_with(determination)
    AnswerDraft.objects.create(request=case, content={"remedy": remedy})
    assert reason in reasons(case)


def test_a_remedy_paragraph_in_other_words_passes() -> None:
    case = case_with()
    remedy = (
        "如不服本答复，可在收到之日起六十日内向示例省人民政府申请行政复议"
        "（网上申请：https://fuyi.example.invalid/），"
        "或者在收到之日起六个月内向示例市中级人民法院提起行政诉讼。"
    )
    AnswerDraft.objects.create(request=case, content={"remedy": remedy})
    assert reasons(case) == []


def test_a_release_is_held_for_a_third_party_alone() -> None:
    case = case_with()
    assert reasons(case, released_on=ON - dt.timedelta(1)) == [
        "It cannot be released before the answer."
    ]
    assert reasons(case, released_on=ON) == [
        "Only what is disclosed against a third party's objection is held back."
    ]
    Party.objects.create(
        request=case, kind="third_party", number=1, opinion="objects", is_overridden=True
    )
    assert reasons(case, released_on=ON) == ["There are no files that could be held back."]
    actions.draft(case, actor=None, files=[Upload("合同.pdf", PDF)])
    assert reasons(case, released_on=ON) == []


def test_all_reasons_are_told_at_once() -> None:
    case = case_with("refused_process", style=False, details={"reasons": "【待填】"})
    assert len(reasons(case)) == 4


# --- characters that no font has -----------------------------------------------------------------
@pytest.fixture
def _fonts() -> None:
    try:
        pdf.ready()
    except PdfUnavailable as reason:
        pytest.skip(str(reason))


@pytest.mark.usefixtures("_fonts")
def test_a_character_without_a_shape_is_told_before_issue() -> None:
    case = case_with("refused_process", details={"reasons": "见\U0001f4ce和\U000f0000。"})
    found = reasons(case)
    assert len(found) == 1
    assert "The installed fonts lack these characters" in found[0]
    assert "U+F0000" in found[0]


@pytest.mark.usefixtures("_fonts")
def test_rare_but_printable_names_pass() -> None:
    assert reasons(case_with(name="张䶮")) == []


def test_common_characters_are_not_set_on_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "as_pdf", lambda *_html, **_css: pytest.fail("not needed"))
    glyphs.missing_glyphs("政府信息公开〔2026〕（一）“示例”—ABC 123")


def test_without_fonts_nothing_can_be_said_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(*_html: object, **_css: object) -> bytes:
        raise PdfUnavailable

    monkeypatch.setattr(pdf, "as_pdf", unavailable)
    assert reasons(case_with(name="张䶮")) == []


# --- letters that are no answer ------------------------------------------------------------------
def test_a_third_party_is_not_written_to_before_the_remedies_are_known() -> None:
    case = make_request("registered")
    case = actions.take(case, "ask_third_party", name="示例公司", text="合同")
    party = case.parties.get()
    case = actions.take(
        case, "third_party_answered", party=party, opinion="objects", text="商业秘密"
    )
    before = case.state
    with pytest.raises(NotPossible) as refused:
        actions.take(case, "override_objection", party=party, text="公共利益")
    assert "do not name the court" in str(refused.value)
    case.refresh_from_db()
    party.refresh_from_db()
    assert (case.state, party.is_overridden) == (before, False), "nothing is half done"
    assert not Letter.objects.filter(kind="third_party_disclosure").exists()
    make_style(case.agency)
    text = "公共利益。该公司曾向某某人民法院提起行政诉讼，见【2026】1号。"
    actions.take(case, "override_objection", party=party, text=text)
    assert Letter.objects.filter(kind="third_party_disclosure").count() == 1


def test_a_letter_with_something_open_is_not_sent() -> None:
    case = make_request("registered")
    until = today() + dt.timedelta(10)
    with pytest.raises(NotPossible, match="left open"):
        actions.take(case, "ask_correction", text="请写明【年份】。", until=until)
    case = actions.take(case, "ask_correction", text="请写明年份。", until=until)
    assert case.letters.get().kind == "correction"


def test_text_of_leaves_out_head_and_foot() -> None:
    case = case_with()
    text = checking.text_of(composing.answer(case, ON))
    assert "经审查，现答复如下：" in text
    assert case.applicant.get("name") not in text

"""The texts of messages: a closed set of fields, the obligatory ones shown, nothing personal."""

import pytest

from requests_app.messages import templates
from requests_app.messages.policies import why_not_word
from requests_app.messages.templates import FIELDS, LANGUAGES, Audience, Text
from requests_app.messages.texts import FOOTERS, SMS, TEMPLATES

each_template = pytest.mark.parametrize("key", TEMPLATES)
EXTENDED = TEMPLATES["extended"]
GOOD = "申请{number}延期至{due}，见{track_url}"


@each_template
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_portals_own_texts_will_do(key: str, language: str) -> None:
    template = TEMPLATES[key]
    text = template.text(language)
    assert why_not_word(template, subject=text.subject, body=text.body) == []
    subject = "number" if template.is_of_request else "agency"
    assert f"{{{subject}}}" in text.subject
    values = templates.example_values(template, language)
    filled = templates.fill(text, values)
    assert "{" not in filled.subject + filled.body
    assert values[subject] in filled.subject
    assert len(filled.subject) <= 120
    assert "\n" not in filled.subject


@each_template
def test_given_fields_are_known_and_shown_somewhere(key: str) -> None:
    template = TEMPLATES[key]
    assert set(template.fields) <= set(FIELDS)
    assert set(template.must) <= set(template.given + template.made)
    for language in LANGUAGES:
        text = template.text(language)
        shown = templates.fields_of(text.subject) + templates.fields_of(text.body)
        assert set(template.given) <= set(shown), language


def test_keys_are_unique_and_short_enough_to_store() -> None:
    assert len(TEMPLATES) == 31
    assert all(len(key) <= 40 for key in TEMPLATES)
    assert {row.audience for row in TEMPLATES.values()} == set(Audience)


def test_both_languages_stand_around_the_texts() -> None:
    assert set(FOOTERS) == set(SMS) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("subject", "body", "place", "said"),
    [
        ("", GOOD, "subject", "no text"),
        ("题", "  ", "body", "no text"),
        ("题", GOOD + "{name}", "body", "has no field {name}"),
        ("题{email}", GOOD, "subject", "has no field {email}"),
        ("题", GOOD + "{date}", "body", "has no field {date}"),
        ("题", GOOD + "{number!r}", "body", "cannot be read"),
        ("题", GOOD + "{number:>9}", "body", "cannot be read"),
        ("题", GOOD + "{number.real}", "body", "cannot be read"),
        ("题", GOOD + "{number[0]}", "body", "cannot be read"),
        ("题", GOOD + "{}", "body", "cannot be read"),
        ("题", GOOD + "{", "body", "cannot be read"),
        ("题", "申请{number}延期至{due}", "body", "{track_url} has to be shown"),
        ("题", "延期至{due}，见{track_url}", "body", "{number} has to be shown"),
        ("题", "申请{number}，见{track_url}", "body", "{due} has to be shown"),
    ],
)
def test_what_is_wrong_with_a_text_is_said(
    subject: str, body: str, place: str, said: str, english: None
) -> None:
    reasons = why_not_word(EXTENDED, subject=subject, body=body)
    assert [reason.code for reason in reasons] == [place]
    assert said in str(reasons[0])


def test_every_reason_is_said_at_once(english: None) -> None:
    reasons = why_not_word(EXTENDED, subject="{a}", body="{b} {c}")
    assert [reason.code for reason in reasons] == ["subject", "body", "body"]
    assert "{number} {agency} {track_url} {due}" in str(reasons[0])


def test_braces_of_the_text_itself_are_written_twice() -> None:
    assert why_not_word(EXTENDED, subject="{{题}} {number}", body=GOOD) == []
    values = templates.example_values(EXTENDED, "zh-hans")
    assert templates.fill(Text("{{题}}", GOOD), values).subject == "{题}"


@pytest.mark.parametrize(
    ("params", "wrong"),
    [
        ({"old_due": "2026-03-05", "due": "2026-03-31"}, []),
        ({"due": "2026-03-31"}, ["old_due"]),
        ({"old_due": "2026-03-05", "due": "2026-03-31", "name": "张三"}, ["name"]),
        ({"old_due": "2026-3-5", "due": "20260331"}, ["due", "old_due"]),
        ({"old_due": "张三", "due": None}, ["due", "old_due"]),
    ],
)
def test_nothing_but_dates_fits_a_date(params: dict[str, object], wrong: list[str]) -> None:
    assert templates.wrong_params(TEMPLATES["calendar_moved"], params) == wrong


@pytest.mark.parametrize(
    ("numbers", "agency", "wrong"),
    [
        (["SL-2026-0001"], 7, []),
        ([], 7, ["numbers"]),
        (["张三"], 7, ["numbers"]),
        ("SL-2026-0001", 7, ["numbers"]),
        (["SL-2026-0001"], "示例市办公室", ["other_agency"]),
        (["SL-2026-0001"], True, ["other_agency"]),
    ],
)
def test_nothing_but_numbers_and_keys_fit_theirs(
    numbers: object, agency: object, wrong: list[str]
) -> None:
    params = {"numbers": numbers, "other_agency": agency}
    assert templates.wrong_params(TEMPLATES["transferred"], params) == wrong


def test_values_read_as_the_language_has_them() -> None:
    assert templates.shown("due", "2026-03-05", "zh-hans") == "2026年3月5日"
    assert templates.shown("due", "2026-12-25", "en") == "25 December 2026"
    assert templates.shown("numbers", ["A-1", "A-2"], "zh-hans") == "A-1、A-2"
    assert templates.shown("numbers", ["A-1", "A-2"], "en") == "A-1, A-2"
    assert templates.shown("days", 5, "zh-hans") == "5"


def test_a_subject_stays_on_one_line() -> None:
    filled = templates.fill(Text("a\r\nBcc: {number}", "b"), {"number": "x\ny"})
    assert filled.subject == "a Bcc: x y"

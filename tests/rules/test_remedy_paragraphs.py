"""What letters tell of remedies: body and court, the way open against each point, the wording."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.agencies.models import Agency
from disclosure.grounds import GROUNDS
from requests_app.determination import OUTCOMES
from requests_app.letters.kinds import KINDS
from requests_app.remedies.rules import (
    BODY_LABELS,
    COURT_LABELS,
    PROBLEMS,
    Choice,
    Decided,
    Part,
    RemedyNames,
    check_letter,
    check_paragraphs,
    choice_of_ground,
    choice_of_letter,
    choice_of_row,
    choices_of,
    letter_paragraphs,
    remedy_paragraphs,
    venue_of,
)
from requests_app.remedies.rules.choices import ACTS, LETTER_RULES

DAY = date(2026, 3, 2)
BEFORE, SINCE = date(2023, 12, 31), date(2024, 1, 1)
NAMES = RemedyNames("沈阳市人民政府", "沈阳市和平区人民法院", "https://fuyi.example.gov.cn")
FIRST, EITHER = Choice.RECONSIDERATION_FIRST, Choice.EITHER
RECOMMEND, ALONE = Choice.RECOMMEND_RECONSIDERATION, Choice.NOT_REVIEWABLE_ALONE

# kind: national, province, city, county, township; each body / court
VENUES = {
    "government": "- / -, itself / intermediate, upper_government / intermediate, "
    "upper_government / intermediate, upper_government / basic",
    "department": "itself / intermediate, own_government / basic, own_government / basic, "
    "own_government / basic, - / basic",
    "vertical": "itself / intermediate, upper_department / basic, upper_department / basic, "
    "upper_department / basic, upper_department / basic",
    "branch": "upper_department / basic, own_government / basic, own_government / basic, "
    "own_government / basic, upper_government / basic",
    "authorised": "upper_department / basic, own_government / basic, own_government / basic, "
    "own_government / basic, - / basic",
    "public_body": "- / -, - / -, - / -, - / -, - / -",
}
CELLS = [
    (kind, level, *cell.split(" / "))
    for kind, row in VENUES.items()
    for level, cell in zip(Agency.Level.values, row.split(", "), strict=True)
]

# Grounds by article: Art. 14 to 16 since 2024-01-01 first, Art. 36(7) unsettled.
GROUND_CHOICES = {
    "state_secret": FIRST,
    "forbidden_by_law": FIRST,
    "security_stability": FIRST,
    "third_party": FIRST,
    "internal_affairs": FIRST,
    "process": FIRST,
    "enforcement_file": FIRST,
    "administrative_inquiry": RECOMMEND,
}


def text_of(points, **options):
    """The paragraphs, one a line."""
    options = {"on": DAY, "names": NAMES, "served_online": False} | options
    return "\n".join(each.text for each in remedy_paragraphs(points, **options))


def problems(text, points, **options):
    """The problems found in `text`."""
    options = {"on": DAY, "names": NAMES, "served_online": False} | options
    found = check_paragraphs(text, points, **options)
    assert set(found) <= set(PROBLEMS)
    return found


# --- body and court ---


@pytest.mark.parametrize(("kind", "level", "body", "court"), CELLS)
def test_body_and_court_of_every_kind_and_level(kind, level, body, court):
    venue = venue_of(kind, level)
    assert (venue.body or "-", venue.court or "-") == (body, court)
    assert venue.article if venue.body else venue.note


def test_every_agency_has_a_cell_and_every_answer_a_label():
    assert list(VENUES) == Agency.Kind.values
    assert len(CELLS) == len(Agency.Kind.values) * len(Agency.Level.values)
    for kind, level, *_cell in CELLS:
        venue = venue_of(kind, level)
        assert venue.body is None or BODY_LABELS[venue.body]
        assert venue.court is None or COURT_LABELS[venue.court]


# --- which way is open ---


@pytest.mark.parametrize(("ground", "choice"), GROUND_CHOICES.items())
def test_grounds_around_the_new_law(ground, choice):
    assert choice_of_ground(ground, BEFORE) == EITHER
    assert choice_of_ground(ground, SINCE) == choice
    assert choice_of_row(f"refused_{ground}", SINCE) == choice
    assert choices_of(Decided(1, f"refused_{ground}"), SINCE) == ((Part.WHOLE, choice),)


def test_every_ground_is_decided():
    assert set(GROUND_CHOICES) == set(GROUNDS)


@pytest.mark.parametrize("row", [key for key in OUTCOMES if not key.startswith("refused_")])
def test_every_other_row_leaves_the_choice(row):
    assert {choice_of_row(row, day) for day in (BEFORE, SINCE, DAY)} == {EITHER}


@pytest.mark.parametrize(
    ("grounds", "day", "parts"),
    [
        (("third_party",), SINCE, ((Part.WITHHELD, FIRST), (Part.REST, EITHER))),
        (("third_party",), BEFORE, ((Part.WHOLE, EITHER),)),
        (("administrative_inquiry",), SINCE, ((Part.WITHHELD, RECOMMEND), (Part.REST, EITHER))),
        # Several grounds are withheld together: the strictest counts.
        (
            ("administrative_inquiry", "process"),
            SINCE,
            ((Part.WITHHELD, FIRST), (Part.REST, EITHER)),
        ),
        # The rest is no government information, say: what is always open is named.
        ((), SINCE, ((Part.WITHHELD, RECOMMEND), (Part.REST, EITHER))),
        ((), BEFORE, ((Part.WHOLE, EITHER),)),
    ],
)
def test_a_partial_grant_has_two_parts(grounds, day, parts):
    assert choices_of(Decided(1, "partially_granted", grounds), day) == parts


def test_grounds_count_only_where_something_is_withheld():
    assert choices_of(Decided(1, "unable_not_held", ("process",)), DAY) == ((Part.WHOLE, EITHER),)


def test_a_refusal_for_two_reasons_is_as_strict_as_the_stricter():
    point = Decided(1, "refused_administrative_inquiry", ("third_party",))
    assert choices_of(point, DAY) == ((Part.WHOLE, FIRST),)


def test_letters_that_are_no_answer():
    assert set(LETTER_RULES) | ACTS == set(KINDS) | {"no_answer"}
    contestable = {key for key in LETTER_RULES if choice_of_letter(key, DAY) != ALONE}
    assert contestable == {"third_party_disclosure", "no_answer"}
    assert choice_of_letter("third_party_disclosure", DAY) == EITHER
    assert (choice_of_letter("no_answer", DAY), choice_of_letter("no_answer", BEFORE)) == (
        RECOMMEND,
        EITHER,
    )


# --- the wording ---


def test_a_refusal_says_first_reconsideration_then_court():
    (paragraph,) = remedy_paragraphs(
        [Decided(1, "refused_process")], on=DAY, names=NAMES, served_online=False
    )
    assert paragraph.choice == FIRST
    assert not paragraph.editable
    assert paragraph.text == (
        "如对本答复不服，根据《中华人民共和国行政复议法》第二十三条的规定，"
        "应当先自收到本答复之日起60日内向沈阳市人民政府申请行政复议；对行政复议决定不服的，"
        "可以自收到行政复议决定书之日起15日内向沈阳市和平区人民法院提起行政诉讼。"
        "行政复议机关决定不予受理、驳回申请或者逾期不作答复的，"
        "可以自收到决定书之日或者行政复议期限届满之日起15日内依法提起行政诉讼。"
    )


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ("granted", DAY),
        ("unable_not_held", DAY),
        ("unable_needs_creation", DAY),
        ("unprocessed_repeated", DAY),
        ("refused_state_secret", BEFORE),
        ("refused_administrative_inquiry", BEFORE),
    ],
)
def test_either_way_in_one_short_paragraph(row, day):
    assert text_of([Decided(1, row)], on=day) == (
        "如对本答复不服，可以自收到本答复之日起60日内向沈阳市人民政府申请行政复议，"
        "也可以自收到本答复之日起6个月内向沈阳市和平区人民法院提起行政诉讼。"
    )


def test_a_partial_grant_names_the_withheld_part():
    withheld, rest = remedy_paragraphs(
        [Decided(1, "partially_granted", ("third_party",))],
        on=DAY,
        names=NAMES,
        served_online=False,
    )
    assert withheld.text.startswith("如对本答复中不予公开的部分不服，")
    assert (withheld.choice, withheld.positions) == (FIRST, (1,))
    assert rest.text.startswith("如对本答复的其他内容不服，可以自收到")
    assert (rest.choice, rest.positions) == (EITHER, ())


def test_several_points_are_named_by_their_positions():
    paragraphs = remedy_paragraphs(
        [
            Decided(1, "granted"),
            Decided(2, "refused_state_secret"),
            Decided(3, "refused_administrative_inquiry"),
            Decided(4, "partially_granted", ("enforcement_file",)),
        ],
        on=DAY,
        names=NAMES,
        served_online=False,
    )
    assert [each.text.partition("不服")[0] for each in paragraphs] == [
        "如对本答复第（二）项、第（四）项中不予公开的部分",
        "如对本答复第（三）项",
        "如对本答复的其他内容",
    ]
    assert [each.choice for each in paragraphs] == [FIRST, RECOMMEND, EITHER]
    assert [each.positions for each in paragraphs] == [(2, 4), (3,), ()]


def test_several_refusals_need_no_positions():
    text = text_of([Decided(1, "refused_process"), Decided(2, "refused_state_secret")])
    assert text.startswith("如对本答复不服，根据")
    assert "第（一）项" not in text


def test_the_unsettled_ground_names_reconsideration_and_may_be_edited():
    (paragraph,) = remedy_paragraphs(
        [Decided(1, "refused_administrative_inquiry")], on=DAY, names=NAMES, served_online=False
    )
    assert paragraph.editable
    assert "60日内向沈阳市人民政府申请行政复议" in paragraph.text
    assert "6个月" not in paragraph.text
    assert "应当先" not in paragraph.text


def test_after_non_payment_the_fee_can_be_contested_too():
    assert text_of([Decided(1, "other_fee_unpaid")]).endswith(
        "对收取信息处理费的决定有异议的，可以在申请行政复议或者提起行政诉讼时一并提出。"
    )


def test_the_third_party_has_either_way_whatever_was_decided():
    text = text_of([Decided(1, "refused_third_party")], third_party=True)
    assert text == text_of([], third_party=True)
    assert text.startswith("如对公开上述信息的决定不服，可以自收到本告知书之日起60日内")
    assert "也可以自收到本告知书之日起6个月内" in text


@pytest.mark.parametrize(
    ("online", "day", "named"), [(True, SINCE, True), (True, BEFORE, False), (False, DAY, False)]
)
def test_the_internet_channel_goes_with_an_internet_letter(online, day, named):
    text = text_of([Decided(1, "granted")], on=day, served_online=online)
    assert (NAMES.online_channel in text) is named


def test_nothing_decided_tells_nothing():
    assert remedy_paragraphs([], on=DAY, names=NAMES, served_online=True) == ()


def test_a_fee_notice_says_that_it_stands_alone_and_other_notices_say_nothing():
    (paragraph,) = letter_paragraphs("fee")
    assert paragraph.choice == ALONE
    assert paragraph.text.startswith("收取信息处理费的决定不能单独申请行政复议或者提起行政诉讼。")
    assert [letter_paragraphs(kind) for kind in ("correction", "extension", "delay")] == [()] * 3
    for act in ACTS:
        with pytest.raises(ValueError, match="is an act"):
            letter_paragraphs(act)


# --- the check before issue ---

WITHHELD = [Decided(1, "refused_process")]
GRANTED = [Decided(1, "granted")]
PARTLY = [Decided(1, "partially_granted", ("process",))]
MIXED = [Decided(1, "refused_process"), Decided(2, "unable_not_held")]
POINTS = st.lists(
    st.builds(
        lambda row, grounds: (row, tuple(grounds)),
        st.sampled_from(sorted(OUTCOMES)),
        st.sets(st.sampled_from(sorted(GROUNDS))),
    ),
    max_size=6,
).map(lambda rows: [Decided(n, row, grounds) for n, (row, grounds) in enumerate(rows, start=1)])


@given(
    points=POINTS,
    on=st.dates(date(2019, 5, 15), date(2030, 1, 1)),
    online=st.booleans(),
    third_party=st.booleans(),
)
def test_what_is_written_for_a_letter_passes_its_check(points, on, online, third_party):
    options = {"on": on, "served_online": online, "third_party": third_party}
    text = text_of(points, **options)
    assert problems(text, points, **options) == []
    assert "{" not in text
    # Every paragraph names what there is to name.
    assert text.count("沈阳市人民政府") == text.count("60日内")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("60日", "六十日").replace("15日", "十五日"),
        lambda text: text.replace("60", " ６０ ").replace("，", "，\n  "),
        lambda text: text.replace("60日内", "60天内").replace("应当先", "应当首先"),
        lambda text: f"一、你申请公开的信息属于过程性信息，不予公开。\n{text}\n沈阳市某局",
    ],
)
def test_other_ways_of_writing_the_same_pass(change):
    assert problems(change(text_of(WITHHELD)), WITHHELD) == []
    assert problems(change(text_of(PARTLY)), PARTLY) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("沈阳市人民政府", "大连市人民政府"), "other_body_named"),
        (("沈阳市人民政府", "大连市人民政府"), "body_not_named"),
        (("向沈阳市人民政府", "依法"), "body_not_named"),
        (("沈阳市和平区", "大连市中山区"), "other_court_named"),
        (("沈阳市和平区", ""), "court_not_named"),
        (("60日", "30日"), "reconsideration_term_missing"),
        (("15日", "10日"), "court_after_term_missing"),
        (("应当先", "可以"), "first_missing"),
        (("应当先", "无需先"), "first_missing"),
        (("15日内向", "6个月内向"), "court_direct_open"),
    ],
)
def test_what_is_wrong_with_a_refusal_is_found(change, code):
    assert code in problems(text_of(WITHHELD).replace(*change), WITHHELD)


def test_the_remedies_of_another_answer_are_found():
    assert problems(text_of(GRANTED), WITHHELD) == [
        "court_after_term_missing",
        "court_direct_open",
        "first_missing",
    ]
    assert problems(text_of(WITHHELD), GRANTED) == ["court_term_missing", "first_not_for_this"]
    assert problems(text_of(WITHHELD), WITHHELD, on=BEFORE) == [
        "court_term_missing",
        "first_not_for_this",
    ]
    assert problems("本机关予以公开。", GRANTED) == ["remedy_missing"]


def test_the_part_for_which_reconsideration_comes_first_must_be_named():
    assert problems(text_of(PARTLY).replace("中不予公开的部分", ""), PARTLY) == [
        "first_part_not_named"
    ]
    assert problems(text_of(MIXED).replace("第（一）项", ""), MIXED) == ["first_part_not_named"]
    assert problems(text_of(MIXED).replace("第（一）项", "第（二）项"), MIXED) == [
        "first_part_not_named",
        "first_not_for_this",
    ]
    assert problems(text_of(MIXED).replace("第（一）项", "第一项"), MIXED) == []


def test_where_it_is_unsettled_an_agency_may_put_reconsideration_first():
    points = [Decided(1, "refused_administrative_inquiry")]
    assert problems(text_of(WITHHELD), points) == []
    assert problems(text_of(GRANTED), points) == ["court_after_term_missing"]


def test_names_that_are_not_set_are_named_and_no_more():
    names = RemedyNames("", "")
    text = text_of(GRANTED, names=names, served_online=True)
    assert "【行政复议机关】" in text
    assert problems(text, GRANTED, names=names, served_online=True) == [
        "body_not_set",
        "court_not_set",
        "channel_not_set",
    ]


def test_a_missing_internet_channel_is_found():
    assert problems(text_of(GRANTED), GRANTED, served_online=True) == ["channel_not_named"]


def test_a_name_may_hold_the_word_for_towards():
    names = RemedyNames("鹤岗市向阳区人民政府", "鹤岗市向阳区人民法院")
    assert problems(text_of(WITHHELD, names=names), WITHHELD, names=names) == []
    assert "other_body_named" in problems(text_of(WITHHELD), WITHHELD, names=names)


def test_an_address_or_an_office_may_follow_a_name():
    text = text_of(WITHHELD)
    for other in ("沈阳市人民政府（地址：沈河区某路1号）", "沈阳市人民政府行政复议办公室"):
        assert problems(text.replace("沈阳市人民政府", other), WITHHELD) == []


def test_a_railway_court_is_a_court_too():
    names = RemedyNames("沈阳市人民政府", "沈阳铁路运输法院")
    assert problems(text_of(WITHHELD, names=names), WITHHELD, names=names) == []
    assert "other_court_named" in problems(text_of(WITHHELD, names=names), WITHHELD)


def test_words_of_the_law_in_the_reasons_do_no_harm():
    text = "依法应当优先保障公众知情权。你可以向行政复议机关申请行政复议。" + text_of(GRANTED)
    assert problems(text, GRANTED) == []


def test_notices_that_cannot_be_contested():
    for kind in ("correction", "extension"):
        assert check_letter("本机关将延期答复。", kind) == []
        assert check_letter(text_of(GRANTED), kind) == ["remedy_not_for_this"]
    assert check_letter(letter_paragraphs("fee")[0].text, "fee") == []
    wording = KINDS["fee"].wording.replace("{remedy}", letter_paragraphs("fee")[0].text)
    assert check_letter(wording, "fee") == []
    assert check_letter("请缴费100元。", "fee") == ["statement_missing"]

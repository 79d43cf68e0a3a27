"""The explanation: each day with its sentence and its article."""

import re
from datetime import date

import pytest

from requests_app.clock import KINDS, WAITING_NAMES, days_left, level, levels
from requests_app.clock.wording import ERRORS, EVENT_NAMES, STEPS
from tests.rules.clocks import CALENDAR, after, codes, day


def lines(reckoning):
    return [(str(step.date), step.what.code, step.article) for step in reckoning.steps]


def test_receipt_alone_is_told_in_four_lines():
    assert lines(after("2026-02-10")) == [
        ("2026-02-10", "received", "31"),
        ("2026-02-26", "correction_notice_due", "30"),
        ("2026-03-16", "answer_due", "33"),
        ("2026-04-14", "extended_answer_due", "33"),
    ]


def test_492_names_its_own_articles():
    told = lines(
        after(
            "2013-09-25",
            "correction_asked=2013-09-26",
            "corrected=2013-09-27",
            "extended=2013-10-21",
        )
    )
    assert told == [
        ("2013-09-25", "received", None),
        ("2013-09-26", "correction_asked", None),
        ("2013-09-27", "corrected", None),
        ("2013-10-21", "extended", "24"),
        ("2013-11-13", "answer_due", "24"),
    ]


def test_a_pause_cites_no_article_but_its_letter_and_term_do():
    told = lines(after("2026-03-02", "third_party_asked=2026-03-05"))
    assert ("2026-03-05", "third_party_asked", "32") in told
    assert ("2026-03-26", "opinion_due", "32") in told
    assert ("2026-03-26", "not_counted", None) in told


def test_an_open_pause_is_told_from_its_first_day():
    told = lines(after("2026-03-02", "agency_asked=2026-03-05"))
    assert ("2026-03-06", "not_counted_open", None) in told
    assert "answer_due" not in [code for _, code, _ in told]


def test_the_sentence_of_a_pause_names_first_and_last_day():
    result = after("2026-03-02", "agency_asked=2026-03-05", "agency_answered=2026-03-12")
    [pause] = [step for step in result.steps if step.what.code == "not_counted"]
    assert str(pause.what) == "Not counted: 2026-03-06 to 2026-03-12, while an opinion is sought"


def test_after_a_restart_only_what_still_stops_is_told():
    result = after(
        "2026-03-02",
        "agency_asked=2026-03-03",
        "agency_answered=2026-03-05",
        "third_party_asked=2026-03-05",
        "correction_asked=2026-03-11",
        "corrected=2026-03-13",
    )
    pauses = [str(step.what) for step in result.steps if step.what.code == "not_counted"]
    assert pauses == ["Not counted: 2026-03-14 to 2026-03-26, while an opinion is sought"]


@pytest.mark.parametrize(
    ("events", "told"),
    [
        (["correction_asked=2026-03-11"], False),
        (["correction_asked=2026-03-12"], True),
        (["correction_asked=2026-05-12"], True),
    ],
)
def test_a_late_correction_notice_is_told_and_works(events, told):
    result = after("2026-03-02", *events)
    assert ("correction_asked_late" in codes(result)) is told
    assert (result.waiting_for, result.answer_due) == ("correction", None)


def test_a_late_opinion_is_told():
    events = ["third_party_asked=2026-03-05", "third_party_answered=2026-03-27"]
    assert "answered_late" in codes(after("2026-03-02", *events))
    events[1] = "third_party_answered=2026-03-26"
    assert "answered_late" not in codes(after("2026-03-02", *events))


def test_an_order_for_a_new_answer_is_told_with_its_day():
    assert lines(after("2026-03-02", "reopened=2026-06-01:2026-06-30"))[-2:] == [
        ("2026-06-01", "reopened_until", "51"),
        ("2026-06-30", "answer_due_ordered", "51"),
    ]
    assert lines(after("2013-09-25", "reopened=2014-02-10"))[-3:] == [
        ("2014-02-10", "reopened", "51"),
        # Feb 11-14 17-21 24-28, Mar 3
        ("2014-03-03", "answer_due", "24"),
        # Mar 4-7 10-14 17-21 24
        ("2014-03-24", "extended_answer_due", "24"),
    ]


def test_a_waived_fee_is_told_as_waived():
    told = lines(after("2026-03-02", "fee_notified=2026-03-05", "fee_waived=2026-03-20"))
    assert ("2026-03-20", "fee_waived", "42") in told
    assert "fee_paid" not in [code for _, code, _ in told]


def test_a_second_party_bears_its_number():
    result = after("2026-03-02", "third_party_asked=2026-03-05", "third_party_asked#2=2026-03-06")
    asked = [str(step.what) for step in result.steps if step.what.code == "third_party_asked"]
    assert asked == [
        "Third party asked in writing for its opinion",
        "Third party asked in writing for its opinion (#2)",
    ]


def test_steps_stand_in_order_of_date():
    result = after("2026-03-02", "fee_notified=2026-03-05", "fee_paid=2026-03-20")
    dates = [step.date for step in result.steps]
    assert dates == sorted(dates)
    assert ("2026-04-02", "fee_due", "42") in lines(result)


def test_every_sentence_of_the_table_is_used():
    seen = set()
    for case in (
        ["2026-02-10"],
        ["2026-03-02", "correction_asked=2026-03-12", "corrected=2026-03-13"],
        ["2026-03-02", "third_party_asked=2026-03-05", "third_party_received=2026-03-06"],
        ["2026-03-02", "third_party_asked=2026-03-05", "third_party_answered=2026-04-06"],
        ["2026-03-02", "co_maker_asked=2026-03-05", "co_maker_received=2026-03-06"],
        ["2026-03-02", "co_maker_asked=2026-03-05", "co_maker_answered=2026-03-06"],
        ["2026-03-02", "agency_asked=2026-03-05"],
        ["2026-03-02", "agency_asked=2026-03-05", "agency_answered=2026-03-06"],
        ["2026-03-02", "extended=2026-03-05", "delayed=2026-03-06:2026-06-01"],
        ["2026-03-02", "fee_notified=2026-03-05", "fee_paid=2026-03-06"],
        ["2026-03-02", "fee_notified=2026-03-05", "fee_waived=2026-03-06"],
        ["2026-03-02", "reopened=2026-06-01"],
        ["2026-03-02", "reopened=2026-06-01:2026-06-30"],
    ):
        seen |= set(codes(after(*case)))
    seen |= set(codes(after("2026-02-10", regulation="492")))
    assert seen == set(STEPS)


def test_parameters_are_named_so_that_they_can_be_translated():
    for table in (STEPS, ERRORS, EVENT_NAMES, WAITING_NAMES):
        for msgid in table.values():
            assert not re.search(r"%[^(]", msgid), msgid
    assert set(EVENT_NAMES) == KINDS


def test_amber_and_red_by_working_days_left():
    # Mar 9 10 11 12 13 16: on Mar 9 five are left, on Mar 12 two.
    found = levels(day("2026-03-16"), CALENDAR)
    assert (found.amber_on, found.red_on) == (day("2026-03-09"), day("2026-03-12"))
    lights = [level(date(2026, 3, n), found.amber_on, found.red_on) for n in (8, 9, 11, 12, 17)]
    assert lights == ["green", "amber", "amber", "red", "red"]
    assert days_left(day("2026-03-16"), day("2026-03-12"), CALENDAR) == 2
    assert days_left(day("2026-03-16"), day("2026-03-16"), CALENDAR) == 0
    assert days_left(day("2026-03-16"), day("2026-03-18"), CALENDAR) == -2


def test_levels_reach_over_days_off():
    # Due Feb 26: two left on Feb 24, five on Sat Feb 14's eve: 24 25 26 and before them 13, Sat 14.
    found = levels(day("2026-02-26"), CALENDAR)
    assert (found.amber_on, found.red_on) == (day("2026-02-12"), day("2026-02-24"))


def test_a_delay_that_ends_on_a_day_off_has_one_day_less():
    # Sunday May 17: the last working day is Friday 15, two left from Wednesday 13 on.
    found = levels(day("2026-05-17"), CALENDAR)
    assert days_left(day("2026-05-17"), found.red_on, CALENDAR) == 2
    assert found.red_on == day("2026-05-13")
    assert days_left(day("2026-05-17"), found.amber_on, CALENDAR) == 5


def test_nothing_due_has_no_levels():
    found = levels(None, CALENDAR)
    assert (found.amber_on, found.red_on) == (None, None)
    assert level(date(2026, 3, 1), found.amber_on, found.red_on) == "green"
    assert levels(day("2026-03-16"), CALENDAR, "correction_notice").red_on == day("2026-03-13")

"""Warning lights of the other stages, and what a list asks by to find those that are lit."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.clock import (
    THRESHOLDS,
    correction_notice_due,
    latest_lit,
    level_of,
    receipts_to_correct,
)
from tests.rules.clocks import CALENDAR, after, day

DAYS = st.dates(date(2019, 7, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("stage", "lights"),
    # Due on Monday Mar 16: on the Mondays, Wednesday to Friday before, on the day, on the next.
    [
        ("answer", "amber amber red red red red"),
        ("remedy", "amber amber red red red red"),
        ("opinion", "green amber amber red red red"),
        ("correction", "green amber amber red red red"),
        ("correction_notice", "green amber amber red red red"),
        ("help", "green green amber amber red red"),
    ],
)
def test_each_stage_turns_by_its_own_thresholds(stage: str, lights: str) -> None:
    due = day("2026-03-16")
    found = [level_of(due, date(2026, 3, n), CALENDAR, stage) for n in (9, 11, 12, 13, 16, 17)]
    assert " ".join(found) == lights


def test_every_stage_warns_before_it_is_late() -> None:
    for amber, red in THRESHOLDS.values():
        assert amber > red >= 0


def test_nothing_due_is_green() -> None:
    assert level_of(None, day("2026-03-16"), CALENDAR, "opinion") == "green"


@given(on=DAYS, away=st.integers(-40, 40), stage=st.sampled_from(sorted(THRESHOLDS)))
def test_up_to_the_latest_lit_day_everything_is_lit_and_after_it_nothing(on, away, stage) -> None:
    due = on + timedelta(days=away)
    is_lit = level_of(due, on, CALENDAR, stage) != "green"
    assert is_lit == (due <= latest_lit(on, CALENDAR, stage))


@given(on=DAYS, back=st.integers(0, 60))
def test_receipts_to_correct_are_those_whose_notice_is_lit_and_not_past(on, back) -> None:
    received = on - timedelta(days=back)
    due = correction_notice_due(received, CALENDAR)
    is_lit = level_of(due, on, CALENDAR, "correction_notice") != "green"
    wanted = is_lit and due >= on and received >= date(2019, 5, 15)
    assert (received in receipts_to_correct(on, CALENDAR)) == wanted


def test_the_notice_is_due_as_the_clock_says() -> None:
    for received in ("2026-02-10", "2026-09-28", "2025-12-31"):
        clocks = after(received).correction_notice_due
        assert correction_notice_due(day(received), CALENDAR) == clocks


def test_nothing_was_to_be_corrected_under_the_first_regulation() -> None:
    assert receipts_to_correct(day("2019-05-14"), CALENDAR) == []

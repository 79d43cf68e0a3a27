"""Terms of remedies by hand from the announced days off, and how remedies are counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.workdays.calendar import WorkdayCalendar
from requests_app.remedies import outcomes
from requests_app.remedies.outcomes import RESULTS, Column, RemedyKind
from requests_app.remedies.rules import (
    agency_reply_due,
    court_after_reconsideration_last_day,
    court_last_day,
    decision_due,
    reconsideration_last_day,
    untold_last_day,
)
from requests_app.remedies.rules.terms import add_months

CALENDAR = WorkdayCalendar.from_table()
DAYS = st.dates(date(2019, 5, 15), date(2040, 1, 1))
RECONSIDERATION, DIRECT, AFTER = RemedyKind


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2025-08-31", 6, "2026-02-28"),
        ("2025-08-30", 6, "2026-02-28"),
        ("2025-08-28", 6, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2026-03-31", 6, "2026-09-30"),
        ("2026-06-30", 6, "2026-12-30"),
        ("2026-07-01", 6, "2027-01-01"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-12-15", 12, "2026-12-15"),
    ],
)
def test_months(start, count, end):
    assert add_months(day(start), count) == day(end)


@pytest.mark.parametrize(
    ("delivered", "last"),
    [
        # Mar 29 left, Apr 30, May 1: off 1-5, Wed May 6
        ("2026-03-02", "2026-05-06"),
        # Mar 30 left, Apr 30: Thu Apr 30
        ("2026-03-01", "2026-04-30"),
        # Dec 14 left, Jan 31, Feb 15: Spring Festival off 15-23, Tue Feb 24
        ("2025-12-17", "2026-02-24"),
        # Dec 15 left, Jan 31, Feb 14: a Saturday worked
        ("2025-12-16", "2026-02-14"),
        # Dec 1 left, Jan 31, Feb 28: a Saturday worked
        ("2025-12-30", "2026-02-28"),
        # Jul 8 left, Aug 31, Sep 21, then 20 and 19: Sun Sep 20 worked, Sat Sep 19 not
        ("2026-07-22", "2026-09-20"),
        ("2026-07-21", "2026-09-20"),
        # Aug 29 left, Sep 30, Oct 1: off 1-7, Thu Oct 8
        ("2026-08-02", "2026-10-08"),
    ],
)
def test_reconsideration_within_60_calendar_days(delivered, last):
    assert reconsideration_last_day(day(delivered), CALENDAR) == day(last)


@pytest.mark.parametrize(
    ("delivered", "last"),
    [
        ("2025-08-31", "2026-02-28"),  # a Saturday worked
        ("2025-08-15", "2026-02-24"),  # Feb 15 off until 23
        ("2025-08-14", "2026-02-14"),  # a Saturday worked
        ("2026-04-01", "2026-10-08"),  # Oct 1 off until 7
        ("2026-04-10", "2026-10-10"),  # a Saturday worked
        ("2026-03-19", "2026-09-20"),  # Sat Sep 19, Sun Sep 20 worked
        ("2026-03-02", "2026-09-02"),
        ("2025-07-01", "2026-01-04"),  # Jan 1 to 3 off, Sun Jan 4 worked
    ],
)
def test_a_lawsuit_within_6_months(delivered, last):
    assert court_last_day(day(delivered), CALENDAR) == day(last)


@pytest.mark.parametrize(
    ("served", "last"),
    [
        ("2026-03-02", "2026-03-17"),
        ("2026-03-06", "2026-03-23"),  # Sat Mar 21
        ("2026-01-31", "2026-02-24"),  # Feb 15 off until 23
        ("2026-04-16", "2026-05-06"),  # May 1 off until 5
        ("2026-04-24", "2026-05-09"),  # a Saturday worked
    ],
)
def test_a_lawsuit_within_15_days_of_the_decision(served, last):
    assert court_after_reconsideration_last_day(day(served), CALENDAR) == day(last)


@pytest.mark.parametrize(
    ("kind", "learned", "last"),
    [
        (RECONSIDERATION, None, "2026-03-02"),  # Sat Feb 28 is worked, Sun Mar 1 is not
        (RECONSIDERATION, "2025-06-02", "2025-08-01"),
        (RECONSIDERATION, "2026-02-10", "2026-03-02"),
        (DIRECT, "2025-06-02", "2025-12-02"),
        (DIRECT, "2025-10-09", "2026-03-02"),
        (AFTER, "2025-06-02", "2025-06-17"),
    ],
)
def test_what_was_not_told_prolongs_to_a_year_at_most(kind, learned, last):
    learned = learned and day(learned)
    assert untold_last_day(kind, day("2025-03-01"), CALENDAR, learned=learned) == day(last)


@pytest.mark.parametrize(
    ("kind", "simplified", "received", "due"),
    [
        # Feb 11-14, 24-28, Mar 2: ten working days
        ("reconsideration", False, "2026-02-10", "2026-03-02"),
        # Feb 11-14 (Saturday worked), 24
        ("reconsideration", True, "2026-02-10", "2026-02-24"),
        ("reconsideration", False, "2026-03-02", "2026-03-16"),
        ("reconsideration", True, "2026-03-02", "2026-03-09"),
        # In court 15 calendar days, whichever procedure.
        ("litigation_direct", False, "2026-02-10", "2026-02-25"),
        ("litigation_after_reconsideration", True, "2026-03-06", "2026-03-23"),
    ],
)
def test_the_agencys_reply(kind, simplified, received, due):
    assert agency_reply_due(kind, day(received), CALENDAR, simplified=simplified) == day(due)


@pytest.mark.parametrize(
    ("kind", "simplified", "extended", "accepted", "due"),
    [
        ("reconsideration", False, False, "2026-03-02", "2026-05-06"),
        ("reconsideration", False, True, "2026-03-02", "2026-06-01"),  # Sun May 31
        ("reconsideration", True, False, "2026-03-02", "2026-04-01"),
        ("reconsideration", True, True, "2026-03-02", "2026-04-01"),  # cannot be extended
        ("litigation_direct", False, False, "2026-03-02", "2026-09-02"),
        ("litigation_direct", True, False, "2026-03-02", "2026-04-16"),
        ("litigation_after_reconsideration", False, True, "2026-03-02", None),
    ],
)
def test_the_decision(kind, simplified, extended, accepted, due):
    found = decision_due(kind, day(accepted), CALENDAR, simplified=simplified, extended=extended)
    assert found == (due and day(due))


@given(delivered=DAYS)
def test_a_last_day_is_a_working_day_and_never_early(delivered):
    first = delivered + timedelta(60)
    last = reconsideration_last_day(delivered, CALENDAR)
    assert last >= first
    assert CALENDAR.is_workday(last)
    assert not any(CALENDAR.is_workday(first + timedelta(n)) for n in range((last - first).days))
    assert CALENDAR.is_workday(court_last_day(delivered, CALENDAR))


@given(one=DAYS, other=DAYS)
def test_later_delivery_never_ends_a_term_earlier(one, other):
    one, other = sorted((one, other))
    for term in (reconsideration_last_day, court_last_day, court_after_reconsideration_last_day):
        assert term(one, CALENDAR) <= term(other, CALENDAR)


@given(delivered=DAYS, later=st.integers(0, 800), kind=st.sampled_from(RemedyKind))
def test_what_was_not_told_never_ends_later_than_a_year(delivered, later, kind):
    limit = untold_last_day(kind, delivered, CALENDAR)
    learned = delivered + timedelta(later)
    assert untold_last_day(kind, delivered, CALENDAR, learned=learned) <= limit


# --- how remedies are counted ---

COLUMNS = {
    "upheld": "upheld claim_rejected",
    "corrected": "changed revoked revoked_new_answer performance_ordered unlawful void",
    "other": "not_accepted application_rejected withdrawn settled mediated mediated_new_answer "
    "ended",
}


@pytest.mark.parametrize(("column", "keys"), COLUMNS.items())
def test_results_fall_into_the_columns_of_table_four(column, keys):
    assert {key for key in RESULTS if outcomes.column_of(key) == column} == set(keys.split())


def test_without_a_result_it_is_pending():
    assert outcomes.column_of(None) == outcomes.column_of("") == Column.PENDING
    assert not outcomes.orders_answer("")


def test_the_keys_are_those_of_table_four():
    assert list(RemedyKind) == [
        "reconsideration",
        "litigation_direct",
        "litigation_after_reconsideration",
    ]
    assert list(Column) == ["upheld", "corrected", "other", "pending"]
    assert set(outcomes.KIND_LABELS) == set(RemedyKind)
    assert set(outcomes.COLUMN_LABELS) == set(Column)


def test_some_results_order_a_new_answer():
    assert {key for key in RESULTS if outcomes.orders_answer(key)} == {
        "revoked_new_answer",
        "performance_ordered",
        "mediated_new_answer",
    }


def test_courts_uphold_by_rejecting_the_claim():
    reconsidered = {result.key for result in outcomes.results_for(RECONSIDERATION)}
    judged = {result.key for result in outcomes.results_for(AFTER)}
    assert judged == {result.key for result in outcomes.results_for(DIRECT)}
    assert reconsidered - judged == {"upheld"}
    assert judged <= reconsidered

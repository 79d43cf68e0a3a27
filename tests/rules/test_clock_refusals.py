"""Everything the clock refuses, each with its own reason, and how events are written."""

from datetime import date

import pytest

from requests_app.clock import ClockError, Event, known, parse_date, parse_event, reckon
from requests_app.clock.wording import ERRORS
from tests.rules.clocks import CALENDAR, after

IN_711, IN_492 = "2026-03-02", "2013-09-25"

# code of the reason → receipts and events that give it
REFUSED = {
    "bad_date": [
        (IN_711, "extended=2026-02-30"),
        (IN_711, "extended=20260305"),
        (IN_711, "extended=2026-W10-4"),
        (IN_711, "extended="),
        (IN_711, "extended=２０２６-03-05"),
        (IN_711, "extended=2026-03-05 "),
        (IN_711, "delayed=2026-03-05:soon"),
        (IN_711, "delayed=2026-03-05:"),
        (IN_711, "reopened=2026-06-01:soon"),
    ],
    "date_too_far": [
        ("2200-01-03",),
        ("9999-12-31",),
        ("2199-12-20",),
        (IN_711, "delayed=2026-03-05:2200-01-03"),
        (IN_711, "reopened=2026-06-01:2200-01-03"),
        (IN_711, "agency_asked=9999-12-31"),
    ],
    "before_regulation": [("2008-04-30",), ("0001-01-01",)],
    "unknown_event": [
        (IN_711, "answered=2026-03-05"),
        (IN_711, "received=2026-03-05"),
        (IN_711, "agency_received=2026-03-05"),
        (IN_711, "=2026-03-05"),
        (IN_711, "third_party_asked#0=2026-03-05"),
        (IN_711, "third_party_asked#-1=2026-03-05"),
        (IN_711, "third_party_asked#=2026-03-05"),
        (IN_711, "third_party_asked#x=2026-03-05"),
    ],
    "bad_event": [(IN_711, "extended"), (IN_711, ""), (IN_711, "extended:2026-03-05")],
    "not_numbered": [(IN_711, "extended#2=2026-03-05")],
    "needless_value": [
        (IN_711, "corrected=2026-03-05:3"),
        (IN_711, "agency_asked=2026-03-05:"),
        (IN_711, "fee_waived=2026-03-05:3"),
    ],
    "bad_days": [
        (IN_711, "extended=2026-03-05:five"),
        (IN_711, "extended=2026-03-05:"),
        (IN_711, "extended=2026-03-05:2.5"),
    ],
    "missing_until": [(IN_711, "delayed=2026-03-05")],
    "out_of_order": [
        (IN_711, "agency_asked=2026-03-05", "extended=2026-03-04"),
        (IN_711, "agency_asked=2026-03-05", "agency_answered=2026-03-04"),
    ],
    "before_receipt": [(IN_711, "correction_asked=2026-03-01")],
    "not_in_regulation": [
        (IN_492, "co_maker_asked=2013-09-26"),
        (IN_492, "co_maker_received=2013-09-26"),
        (IN_492, "co_maker_answered=2013-09-26"),
        (IN_492, "agency_asked=2013-09-26"),
        (IN_492, "agency_answered=2013-09-26"),
        (IN_492, "delayed=2013-09-26:2013-12-31"),
        (IN_492, "fee_notified=2013-09-26"),
        (IN_492, "fee_paid=2013-09-26"),
        (IN_492, "fee_waived=2013-09-26"),
    ],
    "correction_twice": [
        (IN_711, "correction_asked=2026-03-03", "correction_asked=2026-03-04"),
        (
            IN_711,
            "correction_asked=2026-03-03",
            "corrected=2026-03-04",
            "correction_asked=2026-03-05",
        ),
        # a new answer is ordered, not a new correction
        (
            IN_711,
            "correction_asked=2026-03-03",
            "reopened=2026-06-01",
            "correction_asked=2026-06-02",
        ),
        (IN_492, "correction_asked=2013-09-26", "correction_asked=2013-09-26"),
    ],
    "correction_not_asked": [
        (IN_711, "corrected=2026-03-03"),
        (IN_711, "corrected=2026-03-03", "correction_asked=2026-03-03"),
    ],
    "corrected_twice": [
        (IN_711, "correction_asked=2026-03-03", "corrected=2026-03-04", "corrected=2026-03-04"),
        # waited for no longer once a new answer is ordered
        (IN_711, "correction_asked=2026-03-03", "reopened=2026-06-01", "corrected=2026-06-02"),
    ],
    "waits_for_correction": [
        (IN_711, "correction_asked=2026-03-03", "extended=2026-03-04"),
        (IN_711, "correction_asked=2026-03-03", "delayed=2026-03-04:2026-12-01"),
        (IN_711, "correction_asked=2026-03-03", "fee_notified=2026-03-04"),
    ],
    "waits_for_payment": [
        (IN_711, "fee_notified=2026-03-03", "extended=2026-03-04"),
        (IN_711, "fee_notified=2026-03-03", "delayed=2026-03-04:2026-12-01"),
        (IN_711, "fee_notified=2026-03-03", "correction_asked=2026-03-04"),
    ],
    "asked_twice": [
        (IN_711, "third_party_asked=2026-03-03", "third_party_asked=2026-03-04"),
        (IN_711, "third_party_asked=2026-03-03", "third_party_asked#1=2026-03-04"),
        (IN_711, "agency_asked#2=2026-03-03", "agency_asked#2=2026-03-04"),
    ],
    "not_asked": [
        (IN_711, "third_party_answered=2026-03-03"),
        (IN_711, "third_party_received=2026-03-03"),
        (IN_711, "co_maker_asked=2026-03-03", "third_party_answered=2026-03-04"),
        (IN_711, "agency_asked=2026-03-03", "agency_answered#2=2026-03-04"),
    ],
    "recorded_twice": [
        (
            IN_711,
            "third_party_asked=2026-03-03",
            "third_party_received=2026-03-04",
            "third_party_received=2026-03-05",
        ),
        (
            IN_711,
            "agency_asked=2026-03-03",
            "agency_answered=2026-03-04",
            "agency_answered=2026-03-05",
        ),
    ],
    "received_after_answer": [
        (
            IN_711,
            "third_party_asked=2026-03-03",
            "third_party_answered=2026-03-04",
            "third_party_received=2026-03-04",
        )
    ],
    "after_answer_due": [
        (IN_711, "extended=2026-03-31"),
        (IN_711, "extended=2026-03-31:1"),
        (IN_711, "fee_notified=2026-03-31"),
        (IN_711, "delayed=2026-03-31:2026-12-01"),
        (IN_711, "delayed=2026-03-20:2026-05-15", "delayed=2026-05-18:2026-12-01"),
        # asked too late to stop the period
        (IN_711, "agency_asked=2026-03-31", "extended=2026-04-01"),
        (IN_711, "correction_asked=2026-03-03", "corrected=2026-03-04", "extended=2026-04-02"),
        # reopened without a day of its own: Jun 2-5 8-12 15-18 22-26 29 30 is the full period
        (IN_711, "reopened=2026-06-01", "extended=2026-07-01"),
        (IN_711, "reopened=2026-06-01:2026-06-30", "delayed=2026-07-01:2026-12-01"),
        (IN_492, "extended=2013-10-22"),
    ],
    "extended_twice": [(IN_711, "extended=2026-03-03:1", "extended=2026-03-04:1")],
    "extension_days": [
        (IN_711, "extended=2026-03-03:0"),
        (IN_711, "extended=2026-03-03:-5"),
        (IN_711, "extended=2026-03-03:21"),
        (IN_492, "extended=2013-09-26:16"),
    ],
    "extension_after_delay": [
        (IN_711, "delayed=2026-03-20:2026-05-15", "extended=2026-03-23"),
    ],
    "delay_not_later": [
        (IN_711, "delayed=2026-03-20:2026-03-30"),
        (IN_711, "delayed=2026-03-20:2026-03-01"),
        (IN_711, "extended=2026-03-20", "delayed=2026-03-23:2026-04-28"),
        (IN_711, "agency_asked=2026-03-03", "delayed=2026-03-20:2026-03-20"),
        (IN_711, "reopened=2026-06-01:2026-06-30", "delayed=2026-06-02:2026-06-30"),
    ],
    "fee_too_early": [("2020-12-31", "fee_notified=2021-01-11")],
    "fee_twice": [
        (IN_711, "fee_notified=2026-03-03", "fee_notified=2026-03-04"),
        (IN_711, "fee_notified=2026-03-03", "fee_paid=2026-03-04", "fee_notified=2026-03-05"),
        (IN_711, "fee_notified=2026-03-03", "fee_waived=2026-03-04", "fee_notified=2026-03-05"),
    ],
    "fee_not_notified": [(IN_711, "fee_paid=2026-03-03"), (IN_711, "fee_waived=2026-03-03")],
    "fee_paid_twice": [
        (IN_711, "fee_notified=2026-03-03", "fee_paid=2026-03-04", "fee_paid=2026-03-04"),
        (IN_711, "fee_notified=2026-03-03", "fee_paid=2026-03-04", "fee_waived=2026-03-04"),
        (IN_711, "fee_notified=2026-03-03", "fee_waived=2026-03-04", "fee_paid=2026-03-04"),
        (IN_711, "fee_notified=2026-03-03", "reopened=2026-06-01", "fee_paid=2026-06-02"),
    ],
    "paid_late": [(IN_711, "fee_notified=2026-03-30", "fee_paid=2026-04-29")],
    "waived_late": [(IN_711, "fee_notified=2026-03-30", "fee_waived=2026-04-29")],
    "until_not_later": [
        (IN_711, "reopened=2026-06-01:2026-06-01"),
        (IN_711, "reopened=2026-06-01:2026-05-29"),
        (IN_492, "reopened=2014-02-10:2014-02-10"),
    ],
    "extension_after_decision": [
        (IN_711, "reopened=2026-06-01:2026-06-30", "extended=2026-06-02"),
        (IN_492, "reopened=2014-02-10:2014-03-03", "extended=2014-02-11"),
    ],
}
# Refused too, but not reached by writing events: tests of their own below.
ELSEWHERE = {"no_receipt", "second_receipt", "unknown_regulation"}


@pytest.mark.parametrize(
    ("code", "case"), [(code, case) for code, cases in REFUSED.items() for case in cases]
)
def test_refused_with_its_reason(code, case):
    with pytest.raises(ClockError) as refused:
        after(*case)
    assert refused.value.code == code
    assert refused.value.reason.msgid == ERRORS[code]
    assert str(refused.value)


def test_every_reason_has_a_case():
    assert set(REFUSED) | ELSEWHERE == set(ERRORS)


def test_the_first_fault_is_the_one_told():
    with pytest.raises(ClockError) as refused:
        after(IN_711, "extended=2026-03-03:99", "corrected=2026-03-04")
    assert refused.value.code == "extension_days"
    assert refused.value.article == "33"
    assert str(refused.value) == "An extension is 1 to 20 working days long, not 99."


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ([], "no_receipt"),
        ([Event("extended", date(2026, 3, 3))], "no_receipt"),
        ([Event("received", date(2026, 3, 2))] * 2, "second_receipt"),
    ],
)
def test_one_receipt_comes_first(events, code):
    with pytest.raises(ClockError) as refused:
        reckon(events, CALENDAR)
    assert refused.value.code == code


@pytest.mark.parametrize("days", ["5", 2.5, True])
def test_days_of_a_stored_extension_are_a_whole_number(days):
    events = [
        Event("received", date(2026, 3, 2)),
        Event("extended", date(2026, 3, 3), {"days": days}),
    ]
    with pytest.raises(ClockError) as refused:
        reckon(events, CALENDAR)
    assert refused.value.code == "bad_days"


def test_stored_events_bring_dates_as_text_and_facts_of_their_own():
    stored = [
        Event("received", date(2026, 3, 2), {"channel": "online"}),
        Event("agency_asked", date(2026, 3, 3), {"number": "a1", "letter": 7}),
        Event("delayed", date(2026, 3, 20), {"until": "2026-05-15"}),
        Event("agency_answered", date(2026, 4, 1), {"number": "a1"}),
    ]
    result = reckon(stored, CALENDAR)
    assert result.answer_due == date(2026, 5, 15)
    assert result.waiting_for is None


def test_the_clock_reads_only_its_own_kinds_of_a_case():
    case = [
        Event("submitted", date(2026, 3, 1)),
        Event("received", date(2026, 3, 2)),
        Event("assigned", date(2026, 3, 3)),
        Event("extended", date(2026, 3, 4)),
    ]
    assert [event.kind for event in known(case)] == ["received", "extended"]
    with pytest.raises(ClockError):
        reckon(case, CALENDAR)


def test_events_are_written_as_kind_and_date():
    assert parse_event("third_party_asked#12=2026-03-03") == Event(
        "third_party_asked", date(2026, 3, 3), {"number": 12}
    )
    assert parse_event("extended=2026-03-03:05") == Event("extended", date(2026, 3, 3), {"days": 5})
    assert parse_event("delayed=2026-03-03:2026-05-15").facts == {"until": date(2026, 5, 15)}
    assert parse_event("reopened=2026-06-01:2026-06-30").facts == {"until": date(2026, 6, 30)}
    assert parse_event("reopened=2026-06-01").facts == {}
    assert parse_event("fee_paid=2026-03-03") == Event("fee_paid", date(2026, 3, 3), {})


def test_the_day_that_29_february_is():
    assert parse_date("2028-02-29") == date(2028, 2, 29)
    with pytest.raises(ClockError, match="“2026-02-29” is not a date"):
        parse_date("2026-02-29")


@pytest.mark.parametrize(
    ("events", "answer_due"),
    [
        ([Event("extended", date(2026, 3, 31), {"days": 5})], date(2026, 4, 7)),
        ([Event("delayed", date(2026, 3, 31), {"until": "2026-03-30"})], date(2026, 3, 30)),
        ([Event("fee_notified", date(2026, 3, 31))], None),
        (
            [Event("fee_notified", date(2026, 3, 30)), Event("fee_paid", date(2026, 4, 29))],
            date(2026, 5, 29),
        ),
    ],
)
def test_what_was_recorded_in_time_stays_so_when_days_off_change(events, answer_due):
    events = [Event("received", date(2026, 3, 2)), *events]
    with pytest.raises(ClockError):
        reckon(events, CALENDAR, recorded=len(events) - 1)
    assert reckon(events, CALENDAR, recorded=len(events)).answer_due == answer_due


def test_being_recorded_excuses_nothing_else():
    events = [Event("received", date(2026, 3, 2)), Event("corrected", date(2026, 3, 3))]
    with pytest.raises(ClockError):
        reckon(events, CALENDAR, recorded=2)

"""The clock against dates worked out by hand from the announced days off."""

from dataclasses import replace
from datetime import date

import pytest

from requests_app.clock import ClockError, Event, parse_event, reckon
from tests.rules.clocks import CALENDAR, after, codes, day

# received, Regulation, last day to ask for a correction, for the answer, for an extended answer
RECEIPTS = [
    # Feb 11 12 13, Sat 14, 24 25 26 | 27, Sat 28, Mar 2-6 9-13 16 | … Apr 3, 7-10 13 14
    ("2026-02-10", "711", "2026-02-26", "2026-03-16", "2026-04-14"),
    # a day off: Sun Jan 4 is the first day, 5-9, 12 | 13-16 19-23 26-29 | 30, Feb 2-6 9-14 24-28 …
    ("2026-01-03", "711", "2026-01-12", "2026-01-29", "2026-03-04"),
    # Sun Sep 20, 21-24, 28 29 | 30, Oct 8 9, Sat 10, 12-16 19-22 | 23 26-30, Nov 2-6 9-13 16-19
    ("2026-09-18", "711", "2026-09-29", "2026-10-22", "2026-11-19"),
    # May 6-8, Sat 9, 11-13 | 14 15 18-22 25-29, Jun 1 | 2-5 8-12 15-18 22-26 29 30
    ("2026-04-30", "711", "2026-05-13", "2026-06-01", "2026-06-30"),
    # Mar 3-6 9-11 | 12-13 16-20 23-27 30 | 31, Apr 1-3 7-10 13-17 20-24 27 28
    ("2026-03-02", "711", "2026-03-11", "2026-03-30", "2026-04-28"),
    # the first day of Decree No. 711: Jun 7 off | … Jul 11
    ("2019-05-15", "711", "2019-05-24", "2019-06-13", "2019-07-11"),
    # the last day of Decree No. 492: May 15-17 20-24 27-31, Jun 3 4 | 5 6 10-14 17-21 24-26
    ("2019-05-14", "492", None, "2019-06-04", "2019-06-26"),
    # Sep 26 27, Sun 29, 30, Oct 8-11, Sat 12, 14-18, 21 | 22-25 28-31, Nov 1 4-8 11
    ("2013-09-25", "492", None, "2013-10-21", "2013-11-11"),
    # the first day of all: Sun May 4, 5-9 12-16 19-22 | 23 26-30, Jun 2-6 10-13 (9 off)
    ("2008-05-01", "492", None, "2008-05-22", "2008-06-13"),
]


@pytest.mark.parametrize(("received", "decree", "notice", "answer", "extended"), RECEIPTS)
def test_receipt_alone(received, decree, notice, answer, extended):
    result = after(received)
    assert result.regulation == decree
    assert result.correction_notice_due == day(notice)
    assert result.answer_due == day(answer)
    assert result.extended_answer_due == day(extended)
    assert (result.waiting_for, result.fee_due, result.provisional) == (None, None, False)


# After receipt on 2026-03-02 (answer due 2026-03-30, extended 2026-04-28):
# events → answer due, extended, waiting for, fee due
EVENTS = {
    "third party answers: Mar 6 9-12 left out": (
        ["third_party_asked=2026-03-05", "third_party_answered=2026-03-12"],
        ("2026-04-07", "2026-05-08", None, None),
    ),
    "third party answers the same day: nothing left out": (
        ["third_party_asked=2026-03-05", "third_party_answered=2026-03-05"],
        ("2026-03-30", "2026-04-28", None, None),
    ),
    "third party silent: Mar 6 to 26, the 15th working day": (
        ["third_party_asked=2026-03-05"],
        ("2026-04-21", "2026-05-21", None, None),
    ),
    "third party answers after its term: no more than that": (
        ["third_party_asked=2026-03-05", "third_party_answered=2026-04-10"],
        ("2026-04-21", "2026-05-21", None, None),
    ),
    "third party got the letter on Mar 9: its term ends Mar 30": (
        ["third_party_asked=2026-03-05", "third_party_received=2026-03-09"],
        ("2026-04-23", "2026-05-25", None, None),
    ),
    "letter received, answered within the term": (
        [
            "third_party_asked=2026-03-05",
            "third_party_received=2026-03-09",
            "third_party_answered=2026-03-12",
        ],
        ("2026-04-07", "2026-05-08", None, None),
    ),
    "two third parties overlap: Mar 6 9-13 16 17 left out once": (
        [
            "third_party_asked=2026-03-05",
            "third_party_asked#2=2026-03-10",
            "third_party_answered=2026-03-12",
            "third_party_answered#2=2026-03-17",
        ],
        ("2026-04-10", "2026-05-12", None, None),
    ),
    "other maker: the same as a third party": (
        ["co_maker_asked=2026-03-05", "co_maker_received=2026-03-09"],
        ("2026-04-23", "2026-05-25", None, None),
    ),
    "other maker answers": (
        ["co_maker_asked=2026-03-05", "co_maker_answered=2026-03-12"],
        ("2026-04-07", "2026-05-08", None, None),
    ),
    "other agency has not answered": (
        ["agency_asked=2026-03-05"],
        (None, None, "agency", None),
    ),
    "other agency answers Apr 30: May 6-9 … 27": (
        ["agency_asked=2026-03-05", "agency_answered=2026-04-30"],
        ("2026-05-27", "2026-06-25", None, None),
    ),
    "a third party's silence ends, another agency's does not": (
        ["third_party_asked=2026-03-05", "agency_asked=2026-03-06"],
        (None, None, "agency", None),
    ),
    "one of two agencies is still silent": (
        ["agency_asked=2026-03-05", "agency_asked#2=2026-03-05", "agency_answered=2026-03-12"],
        (None, None, "agency", None),
    ),
    "an agency asked after the last day stops nothing": (
        ["agency_asked=2026-03-31"],
        ("2026-03-30", None, "agency", None),
    ),
    "a third party asked on the last day stops only an extension": (
        ["third_party_asked=2026-03-30", "third_party_answered=2026-04-03"],
        ("2026-03-30", "2026-05-07", None, None),
    ),
    "extended on the last day by the most": (
        ["extended=2026-03-30"],
        ("2026-04-28", "2026-04-28", None, None),
    ),
    "extended by five": (
        ["extended=2026-03-30:5"],
        ("2026-04-07", "2026-04-07", None, None),
    ),
    "a pause in the extension: Apr 1-3 left out": (
        ["extended=2026-03-30:5", "agency_asked=2026-03-31", "agency_answered=2026-04-03"],
        ("2026-04-10", "2026-04-10", None, None),
    ),
    "extended while an agency is asked": (
        [
            "agency_asked=2026-03-05",
            "extended=2026-04-02:5",
            "agency_answered=2026-04-30",
        ],
        # Mar 3-5, May 6-9 11-15 18-22 25-29, Jun 1-3
        ("2026-06-03", "2026-06-03", None, None),
    ),
    "delayed": (
        ["delayed=2026-03-20:2026-05-15"],
        ("2026-05-15", "2026-05-15", None, None),
    ),
    "delayed after an extension, and once more": (
        ["extended=2026-03-20", "delayed=2026-04-28:2026-05-15", "delayed=2026-05-15:2026-05-29"],
        ("2026-05-29", "2026-05-29", None, None),
    ),
    "nothing moves a fixed day (Art. 33 leaves out only its own periods)": (
        ["delayed=2026-03-20:2026-05-15", "third_party_asked=2026-03-23"],
        ("2026-05-15", "2026-05-15", None, None),
    ),
    "a fixed day ends the wait for another agency's silence": (
        ["agency_asked=2026-03-05", "delayed=2026-03-20:2026-05-15"],
        ("2026-05-15", "2026-05-15", "agency", None),
    ),
    "correction asked": (
        ["correction_asked=2026-03-11"],
        (None, None, "correction", None),
    ),
    "corrected Mar 13: the full period from Mar 16": (
        ["correction_asked=2026-03-11", "corrected=2026-03-13"],
        ("2026-04-13", "2026-05-13", None, None),
    ),
    "ended pause and extension lapse with the correction": (
        [
            "third_party_asked=2026-03-04",
            "third_party_answered=2026-03-10",
            "extended=2026-03-11",
            "correction_asked=2026-03-11",
            "corrected=2026-03-13",
        ],
        ("2026-04-13", "2026-05-13", None, None),
    ),
    "a delay lapses with the correction": (
        [
            "delayed=2026-03-04:2026-12-01",
            "correction_asked=2026-03-11",
            "corrected=2026-03-13",
        ],
        ("2026-04-13", "2026-05-13", None, None),
    ),
    "an open pause with a term reaches past the correction: Mar 16-26 left out": (
        ["third_party_asked=2026-03-05", "correction_asked=2026-03-11", "corrected=2026-03-13"],
        # Mar 27 30 31, Apr 1-3 7-10 13-17 20-24
        ("2026-04-24", "2026-05-26", None, None),
    ),
    "an open pause without a term goes on after the correction": (
        ["agency_asked=2026-03-05", "correction_asked=2026-03-11", "corrected=2026-03-13"],
        (None, None, "agency", None),
    ),
    "and ends with the answer: Mar 16-18 left out": (
        [
            "agency_asked=2026-03-05",
            "correction_asked=2026-03-11",
            "corrected=2026-03-13",
            "agency_answered=2026-03-18",
        ],
        ("2026-04-16", "2026-05-18", None, None),
    ),
    "while both are awaited, the correction is named": (
        ["agency_asked=2026-03-05", "correction_asked=2026-03-11"],
        (None, None, "correction", None),
    ),
    "extended anew in the new period": (
        [
            "extended=2026-03-09:3",
            "correction_asked=2026-03-11",
            "corrected=2026-03-13",
            "extended=2026-04-13:1",
        ],
        ("2026-04-14", "2026-04-14", None, None),
    ),
    "fee notified on the last day": (
        ["fee_notified=2026-03-30"],
        (None, None, "payment", "2026-04-28"),
    ),
    "fee notified while an agency is asked": (
        ["agency_asked=2026-03-05", "fee_notified=2026-04-07"],
        (None, None, "payment", "2026-05-08"),
    ),
    "fee paid on its last day: the full period from Apr 29": (
        ["fee_notified=2026-03-30", "fee_paid=2026-04-28"],
        ("2026-05-28", "2026-06-26", None, None),
    ),
    "an extension lapses with the payment": (
        ["extended=2026-03-30", "fee_notified=2026-04-28", "fee_paid=2026-04-28"],
        ("2026-05-28", "2026-06-26", None, None),
    ),
    "fee waived on the last day to pay: the same as paid": (
        ["fee_notified=2026-03-30", "fee_waived=2026-04-28"],
        ("2026-05-28", "2026-06-26", None, None),
    ),
    "a new answer ordered without a day: Jun 2-5 8-12 15-18 22-26 29 30": (
        ["reopened=2026-06-01"],
        # and Jul 1-3 6-10 13-17 20-24 27 28
        ("2026-06-30", "2026-07-28", None, None),
    ),
    "a new answer ordered by a day": (
        ["reopened=2026-06-01:2026-06-26"],
        ("2026-06-26", "2026-06-26", None, None),
    ),
    "ordered by a day off: it stays": (
        ["reopened=2026-06-01:2026-06-20"],
        ("2026-06-20", "2026-06-20", None, None),
    ),
    "an extension lapses with the order, and is possible anew": (
        ["extended=2026-03-30", "reopened=2026-06-01", "extended=2026-06-30:5"],
        # Jul 1-3 6 7
        ("2026-07-07", "2026-07-07", None, None),
    ),
    "another agency is no longer waited for once a new answer is ordered": (
        ["agency_asked=2026-03-05", "reopened=2026-06-01"],
        ("2026-06-30", "2026-07-28", None, None),
    ),
    "nor is the correction": (
        ["correction_asked=2026-03-11", "reopened=2026-06-01"],
        ("2026-06-30", "2026-07-28", None, None),
    ),
    "nor the payment": (
        ["fee_notified=2026-03-30", "reopened=2026-06-01:2026-06-26"],
        ("2026-06-26", "2026-06-26", None, None),
    ),
    "asked anew after the order: Jun 3-5 left out": (
        ["reopened=2026-06-01", "third_party_asked=2026-06-02", "third_party_answered=2026-06-05"],
        ("2026-07-03", "2026-07-31", None, None),
    ),
    "ordered twice: the later one counts": (
        ["reopened=2026-05-06:2026-05-20", "reopened=2026-06-01"],
        ("2026-06-30", "2026-07-28", None, None),
    ),
    "a day fixed by the decision can be delayed like any other (Art. 35)": (
        ["reopened=2026-06-01:2026-06-26", "delayed=2026-06-26:2026-07-10"],
        ("2026-07-10", "2026-07-10", None, None),
    ),
    "a second consultation of the same third party": (
        [
            "third_party_asked=2026-03-05",
            "third_party_answered=2026-03-06",
            "third_party_asked=2026-03-09",
            "third_party_answered=2026-03-10",
        ],
        ("2026-04-01", "2026-04-30", None, None),
    ),
}


@pytest.mark.parametrize(("events", "expected"), EVENTS.values(), ids=EVENTS.keys())
def test_events_under_711(events, expected):
    answer, extended, waiting_for, fee_due = expected
    result = after("2026-03-02", *events)
    assert result.answer_due == day(answer)
    assert result.extended_answer_due == day(extended)
    assert result.waiting_for == waiting_for
    assert result.fee_due == day(fee_due)
    assert result.correction_notice_due == day("2026-03-11"), "counted from the first receipt"


# After receipt on 2013-09-25 (answer due 2013-10-21, extended 2013-11-11)
EVENTS_492 = {
    "third party silent: no lawful end": (
        ["third_party_asked=2013-09-27"],
        (None, None, "third_party"),
    ),
    "the day it got the letter changes nothing": (
        ["third_party_asked=2013-09-27", "third_party_received=2013-09-30"],
        (None, None, "third_party"),
    ),
    "third party answers: Sun Sep 29, 30, Oct 8-10 left out": (
        ["third_party_asked=2013-09-27", "third_party_answered=2013-10-10"],
        ("2013-10-28", "2013-11-18", None),
    ),
    "answers long after 15 working days: all of it left out": (
        ["third_party_asked=2013-09-27", "third_party_answered=2013-12-31"],
        # Jan 2-3 6-10 13-17 20, with 26 and 27 Sep already counted
        ("2014-01-20", "2014-02-13", None),
    ),
    "extended by the most, told on the last day": (
        ["extended=2013-10-21"],
        ("2013-11-11", "2013-11-11", None),
    ),
    "extended by one": (["extended=2013-10-21:1"], ("2013-10-22", "2013-10-22", None)),
    "a new answer ordered: 15 working days": (
        ["reopened=2014-02-10"],
        ("2014-03-03", "2014-03-24", None),
    ),
    "a new answer ordered by a day, a third party still silent": (
        ["third_party_asked=2013-09-27", "reopened=2014-02-10:2014-02-28"],
        ("2014-02-28", "2014-02-28", None),
    ),
    "amendment asked": (["correction_asked=2013-10-15"], (None, None, "correction")),
    "amended: 15 working days anew from Oct 17": (
        ["correction_asked=2013-10-15", "corrected=2013-10-16"],
        ("2013-11-06", "2013-11-27", None),
    ),
}


@pytest.mark.parametrize(("events", "expected"), EVENTS_492.values(), ids=EVENTS_492.keys())
def test_events_under_492(events, expected):
    answer, extended, waiting_for = expected
    result = after("2013-09-25", *events)
    assert result.answer_due == day(answer)
    assert result.extended_answer_due == day(extended)
    assert result.waiting_for == waiting_for
    assert result.correction_notice_due is None


# After receipt on 2026-03-02: events → what is waited for and until when, what is still to be heard
WAITING = {
    "nothing": ([], (None, None), {}),
    "a correction by the day that was told": (
        ["correction_asked=2026-03-11"],
        ("correction", "2026-03-25"),
        {},
    ),
    "a payment: 20 working days": (
        ["fee_notified=2026-03-30"],
        ("payment", "2026-04-28"),
        {},
    ),
    "an agency that was told no day": (["agency_asked=2026-03-05"], ("agency", None), {}),
    "a third party is heard until its 15th working day": (
        ["third_party_asked=2026-03-05"],
        (None, None),
        {("third_party", 1): "2026-03-26"},
    ),
    "each from its own receipt": (
        [
            "third_party_asked=2026-03-05",
            "third_party_asked#2=2026-03-05",
            "third_party_received#2=2026-03-09",
            "co_maker_asked=2026-03-10",
        ],
        (None, None),
        {
            ("third_party", 1): "2026-03-26",
            ("third_party", 2): "2026-03-30",
            # Mar 11-13 16-20 23-27 30 31
            ("co_maker", 1): "2026-03-31",
        },
    ),
    "heard": (
        ["third_party_asked=2026-03-05", "third_party_answered=2026-03-12"],
        (None, None),
        {},
    ),
}


@pytest.mark.parametrize(("events", "waits", "opinions"), WAITING.values(), ids=WAITING.keys())
def test_what_is_waited_for_and_until_when(events, waits, opinions):
    until = {"correction_asked": date(2026, 3, 25)}
    listed = [Event("received", date(2026, 3, 2)), *map(parse_event, events)]
    given = [
        replace(event, facts={"until": until[event.kind]}) if event.kind in until else event
        for event in listed
    ]
    result = reckon(given, CALENDAR)
    assert (result.waiting_for, result.waiting_until) == (waits[0], day(waits[1]))
    assert result.opinions_due == {who: day(last) for who, last in opinions.items()}


@pytest.mark.parametrize(
    ("events", "is_extended"),
    [
        ([], False),
        (["extended=2026-03-30"], True),
        (["delayed=2026-03-30:2026-05-15"], True),
        (["extended=2026-03-05", "correction_asked=2026-03-06", "corrected=2026-03-09"], False),
        (["reopened=2026-06-01:2026-06-26"], False),
    ],
)
def test_whether_the_present_period_is_extended(events, is_extended):
    assert after("2026-03-02", *events).is_extended is is_extended


def test_the_regulation_may_be_chosen():
    result = after("2013-09-25", regulation="711")
    assert result.regulation == "711"
    # Sep 26 27 29 30, Oct 8-12 14-18 21-25 28
    assert result.answer_due == day("2013-10-28")
    assert codes(result)[0] == "received_as_asked"
    assert after("2026-02-10", regulation="492").answer_due == day("2026-03-09")
    with pytest.raises(ClockError) as refused:
        after("2026-02-10", regulation="2019")
    assert refused.value.code == "unknown_regulation"


@pytest.mark.parametrize("regulation", [None, "492", "711"])
def test_before_any_regulation_whatever_is_asked(regulation):
    with pytest.raises(ClockError) as refused:
        after("2008-04-30", regulation=regulation)
    assert refused.value.code == "before_regulation"
    assert "2008-05-01" in str(refused.value)


# Announced through 2026.
PROVISIONAL = [
    (["2026-10-30"], False),  # extended: 2026-12-25
    (["2026-11-05"], False),  # extended: 2026-12-31
    (["2026-11-06"], True),  # extended: the first working day of 2027
    (["2026-12-04"], True),
    (["2027-03-01"], True),
    (["2045-03-01"], True),
    (["2026-11-06", "extended=2026-11-09:1"], False),
    (["2026-11-05", "agency_asked=2026-11-06"], False),
    (["2026-11-05", "delayed=2026-11-06:2027-02-01"], True),
    (["2026-11-05", "agency_asked=2026-11-06", "agency_answered=2027-01-15"], True),
]


@pytest.mark.parametrize(("case", "provisional"), PROVISIONAL)
def test_provisional_where_any_date_is_not_announced(case, provisional):
    assert after(*case).provisional is provisional


def test_2041_is_counted_from_monday_to_friday():
    assert after("2041-03-01").answer_due == day("2041-03-29")

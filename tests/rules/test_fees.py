"""The processing fee against 国办函〔2020〕109号: golden sums, what must hold for any number."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.fees.rules import (
    MOST,
    Basis,
    FeeError,
    by_nth,
    by_pages,
    by_requests,
    explain,
    in_yuan,
    month_of,
    parse_count,
    why_not_charge,
)

COUNTS = st.integers(0, 700)
WAYS = {"requests": by_requests, "nth": by_nth, "pages": by_pages}

GOLDEN = [
    (by_requests, 0, "0.00"),
    (by_requests, 1, "0.00"),
    (by_requests, 10, "0.00"),
    (by_requests, 11, "100.00"),
    (by_requests, 30, "2000.00"),
    (by_requests, 31, "2200.00"),
    (by_requests, 40, "4000.00"),
    (by_requests, 41, "4300.00"),
    (by_requests, 50, "7000.00"),
    (by_requests, 51, "7400.00"),
    # 2,000 and the nine full steps 2,000 to 10,000, then 1,100 for the 121st
    (by_requests, 121, "57100.00"),
    (by_nth, 0, "0.00"),
    (by_nth, 10, "0.00"),
    (by_nth, 11, "100.00"),
    (by_nth, 30, "100.00"),
    (by_nth, 31, "200.00"),
    (by_nth, 40, "200.00"),
    (by_nth, 41, "300.00"),
    (by_nth, 121, "1100.00"),
    (by_pages, 0, "0.00"),
    (by_pages, 30, "0.00"),
    (by_pages, 31, "10.00"),
    (by_pages, 100, "700.00"),
    (by_pages, 101, "720.00"),
    (by_pages, 200, "2700.00"),
    (by_pages, 201, "2740.00"),
    (by_pages, 1000, "34700.00"),
]


@pytest.mark.parametrize(("way", "count", "amount"), GOLDEN)
def test_golden_sums(way, count, amount):
    assert str(way(count).amount) == amount


def rows(fee):
    return [(step.first, step.last, str(step.each), str(step.sum)) for step in fee.steps]


def test_the_steps_of_a_month():
    assert rows(by_requests(41)) == [
        (1, 10, "0.00", "0.00"),
        (11, 30, "100.00", "2000.00"),
        (31, 40, "200.00", "2000.00"),
        (41, 41, "300.00", "300.00"),
    ]
    assert rows(by_nth(41)) == [(41, 41, "300.00", "300.00")]
    assert rows(by_requests(0)) == rows(by_nth(0)) == rows(by_pages(0)) == []


def test_the_steps_of_many_pages():
    assert rows(by_pages(250)) == [
        (1, 30, "0.00", "0.00"),
        (31, 100, "10.00", "700.00"),
        (101, 200, "20.00", "2000.00"),
        (201, 250, "40.00", "2000.00"),
    ]


@given(COUNTS)
def test_a_month_is_the_sum_of_its_notices(count):
    alone = [by_nth(number).amount for number in range(1, count + 1)]
    assert by_requests(count).amount == sum(alone)
    assert alone == sorted(alone)


@given(st.sampled_from([by_requests, by_pages]), COUNTS)
def test_steps_cover_everything_once_and_sum_to_the_amount(way, count):
    fee = way(count)
    covered = [number for step in fee.steps for number in range(step.first, step.last + 1)]
    assert covered == list(range(1, count + 1))
    assert sum(step.sum for step in fee.steps) == fee.amount
    for step in fee.steps:
        assert step.each * (step.last - step.first + 1) == step.sum
    prices = [step.each for step in fee.steps]
    assert prices == sorted(set(prices))


@given(st.sampled_from(list(WAYS.values())), COUNTS)
def test_one_more_never_costs_less(way, count):
    fee = way(count)
    assert fee.amount <= way(count + 1).amount
    assert fee.amount.as_tuple().exponent == -2


def test_the_largest_numbers():
    """Each step of ten from 31 on costs 1,000 more than the one before."""
    steps, rest = divmod(MOST - 30, 10)
    full = 1000 * sum(range(2, steps + 2))
    assert by_requests(MOST).amount == 2000 + full + rest * 100 * (steps + 2)
    assert by_nth(MOST).amount == 100 * (2 + (MOST - 31) // 10)
    assert by_pages(MOST).amount == 2700 + 40 * (MOST - 200)
    assert len(by_requests(100_000).steps) == 2 + 9_997


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize(
    ("count", "code"),
    [
        (-1, "negative"),
        (2.5, "not_whole"),
        (Decimal("3"), "not_whole"),
        ("3", "not_whole"),
        (True, "not_whole"),
        (None, "not_whole"),
        (MOST + 1, "too_many"),
        (10**40, "too_many"),
    ],
)
def test_what_is_no_number_of_requests_or_pages(way, count, code):
    with pytest.raises(FeeError) as refused:
        way(count)
    assert refused.value.code == refused.value.reason.code == code


@pytest.mark.parametrize(
    ("text", "count"), [("0", 0), ("41", 41), ("007", 7), ("-0", 0), (str(MOST), MOST)]
)
def test_numbers_as_people_write_them(text, count):
    assert parse_count(text) == count


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((text, "not_whole") for text in ("", " ", "2.5", "10.0", "1e3", "1_000", "+3", "四十")),
        *((text, "not_whole") for text in ("３", "3 ", "3\n", "--3", "-", "-2.5")),
        ("-1", "negative"),
        ("-" + "9" * 5000, "negative"),
        (str(MOST + 1), "too_many"),
        ("9" * 5000, "too_many"),
    ],
)
def test_texts_that_are_refused(text, code):
    with pytest.raises(FeeError) as refused:
        parse_count(text)
    assert refused.value.code == code


def test_a_month_explained():
    heading, *lines = map(str, explain(by_requests(41)))
    assert heading == (
        "By request (国办函〔2020〕109号, Article 4): all requests of one applicant to one agency "
        "in one calendar month"
    )
    assert lines == [
        "Requests 1 to 10: free of charge",
        "Requests 11 to 30: 20 × 100 yuan = 2,000 yuan",
        "Requests 31 to 40: 10 × 200 yuan = 2,000 yuan",
        "Request 41: 300 yuan",
        "In all: 4,300 yuan",
    ]


def test_one_request_and_pages_explained():
    assert list(map(str, explain(by_nth(1))))[1:] == [
        "Request 1: free of charge",
        "In all: 0 yuan",
    ]
    assert list(map(str, explain(by_nth(1041))))[1:] == [
        "Request 1,041: 10,300 yuan",
        "In all: 10,300 yuan",
    ]
    assert list(map(str, explain(by_pages(101))))[1:] == [
        "Pages 1 to 30: free of charge",
        "Pages 31 to 100: 70 × 10 yuan = 700 yuan",
        "Page 101: 20 yuan",
        "In all: 720 yuan",
    ]
    assert list(map(str, explain(by_pages(1))))[1] == "Page 1: free of charge"


@given(st.sampled_from(list(WAYS.values())), COUNTS)
def test_every_step_has_its_line(way, count):
    fee = way(count)
    heading, *lines, total = map(str, explain(fee))
    assert "国办函〔2020〕109号" in heading
    assert len(lines) == len(fee.steps)
    assert total == f"In all: {in_yuan(fee.amount)} yuan"


def test_yuan_as_they_are_read():
    assert in_yuan(Decimal("2200.00")) == "2,200"
    assert in_yuan(Decimal("0.50")) == "0.50"


@pytest.mark.parametrize(
    ("received", "first", "last"),
    [
        ((2026, 3, 31), (2026, 3, 1), (2026, 3, 31)),
        ((2024, 2, 1), (2024, 2, 1), (2024, 2, 29)),
        ((2026, 2, 28), (2026, 2, 1), (2026, 2, 28)),
        ((2025, 12, 31), (2025, 12, 1), (2025, 12, 31)),
    ],
)
def test_the_calendar_month(received, first, last):
    assert month_of(date(*received)) == (date(*first), date(*last))


LAWFUL = date(2021, 1, 1)


@pytest.mark.parametrize(
    ("received", "fee", "facts", "codes"),
    [
        (LAWFUL, by_nth(11), {}, []),
        (date(2020, 12, 31), by_nth(11), {}, ["fee_too_early"]),
        (LAWFUL, by_nth(10), {}, ["nothing_to_pay"]),
        (LAWFUL, by_pages(30), {}, ["nothing_to_pay"]),
        (LAWFUL, by_pages(31), {"charged_by": Basis.REQUESTS}, ["both_bases"]),
        (LAWFUL, by_nth(11), {"charged_by": Basis.PAGES}, ["both_bases"]),
        (LAWFUL, by_nth(11), {"charged_by": Basis.REQUESTS}, []),
        (LAWFUL, by_pages(31), {"already_public": True}, ["already_public"]),
        # By request every determination counts, also one that points to what is public.
        (LAWFUL, by_nth(11), {"already_public": True}, []),
        (
            date(2020, 12, 31),
            by_pages(0),
            {"charged_by": Basis.REQUESTS, "already_public": True},
            ["fee_too_early", "both_bases", "already_public", "nothing_to_pay"],
        ),
    ],
)
def test_why_a_fee_cannot_be_charged(received, fee, facts, codes):
    reasons = why_not_charge(received, fee, **facts)
    assert [reason.code for reason in reasons] == codes
    assert {reason.article for reason in reasons} <= {"42"}
    assert all(str(reason) for reason in reasons)

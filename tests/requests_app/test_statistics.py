"""The figures of the annual report, from worked examples: who counts when, what is behind them."""

import datetime as dt
from decimal import Decimal

import pytest

from disclosure.models import Agency
from requests_app.statistics import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    NEW,
    PROCESSED,
    REMEDY_COLUMNS,
    ROWS,
    TOTAL,
    Period,
    fee_count,
    notices_behind,
    remedies_behind,
    requests_behind,
    table_four,
    table_three,
)
from tests.factories import make_report
from tests.requests_app.paths.walking import Walk, read

pytestmark = pytest.mark.django_db

Y2025, Y2026 = Period.of_year(2025), Period.of_year(2026)


@pytest.fixture
def walk() -> Walk:
    return Walk()


def go(walk: Walk, lines: str) -> None:
    for line in read(lines):
        walk.go(line)


def counted(walk: Walk, period: Period, *agencies: Agency) -> dict[str, int]:
    """The rows of table three that are not zero, in total; the identities hold on the way."""
    table = table_three(agencies or [walk.agency], period)
    for place, column in enumerate(COLUMNS):
        outcomes = sum(table[row][place] for row in ROWS[2:-2])
        assert table[PROCESSED][place] == outcomes, column
        opened = table[NEW][place] + table[CARRIED_IN][place]
        assert opened == table[PROCESSED][place] + table[CARRIED_OUT][place], column
        for row in ROWS:
            behind = requests_behind(agencies or [walk.agency], period, row, column)
            assert behind.count() == table[row][place], (row, column)
    assert all(sum(figures[:-1]) == figures[-1] for figures in table.values())
    return {row: figures[-1] for row, figures in table.items() if figures[-1]}


def test_an_empty_year_is_all_zeros(walk):
    table = table_three(Agency.objects.all(), Y2026)
    assert list(table) == list(ROWS)
    assert len(ROWS) == 25
    assert all(figures == [0] * 7 for figures in table.values())


def test_still_open_at_the_turn_of_the_year(walk):
    go(
        walk,
        """
        2025-12-22 visit
        2026-01-15 answer as=given
        """,
    )
    assert counted(walk, Y2025) == {NEW: 1, CARRIED_OUT: 1}
    assert counted(walk, Y2026) == {CARRIED_IN: 1, "granted": 1, PROCESSED: 1}


def test_so_far_is_a_period_like_any_other(walk):
    go(
        walk,
        """
        2026-03-02 visit
        2026-03-30 answer as=partly
        """,
    )
    to_the_day_before = Period(dt.date(2026, 1, 1), dt.date(2026, 3, 29))
    assert counted(walk, to_the_day_before) == {NEW: 1, CARRIED_OUT: 1}
    to_the_day = Period(dt.date(2026, 1, 1), dt.date(2026, 3, 30))
    assert counted(walk, to_the_day) == {NEW: 1, "partially_granted": 1, PROCESSED: 1}
    that_day = Period(dt.date(2026, 3, 30), dt.date(2026, 3, 30))
    assert counted(walk, that_day) == {CARRIED_IN: 1, "partially_granted": 1, PROCESSED: 1}
    assert counted(walk, Period(dt.date(2026, 4, 1), dt.date(2026, 12, 31))) == {}


def test_withdrawn_counts_as_other(walk):
    go(
        walk,
        """
        2025-12-30 submit
        2025-12-31 withdraw
        2025-12-31 b:submit
        2026-01-05 b:withdraw
        """,
    )
    assert counted(walk, Y2025) == {NEW: 2, "other": 1, PROCESSED: 1, CARRIED_OUT: 1}
    assert counted(walk, Y2026) == {CARRIED_IN: 1, "other": 1, PROCESSED: 1}


def test_reopened_in_another_year_counts_nothing_again(walk):
    go(
        walk,
        """
        2025-03-03 visit
        2025-03-31 answer as=refused_process
        2025-03-31 serve
        2025-04-10 file_remedy
        2026-01-12 decide_remedy result=revoked_new_answer
        2026-01-12 reopen
        """,
    )
    refused = {NEW: 1, "refused_process": 1, PROCESSED: 1}
    assert (counted(walk, Y2025), counted(walk, Y2026)) == (refused, {})
    go(walk, "2026-01-20 answer as=given")
    assert (counted(walk, Y2025), counted(walk, Y2026)) == (refused, {})
    assert table_four([walk.agency], Y2025)["reconsideration"] == [0, 0, 0, 1, 1]
    assert table_four([walk.agency], Y2026)["reconsideration"] == [0, 1, 0, 0, 1]


def test_split_in_january_counts_as_new_in_december(walk):
    go(
        walk,
        """
        2025-12-22 visit
        2025-12-23 points of=甲,乙,丙
        """,
    )
    assert counted(walk, Y2025) == {NEW: 1, CARRIED_OUT: 1}
    go(
        walk,
        """
        2026-01-05 split out=乙,丙
        2026-01-06 b:answer as=given
        2026-01-07 c:withdraw
        """,
    )
    assert counted(walk, Y2025) == {NEW: 3, CARRIED_OUT: 3}
    assert counted(walk, Y2026) == {
        CARRIED_IN: 3,
        "granted": 1,
        "other": 1,
        PROCESSED: 2,
        CARRIED_OUT: 1,
    }


def test_no_split_once_the_report_of_its_year_is_published(walk):
    go(walk, "2025-12-22 visit\n2025-12-23 points of=甲,乙")
    make_report(2025, agency=walk.agency)
    go(walk, "2026-02-02 !split out=乙")
    assert counted(walk, Y2025) == {NEW: 1, CARRIED_OUT: 1}


def test_merged_into_another_ends_as_other(walk):
    go(
        walk,
        """
        2026-03-02 visit
        2026-03-03 b:visit
        2026-03-04 b:merge into=a
        2026-03-20 answer as=given
        """,
    )
    assert counted(walk, Y2026) == {NEW: 2, "granted": 1, "other": 1, PROCESSED: 2}


def test_sent_on_ends_here_as_not_held_and_is_new_there(walk):
    go(
        walk,
        """
        2025-12-22 visit
        2026-01-05 answer as=not_ours send_on=SLA
        """,
    )
    here, there = [walk.agency], [walk.other]
    assert counted(walk, Y2025, *here) == {NEW: 1, CARRIED_OUT: 1}
    assert counted(walk, Y2026, *here) == {CARRIED_IN: 1, "unable_not_held": 1, PROCESSED: 1}
    assert counted(walk, Y2025, *there) == {}
    assert counted(walk, Y2026, *there) == {NEW: 1, CARRIED_OUT: 1}
    assert counted(walk, Y2026, *here, *there) == {
        NEW: 1,
        CARRIED_IN: 1,
        "unable_not_held": 1,
        PROCESSED: 1,
        CARRIED_OUT: 1,
    }


def test_each_kind_of_applicant_has_its_column(walk):
    go(walk, "2026-03-02 visit\n2026-03-03 b:visit applicant_kind=legal_service")
    go(walk, "2026-03-04 c:visit applicant_kind=other\n2026-03-05 c:withdraw")
    table = table_three([walk.agency], Y2026)
    assert table[NEW] == [1, 0, 0, 0, 1, 1, 3]
    assert table["other"] == [0, 0, 0, 0, 0, 1, 1]
    assert table[CARRIED_OUT] == [1, 0, 0, 0, 1, 0, 2]
    assert list(requests_behind([walk.agency], Y2026, NEW, "legal_service")) == [walk.cases["b"]]


def test_a_day_put_right_moves_what_is_counted(walk):
    go(walk, "2026-01-05 post received=2026-01-04")
    assert counted(walk, Y2026) == {NEW: 1, CARRIED_OUT: 1}
    go(walk, "2026-01-06 amend entry=received day=2025-12-31")
    assert counted(walk, Y2025) == {NEW: 1, CARRIED_OUT: 1}
    assert counted(walk, Y2026) == {CARRIED_IN: 1, CARRIED_OUT: 1}


def test_the_number_of_queries_does_not_grow(walk, django_assert_num_queries):
    agencies = Agency.objects.all()
    go(walk, "2026-03-02 visit\n2026-03-03 b:submit\n2026-03-04 c:visit\n2026-03-05 c:withdraw")
    with django_assert_num_queries(1):
        table_three(agencies, Y2026)
    with django_assert_num_queries(1):
        table_four(agencies, Y2026)
    with django_assert_num_queries(1):
        fee_count(agencies, Y2026)


@pytest.fixture
def remedies(walk) -> Walk:
    """Four remedies against one answer of 2025."""
    go(
        walk,
        """
        2025-03-03 visit
        2025-03-31 answer as=refused_process
        2025-03-31 serve
        2025-04-10 file_remedy
        2025-06-02 decide_remedy result=upheld
        2025-06-16 file_remedy kind=litigation_after_reconsideration body=法院
        2026-02-02 decide_remedy #2 result=revoked
        2025-07-01 b:visit
        2025-07-02 b:answer as=not_existing
        2025-08-01 b:file_remedy kind=litigation_direct body=法院
        2025-08-15 b:decide_remedy result=withdrawn
        2026-03-02 b:file_remedy kind=litigation_direct body=法院
        """,
    )
    return walk


def test_remedies_count_where_they_ended_or_are_pending(remedies):
    agencies = [remedies.agency]
    assert table_four(agencies, Y2025) == {
        "reconsideration": [1, 0, 0, 0, 1],
        "litigation_direct": [0, 0, 1, 0, 1],
        "litigation_after_reconsideration": [0, 0, 0, 1, 1],
    }
    assert table_four(agencies, Y2026) == {
        "reconsideration": [0, 0, 0, 0, 0],
        "litigation_direct": [0, 0, 0, 1, 1],
        "litigation_after_reconsideration": [0, 1, 0, 0, 1],
    }
    assert table_four([remedies.other], Y2025)["reconsideration"] == [0] * 5


@pytest.mark.parametrize("period", [Y2025, Y2026, Period(dt.date(2025, 6, 2), dt.date(2025, 8, 1))])
def test_the_remedies_behind_a_figure_are_as_many(remedies, period):
    for kind, figures in table_four([remedies.agency], period).items():
        for column, figure in zip(REMEDY_COLUMNS, figures, strict=True):
            behind = remedies_behind([remedies.agency], period, kind, column)
            assert behind.count() == figure
        assert sum(figures[:-1]) == figures[-1]


def test_fees_by_the_day_of_the_notice_and_of_the_payment(walk):
    go(
        walk,
        """
        2025-12-01 visit
        2025-12-22 notify_fee basis=pages pages=100
        2026-01-05 record_payment amount=700.00
        2026-03-02 b:visit
        2026-03-16 b:notify_fee basis=pages pages=200
        2026-03-17 b:waive_fee
        2026-04-01 c:visit
        2026-04-07 c:notify_fee basis=pages pages=31
        """,
    )
    agencies = [walk.agency]
    first, second = fee_count(agencies, Y2025), fee_count(agencies, Y2026)
    assert (first.notices, first.amount, first.collected, first.waived) == (1, Decimal(700), 0, 0)
    assert (second.notices, second.amount) == (2, Decimal(2710))
    assert (second.collected, second.waived) == (Decimal(700), 1)
    assert [notice.request for notice in notices_behind(agencies, Y2026)] == [
        walk.cases["b"],
        walk.cases["c"],
    ]
    assert fee_count([walk.other], Y2026).notices == 0


def test_a_payment_put_right_moves_the_money(walk):
    go(
        walk,
        """
        2025-12-01 visit
        2025-12-22 notify_fee basis=pages pages=100
        2026-01-05 record_payment amount=700.00
        2026-01-06 amend entry=fee_paid day=2025-12-31
        """,
    )
    assert fee_count([walk.agency], Y2025).collected == Decimal(700)
    assert fee_count([walk.agency], Y2026).collected == 0


@pytest.mark.parametrize(("row", "column"), [("nonsense", TOTAL), (NEW, "nonsense")])
def test_an_unknown_figure_has_nothing_behind_it(walk, row, column):
    with pytest.raises(KeyError):
        requests_behind([walk.agency], Y2026, row, column)
    with pytest.raises(KeyError):
        remedies_behind([walk.agency], Y2026, row, column)


def test_a_remedy_is_not_decided_before_it_was_received(walk):
    go(
        walk,
        """
        2025-12-22 visit
        2025-12-24 answer as=given
        2026-01-12 file_remedy
        2025-12-29 !decide_remedy result=upheld
        2026-01-12 decide_remedy result=upheld
        """,
    )

"""What the page of figures says of counts: no hidden one can be worked out from what is shown."""

import itertools
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.figures.hiding import (
    ANYTHING,
    SMALL,
    Interval,
    behind,
    pins,
    share,
    told,
)


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, 0), (1, SMALL), (4, SMALL), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1002, 1000)],
)
def test_small_counts_are_not_said_and_others_are_rounded(count: int, said: object) -> None:
    assert told(count) == said


@given(st.integers(0, 10**6))
def test_what_is_known_behind_a_figure_holds(count: int) -> None:
    low, high = behind(told(count))
    assert low <= count <= high
    assert low == high == 0 or high > low


def test_what_is_withheld_may_be_anything() -> None:
    assert behind(None) == ANYTHING


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ((1, 1, 1, 1), 4),  # four "<5" in a "<5" are one each
        ((4, 4), 8),  # 10 is at least 8
        ((3, 0, 0), 3),  # the part is the whole: nothing more is told
    ],
)
def test_a_total_that_gives_a_hidden_part_away(parts: tuple[int, ...], whole: int) -> None:
    found = pins([behind(told(one)) for one in parts], behind(told(whole)))
    assert found is (len([one for one in parts if one]) > 1)


def test_no_hidden_part_has_a_single_value_left() -> None:
    """Every reader's view of up to three parts and their total, by trying all counts out."""
    for number in (1, 2, 3):
        views: dict[tuple, set] = defaultdict(set)
        for parts in itertools.product(range(14), repeat=number):
            view = (tuple(map(told, parts)), told(sum(parts)))
            views[view].add(parts)
        for (said, total), possible in views.items():
            if max(map(max, possible)) > 12:
                continue  # the range that was tried ends within it
            if pins([behind(one) for one in said], behind(total)):
                continue
            for place, one in enumerate(said):
                if one == SMALL:
                    left = {parts[place] for parts in possible}
                    assert len(left) > 1, (said, total)
            if total == SMALL:
                assert len({sum(parts) for parts in possible}) > 1, (said, total)


def test_an_unknown_part_keeps_the_others_hidden_from_above_but_not_from_below() -> None:
    small = behind(SMALL)
    assert not pins([small, ANYTHING], behind(10))
    assert pins([small, small, small, small, ANYTHING], small)


def test_a_withheld_total_gives_nothing_away() -> None:
    assert not pins([behind(SMALL)] * 9, ANYTHING)


def test_a_total_of_zero_has_no_hidden_part() -> None:
    assert not pins([Interval(0, 0)] * 3, Interval(0, 0))


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, None),
        (4, 4, None),
        (5, 5, (100, "")),
        (0, 5, (0, "")),
        (8, 9, None),
        (38, 40, (90, "least")),
        (2, 40, (10, "most")),
        (30, 40, (75, "")),
    ],
)
def test_shares(part: int, whole: int, said: object) -> None:
    assert share(part, whole) == said


@given(st.integers(10, 500), st.integers(1, 4))
def test_a_bound_is_true_and_the_same_for_one_to_four(whole: int, late: int) -> None:
    found = share(whole - late, whole)
    assert found == share(whole - 1, whole)
    assert found is None or found.percent <= 100 * (whole - late) / whole

"""Median and percentile of counted values, against the plain definition over the whole list."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.oversight.spread import percentile


@pytest.mark.parametrize(
    ("values", "median", "ninth"),
    [
        ([], None, None),
        ([7], 7, 7),
        ([1, 2, 3, 4], 2, 4),
        ([1, 2, 3, 4, 5], 3, 5),
        (list(range(1, 11)), 5, 9),
        ([20] * 9 + [60], 20, 20),
        ([0, 0, 0], 0, 0),
    ],
)
def test_it_is_the_value_that_so_many_do_not_exceed(values, median, ninth) -> None:
    counts = Counter(values)
    assert (percentile(counts, 0.5), percentile(counts, 0.9)) == (median, ninth)


@given(st.lists(st.integers(0, 60), min_size=1), st.sampled_from([10, 25, 50, 75, 90, 100]))
def test_it_is_what_the_sorted_list_says(values: list[int], percent: int) -> None:
    place = math.ceil(percent * len(values) / 100) - 1
    assert percentile(Counter(values), percent / 100) == sorted(values)[place]

"""How a column stands: calendar days against its period, over holidays as over any days."""

import datetime as dt

import pytest

from disclosure.watch.rules import DYNAMIC, LEVELS, NOTICES, WORDS, Look, Standing, look, soon

TODAY = dt.date(2026, 2, 24)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "period", "standing", "left"),
    [
        (0, DYNAMIC, Standing.CURRENT, 14),
        (11, DYNAMIC, Standing.CURRENT, 3),
        (12, DYNAMIC, Standing.SOON, 2),
        (14, DYNAMIC, Standing.SOON, 0),
        (15, DYNAMIC, Standing.STALE, -1),
        (156, NOTICES, Standing.CURRENT, 27),
        (157, NOTICES, Standing.SOON, 26),
        (183, NOTICES, Standing.SOON, 0),
        (184, NOTICES, Standing.STALE, -1),
        (4000, None, Standing.CURRENT, None),
    ],
)
def test_days_since_the_last(
    days: int, period: int | None, standing: Standing, left: int | None
) -> None:
    assert look(TODAY, ago(days), period) == Look(standing, days, left)


def test_holidays_count_like_any_day() -> None:
    """Spring Festival 2026 is 15 to 23 February: nobody works, the column ages all the same."""
    before = dt.date(2026, 2, 9)
    assert look(dt.date(2026, 2, 23), before, DYNAMIC).standing == Standing.SOON
    assert look(TODAY, before, DYNAMIC).standing == Standing.STALE


def test_nothing_published() -> None:
    assert look(TODAY, None, DYNAMIC) == Look(Standing.EMPTY)
    assert look(TODAY, None, None, since=TODAY) == Look(Standing.EMPTY)
    assert look(TODAY, None, DYNAMIC, since=ago(14)) == Look(Standing.BEGUN, None, 0)
    assert look(TODAY, None, DYNAMIC, since=ago(15)) == Look(Standing.EMPTY)
    # What was published is what counts, however late the plan was made.
    assert look(TODAY, ago(20), DYNAMIC, since=TODAY).standing == Standing.STALE


def test_every_standing_has_a_level_and_words() -> None:
    assert set(LEVELS) == set(WORDS) == set(Standing)
    assert (soon(1), soon(14), soon(183)) == (2, 2, 26)

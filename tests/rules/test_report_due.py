"""When an annual report is due (Art. 49)."""

import datetime as dt

import pytest

from disclosure.agencies.models import Agency
from disclosure.reports import due


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        ("department", dt.date(2026, 1, 31)),
        ("vertical", dt.date(2026, 1, 31)),
        ("branch", dt.date(2026, 1, 31)),
        ("authorised", dt.date(2026, 1, 31)),
        ("government", dt.date(2026, 3, 31)),
        ("public_body", None),
    ],
)
def test_due_by_kind(kind: str, day: dt.date | None) -> None:
    assert due.due_on(2025, kind) == day


def test_the_kinds_are_those_of_agencies() -> None:
    assert due.EXEMPT | {due.GOVERNMENT} <= set(Agency.Kind.values)


@pytest.mark.parametrize(
    ("on", "year"), [(dt.date(2025, 12, 31), 2024), (dt.date(2026, 1, 1), 2025)]
)
def test_from_new_year_on_the_year_just_over_is_awaited(on: dt.date, year: int) -> None:
    assert due.last_year(on) == year


@pytest.mark.parametrize(
    ("left", "level"), [(30, "green"), (15, "green"), (14, "amber"), (0, "amber"), (-1, "red")]
)
def test_level(left: int, level: str) -> None:
    assert due.level(left) == level

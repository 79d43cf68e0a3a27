"""When something shows or lapses by itself."""

import datetime as dt

import pytest

from disclosure.core.dates import SHANGHAI
from disclosure.freshness import moments
from disclosure.models import AnnualReport
from tests.factories import make_publication, make_report

EVENING = dt.datetime(2026, 3, 4, 23, 30, tzinfo=SHANGHAI)


@pytest.mark.django_db
def test_midnight_in_china_or_what_is_scheduled_before_it(
    django_assert_num_queries, monkeypatch
) -> None:
    assert moments.next_moment(EVENING) == dt.datetime(2026, 3, 5, tzinfo=SHANGHAI)
    due = EVENING + dt.timedelta(minutes=10)
    make_publication("甲", published_at=due, at=EVENING)
    assert moments.next_moment(EVENING) == due
    earlier = EVENING + dt.timedelta(minutes=5)
    make_report()
    AnnualReport.objects.update(published_at=earlier)
    assert moments.next_moment(EVENING) == earlier
    assert moments.next_moment(due) == dt.datetime(2026, 3, 5, tzinfo=SHANGHAI)

    # Asked for once in a generation.
    clock = [EVENING]
    monkeypatch.setattr(moments, "now", lambda: clock[0])
    horizon = moments.Horizon()
    with django_assert_num_queries(2):
        first = horizon.of((1, 1))
        assert horizon.of((1, 1)) == first == earlier.timestamp()
    with django_assert_num_queries(2):
        horizon.of((2, 7))
    clock[0] = earlier
    assert horizon.of((2, 7)) > earlier.timestamp()

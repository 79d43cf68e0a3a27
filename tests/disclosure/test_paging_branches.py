"""A list of several branches is the same put together of them as read whole, page by page."""

import datetime as dt

import pytest

from disclosure.core import paging
from disclosure.core.paging import paginate
from disclosure.models import Publication
from tests.factories import make_agency, make_category, store_publication

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("descending", [True, False])
def test_the_same_rows_in_the_same_order(descending: bool) -> None:
    agencies = [make_agency() for _number in range(4)]
    categories = [make_category() for _number in range(3)]
    start = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
    for place in range(30):
        store_publication(
            f"B-{place}",
            agency=agencies[place * 7 % 4],
            category=categories[place * 5 % 3],
            # Some at the same moment: the key decides.
            published_at=start + dt.timedelta(hours=place // 3),
        )
    chosen = {"agency": [one.pk for one in agencies[:3]], "category": [categories[0].pk, 0]}
    rows = Publication.objects.visible_to_public(start + dt.timedelta(days=9)).filter(
        **{f"{name}__in": ids for name, ids in chosen.items()}
    )

    def pages(step: str, mark: str | None, branches: dict[str, list[int]]) -> list[list[str]]:
        found = []
        for _page in range(9):
            page = paginate(
                rows.select_related("agency").only("index_number", "published_at", "agency__code"),
                fields=["published_at", "id"],
                size=2,
                descending=descending,
                branches=branches,
                **({step: mark} if mark else {}),
            )
            found.append([f"{one.index_number} {one.agency.code}" for one in page.rows])
            mark = getattr(page, step)
            if mark is None:
                break
        return found

    whole = pages("after", None, {})
    assert sum(map(len, whole)) == rows.count() > 5
    assert pages("after", None, chosen) == whole
    last = paginate(
        rows, fields=["published_at", "id"], size=100, descending=descending, branches=chosen
    ).rows[-1]
    assert whole[-1][-1].startswith(f"{last.index_number} ")


def test_branches_of_many_values_are_read_whole() -> None:
    """A province and a root of the categories: each branch would name every agency once more."""
    agency, category = make_agency(), make_category()
    store_publication("B-1", agency=agency, category=category)
    chosen = {
        "agency": list(range(agency.pk, agency.pk + 3000)),
        "category": list(range(category.pk, category.pk + 90)),
    }
    rows = Publication.objects.filter(**{f"{name}__in": ids for name, ids in chosen.items()})
    order = ["published_at", "id"]
    (found,) = paginate(rows, fields=order, branches=chosen).rows
    assert found.index_number == "B-1"
    assert paging._union(rows, order, 21, "category", chosen["category"]) is None
    assert paginate(rows.filter(pk__in=[]), fields=order, branches=chosen).rows == []

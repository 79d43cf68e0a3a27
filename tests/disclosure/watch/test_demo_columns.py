"""The demonstration's catalogue, plans and appearances: something of each kind, once."""

import pytest

from disclosure.catalogue.seed import seed_categories
from disclosure.core.dates import now
from disclosure.demo.agencies import load_agencies
from disclosure.demo.channels import APPEARANCES, load_appearances
from disclosure.demo.publications import load_publications
from disclosure.demo.standards import ITEMS, load_standards
from disclosure.demo.watch import PLANS, load_plans
from disclosure.models import Agency, Appearance, ColumnPlan, StandardArea, StandardItem
from disclosure.standards import presenting
from disclosure.watch import report
from disclosure.watch.rules import Standing
from tests.factories import make_admin

pytestmark = pytest.mark.django_db


def test_something_of_each_kind() -> None:
    seed_categories()
    agencies = load_agencies()
    load_publications(agencies, {}, at=now())
    assert (load_standards(agencies), load_plans(agencies), load_appearances()) == (
        len(ITEMS),
        len(PLANS),
        len(APPEARANCES),
    )
    assert (load_standards(agencies), load_plans(agencies), load_appearances()) == (0, 0, 0)
    for model in (StandardItem, ColumnPlan, Appearance):
        assert set(model.objects.values_list("is_demo", flat=True)) == {True}
    agency = Agency.objects.get(code="SYRF")
    area = StandardArea.objects.get(key="projects")
    _groups, count, missing = presenting.table_of(agency, area, now())
    assert 0 < missing < count == 12
    found = report.columns(report.reach(make_admin()), at=now())
    standings = {one.look.standing for one in found}
    assert {Standing.EMPTY, Standing.STALE, Standing.BEGUN, Standing.CURRENT} <= standings

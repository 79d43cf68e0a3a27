"""The demonstration's register and its closed round."""

import pytest

from disclosure.catalogue.seed import seed_categories
from disclosure.core.dates import now, today
from disclosure.demo import accounts
from disclosure.demo.agencies import load_agencies
from disclosure.demo.withheld import ENTRIES, load_withheld
from disclosure.withheld import worklist
from disclosure.withheld.lifecycle import Outcome
from disclosure.withheld.models import ReassessmentRound, WithheldItem
from disclosure.workdays.store import current_calendar

pytestmark = pytest.mark.django_db


def test_the_register_has_something_due_and_a_closed_round() -> None:
    seed_categories()
    agencies = load_agencies()
    people = accounts.load_accounts(agencies, "a long password of tests")
    assert load_withheld(agencies, people, at=now()) == len(ENTRIES)
    assert load_withheld(agencies, people, at=now()) == 0
    due = worklist.due(people["head"], today(), current_calendar())
    late = [item for item in due if item.due_on < today()]
    assert (len(due), len(late)) == (2, 1)
    drawn = ReassessmentRound.objects.get()
    assert drawn.filed_on
    assert {row.outcome for row in drawn.rows.all()} == {*Outcome.values} - {"pending"}
    drafts = [item.draft for item in WithheldItem.objects.exclude(draft=None)]
    assert len(drafts) == 2
    assert all(draft and draft.is_demo and draft.summary for draft in drafts)
    marked = WithheldItem.objects.exclude(mark="none").get()
    assert marked.summary == ""

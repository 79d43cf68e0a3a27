"""The demonstration's guides and rules: public under a blanket sign-off, and gone again."""

import pytest

from disclosure.catalogue import page_actions, standing
from disclosure.core.dates import now
from disclosure.demo import accounts, pages
from disclosure.demo.agencies import demo_agencies, load_agencies
from disclosure.models import Guide, Publication, Rule
from portal.demo_removal import remove_demo

pytestmark = pytest.mark.django_db


def test_they_are_taken_over_and_can_be_removed() -> None:
    agencies = load_agencies()
    people = accounts.load_accounts(agencies, "示例口令 correct horse")
    own = demo_agencies()
    assert pages.load_guides(own, people) == 15
    assert pages.load_rules(own, people) == 20
    assert (pages.load_guides(own, people), pages.load_rules(own, people)) == (0, 0)
    assert standing.public_guides(now()).count() == 15
    assert standing.public_rules(now()).count() == 20
    for item in Publication.objects.select_related("sign_off"):
        assert item.is_demo
        assert item.sign_off is not None
        assert item.sign_off.is_blanket
        assert item.sign_off.closed_at is not None
        assert item.sign_off.signed_by == people["publisher"]
    for guide in Guide.objects.all():
        assert standing.parts_of(guide) == {part: getattr(guide, part) for part in Guide.PARTS}
    own_now = Guide.objects.get(agency__code="SYRF")
    own_now.remedies = "<p>本机关自己的文字。</p>"
    made = own_now.publication.date_made if own_now.publication else None
    page_actions.update_guide(actor=None, guide=own_now, date_made=made)
    remove_demo()
    assert list(Guide.objects.all()) == [own_now]
    assert not Rule.objects.exists()
    left = Publication.objects.order_by("pk")
    assert [one.is_demo for one in left] == [False, False]
    assert left[0] == own_now.publication

"""What the rooms add to the way out: the part of an item's staff page, the join when published."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from disclosure.agencies.roles import Role
from disclosure.channels import actions
from disclosure.channels.ready import channels_part
from disclosure.core.dates import today
from disclosure.models import Appearance, StandardArea, StandardItem, StandardLink
from disclosure.standards.ready import join
from disclosure.standards.seed import seed_areas
from tests.factories import make_agency, make_publication, make_user

pytestmark = pytest.mark.django_db


def part_for(user: Any, publication: Any) -> Any:
    request = RequestFactory().get("/")
    request.user = user
    return channels_part(request, publication)


def test_the_part_of_the_staff_page() -> None:
    item = make_publication()
    row = Appearance(publication=item, channel="gazette", on=today(), reference="第8期")
    actions.record_appearance(actor=None, appearance=row)
    part = part_for(make_user(Role.EDITOR), item)
    html = render_to_string(part.template, {"part": part.context})
    assert "第8期" in html
    assert f"?publication={item.pk}" in html
    reader = part_for(make_user(Role.AUDITOR), item)
    assert reader.context["add_url"] == ""
    assert part_for(make_user(Role.AUDITOR), make_publication()) is None, "nothing to say"
    assert part_for(make_user(Role.EDITOR, agency=make_agency()), item) is None


def test_what_goes_out_is_joined() -> None:
    seed_areas()
    publication = make_publication("甲工程招标公告")
    StandardLink.objects.all().delete()
    item = StandardItem.objects.create(
        agency=publication.agency,
        area=StandardArea.objects.get(key="projects"),
        serial=1,
        level1="招标公告",
        content="x",
        at_county=True,
    )
    event: Any = None
    join(publication, event)
    assert StandardLink.objects.get().item == item

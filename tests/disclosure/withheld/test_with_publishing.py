"""What a confidentiality review does not let out is on the register; what came from there and is
refused goes back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.dates import today
from disclosure.publications import actions as publishing
from disclosure.publications import review
from disclosure.publications.models import Publication
from disclosure.withheld import actions
from disclosure.withheld.lifecycle import State
from disclosure.withheld.models import WithheldItem
from tests.admin_pages import signed_in
from tests.factories import any_category, make_publication, make_user, walk_out
from tests.withheld import make_item

pytestmark = pytest.mark.django_db


def refuse(draft: Publication, **data: Any) -> Publication:
    reviewer = make_user(Role.REVIEWER, agency=draft.agency)
    checked = walk_out(draft, "check", reviewer=reviewer)
    asked = {
        "checklist": dict.fromkeys(review.KEYS, review.NO),
        "ground": "process",
        "opinion": "讨论稿",
        **data,
    }
    return publishing.take(checked, "refuse", actor=reviewer, **asked)


def test_a_refused_draft_is_on_the_register() -> None:
    draft = make_publication("会议记录", state="draft", date_made=today())
    refuse(draft)
    item = WithheldItem.objects.get()
    assert (item.title, item.ground, item.origin) == ("会议记录", "process", "review")
    assert item.publication_id == draft.pk
    assert item.decided_on == today()


def test_a_refused_draft_that_came_from_the_register_goes_back() -> None:
    item = actions.take(make_item("会议纪要"), "disclose", actor=None, category=any_category())
    draft = Publication.objects.get(pk=item.draft_id)
    draft.body, draft.date_made = "<p>示例正文。</p>", today()
    publishing.update(actor=None, publication=draft)
    refuse(draft)
    back = WithheldItem.objects.get()
    assert back.state == State.WITHHELD
    assert back.decided_on == today()


def test_what_is_published_after_all_is_withheld_no_longer() -> None:
    draft = make_publication("会议记录", state="draft", date_made=today())
    closed = refuse(draft)
    again = publishing.take(closed, "reopen", actor=None)
    walk_out(again)
    item = WithheldItem.objects.get()
    assert item.state == State.CLOSED
    assert draft.index_number in item.closed_reason


def test_the_drafts_page_says_what_stays_withheld(client: Client) -> None:
    item = actions.take(
        make_item("会议纪要"),
        "disclose_in_part",
        actor=None,
        category=any_category(),
        masked="第二部分",
        look_again_on=actions.a_year_after(today()),
    )
    url = reverse("admin:disclosure_publication_change", args=[item.draft_id])
    assert "第二部分" in signed_in(client, make_user(Role.EDITOR)).get(url).content.decode()
    assert "第二部分" not in signed_in(client, make_user(Role.REPORTER)).get(url).content.decode()

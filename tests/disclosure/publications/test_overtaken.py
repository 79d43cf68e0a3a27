"""What was overtaken does not come out by a back door: revisions of something that has changed,
and blanket sign-offs of what is on the way out here."""

import datetime as dt

import pytest

from disclosure.core.dates import now
from disclosure.core.errors import NotPossible
from disclosure.models import Publication
from disclosure.publications import actions
from tests import factories as f
from tests.disclosure.life.making import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast(f.make_agency("SL", name="示例省办公室"))


def _take_over(cast: Cast, publication: Publication) -> None:
    with actions.blanket(signed_by=cast.publisher, note="file.csv") as sign_off:
        actions.take_over(publication=publication, sign_off=sign_off)


def _codes(error: pytest.ExceptionInfo[NotPossible]) -> list[str]:
    return [refusal.code for refusal in error.value.refusals]


# --- revisions -----------------------------------------------------------------------------------
def test_a_revision_given_up_does_not_bring_back_what_was_mended_since(cast: Cast) -> None:
    item = cast.out(cast.draft(body="<p>说错了的话。</p>"))
    old = cast.revision(item, title="先前的修订")
    for number in range(3):  # much written on, so its number is ahead of every later one
        old.title = f"先前的修订{number}"
        old = actions.update(actor=cast.editor, publication=old)
    actions.take(old, "give_up", actor=cast.editor)
    cast.revised(item, body="<p>更正的话。</p>")
    with pytest.raises(NotPossible) as error:
        actions.take(old, "reopen", actor=cast.editor)
    assert _codes(error) == ["live"]


def test_a_revision_given_up_is_taken_up_again_while_nothing_has_changed(cast: Cast) -> None:
    item = cast.out(cast.draft())
    old = actions.take(cast.revision(item, title="修订"), "give_up", actor=cast.editor)
    again = actions.take(old, "reopen", actor=cast.editor)
    assert cast.out(again).title == "修订"


def test_a_revision_under_way_follows_to_another_category(cast: Cast) -> None:
    item = cast.out(cast.draft())
    other = f.make_category("other")
    revision = cast.revision(item, title="修订")
    actions.take(item, "reclassify", actor=cast.publisher, category=other)
    revision.refresh_from_db()
    assert cast.out(revision).category == other


# --- blanket sign-offs ---------------------------------------------------------------------------
def test_what_was_returned_here_is_not_taken_over(cast: Cast) -> None:
    draft = cast.out(cast.draft(), "check")
    actions.take(draft, "return_review", actor=cast.reviewer, reason="请修改")
    with pytest.raises(NotPossible) as error:
        _take_over(cast, draft)
    assert _codes(error) == ["handed_in"]


def test_what_was_withdrawn_here_is_not_taken_over(cast: Cast) -> None:
    item = cast.out(cast.draft())
    actions.withdraw(actor=cast.publisher, publication=item, reason="内容有误")
    actions.take(item, "reopen", actor=cast.editor)
    with pytest.raises(NotPossible) as error:
        _take_over(cast, item)
    assert _codes(error) == ["handed_in"]


def test_a_revision_is_taken_over_as_it_would_be_published(cast: Cast) -> None:
    item = cast.out(cast.draft())
    revision = cast.revision(item, disclosure="on_request", summary="摘要")
    with pytest.raises(NotPossible) as error:
        _take_over(cast, revision)
    assert _codes(error) == ["disclosure"]
    revision.disclosure = "proactive"
    revision = actions.update(actor=cast.editor, publication=revision)
    actions.withdraw(actor=cast.publisher, publication=item, reason="内容有误")
    with pytest.raises(NotPossible) as error:
        _take_over(cast, revision)
    assert _codes(error) == ["live"]


# --- scheduled -----------------------------------------------------------------------------------
def test_a_version_of_what_is_scheduled_is_not_public_before_its_moment(cast: Cast) -> None:
    moment = now() + dt.timedelta(days=3)
    item = cast.revised(cast.out(cast.draft(published_at=moment)), title="更正后")
    assert (item.version, item.version_at, item.published_at) == (2, moment, moment)

"""The public history: what changed, when and why, and nothing that was not to be told."""

import datetime as dt

import pytest
from django.test import Client
from django.utils.translation import override

from disclosure.core.dates import SHANGHAI, legal_day, now, today
from disclosure.life import history
from disclosure.life.kinds import Kind
from disclosure.models import Publication
from disclosure.publications import actions
from tests import factories as f
from tests.disclosure.life.making import Cast, normative

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast(f.make_agency("SL", name="示例省办公室"))


def told(publication: Publication, at: dt.datetime | None = None) -> list[tuple[str, str]]:
    with override("en"):
        found = history.changes(Publication.objects.get(pk=publication.pk), at or now())
    return [(change.what, change.why) for change in found]


def test_published_revised_repealed_newest_first(cast: Cast) -> None:
    item = cast.out(cast.draft())
    cast.revised(item, title="新标题")
    actions.take(item, "amend", actor=cast.publisher, reason="由新办法修改")
    later = today() + dt.timedelta(days=9)
    actions.take(item, "repeal", actor=cast.publisher, reason="被取代", expires_on=later)
    actions.take(item, "restore", actor=cast.publisher, reason="误标")
    assert told(item) == [
        ("In force again", "误标"),
        (f"Repealed from {later.isoformat()}", "被取代"),
        ("Amended", "由新办法修改"),
        ("Revised", "更正"),
        ("Published", ""),
    ]


def test_a_return_and_an_opinion_are_not_told(cast: Cast) -> None:
    draft = cast.draft()
    cast.out(draft, "check")
    actions.take(draft, "return_review", actor=cast.reviewer, reason="内部意见")
    item = cast.out(draft)
    assert told(item) == [("Published", "")]


def test_what_was_taken_over_says_its_own_day() -> None:
    published = dt.datetime(2020, 5, 1, tzinfo=SHANGHAI)
    item = f.make_publication(published_at=published, date_made=dt.date(2020, 4, 1))
    [change] = history.changes(item, now())
    assert change.date == "2020-05-01"
    assert today().isoformat() in change.why


def test_what_was_withdrawn_before_its_day_was_never_out(cast: Cast) -> None:
    draft = cast.draft(published_at=now() + dt.timedelta(days=5))
    item = cast.out(draft)
    assert told(item) == []
    actions.withdraw(actor=cast.publisher, publication=item, reason="改期")
    again = actions.take(item, "reopen", actor=cast.editor)
    again.published_at = None
    actions.update(actor=cast.editor, publication=again)
    cast.out(again)
    assert told(item) == [("Published", "")]


def test_published_again(cast: Cast) -> None:
    item = cast.out(cast.draft())
    actions.withdraw(actor=cast.publisher, publication=item, reason="含有隐私", tombstone=True)
    cast.out(actions.take(item, "reopen", actor=cast.editor))
    assert told(item) == [("Published again", ""), ("Withdrawn", ""), ("Published", "")]


def test_what_lapses_by_itself_says_so() -> None:
    item = f.make_publication(valid_until=today() - dt.timedelta(days=1))
    assert told(item)[0][0] == "Lapsed"
    item = f.make_publication(valid_until=today())
    assert [what for what, _why in told(item)] == ["Published"]


def test_the_page_shows_few_and_leads_to_all(cast: Cast, client: Client) -> None:
    item = cast.out(cast.draft())
    page = client.get("/en" + item.get_absolute_url()).content.decode()
    assert "All changes" not in page
    for number in range(history.ON_THE_PAGE):
        actions.take(item, "amend", actor=cast.publisher, reason=f"第{number}次")
    page = client.get("/en" + item.get_absolute_url()).content.decode()
    assert "All changes" in page
    assert "Published</span>" not in page
    response = client.get(f"/en{item.get_absolute_url()}?changes=all")
    assert "Published</span>" in response.content.decode()
    assert 'content="noindex"' in response.content.decode()


def test_the_day_of_an_end_that_comes_from_another(cast: Cast, client: Client) -> None:
    old, draft = normative("旧办法"), cast.draft("新办法")
    cast.relate(draft, "repeals", old)
    cast.out(draft)
    assert told(old)[0] == ("Repealed", "由《新办法》废止")


def test_what_is_a_bare_tombstone_now_is_not_named(cast: Cast, client: Client) -> None:
    target, source = cast.out(cast.draft("原文件")), cast.draft("不可再提的文件")
    cast.relate(source, Kind.REPEALS, target)
    source = cast.out(source)
    address = f"{target.get_absolute_url()}?changes=all"
    assert "不可再提的文件" in client.get(address).content.decode()
    actions.withdraw(actor=cast.publisher, publication=source, reason="依法撤回", tombstone=True)
    page = client.get(address).content.decode()
    assert "不可再提的文件" not in page
    assert {one.why for one in history.changes(target, now())} == {""}
    assert len(history.changes(target, now())) == 3


def test_what_was_revised_before_its_moment_is_told_once(cast: Cast) -> None:
    moment = now() + dt.timedelta(days=3)
    item = cast.revised(cast.out(cast.draft(published_at=moment)), title="更正后")
    [only] = history.changes(item, moment + dt.timedelta(days=1))
    assert (only.day, only.replaced) == (legal_day(moment), 0)

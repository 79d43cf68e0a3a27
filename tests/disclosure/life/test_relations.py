"""Relations: who may record them, what they do, and that it is undone."""

import datetime as dt

import pytest
from django.test import Client

from disclosure.core.dates import now, today
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.life import interpretation, relating
from disclosure.models import Publication, Relation
from disclosure.publications import actions
from tests import factories as f
from tests.disclosure.life.making import Cast, normative

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return Cast(f.make_agency("SL", name="示例省办公室"))


def fresh(publication: Publication) -> Publication:
    return Publication.objects.get(pk=publication.pk)


def why(cast: Cast, source: Publication, kind: str, target: Publication | str) -> set[str]:
    with pytest.raises(NotPossible) as refused:
        cast.relate(source, kind, target)
    return {refusal.code for refusal in refused.value.refusals}


# --- recording -----------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["repeals", "replaces", "amends"])
def test_what_changes_another_is_recorded_in_a_draft_alone(cast: Cast, kind: str) -> None:
    old = normative()
    draft = cast.draft()
    relation = cast.relate(draft, kind, old)
    cast.out(draft, "submit")
    assert why(cast, draft, kind, normative()) == {"kind"}
    with pytest.raises(NotPossible):
        relating.unrelate(actor=cast.editor, relation=relation)
    assert fresh(old).validity == "in_force"


@pytest.mark.parametrize("kind", ["interprets", "related"])
def test_an_interpretation_is_linked_at_any_time(cast: Cast, kind: str) -> None:
    item = cast.out(cast.draft())
    relation = cast.relate(item, kind, normative())
    relating.unrelate(actor=cast.editor, relation=relation)
    assert not Relation.objects.exists()
    assert fresh(item).is_visible(now())


def test_what_only_says_what_is_so_is_linked_at_any_time(cast: Cast) -> None:
    ended = normative(validity="repealed", expires_on=today() - 9 * DAY)
    amended = normative(validity="amended")
    item = cast.out(cast.draft())
    first, second = cast.relate(item, "repeals", ended), cast.relate(item, "amends", amended)
    assert why(cast, item, "repeals", amended) == {"kind"}
    assert relating.settle_due() == 0
    relating.unrelate(actor=cast.editor, relation=first)
    actions.withdraw(actor=cast.publisher, publication=item, reason="有误")
    assert fresh(amended).validity == "amended"
    with pytest.raises(NotPossible):
        relating.unrelate(actor=cast.editor, relation=second)


def test_who_records_it_has_written_on_the_draft(cast: Cast) -> None:
    draft = cast.draft()
    before = fresh(draft).revision
    other = f.make_user("editor", "reviewer", agency=cast.agency)
    relating.relate(
        actor=other, relation=Relation(source=draft, kind="repeals", target=normative())
    )
    assert fresh(draft).revision == before + 1
    assert other.pk in fresh(draft).contributors


def test_only_who_writes_for_the_agency_records_it(cast: Cast) -> None:
    relation = Relation(source=cast.draft(), kind="related", target=normative())
    for user in (cast.reviewer, f.make_user("editor", agency=f.make_agency("ZZ"))):
        with pytest.raises(NotPermitted):
            relating.relate(actor=user, relation=relation)


def test_neither_a_superior_nor_a_neighbour_is_ended(cast: Cast) -> None:
    below = f.make_agency("SLA", under=cast.agency)
    draft = cast.draft(agency=below)
    assert why(cast, draft, "repeals", normative(agency=cast.agency)) == {"target"}
    assert why(cast, draft, "amends", normative(agency=f.make_agency("ZZ"))) == {"target"}
    cast.relate(draft, "interprets", normative(agency=cast.agency))
    cast.relate(cast.draft(agency=cast.agency), "repeals", normative(agency=below))


def test_what_nobody_may_know_is_not_there(cast: Cast) -> None:
    hidden = f.make_publication(state="draft", agency=f.make_agency("ZZ"))
    assert why(cast, cast.draft(), "related", hidden) == {"target"}


def test_no_relation_to_itself_nor_twice_nor_in_a_circle(cast: Cast) -> None:
    item = cast.out(cast.draft())
    assert why(cast, item, "related", item) == {"target"}
    revision = cast.revision(item, title="新")
    assert why(cast, revision, "repeals", item) == {"target"}
    assert why(cast, cast.draft(), "related", revision) == {"target"}
    first, second, third = cast.draft(), cast.draft(), cast.draft()
    cast.relate(first, "repeals", second)
    cast.relate(second, "replaces", third)
    assert why(cast, third, "repeals", first) == {"target"}
    cast.relate(third, "amends", first)


def test_a_document_that_is_not_here_is_named(cast: Cast) -> None:
    draft = cast.draft()
    relation = cast.relate(draft, "repeals", "《旧办法》（示办发〔1998〕3号）")
    assert relation.target is None
    assert cast.out(draft).is_visible(now())


# --- what they do --------------------------------------------------------------------------------
def test_a_repeal_is_done_when_the_document_is_out(cast: Cast) -> None:
    old = normative("旧办法")
    draft = cast.draft("新办法", document_number="示〔2026〕9号")
    cast.relate(draft, "repeals", old)
    cast.out(draft, "sign_off")
    assert fresh(old).validity == "in_force"
    actions.take(draft, "publish", actor=cast.publisher)
    old = fresh(old)
    assert (old.validity, old.expires_on) == ("repealed", today())
    assert old.events.latest("pk").note == "由《新办法》（示〔2026〕9号）废止"
    assert old.events.latest("pk").actor == cast.publisher


def test_it_holds_from_the_day_on_which_the_new_one_is_in_force(cast: Cast) -> None:
    old = normative()
    draft = cast.draft(effective_on=today() + 20 * DAY)
    cast.relate(draft, "replaces", old)
    cast.out(draft)
    assert fresh(old).expires_on == today() + 20 * DAY
    assert fresh(old).validity_on(today() + 19 * DAY) == "in_force"
    assert fresh(old).validity_on(today() + 20 * DAY) == "repealed"


def test_of_what_is_scheduled_nothing_is_told(cast: Cast, client: Client) -> None:
    old = normative()
    draft = cast.draft("尚未公开的办法", published_at=now() + 3 * DAY)
    cast.relate(draft, "repeals", old)
    cast.out(draft)
    assert fresh(old).expires_on == today() + 3 * DAY
    for query in ("", "?changes=all"):
        page = client.get(f"/en{old.get_absolute_url()}{query}").content.decode()
        assert "尚未公开" not in page
        assert "epealed" not in page
        assert "until" not in page


def test_an_amendment_waits_for_its_day(cast: Cast) -> None:
    old = normative()
    draft = cast.draft(effective_on=today() + 5 * DAY)
    cast.relate(draft, "amends", old)
    item = cast.out(draft)
    assert fresh(old).validity == "in_force"
    assert relating.settle_due() == 0
    Relation.objects.update(from_day=today())
    assert relating.settle_due() == 1
    assert relating.settle_due() == 0
    assert fresh(old).validity == "amended"
    assert fresh(old).events.latest("pk").actor == fresh(item).published_by


def test_without_the_right_to_end_the_other_it_does_not_go_out(cast: Cast) -> None:
    below = f.make_agency("SLA", under=cast.agency)
    old = normative(agency=below)
    draft = cast.draft()
    cast.relate(draft, "repeals", old)
    here = f.make_user("publisher", agency=cast.agency)
    f.walk_out(draft, "sign_off", reviewer=cast.reviewer, signer=here)
    with pytest.raises(NotPermitted):
        actions.take(draft, "publish", actor=here)
    assert not fresh(draft).is_visible(now())
    actions.take(draft, "publish", actor=cast.publisher)
    assert fresh(old).validity == "repealed"


def test_what_cannot_be_amended_is_said_before_it_is_signed_off(cast: Cast) -> None:
    old = normative("旧办法")
    draft = cast.draft()
    cast.relate(draft, "amends", old)
    cast.out(draft, "pass_review")
    actions.take(old, "lapse", actor=None, reason="到期", expires_on=today())
    with pytest.raises(NotPossible, match="旧办法"):
        actions.take(draft, "sign_off", actor=cast.publisher)


def test_what_has_ended_already_keeps_its_day(cast: Cast) -> None:
    old = normative(validity="repealed", expires_on=today() - 9 * DAY)
    draft = cast.draft()
    cast.relate(draft, "repeals", old)
    cast.out(draft)
    assert fresh(old).expires_on == today() - 9 * DAY


def test_an_import_does_it_too(cast: Cast) -> None:
    old = normative()
    draft = cast.draft(published_at=now() - 9 * DAY)
    cast.relate(draft, "repeals", old)
    with actions.blanket(signed_by=cast.publisher, note="旧站") as sign_off:
        actions.take_over(publication=draft, sign_off=sign_off)
    assert fresh(old).expires_on == today() - 9 * DAY


def test_what_a_revision_brings_is_the_items(cast: Cast) -> None:
    old, item = normative(), cast.out(cast.draft(effective_on=today() - 3 * DAY))
    cast.relate(item, "related", old)
    revision = cast.revision(item, title="新标题")
    cast.relate(revision, "repeals", old)
    cast.out(revision)
    assert {relation.source_id for relation in Relation.objects.all()} == {item.pk}
    assert fresh(old).expires_on == today()


# --- undone --------------------------------------------------------------------------------------
def test_withdrawing_brings_the_other_back(cast: Cast) -> None:
    old, draft = normative(), cast.draft("新办法")
    cast.relate(draft, "repeals", old)
    item = cast.out(draft)
    actions.withdraw(actor=cast.publisher, publication=item, reason="有误")
    assert (fresh(old).validity, fresh(old).expires_on) == ("in_force", None)
    assert "新办法" in old.events.latest("pk").note
    again = actions.take(item, "reopen", actor=cast.editor)
    cast.out(again)
    assert fresh(old).validity == "repealed"


def test_what_was_decided_since_stays(cast: Cast) -> None:
    old, draft = normative(), cast.draft()
    cast.relate(draft, "repeals", old)
    item = cast.out(draft)
    actions.take(old, "lapse", actor=cast.publisher, reason="另有决定", expires_on=today())
    actions.withdraw(actor=cast.publisher, publication=item, reason="有误")
    assert fresh(old).validity == "lapsed"


def test_another_amendment_still_holds(cast: Cast) -> None:
    old, first, second = normative(), cast.draft("一"), cast.draft("二")
    cast.relate(first, "amends", old)
    cast.relate(second, "repeals", old)
    cast.out(first)
    item = cast.out(second)
    assert fresh(old).validity == "repealed"
    actions.withdraw(actor=cast.publisher, publication=item, reason="有误")
    assert fresh(old).validity == "amended"


def test_a_mistake_is_taken_back_with_a_reason(cast: Cast) -> None:
    old, draft = normative(), cast.draft()
    relation = cast.relate(draft, "repeals", old)
    cast.out(draft)
    with pytest.raises(NotPermitted):
        relating.take_back(actor=cast.editor, relation=relation, reason="错录")
    relating.take_back(actor=cast.publisher, relation=relation, reason="错录")
    assert fresh(old).validity == "in_force"
    assert not Relation.objects.exists()


# --- shown ---------------------------------------------------------------------------------------
def groups(client: Client, publication: Publication) -> dict[str, list[str]]:
    context = client.get("/en" + publication.get_absolute_url()).context
    return {
        group.heading: [link.title for link in group.links]
        for group in context.get("relations") or []
    }


def test_both_ends_show_it_and_only_what_is_public(cast: Cast, client: Client) -> None:
    old, text = normative("旧办法"), cast.draft("解读稿")
    draft = cast.draft("新办法")
    cast.relate(draft, "repeals", old)
    cast.relate(draft, "amends", "《不在此处的办法》")
    cast.relate(text, "interprets", draft)
    item = cast.out(draft)
    assert groups(client, old) == {"Repealed by": ["新办法"]}
    assert groups(client, item) == {"Amends": ["《不在此处的办法》"], "Repeals": ["旧办法"]}
    cast.out(text)
    assert groups(client, item)["Interpretations"] == ["解读稿"]
    assert groups(client, text) == {"Interprets": ["新办法"]}
    actions.withdraw(actor=cast.publisher, publication=old, reason="有误")
    assert "Repeals" not in groups(client, item)


def test_the_share_with_an_interpretation(cast: Cast) -> None:
    first, second = normative(agency=cast.agency), normative(agency=cast.agency)
    normative(agency=f.make_agency("ZZ"))
    text = cast.draft("解读稿")
    for target in (first, second):
        cast.relate(text, "interprets", target)
    year = first.published_at.year
    assert interpretation.interpretation_share(cast.agency, year) == (0, 2)
    cast.out(text)
    assert interpretation.interpretation_share(cast.agency, year) == (2, 2)
    assert interpretation.interpretation_share(None, year) == (2, 3)
    assert interpretation.interpretation_share(None, year - 5) == (0, 0)

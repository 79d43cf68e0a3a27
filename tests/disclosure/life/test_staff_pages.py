"""The staff pages of relations and earlier versions."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.dates import today
from disclosure.life import rounds, versions
from disclosure.models import CleanUpRound, ClosedVersion, Publication, Relation
from disclosure.publications import actions
from tests import factories as f
from tests.admin_pages import errors, form_data, signed_in
from tests.disclosure.life.making import Cast, normative

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast(f.make_agency("SL", name="示例省办公室"))


def url(name: str, *args: object) -> str:
    return reverse(f"admin:disclosure_{name}", args=args)


def test_a_relation_by_hand(cast: Cast, client: Client) -> None:
    draft, old = cast.draft("新办法"), normative("旧办法")
    signed_in(client, cast.editor)
    address = f"{url('relation_add')}?source={draft.pk}"
    form = form_data(client.get(address))
    answer = client.post(address, {**form, "kind": "repeals", "target": old.pk})
    assert answer["Location"] == url("publication_change", draft.pk)
    relation = Relation.objects.get()
    page = client.get(url("publication_change", draft.pk)).content.decode()
    assert "旧办法" in page
    assert url("relation_delete", relation.pk) in page
    twice = client.post(address, {**form, "kind": "repeals", "target": old.pk})
    assert errors(twice)
    assert Relation.objects.count() == 1
    signed_in(client, cast.reviewer)
    assert "旧办法" in client.get(url("publication_change", draft.pk)).content.decode()
    assert client.get(url("relation_add")).status_code == 403
    signed_in(client, cast.editor)
    answer = client.post(url("relation_delete", relation.pk), {"post": "yes"})
    assert answer.status_code == 302
    assert not Relation.objects.exists()


def test_what_the_policy_refuses_stands_on_the_form(cast: Cast, client: Client) -> None:
    draft, other = cast.draft(), normative(agency=f.make_agency("ZZ"))
    signed_in(client, cast.editor)
    address = f"{url('relation_add')}?source={draft.pk}"
    form = form_data(client.get(address))
    answer = client.post(address, {**form, "kind": "repeals", "target": other.pk})
    assert answer.status_code == 200
    assert errors(answer)
    answer = client.post(address, {**form, "kind": "repeals"})
    assert errors(answer)


def _choices(client: Client, field: str, term: str) -> list[str]:
    query = {
        "app_label": "disclosure",
        "model_name": "relation",
        "field_name": field,
        "term": term,
    }
    found = client.get(reverse("admin:autocomplete"), query).json()["results"]
    return [row["text"] for row in found]


def test_choices_are_what_the_person_writes_and_sees(cast: Cast, client: Client) -> None:
    other = f.make_agency("ZZ")
    cast.draft("文甲")
    normative("文乙", agency=other)
    f.make_publication("文丙", agency=other, state="draft")
    signed_in(client, cast.editor)
    assert _choices(client, "source", "文") == ["文甲"]
    assert sorted(_choices(client, "target", "文")) == ["文乙", "文甲"]


def test_a_mistake_is_taken_back_by_the_publisher(cast: Cast, client: Client) -> None:
    draft, old = cast.draft("新办法"), normative("旧办法")
    relation = cast.relate(draft, "repeals", old)
    cast.out(draft)
    step = url("relation_take_back", relation.pk)
    assert signed_in(client, cast.editor).get(step).status_code == 403
    signed_in(client, cast.publisher)
    assert step in client.get(url("relation_change", relation.pk)).content.decode()
    assert client.post(step, {"reason": ""}).status_code == 200
    assert client.post(step, {"reason": "错录"}).status_code == 302
    assert Publication.objects.get(pk=old.pk).validity == "in_force"


def test_an_earlier_version_is_closed_by_the_publisher(cast: Cast, client: Client) -> None:
    item = cast.revised(cast.out(cast.draft("一版")), title="二版")
    row = versions.earlier(item).get()
    address = f"{url('closedversion_add')}?version={row.pk}"
    assert signed_in(client, cast.editor).get(address).status_code == 403
    signed_in(client, cast.publisher)
    assert address in client.get(url("publication_change", item.pk)).content.decode()
    form = form_data(client.get(address))
    assert client.post(address, {**form, "reason": "含有个人信息"}).status_code == 302
    assert ClosedVersion.objects.get().closed_by == cast.publisher
    assert client.get(url("closedversion_changelist")).status_code == 200
    assert address not in client.get(url("publication_change", item.pk)).content.decode()


def test_the_report_on_interpretations(cast: Cast, client: Client) -> None:
    first = normative("有解读的文件", agency=cast.agency)
    normative("没有解读的文件", agency=cast.agency)
    normative("别处的文件", agency=f.make_agency("ZZ"))
    text = cast.draft("解读稿")
    cast.relate(text, "interprets", first)
    cast.out(text)
    signed_in(client, cast.editor)
    year = first.published_at.year
    page = client.get(f"{url('relation_interpretations')}?year={year}").content.decode()
    assert "50.0%" in page
    assert "没有解读的文件" in page
    assert "别处" not in page
    assert client.get(f"{url('relation_interpretations')}?year=x").status_code == 200
    assert client.get(url("relation_changelist")).status_code == 200
    signed_in(client, f.make_user("handler", agency=cast.agency))
    assert client.get(url("relation_interpretations")).status_code == 403


def test_what_another_agency_writes_on_is_named_by_its_number(client: Client) -> None:
    _province, first, second = f.make_tree()
    theirs, ours = Cast(first), Cast(second)
    target = theirs.out(theirs.draft("公开过的标题"))
    source = ours.out(ours.draft("乙市文件"))
    relation = ours.relate(source, "interprets", target)
    actions.withdraw(actor=theirs.publisher, publication=target, reason="内容有误")
    actions.take(target, "reopen", actor=theirs.editor)
    target.refresh_from_db()
    target.title = "尚未公开的标题"
    actions.update(actor=theirs.editor, publication=target)
    signed_in(client, ours.editor)
    for address in (
        reverse("admin:disclosure_publication_change", args=[source.pk]),
        reverse("admin:disclosure_relation_changelist"),
        reverse("admin:disclosure_relation_change", args=[relation.pk]),
        reverse("admin:disclosure_relation_delete", args=[relation.pk]),
    ):
        page = client.get(address).content.decode()
        assert target.index_number in page, address
        assert "尚未公开的标题" not in page, address
    signed_in(client, theirs.editor)
    page = client.get(reverse("admin:disclosure_publication_change", args=[target.pk]))
    assert "乙市文件" in page.content.decode()


def test_a_round_names_what_was_taken_back_by_its_number(client: Client) -> None:
    province, first, _second = f.make_tree()
    theirs = Cast(first)
    editor = f.make_user(Role.EDITOR, agency=province)
    item = theirs.out(
        theirs.draft(
            "甲市文件", document_type="normative_document", document_number="甲〔2026〕1号"
        )
    )
    cleanup = rounds.begin(
        actor=editor,
        cleanup=CleanUpRound(
            title="文件清理",
            agency=province,
            with_below=True,
            as_of=today(),
            due_on=today() + dt.timedelta(days=30),
            announced_in=f.any_category(),
        ),
    )
    actions.withdraw(actor=theirs.publisher, publication=item, reason="内容有误")
    actions.take(item, "reopen", actor=theirs.editor)
    item.refresh_from_db()
    item.title = "尚未公开的标题"
    actions.update(actor=theirs.editor, publication=item)
    signed_in(client, editor)
    for address in (
        reverse("admin:disclosure_cleanupentry_changelist"),
        reverse("admin:disclosure_cleanupentry_change", args=[cleanup.entries.get().pk]),
        reverse("admin:disclosure_cleanupround_sheet", args=[cleanup.pk]),
    ):
        page = client.get(address).content.decode()
        assert item.index_number in page, address
        assert "尚未公开的标题" not in page, address

"""Guides and rules on the way out of publications: nothing public before, versions after."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.agencies.models import Agency, User
from disclosure.agencies.roles import Role
from disclosure.catalogue import page_actions, standing
from disclosure.catalogue.models import Category
from disclosure.catalogue.page_actions import Text
from disclosure.catalogue.ready import page_of
from disclosure.catalogue.seed import SEEDS, ensure_category
from disclosure.core.dates import now
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.models import Guide, Publication, Rule
from disclosure.publications import actions, review
from tests.admin_pages import errors, form_data, signed_in
from tests.factories import (
    make_agency,
    make_attachment,
    make_guide,
    make_rule,
    make_tree,
    make_user,
    walk_out,
)

pytestmark = pytest.mark.django_db
MADE = dt.date(2026, 1, 5)
CHECKED = dict.fromkeys(review.KEYS, review.YES)


@pytest.fixture
def agency() -> Agency:
    return make_agency("SL", name="示例省办公室", name_en="Example Office", phone="024-1")


@pytest.fixture
def editor(agency: Agency) -> User:
    return make_user(Role.EDITOR, agency=agency)


def new_rule(agency: Agency, editor: User, body: str = "<p>第一条　旧。</p>") -> Rule:
    rule = Rule(agency=agency, slug="review", order=1)
    return page_actions.create_rule(actor=editor, rule=rule, text=Text("审查制度", body, MADE))


def working(page: Guide | Rule) -> Publication:
    row = standing.working(type(page)._default_manager.get(pk=page.pk))  # type: ignore[arg-type]
    assert row is not None
    return row


def read(path: str, status: int = 200) -> str:
    answer = Client().get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def form(page: Guide | Rule) -> str:
    return reverse(f"admin:disclosure_{page._meta.model_name}_change", args=[page.pk])


def cast(agency: Agency) -> dict[str, User]:
    """Who takes each step of the way out."""
    reviewer = make_user(Role.REVIEWER, agency=agency)
    publisher = make_user(Role.PUBLISHER, agency=agency)
    return {
        "submit": make_user(Role.EDITOR, agency=agency),
        "check": reviewer,
        "pass_review": reviewer,
        "sign_off": publisher,
        "publish": publisher,
    }


# --- a rule, the whole way -----------------------------------------------------------------------
def test_a_rule_from_draft_to_its_second_version(agency: Agency, editor: User) -> None:
    rule = new_rule(agency, editor)
    address = "/agencies/SL/rules/review/"
    draft, people = working(rule), cast(agency)
    for until in (None, "submit", "check", "pass_review", "sign_off"):
        if until is not None:
            draft = actions.take(draft, until, actor=people[until], checklist=CHECKED)
        read(address, 404)
        assert "审查制度" not in read("/rules/")
        assert not standing.public_rules(now()).exists()
    item = actions.take(draft, "publish", actor=people["publish"])
    page = read("/en/rules/review/")
    for shown in ("审查制度", "第一条　旧。", "2026-01-05", item.index_number, "Version 1"):
        assert shown in page
    assert "Earlier versions" not in page
    assert "审查制度" in read("/rules/")
    assert "1" in read("/agencies/SL/")

    other = make_user(Role.EDITOR, agency=agency)
    changed = Text("审查制度（修订）", "<p>第一条　新。</p>", MADE, "按新条例修订")
    assert page_actions.update_rule(actor=other, rule=rule, text=changed)
    revision = working(rule)
    assert (revision.revises, revision.created_by, revision.state) == (item, other, "draft")
    assert "旧" in read(address), "the public reads what was signed off"
    walk_out(revision)
    page = read("/en" + address)
    for shown in (
        "审查制度（修订）",
        "第一条　新。",
        "Version 2",
        "Earlier versions",
        "按新条例修订",
    ):
        assert shown in page
    assert "旧" not in page
    rule.refresh_from_db()
    assert rule.publication == item, "same address, same item, same index number"
    [earlier] = item.revisions.filter(state="superseded")
    assert (earlier.title, earlier.version) == ("审查制度", 1)


def test_what_is_on_its_way_out_is_written_on_by_nobody(
    client: Client, agency: Agency, editor: User
) -> None:
    rule = new_rule(agency, editor)
    actions.take(working(rule), "submit", actor=editor)
    rule.refresh_from_db()
    with pytest.raises(NotPossible):
        page_actions.update_rule(actor=editor, rule=rule, text=Text("改", "<p>改</p>", MADE))
    got = signed_in(client, editor).get(form(rule))
    assert 'name="_save"' not in got.content.decode()
    assert str(working(rule).get_state_display()) in got.content.decode()
    assert client.post(form(rule), {"title": "改"}).status_code == 403
    actions.take(working(rule), "recall", actor=editor)
    assert page_actions.update_rule(actor=editor, rule=rule, text=Text("改", "<p>改</p>", MADE))
    assert (working(rule).title, working(rule).pk) == ("改", rule.publication_id)


def test_the_place_alone_is_changed_without_a_revision(agency: Agency, editor: User) -> None:
    rule = make_rule(agency, "r", title="制度", body="<p>文</p>", date_made=MADE)
    rule.order = 9
    same = Text("制度", "<p>文</p>", MADE, "一句说明不成修订")
    assert page_actions.update_rule(actor=editor, rule=rule, text=same)
    assert working(rule).revises is None
    assert not page_actions.update_rule(actor=editor, rule=rule, text=same)


# --- the author rule -----------------------------------------------------------------------------
def test_whoever_wrote_neither_reviews_nor_signs(agency: Agency) -> None:
    everything = make_user(Role.EDITOR, Role.REVIEWER, Role.PUBLISHER, agency=agency)
    first = make_user(Role.EDITOR, agency=agency)
    rule = new_rule(agency, first)
    page_actions.update_rule(
        actor=everything, rule=rule, text=Text("审查制度", "<p>第一条　改。</p>", MADE)
    )
    assert everything.pk in working(rule).contributors
    draft = actions.take(working(rule), "submit", actor=first)
    with pytest.raises(NotPossible) as refused:
        actions.take(draft, "check", actor=everything)
    assert [one.code for one in refused.value.refusals] == ["own"]
    assert walk_out(actions.take(draft, "recall", actor=first)).is_visible(now())


def test_a_revision_says_why_before_it_is_handed_in(agency: Agency, editor: User) -> None:
    rule = make_rule(agency)
    page_actions.update_rule(actor=editor, rule=rule, text=Text("新", "<p>新</p>", MADE))
    with pytest.raises(NotPossible) as refused:
        actions.take(working(rule), "submit", actor=editor)
    assert [one.code for one in refused.value.refusals] == ["change_note"]


# --- withdrawn, repealed -------------------------------------------------------------------------
def test_a_repealed_rule_says_so_in_the_list_and_on_its_page(agency: Agency) -> None:
    rule = make_rule(agency, "old")
    actions.take(rule.publication, "repeal", actor=None, reason="已有新制度")
    assert "Repealed" in read("/en/rules/")
    assert "This document was repealed" in read("/en/rules/old/")


def test_a_withdrawn_rule_leaves_a_notice_and_nothing_else(agency: Agency, editor: User) -> None:
    rule = make_rule(agency, "gone", title="收回的制度")
    actions.withdraw(actor=None, publication=rule.publication, reason="内容有误")
    assert "收回的制度" not in read("/rules/")
    page = read("/en/rules/gone/", 410)
    assert "内容有误" in page
    assert "收回的制度" not in page
    rule.refresh_from_db()
    with pytest.raises(NotPossible):
        page_actions.update_rule(actor=editor, rule=rule, text=Text("改", "<p>改</p>", MADE))
    with pytest.raises(NotPossible):
        page_actions.delete_rule(actor=editor, rule=rule)
    actions.take(rule.publication, "reopen", actor=editor)
    rule.refresh_from_db()
    mended = Text("改", "<p>改</p>", working(rule).date_made)
    assert page_actions.update_rule(actor=editor, rule=rule, text=mended)
    read("/rules/gone/", 410)
    walk_out(working(rule))
    assert "<p>改</p>" in read("/rules/gone/")


def test_attachments_of_a_rule_stand_on_its_page(agency: Agency, editor: User) -> None:
    rule = new_rule(agency, editor)
    make_attachment(working(rule), "流程图.pdf")
    walk_out(working(rule))
    page = read("/rules/review/")
    assert "流程图.pdf" in page
    assert rule.publication.attachments.get().get_absolute_url() in page


# --- the guide -----------------------------------------------------------------------------------
def test_a_guide_from_draft_to_its_second_version(
    client: Client, agency: Agency, editor: User
) -> None:
    values = {part: f"<p>{part}：旧</p>" for part in Guide.PARTS}
    guide = page_actions.create_guide(
        actor=editor, guide=Guide(agency=agency, **values), date_made=MADE
    )
    page = read("/en/guide/")
    assert "has not published the text of its guide yet" in page
    assert "024-1" in page
    assert "remedies：旧" not in page
    item = walk_out(working(guide))
    assert item.title == "示例省办公室政府信息公开指南"
    page = read("/en/agencies/SL/guide/")
    for shown in ("2026-01-05", item.index_number, "Version 1", "024-1", "Complaints and remedies"):
        assert shown in page
    assert page.index("classification：旧") < page.index("remedies：旧")

    data = form_data(signed_in(client, editor).get(form(guide)))
    assert data["remedies"] == "<p>remedies：旧</p>"
    answer = client.post(
        form(guide), data | {"remedies": "<p>remedies：新</p>", "change_note": "更新救济途径"}
    )
    assert answer.status_code == 302, errors(answer)
    revision = working(guide)
    assert (revision.revises, revision.change_note) == (item, "更新救济途径")
    assert "remedies：旧" in read("/guide/")
    walk_out(revision)
    page = read("/en/guide/")
    for shown in (
        "remedies：新",
        "arrangement：旧",
        "Version 2",
        "Earlier versions",
        "更新救济途径",
    ):
        assert shown in page
    assert item.revisions.get(state="superseded").body.count("旧") == 5


def test_contact_data_are_current_without_a_revision(agency: Agency) -> None:
    make_guide(agency)
    agency.phone = "024-99"
    agency.save()
    assert "024-99" in read("/guide/")


def test_a_guide_shows_what_was_changed_on_its_publications_own_page(
    client: Client, agency: Agency, editor: User
) -> None:
    """As masking does: the next save of the guide does not bring the old text back."""
    guide = make_guide(agency, published=False, remedies="<p>电话13800000000</p>")
    draft = working(guide)
    draft.body = draft.body.replace("13800000000", "138****0000")
    actions.update(actor=editor, publication=draft)
    data = form_data(signed_in(client, editor).get(form(guide)))
    assert data["remedies"] == "<p>电话138****0000</p>"
    assert client.post(form(guide), data | {"arrangement": "<p>改</p>"}).status_code == 302
    assert "138****0000" in working(guide).body
    assert "13800000000" not in working(guide).body


def test_a_guide_without_text_has_no_publication_until_something_is_written(
    agency: Agency, editor: User
) -> None:
    guide = page_actions.create_guide(actor=editor, guide=Guide(agency=agency))
    assert guide.publication is None
    guide.remedies = "<p>复议</p>"
    page_actions.update_guide(actor=editor, guide=guide, date_made=MADE)
    assert working(guide).body == "<h2>投诉与救济</h2>\n<p>复议</p>"


# --- rights, places ------------------------------------------------------------------------------
def test_another_agencys_text_is_out_of_reach(client: Client) -> None:
    _province, first, second = make_tree()
    foreign = make_guide(second)
    editor = make_user(Role.EDITOR, agency=first)
    with pytest.raises(NotPermitted):
        page_actions.update_guide(actor=editor, guide=foreign, date_made=MADE)
    assert signed_in(client, editor).get(form(foreign)).status_code == 404
    assert standing.open_revision(foreign.publication) is None


def test_a_draft_moved_to_another_agency_does_not_come_out(agency: Agency, editor: User) -> None:
    rule = new_rule(agency, editor)
    draft = working(rule)
    draft.agency = make_agency("SX")
    actions.update(actor=None, publication=draft)
    with pytest.raises(NotPossible) as refused:
        actions.take(draft, "submit", actor=None)
    assert [one.code for one in refused.value.refusals] == ["agency"]


def test_the_category_of_the_portals_own_pages_is_there_when_needed() -> None:
    assert not Category.objects.exists()
    made = ensure_category("disclosure-rules")
    assert ensure_category("disclosure-rules") == made
    assert Category.objects.get_parent(made).code == "platform"
    kinds = {below.code: below.document_type for seed in SEEDS for below in seed.below}
    assert (kinds["disclosure-guides"], kinds["disclosure-rules"]) == ("guide", "rule")


def test_the_page_of_the_publication_leads_to_the_form(
    client: Client, agency: Agency, editor: User
) -> None:
    rule = make_rule(agency)
    text = Text("新", "<p>新</p>", MADE)
    page_actions.update_rule(actor=editor, rule=rule, text=text)
    for row in (rule.publication, working(rule)):
        assert page_of(row) == rule
        url = reverse("admin:disclosure_publication_change", args=[row.pk])
        page = signed_in(client, editor).get(url).content.decode()
        assert form(rule) in page
        assert rule.get_absolute_url() in page


def test_lists_and_pages_take_the_same_queries_for_one_and_many(
    client: Client, agency: Agency, editor: User, django_assert_max_num_queries: Any
) -> None:
    seen = []
    url = reverse("admin:disclosure_rule_changelist")
    signed_in(client, editor).get(url)
    for count in (1, 5):
        for _number in range(count):
            rule = make_rule(agency)
            page_actions.update_rule(actor=editor, rule=rule, text=Text("新", "<p>新</p>", MADE))
        with django_assert_max_num_queries(60) as asked:
            client.get(url)
        with django_assert_max_num_queries(60) as public:
            read("/rules/")
        seen.append((len(asked), len(public)))
    assert seen[0] == seen[1]

"""The register: what is refused, what comes back by itself, who sees what bears a marking."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from disclosure.agencies import rights
from disclosure.agencies.roles import Role
from disclosure.audit.models import AuditEntry
from disclosure.backstage.panels import panels_for
from disclosure.core.dates import today
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.publications.models import Publication
from disclosure.withheld import actions, panels, worklist
from disclosure.withheld.lifecycle import DECIDE, ITEM_STEPS, Mark, State
from disclosure.withheld.models import WithheldItem
from disclosure.workdays.store import current_calendar
from tests.admin_pages import signed_in
from tests.factories import any_agency, any_category, make_agency, make_office, make_user
from tests.withheld import make_item, make_round

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SECRET = {"mark": "secret", "ground": "state_secret", "document_number": "示密〔2020〕3号"}


def later(days: int = 365) -> dt.date:
    return today() + dt.timedelta(days=days)


# --- what must hold ------------------------------------------------------------------------------
def test_it_is_looked_at_again_a_year_after_the_decision() -> None:
    item = make_item(decided_on=dt.date(2024, 2, 29))
    assert item.look_again_on == item.due_on == dt.date(2025, 2, 28)
    sooner = make_item(withheld_until=today() + DAY)
    assert sooner.due_on == today() + DAY


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"ground": ""},
        {"mark": "secret", "ground": "state_secret", "summary": "内容"},
        {"mark": "top_secret", "ground": "process"},
        {"secret_until": dt.date(2040, 1, 1)},
        {"look_again_on": dt.date(2000, 1, 1), "due_on": dt.date(2000, 1, 1)},
        {"due_on": dt.date(2090, 1, 1)},
        {"filed_on": dt.date(2024, 1, 1)},
        {"filed_with": "示例局"},
        {"state": "closed"},
        {"state": "disclosed_in_part"},
    ],
)
def test_the_database_refuses(wrong: dict[str, Any]) -> None:
    item = make_item()
    with pytest.raises(IntegrityError), transaction.atomic():
        WithheldItem.objects.filter(pk=item.pk).update(**wrong)


def test_dates_and_office_are_judged() -> None:
    any_agency()
    other = make_agency("OTHER")
    with pytest.raises(NotPossible) as refused:
        make_item(
            office=make_office(other),
            decided_on=today() + DAY,
            date_made=today() + DAY,
            withheld_until=today(),
        )
    codes = {refusal.code for refusal in refused.value.refusals}
    assert codes == {"office", "date_made", "decided_on", "withheld_until"}


def test_what_is_due_comes_back_by_itself() -> None:
    late = make_item("过期", ago=400)
    until = make_item("到期", withheld_until=today())
    period = make_item("保密期满", **SECRET, secret_until=today())
    make_item("未到期")
    found = WithheldItem.objects.due_again(today())
    assert set(found) == {late, until, period}
    actions.take(late, "close", actor=None, reason="已移交档案馆")
    assert late not in set(WithheldItem.objects.due_again(today()))


# --- steps ---------------------------------------------------------------------------------------
def test_keeping_it_confirms_ground_and_day() -> None:
    item = make_item(ago=400, withheld_until=today() - DAY)
    kept = actions.take(
        item, "keep", actor=None, ground="internal_affairs", look_again_on=later(200)
    )
    assert (kept.ground, kept.due_on, kept.withheld_until) == ("internal_affairs", later(200), None)
    assert kept.decided_on == today()
    assert kept.state == State.WITHHELD
    with pytest.raises(NotPossible) as refused:
        actions.take(item, "keep", actor=None, look_again_on=today())
    assert refused.value.refusals[0].code == "look_again_on"


def test_disclosing_makes_a_draft_without_the_words_for_staff() -> None:
    reviewer = make_user(Role.REVIEWER)
    item = make_item(
        "会议纪要", summary="内部概要", basis="内部理由", document_number="示发〔2020〕1号"
    )
    done = actions.take(item, "disclose", actor=reviewer, category=any_category())
    draft = Publication.objects.get(pk=done.draft_id)
    assert (draft.state, draft.title, draft.agency) == ("draft", "会议纪要", item.agency)
    assert draft.document_number == "示发〔2020〕1号"
    # Who decides does not write: a reviewer may still review the draft.
    assert draft.created_by is None
    assert reviewer.pk not in draft.contributors
    written = " ".join(str(getattr(draft, f.attname)) for f in draft._meta.concrete_fields)
    assert "内部概要" not in written
    assert "内部理由" not in written
    assert done.state == State.DISCLOSED


def test_disclosing_in_part_leaves_the_rest_on_the_register() -> None:
    done = actions.take(
        make_item(),
        "disclose_in_part",
        actor=None,
        category=any_category(),
        masked="第二部分",
        look_again_on=later(),
    )
    assert done.state == State.DISCLOSED_IN_PART
    assert done.draft is not None
    assert done in WithheldItem.objects.held()
    assert done.masked == "第二部分"


def test_what_is_secret_is_declassified_before_it_is_disclosed() -> None:
    item = make_item(**SECRET)
    with pytest.raises(NotPossible) as refused:
        actions.take(item, "disclose", actor=None, category=any_category())
    assert [one.code for one in refused.value.refusals] == ["mark"]


def test_filing_needs_a_day_and_a_recipient() -> None:
    item = make_item()
    with pytest.raises(NotPossible) as refused:
        actions.take(item, "file", actor=None, filed_on=today() + DAY, filed_with=" ")
    assert {one.code for one in refused.value.refusals} == {"filed_on", "filed_with"}
    done = actions.take(item, "file", actor=None, filed_on=today(), filed_with="示例省办公厅")
    assert done.filed_with == "示例省办公厅"


def test_every_step_is_refused_in_every_other_state(english: None) -> None:
    for step, row in ITEM_STEPS.items():
        for state in set(State) - set(row.sources):
            item = make_item(state=state, masked="甲", closed_reason="乙")
            with pytest.raises(NotPossible) as refused:
                actions.take(item, step, actor=None)
            assert "state" in {one.code for one in refused.value.refusals}, (step, state)


# --- rights --------------------------------------------------------------------------------------
def test_an_editor_adds_and_does_not_decide() -> None:
    editor = make_user(Role.EDITOR)
    item = make_item(actor=editor)
    assert item.created_by == editor
    with pytest.raises(NotPermitted):
        actions.take(item, "keep", actor=editor, look_again_on=later())


@pytest.mark.parametrize("role", [Role.HANDLER, Role.REPORTER, Role.PUBLISHER, Role.AUDITOR])
def test_others_add_nothing(role: Role) -> None:
    with pytest.raises(NotPermitted):
        make_item(actor=make_user(role))


def test_another_agency_decides_nothing_here() -> None:
    item = make_item()
    stranger = make_user(Role.HEAD, agency=make_agency("OTHER"))
    with pytest.raises(NotPermitted):
        actions.take(item, "keep", actor=stranger, look_again_on=later())
    assert not WithheldItem.objects.for_staff(stranger).exists()


def test_only_who_sees_markings_enters_them() -> None:
    with pytest.raises(NotPossible) as refused:
        make_item(actor=make_user(Role.EDITOR), **SECRET)
    assert refused.value.refusals[0].code == "mark"
    assert make_item(actor=make_user(Role.REVIEWER), **SECRET).pk


@pytest.mark.parametrize("mark", [mark for mark in Mark if mark != Mark.NONE])
def test_what_bears_a_marking_is_closed_to_others(client: Client, mark: Mark) -> None:
    item = make_item("不可外传之名", **{**SECRET, "mark": mark})
    plain = make_item("寻常之名")
    reviewer = make_user(Role.REVIEWER)
    for role in (Role.EDITOR, Role.PUBLISHER, Role.AUDITOR):
        user = make_user(role)
        assert set(WithheldItem.objects.for_staff(user)) == {plain}
        assert not rights.allows(user, "disclosure.view_withhelditem", item)
        page = signed_in(client, user).get(reverse("admin:disclosure_withhelditem_changelist"))
        assert "寻常之名" in page.content.decode()
        assert "不可外传" not in page.content.decode()
        for name in ("change", "history"):
            url = reverse(f"admin:disclosure_withhelditem_{name}", args=[item.pk])
            assert client.get(url).status_code == 404
    assert set(WithheldItem.objects.for_staff(reviewer)) == {item, plain}
    url = reverse("admin:disclosure_withhelditem_change", args=[item.pk])
    assert "不可外传之名" in signed_in(client, reviewer).get(url).content.decode()


def test_an_auditor_sees_number_and_ground_of_what_is_marked(client: Client) -> None:
    make_item("不可外传之名", **SECRET)
    url = reverse("admin:disclosure_withhelditem_references")
    page = signed_in(client, make_user(Role.AUDITOR)).get(url).content.decode()
    assert "示密〔2020〕3号" in page
    assert "国家秘密" in page
    assert "不可外传" not in page
    assert signed_in(client, make_user(Role.EDITOR)).get(url).status_code == 403


def test_the_audit_trail_never_names_what_is_marked() -> None:
    item = make_item("不可外传之名", **SECRET)
    actions.take(item, "keep", actor=None, look_again_on=later())
    labels = set(AuditEntry.objects.values_list("target_label", flat=True))
    assert labels == {"示密〔2020〕3号"}


# --- what waits ----------------------------------------------------------------------------------
def test_the_start_page_shows_red_and_amber() -> None:
    late = make_item("过期", ago=400)
    soon = make_item("将到期", withheld_until=today() + DAY)
    far = make_item("远", look_again_on=later(300))
    head = make_user(Role.HEAD)
    panel = {one.key: one for one in panels_for(head)}["withheld-due"]
    assert [(row.label, row.level) for row in panel.rows] == [
        (late.title, "red"),
        (soon.title, "amber"),
    ]
    due = worklist.due(head, today(), current_calendar())
    assert far not in due
    assert "withheld-due" not in {one.key for one in panels_for(make_user(Role.EDITOR))}


def test_a_draft_from_the_register_waits_with_the_editors() -> None:
    actions.take(make_item("会议纪要"), "disclose", actor=None, category=any_category())
    panel = {one.key: one for one in panels_for(make_user(Role.EDITOR))}["withheld-drafts"]
    assert [row.label for row in panel.rows] == ["会议纪要"]


def test_lists_ask_a_constant_number_of_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    head = make_user(Role.HEAD)
    signed_in(client, head)
    url = reverse("admin:disclosure_withhelditem_changelist") + "?standing=due"
    make_item(ago=400)
    make_round()
    client.get(url)
    for number in range(12):
        make_item(f"过期{number}", ago=400)
    with django_assert_max_num_queries(14):
        assert client.get(url).status_code == 200
    with django_assert_max_num_queries(6):
        assert panels.due(head)
        assert panels.rounds(head)


def test_the_form_stores_an_entry_and_a_step_is_taken(client: Client) -> None:
    reviewer = make_user(Role.REVIEWER)
    signed_in(client, reviewer)
    form = {
        "title": "示例请示",
        "agency": any_agency().pk,
        "ground": "process",
        "mark": "none",
        "decided_on": "2025-03-03",
        "origin": "by_hand",
    }
    client.post(reverse("admin:disclosure_withhelditem_add"), form)
    item = WithheldItem.objects.get()
    assert item.look_again_on == dt.date(2026, 3, 3)
    assert item.created_by == reviewer
    url = reverse("admin:disclosure_withhelditem_keep", args=[item.pk])
    assert client.get(url).status_code == 200
    sent = {"ground": "process", "look_again_on": later().isoformat()}
    assert client.post(url, sent).status_code == 302
    item.refresh_from_db()
    assert item.look_again_on == later()


def test_rights_are_those_of_the_table() -> None:
    assert rights.TABLE[DECIDE] == {Role.REVIEWER, Role.HEAD}

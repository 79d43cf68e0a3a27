"""The staff pages of guides and rules: rights, text, addresses, overtaken saves."""

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.catalogue import actions
from disclosure.core.errors import Conflict, NotPermitted
from disclosure.models import AuditEntry, Guide, Rule
from tests.admin_pages import choices, errors, form_data, signed_in
from tests.factories import make_agency, make_guide, make_rule, make_tree, make_user

pytestmark = pytest.mark.django_db
WRITES = (Role.EDITOR, Role.HEAD)
BLIND = (Role.HANDLER, Role.PLATFORM_ADMIN)
UNSAFE = "<h1>题</h1><p onclick='x()'>正文𠮷</p><script>alert(1)</script><img src=x onerror=y>"
SAFE = "<h2>题</h2><p>正文𠮷</p>"


def page(name: str, obj: Model | type[Model]) -> str:
    key = [] if isinstance(obj, type) else [obj.pk]
    return reverse(f"admin:disclosure_{obj._meta.model_name}_{name}", args=key)


def rule(**typed: Any) -> dict[str, Any]:
    """A rule as it is typed."""
    return {"title": "依申请公开制度", "slug": "on-request", "body": "第一条　示例。", **typed}


def verbs() -> list[tuple[str, int | None]]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "actor"))


# --- rights --------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("make", [make_guide, make_rule])
def test_roles_see_and_change_what_the_table_gives(client: Client, make: Any, role: Role) -> None:
    obj = make()
    signed_in(client, make_user(role, agency=obj.agency))
    got = client.get(page("change", obj))
    sent = client.post(page("change", obj), form_data(got) if role in WRITES else {})
    if role in BLIND:
        assert (got.status_code, sent.status_code) == (404, 404)
        assert client.get(page("changelist", type(obj))).status_code == 403
    else:
        text = got.content.decode()
        assert ('name="_save"' in text) == (role in WRITES)
        assert ('class="doc"' in text) == (role not in WRITES), "readers read the text"
        assert sent.status_code == (302 if role in WRITES else 403)
    adds = 200 if role == Role.EDITOR else 403
    assert client.get(page("add", type(obj))).status_code == adds


@pytest.mark.parametrize("name", ["change", "history", "delete"])
@pytest.mark.parametrize("make", [make_guide, make_rule])
def test_another_agencys_is_not_found(client: Client, make: Any, name: str) -> None:
    _province, first, second = make_tree()
    foreign = make(second)
    signed_in(client, make_user(*Role, agency=first))
    assert client.get(page(name, foreign)).status_code == 404
    assert client.post(page(name, foreign), {"post": "yes"}).status_code == 404
    listed = client.get(page("changelist", type(foreign))).context["cl"].result_list
    assert foreign not in listed
    assert type(foreign).objects.filter(pk=foreign.pk).exists()


@pytest.mark.parametrize("model", [Guide, Rule])
def test_another_agency_is_no_choice(client: Client, model: type[Model]) -> None:
    _province, first, second = make_tree()
    got = signed_in(client, make_user(Role.EDITOR, agency=first)).get(page("add", model))
    assert list(choices(got, "agency")) == [str(first.pk)]
    answer = client.post(page("add", model), form_data(got) | rule(agency=second.pk))
    assert answer.status_code == 200
    assert "agency" in answer.context["adminform"].form.errors


def test_only_the_head_deletes_a_rule_and_nobody_a_guide(client: Client) -> None:
    agency = make_agency()
    gone, guide = make_rule(agency), make_guide(agency)
    signed_in(client, make_user(Role.EDITOR, agency=agency))
    assert client.post(page("delete", gone), {"post": "yes"}).status_code == 403
    head = make_user(Role.HEAD, agency=agency)
    signed_in(client, head)
    assert client.post(page("delete", guide), {"post": "yes"}).status_code == 403
    assert client.get(page("delete", gone)).status_code == 200
    assert client.post(page("delete", gone), {"post": "yes"}).status_code == 302
    assert not Rule.objects.exists()
    assert Rule.history.latest().history_user == head
    assert verbs() == [("rule.deleted", head.pk)]


# --- rules ---------------------------------------------------------------------------------------
def test_a_rule_is_written_clean(client: Client) -> None:
    agency = make_agency()
    editor = make_user(Role.EDITOR, agency=agency)
    data = form_data(signed_in(client, editor).get(page("add", Rule)))
    data |= rule(agency=agency.pk, title=" 依申请公开\t制度 ", body=UNSAFE, made_on="2026-01-05")
    answer = client.post(page("add", Rule), data)
    assert answer.status_code == 302, errors(answer)
    made = Rule.objects.get()
    assert (made.body, made.is_published, made.is_demo) == (SAFE, False, False)
    assert made.title == "依申请公开 制度"
    assert made.history.get().history_user == editor
    assert verbs() == [("rule.created", editor.pk)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"slug": "有字"}, "slug"),
        ({"slug": "a/b"}, "slug"),
        ({"slug": "a b"}, "slug"),
        ({"slug": ""}, "slug"),
        ({"slug": "x" * 61}, "slug"),
        ({"title": ""}, "title"),
        ({"title": "坏\x08字"}, "title"),
        ({"title": "坏\x00字"}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"body": ""}, "body"),
        ({"body": "<script>alert(1)</script>"}, "body"),
        ({"made_on": "没有"}, "made_on"),
        ({"made_on": "0000-00-00"}, "made_on"),
        ({"order": "-1"}, "order"),
        ({"order": "9" * 30}, "order"),
    ],
)
def test_bad_input_is_told_at_its_field(client: Client, typed: dict[str, str], field: str) -> None:
    agency = make_agency()
    signed_in(client, make_user(Role.EDITOR, agency=agency))
    data = form_data(client.get(page("add", Rule)))
    answer = client.post(page("add", Rule), data | rule(agency=agency.pk, **typed))
    assert answer.status_code == 200
    assert set(answer.context["adminform"].form.errors) == {field}
    assert not Rule.objects.exists()


def test_the_address_is_fixed_while_it_is_public(client: Client) -> None:
    public = make_rule(slug="on-request")
    signed_in(client, make_user(Role.EDITOR, agency=public.agency))
    data = form_data(client.get(page("change", public)))
    assert "slug" not in data
    answer = client.post(page("change", public), data | {"slug": "other", "title": "改名"})
    assert answer.status_code == 302, errors(answer)
    public.refresh_from_db()
    assert (public.slug, public.title) == ("on-request", "改名")
    assert client.get(public.get_absolute_url()).status_code == 200


def test_an_address_stands_once_in_an_agency(client: Client) -> None:
    agency, other = make_agency(), make_agency()
    make_rule(agency, "taken")
    draft = make_rule(agency, "draft", published=False)
    signed_in(client, make_user(Role.EDITOR, agency=agency))
    data = form_data(client.get(page("add", Rule))) | rule(agency=agency.pk, slug="taken")
    answer = client.post(page("add", Rule), data)
    assert answer.status_code == 200
    told = {str(Rule._meta.constraints[0].violation_error_message)}
    assert set(errors(answer)) == told
    data = form_data(client.get(page("change", draft))) | {"slug": "taken"}
    answer = client.post(page("change", draft), data)
    assert answer.status_code == 200
    assert set(errors(answer)) == told
    signed_in(client, make_user(Role.EDITOR, agency=other))
    data = form_data(client.get(page("add", Rule))) | rule(agency=other.pk, slug="taken")
    assert client.post(page("add", Rule), data).status_code == 302


def test_a_rule_becomes_public_and_leads_there(client: Client) -> None:
    draft = make_rule(published=False)
    signed_in(client, make_user(Role.EDITOR, agency=draft.agency))
    url = draft.get_absolute_url()
    got = client.get(page("change", draft))
    assert url not in got.content.decode()
    assert Client().get(url).status_code == 404
    data = form_data(got) | {"is_published": "on"}
    assert client.post(page("change", draft), data).status_code == 302
    assert url in client.get(page("change", draft)).content.decode()
    assert Client().get(url).status_code == 200


# --- guides --------------------------------------------------------------------------------------
def test_a_guide_is_written_clean_once_for_an_agency(client: Client) -> None:
    agency, other = make_agency(), make_agency()
    editor = make_user(Role.EDITOR, agency=agency)
    data = form_data(signed_in(client, editor).get(page("add", Guide)))
    data |= {"agency": agency.pk, "remedies": UNSAFE, "arrangement": "甲\n\n乙"}
    answer = client.post(page("add", Guide), data)
    assert answer.status_code == 302, errors(answer)
    made = Guide.objects.get()
    assert made.remedies == SAFE
    assert made.arrangement == "<p>甲</p>\n<p>乙</p>"
    assert verbs() == [("guide.created", editor.pk)]
    assert not choices(client.get(page("add", Guide)), "agency"), "it has one now"
    answer = client.post(page("add", Guide), data)
    assert answer.status_code == 200
    assert "agency" in answer.context["adminform"].form.errors
    data = form_data(client.get(page("change", made))) | {"agency": other.pk}
    assert client.post(page("change", made), data).status_code == 302
    made.refresh_from_db()
    assert made.agency == agency


def test_a_guide_says_what_it_still_lacks(client: Client) -> None:
    guide = make_guide(remedies="")
    signed_in(client, make_user(Role.EDITOR, agency=guide.agency))
    text = client.get(page("changelist", Guide)).content.decode()
    cell = text.partition('class="field-missing"')[2].partition("</td>")[0]
    fields: Any = Guide._meta
    assert str(fields.get_field("remedies").verbose_name) in cell
    assert str(fields.get_field("arrangement").verbose_name) not in cell


# --- text ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("model", "field"), [(Guide, "remedies"), (Rule, "body")])
def test_preview_shows_what_would_be_stored(client: Client, model: type[Model], field: str) -> None:
    agency = make_agency()
    signed_in(client, make_user(Role.EDITOR, agency=agency))
    answer = client.post(page("preview", model), {field: UNSAFE + "\x00"})
    text = answer.content.decode().partition("<article")[2]
    assert SAFE in text
    assert "onclick" not in text
    assert "<script" not in text.partition("</article>")[0]
    assert not model._default_manager.exists()
    assert client.get(page("preview", model)).status_code == 405
    for role in (Role.AUDITOR, Role.HANDLER):
        signed_in(client, make_user(role, agency=agency))
        assert client.post(page("preview", model), {field: "x"}).status_code == 403


def test_text_as_it_is_read_and_sent_back_changes_nothing(client: Client) -> None:
    body = "先是字，&amp; <strong>强</strong><br>后是标签"
    stored = make_rule(body=body)
    signed_in(client, make_user(Role.EDITOR, agency=stored.agency))
    data = form_data(client.get(page("change", stored)))
    assert client.post(page("change", stored), data).status_code == 302
    stored.refresh_from_db()
    assert stored.body == body
    assert verbs() == []


# --- saving --------------------------------------------------------------------------------------
@pytest.mark.parametrize(("make", "field"), [(make_guide, "remedies"), (make_rule, "body")])
def test_an_overtaken_save_is_told_and_loses_nothing(client: Client, make: Any, field: str) -> None:
    obj = make()
    signed_in(client, make_user(Role.EDITOR, agency=obj.agency))
    mine = form_data(client.get(page("change", obj)))
    assert client.post(page("change", obj), mine | {field: "<p>先</p>"}).status_code == 302
    answer = client.post(page("change", obj), mine | {field: "<p>后</p>"})
    assert answer.status_code == 200
    assert errors(answer)
    again = form_data(answer)
    assert again[field] == "<p>后</p>"
    obj.refresh_from_db()
    assert getattr(obj, field) == "<p>先</p>"
    assert client.post(page("change", obj), again).status_code == 302
    obj.refresh_from_db()
    assert getattr(obj, field) == "<p>后</p>"


@pytest.mark.parametrize("seen", ["", "0", "abc", "9" * 40, "\x00"])
def test_a_senseless_mark_of_the_version_breaks_nothing(client: Client, seen: str) -> None:
    obj = make_rule()
    signed_in(client, make_user(Role.EDITOR, agency=obj.agency))
    data = form_data(client.get(page("change", obj)))
    assert client.post(page("change", obj), data | {"_seen": seen}).status_code in {200, 302}


def test_the_history_is_readable(client: Client) -> None:
    obj = make_rule(body="<p>旧的正文。</p>" * 20)
    head = make_user(Role.HEAD, agency=obj.agency, full_name="示例负责人")
    obj.title, obj.body, obj.is_published = "新的题目", obj.body + "<p>新的一段。</p>", False
    actions.update_rule(actor=head, rule=obj)
    signed_in(client, make_user(Role.AUDITOR, agency=obj.agency))
    text = client.get(page("history", obj)).content.decode()
    assert "示例负责人" in text
    assert "新的题目" in text
    assert "<ins>新的一段。</ins>" in text
    assert "&lt;p&gt;" not in text, "words, not markup"


# --- the actions, asked without a page -----------------------------------------------------------
def test_actions_ask_for_themselves() -> None:
    _province, first, second = make_tree()
    editor = make_user(Role.EDITOR, agency=first)
    foreign, own = make_rule(second), make_rule(first)
    foreign.title = own.title = "x"
    with pytest.raises(NotPermitted):
        actions.update_rule(actor=editor, rule=foreign)
    with pytest.raises(NotPermitted):
        actions.delete_rule(actor=editor, rule=own)
    own.agency = second
    with pytest.raises(NotPermitted):
        actions.update_rule(actor=editor, rule=own)
    make_guide(first)
    with pytest.raises(Conflict):
        actions.create_guide(actor=editor, guide=Guide(agency=first))
    assert verbs() == []

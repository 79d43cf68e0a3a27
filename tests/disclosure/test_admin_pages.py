"""The staff pages of guides and rules: rights, text, addresses, overtaken saves."""

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.catalogue import page_actions, standing
from disclosure.core.errors import Conflict, NotPermitted, NotPossible
from disclosure.models import AuditEntry, Guide, Publication, Rule
from tests.admin_pages import choices, errors, form_data, signed_in
from tests.factories import make_agency, make_guide, make_rule, make_tree, make_user

pytestmark = pytest.mark.django_db
WRITES = (Role.EDITOR,)
BLIND = (Role.HANDLER, Role.PLATFORM_ADMIN)
UNSAFE = "<h1>题</h1><p onclick='x()'>正文𠮷</p><script>alert(1)</script><img src=x onerror=y>"
SAFE = "<h2>题</h2><p>正文𠮷</p>"


def page(name: str, obj: Model | type[Model]) -> str:
    key = [] if isinstance(obj, type) else [obj.pk]
    return reverse(f"admin:disclosure_{obj._meta.model_name}_{name}", args=key)


def rule(**typed: Any) -> dict[str, Any]:
    """A rule as it is typed."""
    return {"title": "依申请公开制度", "slug": "on-request", "body": "第一条　示例。", **typed}


def newest(page_: Guide | Rule) -> Publication:
    """The row that staff write on."""
    row = standing.working(type(page_)._default_manager.get(pk=page_.pk))  # type: ignore[arg-type]
    assert row is not None
    return row


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


def test_an_editor_deletes_a_rule_that_was_never_handed_in_and_nobody_a_guide(
    client: Client,
) -> None:
    agency = make_agency()
    gone, out, guide = make_rule(agency, published=False), make_rule(agency), make_guide(agency)
    signed_in(client, make_user(Role.HEAD, agency=agency))
    assert client.post(page("delete", gone), {"post": "yes"}).status_code == 403
    editor = make_user(Role.EDITOR, agency=agency)
    signed_in(client, editor)
    assert client.post(page("delete", guide), {"post": "yes"}).status_code == 403
    client.post(page("delete", out), {"post": "yes"})
    assert Rule.objects.filter(pk=out.pk).exists(), "it was public"
    assert client.get(page("delete", gone)).status_code == 200
    before = AuditEntry.objects.count()
    assert client.post(page("delete", gone), {"post": "yes"}).status_code == 302
    assert not Rule.objects.filter(pk=gone.pk).exists()
    assert not Publication.objects.filter(pk=gone.publication_id).exists()
    assert Rule.history.filter(id=gone.pk).latest().history_user == editor
    assert verbs()[before:] == [("rule.deleted", editor.pk), ("publication.deleted", editor.pk)]


# --- rules ---------------------------------------------------------------------------------------
def test_a_rule_is_written_clean(client: Client) -> None:
    agency = make_agency()
    editor = make_user(Role.EDITOR, agency=agency)
    data = form_data(signed_in(client, editor).get(page("add", Rule)))
    data |= rule(agency=agency.pk, title=" 依申请公开\t制度 ", body=UNSAFE, date_made="2026-01-05")
    answer = client.post(page("add", Rule), data)
    assert answer.status_code == 302, errors(answer)
    made = Rule.objects.get()
    draft = newest(made)
    assert (draft.body, draft.state, draft.is_demo) == (SAFE, "draft", False)
    assert (draft.title, str(draft.date_made)) == ("依申请公开 制度", "2026-01-05")
    assert (draft.agency, draft.document_type, draft.category.code) == (
        agency,
        "rule",
        "disclosure-rules",
    )
    assert draft.created_by == editor
    assert made.history.get().history_user == editor
    assert verbs()[-2:] == [("publication.created", editor.pk), ("rule.created", editor.pk)]


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
        ({"title": "长" * 301}, "title"),
        ({"body": ""}, "body"),
        ({"body": "<script>alert(1)</script>"}, "body"),
        ({"date_made": "没有"}, "date_made"),
        ({"date_made": "0000-00-00"}, "date_made"),
        ({"date_made": "1800-01-01"}, "date_made"),
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


def test_the_address_is_fixed_once_it_was_public(client: Client) -> None:
    public = make_rule(slug="on-request")
    signed_in(client, make_user(Role.EDITOR, agency=public.agency))
    data = form_data(client.get(page("change", public)))
    assert "slug" not in data
    answer = client.post(page("change", public), data | {"slug": "other", "title": "改名"})
    assert answer.status_code == 302, errors(answer)
    public.refresh_from_db()
    assert (public.slug, newest(public).title) == ("on-request", "改名")
    assert "改名" not in Client().get(public.get_absolute_url()).content.decode()
    public.slug = "other"
    with pytest.raises(NotPossible):
        page_actions.update_rule(
            actor=None, rule=public, text=page_actions.Text("改名", "<p>x</p>")
        )


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
    draft = newest(made)
    assert draft.body == (
        "<h2>编排体系</h2>\n<p>甲</p>\n<p>乙</p>\n<h2>投诉与救济</h2>\n<h3>题</h3><p>正文𠮷</p>"
    )
    assert (draft.title, draft.document_type) == (f"{agency.name}政府信息公开指南", "guide")
    assert verbs()[-2:] == [("publication.created", editor.pk), ("guide.created", editor.pk)]
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
    before, data = verbs(), form_data(client.get(page("change", stored)))
    assert client.post(page("change", stored), data).status_code == 302
    assert (newest(stored).body, newest(stored).pk) == (body, stored.publication_id)
    assert verbs() == before


# --- saving --------------------------------------------------------------------------------------
def stored_text(obj: Guide | Rule, field: str) -> str:
    obj.refresh_from_db()
    holder: Any = obj if isinstance(obj, Guide) else newest(obj)
    text: str = getattr(holder, field)
    return text


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
    assert stored_text(obj, field) == "<p>先</p>"
    assert client.post(page("change", obj), again).status_code == 302
    assert stored_text(obj, field) == "<p>后</p>"


@pytest.mark.parametrize("seen", ["", "0", "abc", "9" * 40, "\x00"])
def test_a_senseless_mark_of_the_version_breaks_nothing(client: Client, seen: str) -> None:
    obj = make_rule()
    signed_in(client, make_user(Role.EDITOR, agency=obj.agency))
    data = form_data(client.get(page("change", obj)))
    assert client.post(page("change", obj), data | {"_seen": seen}).status_code in {200, 302}


def test_the_history_says_who_changed_the_place_and_that_of_the_publication_the_text(
    client: Client,
) -> None:
    obj = make_rule(body="<p>旧的正文。</p>" * 20)
    editor = make_user(Role.EDITOR, agency=obj.agency, full_name="示例编辑")
    text = page_actions.Text("新的题目", "<p>旧的正文。</p>" * 20 + "<p>新的一段。</p>")
    obj.order = 7
    page_actions.update_rule(actor=editor, rule=obj, text=text)
    signed_in(client, make_user(Role.AUDITOR, agency=obj.agency))
    assert "示例编辑" in client.get(page("history", obj)).content.decode()
    shown = client.get(page("history", newest(obj))).content.decode()
    assert "示例编辑" in shown
    assert "新的题目" in shown
    assert "<ins>新的一段。</ins>" in shown
    assert "&lt;p&gt;" not in shown, "words, not markup"


# --- the actions, asked without a page -----------------------------------------------------------
def test_actions_ask_for_themselves() -> None:
    _province, first, second = make_tree()
    editor = make_user(Role.EDITOR, agency=first)
    foreign, own = make_rule(second), make_rule(first)
    make_guide(first)
    before, text = verbs(), page_actions.Text("x", "<p>x</p>")
    with pytest.raises(NotPermitted):
        page_actions.update_rule(actor=editor, rule=foreign, text=text)
    with pytest.raises(NotPermitted):
        page_actions.delete_rule(actor=editor, rule=foreign)
    with pytest.raises(NotPermitted):
        page_actions.create_rule(actor=editor, rule=Rule(agency=second, slug="x"), text=text)
    own.agency = second
    with pytest.raises(NotPermitted):
        page_actions.update_rule(actor=editor, rule=own, text=text)
    with pytest.raises(NotPossible):
        page_actions.update_rule(actor=None, rule=own, text=text)
    with pytest.raises(Conflict):
        page_actions.create_guide(actor=editor, guide=Guide(agency=first, remedies="<p>x</p>"))
    assert Publication.objects.filter(document_type="guide").count() == 1, "nothing half done"
    assert verbs() == before

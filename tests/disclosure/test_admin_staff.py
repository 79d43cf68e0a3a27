"""The staff pages of people: who sees and changes whom, accounts, passwords."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.agencies import policies, staff
from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.models import Agency, AuditEntry, RoleAssignment, User
from tests.admin_pages import errors, form_data, signed_in
from tests.factories import PASSWORD, make_admin, make_agency, make_tree, make_user

pytestmark = pytest.mark.django_db
LIST = reverse("admin:disclosure_user_changelist")
ADD = reverse("admin:disclosure_user_add")
NEW_PASSWORD = "purple umbrellas sing at dawn"


def page(name: str, user: User) -> str:
    return reverse(f"admin:disclosure_user_{name}", args=[user.pk])


def city_admin(agency: Agency, **fields: Any) -> User:
    return make_user(Role.PLATFORM_ADMIN, agency=agency, **fields)


def account(**typed: Any) -> dict[str, Any]:
    """A new account as it is typed."""
    return {
        "username": "zhang.san",
        "full_name": "张𠮷",
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
        **typed,
    }


def role_row(row: int, agency: Agency, role: Role = Role.EDITOR, **typed: Any) -> dict[str, Any]:
    """A role as it is typed in the form of a person."""
    prefix = f"assignments-{row}"
    values = {"agency": agency.pk, "role": role.value, **typed}
    return {
        "assignments-TOTAL_FORMS": row + 1,
        **{f"{prefix}-{name}": value for name, value in values.items()},
    }


def verbs() -> list[tuple[str, int | None]]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "actor"))


def listed(response: Any) -> set[str]:
    return {user.username for user in response.context["cl"].result_list}


# --- who sees whom -------------------------------------------------------------------------------
def test_the_list_has_those_who_work_within_reach(client: Client) -> None:
    province, first, second = make_tree()
    admin = city_admin(first, username="admin-a")
    make_user(Role.EDITOR, agency=first, username="here")
    make_user(Role.EDITOR, agency=second, username="there")
    make_user(Role.HEAD, agency=province, with_descendants=True, username="above")
    make_user(username="nowhere")
    make_admin("root")
    assert listed(signed_in(client, admin).get(LIST)) == {"admin-a", "here"}


def test_who_has_no_role_is_seen_from_the_root(client: Client) -> None:
    province, first, _second = make_tree()
    make_user(Role.EDITOR, agency=first, username="below")
    make_user(username="nowhere")
    admin = city_admin(province, with_descendants=True, username="top")
    assert listed(signed_in(client, admin).get(LIST)) == {"top", "below", "nowhere"}


def test_another_tree_is_not_seen_from_a_root(client: Client) -> None:
    mine, other = make_agency("ONE"), make_agency("TWO")
    foreign = make_user(Role.EDITOR, agency=other, username="foreign")
    admin = city_admin(mine, with_descendants=True, username="top")
    assert listed(signed_in(client, admin).get(LIST)) == {"top"}
    assert client.get(page("change", foreign)).status_code == 404


@pytest.mark.parametrize("name", ["change", "password", "history", "delete"])
def test_another_agencys_person_is_not_found(client: Client, name: str) -> None:
    _province, first, second = make_tree()
    foreign = make_user(Role.EDITOR, agency=second)
    signed_in(client, city_admin(first))
    assert client.get(page(name, foreign)).status_code == 404
    assert client.post(page(name, foreign), account()).status_code == 404
    foreign.refresh_from_db()
    assert foreign.check_password(PASSWORD)


@pytest.mark.parametrize("key", ["0", "9" * 30, "abc", "1%00"])
def test_a_key_that_is_none_is_not_found(client: Client, key: str) -> None:
    signed_in(client, make_admin())
    for name in ("change", "history", "password"):
        url = reverse(f"admin:disclosure_user_{name}", args=[7]).replace("/7/", f"/{key}/")
        assert client.get(url).status_code == 404, url


def test_who_also_works_out_of_reach_is_read_only(client: Client) -> None:
    _province, first, second = make_tree()
    both = make_user(Role.EDITOR, agency=first)
    RoleAssignment.objects.create(user=both, agency=second, role=Role.AUDITOR)
    got = signed_in(client, city_admin(first)).get(page("change", both))
    assert 'name="_save"' not in got.content.decode()
    assert page("password", both) not in got.content.decode()
    assert client.post(page("change", both), {"full_name": "x"}).status_code == 403
    assert client.get(page("password", both)).status_code == 403
    data = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post(page("password", both), data).status_code == 403
    both.refresh_from_db()
    assert both.check_password(PASSWORD)


@pytest.mark.parametrize("name", ["changelist", "change", "history"])
def test_roles_out_of_reach_are_not_theirs_to_see(client: Client, name: str) -> None:
    _province, first, second = make_tree()
    both = make_user(Role.EDITOR, agency=first)
    RoleAssignment.objects.create(user=both, agency=second, role=Role.AUDITOR)
    signed_in(client, city_admin(first))
    text = client.get(LIST if name == "changelist" else page(name, both)).content.decode()
    assert "甲市" in text
    assert "乙市" not in text


def test_who_reaches_further_below_is_not_changed(client: Client) -> None:
    _province, first, _second = make_tree()
    further = make_user(Role.HEAD, agency=first, with_descendants=True)
    signed_in(client, city_admin(first))
    assert client.get(page("password", further)).status_code == 403
    signed_in(client, city_admin(first, with_descendants=True))
    assert client.get(page("password", further)).status_code == 200


def test_a_superuser_is_changed_by_superusers_only(client: Client) -> None:
    province, _first, _second = make_tree()
    root = make_user(Role.EDITOR, agency=province, is_superuser=True)
    admin = city_admin(province, with_descendants=True)
    signed_in(client, admin)
    assert client.get(page("change", root)).status_code == 200
    assert client.post(page("change", root), {"full_name": "x"}).status_code == 403
    assert client.get(page("password", root)).status_code == 403
    signed_in(client, make_admin())
    assert client.get(page("password", root)).status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PLATFORM_ADMIN])
def test_other_roles_change_nobody(client: Client, role: Role) -> None:
    _province, first, _second = make_tree()
    colleague = make_user(Role.EDITOR, agency=first)
    signed_in(client, make_user(role, agency=first))
    reads = role == Role.AUDITOR
    assert client.get(LIST).status_code == (200 if reads else 403)
    assert client.get(page("change", colleague)).status_code == (200 if reads else 404)
    assert client.get(ADD).status_code == 403
    assert client.get(page("password", colleague)).status_code == (403 if reads else 404)
    assert client.post(page("change", colleague), {"full_name": "x"}).status_code in {403, 404}


def test_a_password_is_no_filter(client: Client) -> None:
    """Else an administrator could spell out the hash, a character at a time."""
    signed_in(client, make_admin())
    assert client.get(LIST, {"password__startswith": "md5"}).status_code == 400


# --- a new account -------------------------------------------------------------------------------
def test_an_account_is_made_with_its_roles(client: Client) -> None:
    _province, first, _second = make_tree()
    admin = city_admin(first)
    got = signed_in(client, admin).get(ADD)
    assert "is_superuser" not in form_data(got)
    data = form_data(got) | account() | role_row(0, first)
    answer = client.post(ADD, data)
    assert answer.status_code == 302, errors(answer)
    made = User.objects.get(username="zhang.san")
    assert made.check_password(NEW_PASSWORD)
    held = made.assignments.get()
    assert (held.agency, held.role, held.with_descendants) == (first, Role.EDITOR, False)
    assert made.history.get().history_user == admin
    assert held.history.get().history_user == admin
    assert verbs() == [("user.created", admin.pk), ("role.granted", admin.pk)]


def test_a_new_superuser_is_the_superusers_to_make(client: Client) -> None:
    province, _first, _second = make_tree()
    admin = city_admin(province, with_descendants=True)
    data = form_data(signed_in(client, admin).get(ADD)) | account(is_superuser="on")
    assert client.post(ADD, data).status_code == 302
    assert not User.objects.get(username="zhang.san").is_superuser
    signed_in(client, make_admin())
    assert client.post(ADD, data | account(username="li.si", is_superuser="on")).status_code == 302
    assert User.objects.get(username="li.si").is_superuser


def test_without_a_role_a_new_person_would_be_lost_from_sight(client: Client) -> None:
    _province, first, _second = make_tree()
    data = form_data(signed_in(client, city_admin(first)).get(ADD)) | account()
    answer = client.post(ADD, data)
    assert answer.status_code == 200
    assert errors(answer)
    assert not User.objects.filter(username="zhang.san").exists()


def test_a_role_at_another_agency_is_refused_and_no_account_is_left(client: Client) -> None:
    _province, first, second = make_tree()
    data = form_data(signed_in(client, city_admin(first)).get(ADD)) | account()
    for row in (role_row(0, second), role_row(0, first, with_descendants="on")):
        answer = client.post(ADD, data | row)
        assert answer.status_code == 200
        assert errors(answer), row
        assert 'value="zhang.san"' in answer.content.decode(), "what was typed stays"
    assert not User.objects.filter(username="zhang.san").exists()
    assert verbs() == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"username": "taken"}, "username"),
        ({"username": ""}, "username"),
        ({"username": "has space"}, "username"),
        ({"username": "nul\x00"}, "username"),
        ({"username": "x" * 61}, "username"),
        ({"full_name": "坏\x08字"}, "full_name"),
        ({"full_name": "隐\ufeff字"}, "full_name"),
        ({"email": "no address"}, "email"),
        ({"password1": ""}, "password1"),
        ({"password2": NEW_PASSWORD + "x"}, "password2"),
        ({"password1": "12345678901", "password2": "12345678901"}, "password2"),
        ({"password1": "password", "password2": "password"}, "password2"),
        ({"password1": "zhang.san1", "password2": "zhang.san1"}, "password2"),
    ],
)
def test_bad_input_is_told_at_its_field(client: Client, typed: dict[str, str], field: str) -> None:
    make_user(username="taken")
    data = form_data(signed_in(client, make_admin()).get(ADD)) | account(**typed)
    answer = client.post(ADD, data)
    assert answer.status_code == 200
    assert set(answer.context["adminform"].form.errors) == {field}
    assert NEW_PASSWORD not in answer.content.decode(), "a password is never sent back"
    assert not User.objects.filter(full_name="张𠮷").exists()


# --- the account ---------------------------------------------------------------------------------
def test_an_account_is_changed_and_nothing_changed_writes_nothing(client: Client) -> None:
    _province, first, _second = make_tree()
    admin, editor = city_admin(first), make_user(Role.EDITOR, agency=first)
    data = form_data(signed_in(client, admin).get(page("change", editor)))
    assert client.post(page("change", editor), data).status_code == 302
    assert verbs() == []
    answer = client.post(page("change", editor), data | {"full_name": "改名", "email": "a@b.cn"})
    assert answer.status_code == 302, errors(answer)
    editor.refresh_from_db()
    assert (editor.full_name, editor.email) == ("改名", "a@b.cn")
    assert editor.check_password(PASSWORD)
    assert editor.history.latest().history_user == admin
    assert verbs() == [("user.changed", admin.pk)]


def test_an_overtaken_account_is_told(client: Client) -> None:
    editor = make_user(Role.EDITOR)
    data = form_data(signed_in(client, make_admin()).get(page("change", editor)))
    assert client.post(page("change", editor), data | {"full_name": "先"}).status_code == 302
    answer = client.post(page("change", editor), data | {"full_name": "后"})
    assert answer.status_code == 200
    assert errors(answer)
    editor.refresh_from_db()
    assert editor.full_name == "先"


def test_a_sign_in_is_no_change_of_the_account(client: Client) -> None:
    """It would fill the history, and tell whoever has the form open that it was overtaken."""
    editor = make_user(Role.EDITOR)
    signed_in(client, editor)
    editor.refresh_from_db()
    assert editor.last_login
    assert editor.history.count() == 1


def test_nobody_raises_or_switches_off_themselves(client: Client) -> None:
    _province, first, _second = make_tree()
    admin = city_admin(first)
    data = form_data(signed_in(client, admin).get(page("change", admin)))
    assert data["is_active"] == "on"
    raised = client.post(page("change", admin), data | {"is_superuser": "on"})
    assert raised.status_code == 302
    further = {"assignments-0-with_descendants": "on"}
    answer = client.post(page("change", admin), data | further)
    assert answer.status_code == 200
    assert errors(answer)
    del data["is_active"]
    answer = client.post(page("change", admin), data)
    assert answer.status_code == 200
    assert "is_active" in answer.context["adminform"].form.errors
    admin.refresh_from_db()
    assert (admin.is_superuser, admin.is_active) == (False, True)
    assert not admin.assignments.get().with_descendants


def test_a_superuser_does_not_stop_being_one(client: Client) -> None:
    admin = make_admin()
    data = form_data(signed_in(client, admin).get(page("change", admin)))
    del data["is_superuser"]
    answer = client.post(page("change", admin), data)
    assert answer.status_code == 200
    assert "is_superuser" in answer.context["adminform"].form.errors


def test_switched_off_they_are_out_at_once(client: Client) -> None:
    editor = make_user(Role.EDITOR)
    at_work = signed_in(Client(), editor)
    assert at_work.get(reverse("admin:index")).status_code == 200
    data = form_data(signed_in(client, make_admin()).get(page("change", editor)))
    del data["is_active"]
    assert client.post(page("change", editor), data).status_code == 302
    assert at_work.get(reverse("admin:index")).status_code == 302


def test_nobody_is_deleted(client: Client) -> None:
    editor = make_user(Role.EDITOR)
    got = signed_in(client, make_admin()).get(page("change", editor))
    assert page("delete", editor) not in got.content.decode()
    assert client.post(page("delete", editor), {"post": "yes"}).status_code == 403
    answer = client.post(LIST, {"action": "delete_selected", "_selected_action": [editor.pk]})
    assert answer.status_code in {200, 302}
    assert User.objects.filter(pk=editor.pk).exists()


# --- the password --------------------------------------------------------------------------------
def test_a_new_password_for_somebody(client: Client, caplog: Any) -> None:
    _province, first, _second = make_tree()
    admin, editor = city_admin(first), make_user(Role.EDITOR, agency=first)
    at_work = signed_in(Client(), editor)
    before = editor.history.count()
    signed_in(client, admin)
    assert client.get(page("password", editor)).status_code == 200
    data = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    answer = client.post(page("password", editor), data)
    assert answer.status_code == 302
    editor.refresh_from_db()
    assert editor.check_password(NEW_PASSWORD)
    assert at_work.get(reverse("admin:index")).status_code == 302, "the old session has ended"
    assert verbs() == [("user.password_set", admin.pk)]
    assert editor.history.count() == before
    entry = AuditEntry.objects.get()
    for secret in (NEW_PASSWORD, editor.password):
        assert secret not in f"{entry.target_label} {entry.facts} {caplog.text}"


@pytest.mark.parametrize(
    ("first", "again"),
    [("", ""), (NEW_PASSWORD, "other"), ("12345678", "12345678"), ("editor-one", "editor-one")],
)
def test_a_bad_password_is_told(client: Client, first: str, again: str) -> None:
    editor = make_user(Role.EDITOR, username="editor-one")
    signed_in(client, make_admin())
    answer = client.post(page("password", editor), {"password1": first, "password2": again})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


@pytest.mark.parametrize("way", ["password page", "own page"])
def test_ones_own_password_is_noted_and_keeps_the_session(client: Client, way: str) -> None:
    admin = make_admin()
    elsewhere = signed_in(Client(), admin)
    signed_in(client, admin)
    own, data = page("password", admin), {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    if way == "own page":
        own = reverse("admin:password_change")
        data = {
            "old_password": PASSWORD,
            "new_password1": NEW_PASSWORD,
            "new_password2": NEW_PASSWORD,
        }
    before = admin.history.count()
    assert client.post(own, data).status_code == 302
    assert client.get(LIST).status_code == 200
    assert elsewhere.get(LIST).status_code == 302
    assert verbs() == [("user.password_set", admin.pk)]
    assert admin.history.count() == before


@pytest.mark.parametrize("url", [ADD, "password page", reverse("admin:password_change")])
def test_an_error_report_leaves_passwords_out(client: Client, url: str) -> None:
    admin = make_admin()
    url = page("password", admin) if url == "password page" else url
    request = signed_in(client, admin).post(url, {"password1": "short"}).wsgi_request
    assert request.sensitive_post_parameters == "__ALL__"


def test_the_history_shows_the_account_and_its_roles(client: Client) -> None:
    _province, first, _second = make_tree()
    admin, editor = make_admin(), make_user(Role.EDITOR, agency=first)
    editor.full_name = "改名"
    staff.update_user(actor=admin, user=editor)
    staff.revoke(actor=admin, assignment=editor.assignments.get())
    text = signed_in(client, admin).get(page("history", editor)).content.decode()
    assert "改名" in text
    assert "甲市办公室" in text, "also of roles that they no longer hold"
    assert editor.password not in text


# --- the actions, asked without a page ------------------------------------------------------------
def test_actions_ask_for_themselves() -> None:
    _province, first, second = make_tree()
    admin, editor = city_admin(first), make_user(Role.EDITOR, agency=first)
    foreign = make_user(Role.EDITOR, agency=second)
    with pytest.raises(NotPossible):
        staff.set_password(actor=admin, user=foreign, password=NEW_PASSWORD)
    with pytest.raises(NotPermitted):
        staff.set_password(actor=editor, user=foreign, password=NEW_PASSWORD)
    foreign.full_name = "x"
    with pytest.raises(NotPossible):
        staff.update_user(actor=admin, user=foreign)
    with pytest.raises(NotPossible):
        staff.create_user(
            actor=admin, user=User(username="root", is_superuser=True), password=NEW_PASSWORD
        )
    assert verbs() == []


def test_reach_ends_with_the_role() -> None:
    _province, first, _second = make_tree()
    admin, editor = city_admin(first), make_user(Role.EDITOR, agency=first)
    assert not policies.why_not_manage(admin, editor)
    admin.assignments.all().delete()
    assert policies.why_not_manage(User.objects.get(pk=admin.pk), editor)

"""The staff pages of roles: who gives, changes and takes which, and where."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.agencies import staff
from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.models import Agency, AuditEntry, RoleAssignment, User
from tests.admin_pages import choices, errors, form_data, signed_in
from tests.factories import make_admin, make_tree, make_user

pytestmark = pytest.mark.django_db
LIST = reverse("admin:disclosure_roleassignment_changelist")
ADD = reverse("admin:disclosure_roleassignment_add")


def page(name: str, assignment: RoleAssignment) -> str:
    return reverse(f"admin:disclosure_roleassignment_{name}", args=[assignment.pk])


def person_page(user: User) -> str:
    return reverse("admin:disclosure_user_change", args=[user.pk])


def held(user: User, agency: Agency, role: Role = Role.EDITOR, **fields: Any) -> RoleAssignment:
    return RoleAssignment.objects.create(user=user, agency=agency, role=role, **fields)


def city_admin(agency: Agency, **fields: Any) -> User:
    return make_user(Role.PLATFORM_ADMIN, agency=agency, **fields)


def verbs() -> list[tuple[str, int | None]]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "actor"))


# --- giving --------------------------------------------------------------------------------------
def test_a_role_is_given(client: Client) -> None:
    _province, first, _second = make_tree()
    admin, colleague = city_admin(first), make_user(Role.EDITOR, agency=first)
    got = signed_in(client, admin).get(ADD)
    assert list(choices(got, "agency")) == [str(first.pk)]
    typed = {"user": colleague.pk, "agency": first.pk, "role": "publisher"}
    answer = client.post(ADD, form_data(got) | typed)
    assert answer.status_code == 302, errors(answer)
    made = colleague.assignments.get(role=Role.PUBLISHER)
    assert made.history.get().history_user == admin
    assert verbs() == [("role.granted", admin.pk)]
    assert AuditEntry.objects.get().facts["user"] == colleague.pk


@pytest.mark.parametrize(
    ("whom", "where", "below"),
    [
        ("colleague", "SLB", False),
        ("colleague", "SL", False),
        ("colleague", "SLA", True),
        ("foreign", "SLA", False),
        ("nowhere", "SLA", False),
        ("admin", "SLA", True),
        ("admin", "SL", False),
    ],
)
def test_no_role_beyond_ones_own_reach(client: Client, whom: str, where: str, below: bool) -> None:
    _province, first, second = make_tree()
    admin = city_admin(first, username="admin")
    make_user(Role.EDITOR, agency=first, username="colleague")
    make_user(Role.EDITOR, agency=second, username="foreign")
    make_user(username="nowhere")
    data = form_data(signed_in(client, admin).get(ADD)) | {
        "user": User.objects.get(username=whom).pk,
        "agency": Agency.objects.get(code=where).pk,
        "role": "head",
    }
    answer = client.post(ADD, data | ({"with_descendants": "on"} if below else {}))
    assert answer.status_code == 200
    assert errors(answer)
    assert not RoleAssignment.objects.filter(role=Role.HEAD).exists()


def test_the_same_role_twice_is_told(client: Client) -> None:
    _province, first, _second = make_tree()
    colleague = make_user(Role.EDITOR, agency=first)
    data = form_data(signed_in(client, make_admin()).get(ADD))
    data |= {"user": colleague.pk, "agency": first.pk, "role": "editor"}
    answer = client.post(ADD, data)
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert colleague.assignments.count() == 1


def test_a_role_changed_into_one_held_already_is_told(client: Client) -> None:
    _province, first, _second = make_tree()
    colleague = make_user(Role.EDITOR, Role.HEAD, agency=first)
    assignment = colleague.assignments.get(role=Role.HEAD)
    data = form_data(signed_in(client, make_admin()).get(page("change", assignment)))
    answer = client.post(page("change", assignment), data | {"role": "editor"})
    assert answer.status_code == 200
    assert errors(answer) == [str(RoleAssignment._meta.constraints[0].violation_error_message)]


def test_the_same_role_twice_in_a_persons_form_is_told(client: Client) -> None:
    _province, first, _second = make_tree()
    colleague = make_user(Role.EDITOR, agency=first)
    url = person_page(colleague)
    data = form_data(signed_in(client, make_admin()).get(url))
    data |= {"assignments-TOTAL_FORMS": "2"}
    data |= {"assignments-1-agency": first.pk, "assignments-1-role": "editor"}
    data |= {"assignments-1-user": colleague.pk}
    answer = client.post(url, data)
    assert answer.status_code == 200
    assert errors(answer)
    assert colleague.assignments.count() == 1


def test_an_unknown_role_is_told(client: Client) -> None:
    _province, first, _second = make_tree()
    colleague = make_user(Role.EDITOR, agency=first)
    data = form_data(signed_in(client, make_admin()).get(ADD))
    answer = client.post(ADD, data | {"user": colleague.pk, "agency": first.pk, "role": "king"})
    assert answer.status_code == 200
    assert "role" in answer.context["adminform"].form.errors


# --- changing ------------------------------------------------------------------------------------
def test_a_role_is_changed_but_not_whose_it_is(client: Client) -> None:
    _province, first, _second = make_tree()
    admin, colleague = city_admin(first), make_user(Role.EDITOR, agency=first)
    assignment = colleague.assignments.get()
    data = form_data(signed_in(client, admin).get(page("change", assignment)))
    assert "user" not in data
    answer = client.post(page("change", assignment), data | {"role": "head", "user": admin.pk})
    assert answer.status_code == 302, errors(answer)
    assignment.refresh_from_db()
    assert (assignment.user, assignment.role) == (colleague, Role.HEAD)
    assert verbs() == [("role.changed", admin.pk)]
    assert client.post(page("change", assignment), data | {"role": "head"}).status_code == 200, (
        "saved meanwhile"
    )


def test_a_role_does_not_move_out_of_reach(client: Client) -> None:
    _province, first, second = make_tree()
    assignment = make_user(Role.EDITOR, agency=first).assignments.get()
    data = form_data(signed_in(client, city_admin(first)).get(page("change", assignment)))
    for beyond in ({"agency": second.pk}, {"with_descendants": "on"}):
        answer = client.post(page("change", assignment), data | beyond)
        assert answer.status_code == 200
        assert errors(answer), beyond
    assignment.refresh_from_db()
    assert (assignment.agency, assignment.with_descendants) == (first, False)


def test_a_role_that_reaches_further_below_is_kept(client: Client) -> None:
    """Its bearer is beyond this administrator, so it is not theirs to narrow or to take."""
    _province, first, _second = make_tree()
    further = make_user(Role.HEAD, agency=first, with_descendants=True).assignments.get()
    signed_in(client, city_admin(first))
    data = form_data(client.get(page("change", further)))
    data.pop("with_descendants", None)
    assert client.post(page("change", further), data).status_code in {200, 403}
    client.post(page("delete", further), {"post": "yes"})
    further.refresh_from_db()
    assert further.with_descendants


@pytest.mark.parametrize("name", ["change", "history", "delete"])
def test_another_agencys_role_is_not_found(client: Client, name: str) -> None:
    _province, first, second = make_tree()
    colleague = make_user(Role.EDITOR, agency=first)
    foreign = held(colleague, second)
    signed_in(client, city_admin(first))
    assert client.get(page(name, foreign)).status_code == 404
    assert client.post(page(name, foreign), {"post": "yes"}).status_code == 404
    assert RoleAssignment.objects.filter(pk=foreign.pk).exists()


def test_a_row_of_another_agency_sent_along_is_not_touched(client: Client) -> None:
    _province, first, second = make_tree()
    colleague = make_user(Role.EDITOR, agency=first)
    foreign = make_user(Role.EDITOR, agency=second).assignments.get()
    url = person_page(colleague)
    data = form_data(signed_in(client, city_admin(first)).get(url))
    data |= {"assignments-0-id": foreign.pk, "assignments-0-DELETE": "on"}
    client.post(url, data)
    assert RoleAssignment.objects.filter(pk=foreign.pk).exists()
    assert verbs() == []


# --- taking --------------------------------------------------------------------------------------
def test_a_role_is_taken(client: Client) -> None:
    _province, first, _second = make_tree()
    admin, colleague = city_admin(first), make_user(Role.EDITOR, agency=first)
    assignment = colleague.assignments.get()
    assert signed_in(client, admin).get(page("delete", assignment)).status_code == 200
    assert client.post(page("delete", assignment), {"post": "yes"}).status_code == 302
    assert not colleague.assignments.exists()
    assert RoleAssignment.history.filter(id=assignment.pk).latest().history_user == admin
    assert verbs() == [("role.revoked", admin.pk)]


def test_a_role_is_taken_in_the_form_of_the_person(client: Client) -> None:
    _province, first, _second = make_tree()
    admin, colleague = city_admin(first), make_user(Role.EDITOR, agency=first)
    url = person_page(colleague)
    data = form_data(signed_in(client, admin).get(url))
    answer = client.post(url, data | {"assignments-0-DELETE": "on"})
    assert answer.status_code == 302, errors(answer)
    assert not colleague.assignments.exists()
    assert verbs() == [("role.revoked", admin.pk)]
    assert client.get(answer.url).status_code == 200, "they are out of sight, the way back is not"


def test_the_role_here_is_taken_also_from_who_works_elsewhere(client: Client) -> None:
    """Who may work at an agency is its administrator's to say; the account itself is not."""
    _province, first, second = make_tree()
    both = make_user(Role.EDITOR, agency=first)
    elsewhere = held(both, second)
    signed_in(client, city_admin(first))
    client.post(page("delete", both.assignments.get(agency=first)), {"post": "yes"})
    assert list(both.assignments.all()) == [elsewhere]


def test_ones_own_administrators_role_stays(client: Client) -> None:
    _province, first, _second = make_tree()
    admin = city_admin(first)
    own = admin.assignments.get()
    text = signed_in(client, admin).get(page("delete", own)).content.decode()
    assert 'name="post"' not in text
    client.post(page("delete", own), {"post": "yes"})
    data = form_data(client.get(page("change", own)))
    assert client.post(page("change", own), data | {"role": "editor"}).status_code == 200
    own.refresh_from_db()
    assert own.role == Role.PLATFORM_ADMIN


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PLATFORM_ADMIN])
def test_other_roles_give_and_take_none(client: Client, role: Role) -> None:
    _province, first, _second = make_tree()
    assignment = make_user(Role.EDITOR, agency=first).assignments.get()
    signed_in(client, make_user(role, agency=first))
    reads = role == Role.AUDITOR
    assert client.get(LIST).status_code == (200 if reads else 403)
    assert client.get(page("change", assignment)).status_code == (200 if reads else 404)
    assert client.get(ADD).status_code == 403
    assert client.post(page("change", assignment), {"role": "head"}).status_code in {403, 404}
    assert client.post(page("delete", assignment), {"post": "yes"}).status_code in {403, 404}
    assert RoleAssignment.objects.filter(pk=assignment.pk).exists()


def test_an_auditors_role_elsewhere_gives_no_roles_there(client: Client) -> None:
    """Who administers one agency and audits another sees both and changes one."""
    _province, first, second = make_tree()
    admin = city_admin(first)
    held(admin, second, Role.AUDITOR)
    audited = make_user(Role.EDITOR, agency=second)
    signed_in(client, admin)
    assert client.get(person_page(audited)).status_code == 200
    assert client.post(person_page(audited), {"full_name": "x"}).status_code == 403
    assignment = audited.assignments.get()
    assert client.post(page("change", assignment), {"role": "head"}).status_code == 403
    assert client.post(page("delete", assignment), {"post": "yes"}).status_code == 403


# --- the actions, asked without a page -----------------------------------------------------------
def test_actions_ask_for_themselves() -> None:
    _province, first, second = make_tree()
    admin, colleague = city_admin(first), make_user(Role.EDITOR, agency=first)
    foreign = held(colleague, second)
    given = RoleAssignment(user=colleague, agency=second, role=Role.HEAD)
    moved = RoleAssignment.objects.get(user=colleague, agency=first)
    moved.agency = second
    with pytest.raises(NotPermitted):
        staff.grant(actor=admin, assignment=given)
    with pytest.raises(NotPermitted):
        staff.revoke(actor=admin, assignment=foreign)
    with pytest.raises(NotPermitted):
        staff.change_grant(actor=admin, assignment=moved)
    with pytest.raises(NotPossible):
        staff.revoke(actor=admin, assignment=admin.assignments.get())
    assert verbs() == []

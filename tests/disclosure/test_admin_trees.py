"""The staff pages of agencies (with their offices) and categories: two trees."""

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.agencies.admin_base import OVERTAKEN
from disclosure.agencies.roles import Role
from disclosure.models import Agency, AuditEntry, Category, Office
from tests.admin_pages import choices, errors, form_data, signed_in
from tests.factories import (
    make_admin,
    make_category,
    make_office,
    make_publication,
    make_tree,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_categories_listed_in_tree_order(client: Client) -> None:
    top = make_category("b", name="甲类")
    make_category("c", name="丙类")
    make_category("a", name="乙类", under=top)
    page = signed_in(client, make_admin()).get(reverse("admin:disclosure_category_changelist"))
    assert page.status_code == 200
    text = page.content.decode()
    assert text.index("甲类") < text.index("乙类") < text.index("丙类")


def test_category_added_below_and_after(client: Client) -> None:
    top = make_category("top")
    first = make_category("first", under=top)
    make_category("last", under=top)
    admin = make_admin()
    url = reverse("admin:disclosure_category_add")
    data = form_data(signed_in(client, admin).get(url))
    data |= {"code": "new", "name": "新类𠮷", "parent": top.pk, "after": first.pk}
    answer = client.post(url, data)
    assert answer.status_code == 302, form_data(answer)
    top.refresh_from_db()
    assert [one.code for one in Category.objects.get_children(top)] == ["first", "new", "last"]
    made = Category.objects.get(code="new")
    assert made.history.latest().history_user == admin
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["category.created", "category.moved"]


def test_category_kept_where_it_is(client: Client) -> None:
    top = make_category("top")
    make_category("one", under=top)
    two = make_category("two", under=top)
    make_category("three", under=top)
    url = reverse("admin:disclosure_category_change", args=[two.pk])
    data = form_data(signed_in(client, make_admin()).get(url))
    assert data["parent"] == str(top.pk)
    assert client.post(url, data | {"name": "改名"}).status_code == 302
    children = [(one.code, one.name) for one in Category.objects.get_children(top)]
    assert [code for code, _name in children] == ["one", "two", "three"]
    assert dict(children)["two"] == "改名"


def test_category_not_below_itself(client: Client) -> None:
    top = make_category("top")
    below = make_category("below", under=top)
    url = reverse("admin:disclosure_category_change", args=[top.pk])
    data = form_data(signed_in(client, make_admin()).get(url))
    answer = client.post(url, data | {"parent": below.pk})
    assert answer.status_code == 200
    assert errors(answer)


def test_category_in_use_is_not_deleted(client: Client) -> None:
    used = make_publication().category
    url = reverse("admin:disclosure_category_delete", args=[used.pk])
    page = signed_in(client, make_admin()).get(url)
    assert "submit" not in page.content.decode().partition('id="content"')[2]
    assert client.post(url, {"post": "yes"}).status_code == 302  # back, with the reason
    assert Category.objects.filter(pk=used.pk).exists()


def test_category_read_by_others_is_not_theirs_to_change(client: Client) -> None:
    category = make_category("top", name="公开目录")
    signed_in(client, make_user(Role.EDITOR))
    url = reverse("admin:disclosure_category_change", args=[category.pk])
    assert "公开目录" in client.get(url).content.decode()
    assert client.post(url, {"name": "x"}).status_code == 403
    assert client.get(reverse("admin:disclosure_category_add")).status_code == 403
    delete = reverse("admin:disclosure_category_delete", args=[category.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


# --- agencies ------------------------------------------------------------------------------------
def test_head_changes_contact_and_offices_of_the_own_agency(client: Client) -> None:
    _province, first, second = make_tree()
    head = make_user(Role.HEAD, agency=first)
    url = reverse("admin:disclosure_agency_change", args=[first.pk])
    data = form_data(signed_in(client, head).get(url))
    assert "name" not in data, "what makes it an agency is the administrator's"
    assert "parent" not in data
    data |= {"phone": "024-0000", "offices-TOTAL_FORMS": "1"}
    data |= {"offices-0-name": "公开办", "offices-0-order": "0", "offices-0-agency": str(first.pk)}
    answer = client.post(url, data)
    assert answer.status_code == 302, errors(answer)
    first.refresh_from_db()
    assert first.phone == "024-0000"
    assert first.history.latest().history_user == head
    office = Office.objects.get(agency=first)
    assert office.history.latest().history_user == head
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", "actor")
    assert list(verbs) == [("agency.changed", head.pk), ("office.created", head.pk)]
    assert (
        client.get(reverse("admin:disclosure_agency_change", args=[second.pk])).status_code == 404
    )
    assert (
        client.get(reverse("admin:disclosure_agency_history", args=[second.pk])).status_code == 404
    )
    assert (
        "公开办"
        in client.get(reverse("admin:disclosure_agency_history", args=[first.pk])).content.decode()
    )


def test_office_of_another_agency_is_no_choice(client: Client) -> None:
    _province, first, second = make_tree()
    foreign = make_office(second, "别处")
    own = make_office(first, "本处")
    url = reverse("admin:disclosure_agency_change", args=[first.pk])
    data = form_data(signed_in(client, make_admin()).get(url))
    answer = client.post(url, data | {"offices-0-parent": str(foreign.pk)})
    assert answer.status_code == 200
    assert errors(answer)
    own.refresh_from_db()
    assert own.parent is None


def test_agency_added_below(client: Client) -> None:
    province, first, _second = make_tree()
    admin = make_user(Role.PLATFORM_ADMIN, agency=first, with_descendants=True)
    url = reverse("admin:disclosure_agency_add")
    page = signed_in(client, admin).get(url)
    assert list(choices(page, "parent")) == [str(first.pk)]
    data = form_data(page) | {"code": "NEW", "name": "新区办公室"}
    answer = client.post(url, data | {"parent": str(province.pk)})
    assert answer.status_code == 200
    assert errors(answer), "the province is beyond this administrator's reach"
    answer = client.post(url, data | {"parent": str(first.pk)})
    assert answer.status_code == 302, errors(answer)
    made = Agency.objects.get(code="NEW")
    assert Agency.objects.get_parent(made) == first
    assert made.history.latest().history_user == admin


def test_agency_moved(client: Client) -> None:
    province, first, second = make_tree()
    url = reverse("admin:disclosure_agency_change", args=[second.pk])
    data = form_data(signed_in(client, make_admin()).get(url))
    assert data["parent"] == str(province.pk)
    answer = client.post(url, data | {"parent": str(first.pk)})
    assert answer.status_code == 302, errors(answer)
    second.refresh_from_db()
    assert Agency.objects.get_parent(second) == first
    assert AuditEntry.objects.filter(verb="agency.moved").count() == 1


def test_wrong_pattern_is_said_at_its_field_and_kept(client: Client) -> None:
    _province, first, _second = make_tree()
    url = reverse("admin:disclosure_agency_change", args=[first.pk])
    data = form_data(signed_in(client, make_admin()).get(url))
    answer = client.post(url, data | {"index_number_pattern": "{agency}", "phone": "typed"})
    assert answer.status_code == 200
    form = answer.context["adminform"].form
    assert "index_number_pattern" in form.errors
    assert 'value="typed"' in answer.content.decode()
    first.refresh_from_db()
    assert first.phone == ""


def test_overtaken_form_is_told_and_loses_nothing(client: Client) -> None:
    _province, first, _second = make_tree()
    url = reverse("admin:disclosure_agency_change", args=[first.pk])
    mine = form_data(signed_in(client, make_admin()).get(url))
    theirs = dict(mine)
    assert client.post(url, theirs | {"phone": "theirs"}).status_code == 302
    answer = client.post(url, mine | {"fax": "mine"})
    assert answer.status_code == 200
    assert errors(answer) == [OVERTAKEN]
    first.refresh_from_db()
    assert (first.phone, first.fax) == ("theirs", "")
    again = form_data(answer)
    assert again["fax"] == "mine"
    assert client.post(url, again | {"phone": "theirs"}).status_code == 302
    first.refresh_from_db()
    assert (first.phone, first.fax) == ("theirs", "mine")

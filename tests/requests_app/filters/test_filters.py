"""Saved filters: each person's own links to the list of requests, and nothing but links."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.models import Agency, AuditEntry, User
from requests_app.filters import actions
from requests_app.filters.queries import normalised
from requests_app.models import SavedFilter
from tests.admin_pages import signed_in
from tests.factories import make_tree, make_user
from tests.request_factories import make_request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
LIST = "admin:requests_app_disclosurerequest_changelist"
SAVE = "admin:requests_app_filter_save"


@pytest.fixture
def tree() -> tuple[Agency, Agency, Agency]:
    return make_tree()


@pytest.fixture
def handler(tree) -> User:
    return make_user(Role.HANDLER, agency=tree[1], username="handler")


def shown(user: User, query: str = "") -> list[tuple[str, str]]:
    """Name and address of each filter above the list."""
    response = signed_in(Client(), user).get(reverse(LIST) + query)
    assert response.status_code == 200
    return [(each.name, each.url) for each in response.context["saved_filters"]]


def keep(user: User, name: str, query: str = "standing=mine"):
    return signed_in(Client(), user).post(reverse(SAVE), {"name": name, "query": query})


def forget(user: User, key: int):
    address = reverse("admin:requests_app_filter_forget", args=[key])
    return signed_in(Client(), user).post(address, {"query": "standing=mine"})


def test_what_the_list_shows_is_kept_and_leads_back_to_it(tree, handler) -> None:
    found = make_request("registered", agency=tree[1], handler=handler)
    make_request(agency=tree[1])
    page = signed_in(Client(), handler).get(reverse(LIST) + "?p=1&standing=mine&state__exact=")
    assert page.context["filter_here"] == "standing=mine"
    assert "Keep this filter as" in page.content.decode()
    response = keep(handler, " 我的  在办 ")
    assert (response.status_code, response.url) == (303, reverse(LIST) + "?standing=mine")
    assert shown(handler) == [("我的 在办", reverse(LIST) + "?standing=mine")]
    rows = signed_in(Client(), handler).get(shown(handler)[0][1])
    assert [row.pk for row in rows.context["cl"].result_list] == [found.pk]
    text = rows.content.decode()
    assert 'aria-current="true">我的 在办' in text
    assert "Keep this filter as" not in text
    assert not AuditEntry.objects.filter(verb__contains="filter").exists()


def test_the_page_and_what_the_list_does_not_know_are_left_out() -> None:
    known = {"q", "standing", "state__exact"}
    query = QueryDict("standing=mine&p=4&e=1&q=&state__exact=a%00b&next=//evil.example&agency=7")
    assert normalised(query, known) == "standing=mine"
    both = QueryDict("state__exact=b&q=%E6%96%87%E4%BB%B6+%26+x&state__exact=a")
    kept = normalised(both, known)
    assert kept == "q=%E6%96%87%E4%BB%B6+%26+x&state__exact=a&state__exact=b"
    assert normalised(QueryDict(kept), known) == kept


def test_a_stored_query_is_only_ever_a_link_to_the_list(tree, handler) -> None:
    SavedFilter.objects.create(
        user=handler, name="<b>旧</b>", query='applicant__data=x&q="><script>&standing=open'
    )
    ((_name, url),) = shown(handler)
    assert url == reverse(LIST) + "?q=%22%3E%3Cscript%3E&standing=open"
    text = signed_in(Client(), handler).get(reverse(LIST)).content.decode()
    assert "&lt;b&gt;旧" in text
    assert "<b>旧" not in text
    keep(handler, "外", "https://evil.example/?standing=open")
    assert not SavedFilter.objects.filter(name="外").exists()


@pytest.mark.parametrize(
    ("name", "query", "reason"),
    [
        ("  ", "standing=mine", "Please give the filter a name."),
        ("a\x00b", "standing=mine", "Please give the filter a name."),
        ("有", "standing=mine", "You already have a filter of this name."),
        ("空", "page=2", "Nothing is chosen in the list"),
        ("长" * 61, "standing=mine", "60"),
        ("长", "q=" + "x" * 600, "500"),
    ],
)
def test_what_does_not_do_is_said_and_changes_nothing(tree, handler, name, query, reason) -> None:
    actions.save(handler, name="有", query="standing=open")
    client = signed_in(Client(), handler)
    response = client.post(reverse(SAVE), {"name": name, "query": query}, follow=True)
    assert reason in " ".join(str(one) for one in response.context["messages"])
    assert list(SavedFilter.objects.values_list("name", "query")) == [("有", "standing=open")]


def test_twenty_are_the_most(tree, handler) -> None:
    for number in range(actions.MOST):
        actions.save(handler, name=f"{number:02d}", query="standing=open")
    with pytest.raises(NotPossible, match="20"):
        actions.save(handler, name="又", query="standing=open")
    other = make_user(Role.HANDLER, agency=tree[1], username="other")
    assert actions.save(other, name="又", query="standing=open").user == other


def test_nobody_sees_or_forgets_another_persons(tree, handler) -> None:
    mine = actions.save(handler, name="我的", query="standing=mine")
    other = make_user(Role.HANDLER, agency=tree[1], username="other")
    actions.save(other, name="我的", query="standing=open")
    assert [name for name, _url in shown(other)] == ["我的"]
    assert "standing=mine" not in str(shown(other))
    assert forget(other, mine.pk).status_code == 404
    with pytest.raises(NotPermitted):
        actions.forget(other, mine)
    assert forget(handler, mine.pk).url == reverse(LIST) + "?standing=mine"
    assert forget(handler, mine.pk).status_code == 404
    assert forget(handler, 2**70).status_code == 404
    assert SavedFilter.objects.get().user == other


def test_who_sees_no_requests_keeps_no_filter(tree) -> None:
    editor = make_user(Role.EDITOR, agency=tree[1])
    assert keep(editor, "x").status_code == 403
    with pytest.raises(NotPermitted):
        actions.save(editor, name="x", query="standing=open")
    assert Client().post(reverse(SAVE), {"name": "x"}).status_code == 302
    assert not SavedFilter.objects.exists()


def test_a_get_writes_nothing(tree, handler) -> None:
    mine = actions.save(handler, name="我的", query="standing=mine")
    client = signed_in(Client(), handler)
    assert client.get(reverse(SAVE)).status_code == 405
    address = reverse("admin:requests_app_filter_forget", args=[mine.pk])
    assert client.get(address).status_code == 405
    assert SavedFilter.objects.count() == 1


def test_it_goes_with_its_person(tree, handler) -> None:
    actions.save(handler, name="我的", query="standing=mine")
    User.objects.filter(pk=handler.pk).delete()
    assert not SavedFilter.objects.exists()


def test_the_database_keeps_a_name_once(tree, handler) -> None:
    actions.save(handler, name="我的", query="standing=mine")
    again = SavedFilter(user=handler, name="我的", query="standing=open")
    with pytest.raises(ValidationError, match="already have a filter"):
        again.full_clean()
    for wrong in (again, SavedFilter(user=handler, name="空", query="")):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()


def test_twenty_filters_cost_as_much_as_one(tree, handler) -> None:
    client, counts = signed_in(Client(), handler), []
    for number in range(3):
        actions.save(handler, name=f"{number}", query="standing=open")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(LIST)).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1

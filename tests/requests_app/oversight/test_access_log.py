"""The access log: who saw an applicant's identity or opened files, for the auditor."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.audit import verbs
from disclosure.core.dates import today
from disclosure.models import Agency, User
from requests_app import actions
from requests_app.oversight.access_log import VERBS
from tests.admin_pages import signed_in
from tests.factories import make_tree, make_user
from tests.request_factories import make_request

pytestmark = pytest.mark.django_db
PAGE = "admin:requests_app_access_log"


@pytest.fixture
def tree() -> tuple[Agency, Agency, Agency]:
    return make_tree()


@pytest.fixture
def handler(tree) -> User:
    return make_user(Role.HANDLER, agency=tree[1], username="jingban", full_name="经办甲")


@pytest.fixture
def auditor(tree) -> User:
    return make_user(Role.AUDITOR, agency=tree[1])


def page(user: User, query: str = ""):
    response = signed_in(Client(), user).get(reverse(PAGE) + query)
    assert response.status_code == 200
    return response


def looks(user: User, query: str = "") -> list[tuple[str, str]]:
    found = page(user, query).context["looks"]
    return [(look.entry.verb, look.entry.target_label) for look in found]


def test_looks_are_there_with_who_and_what_for(tree, handler, auditor) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    actions.reveal(case, actor=handler, purpose="contact")
    assert looks(auditor) == [("request.identity_seen", case.number)]
    (look,) = page(auditor).context["looks"]
    assert look.entry.actor == handler
    assert look.purpose
    assert look.purpose != "contact"


def test_it_is_looked_through_by_person_request_deed_and_day(tree, handler, auditor) -> None:
    first = make_request("registered", agency=tree[1], handler=handler)
    second = make_request("registered", agency=tree[1], handler=handler)
    other = make_user(Role.HEAD, agency=tree[1], full_name="负责乙")
    actions.reveal(first, actor=handler, purpose="contact")
    actions.reveal(second, actor=other, purpose="fee")
    seen = "request.identity_seen"
    for query, expected in {
        "": [(seen, second.number), (seen, first.number)],
        f"?number={first.number.lower()}": [(seen, first.number)],
        "?who=jingban": [(seen, first.number)],
        "?who=负责": [(seen, second.number)],
        "?who=谁也不是": [],
        "?verb=request.file_opened": [],
        "?verb=nonsense": [(seen, second.number), (seen, first.number)],
        "?until=2020-01-01": [],
        f"?since={today()}": [(seen, second.number), (seen, first.number)],
    }.items():
        assert looks(auditor, query) == expected, query


def test_only_the_auditor_of_the_agency_reads_it(tree, handler, auditor) -> None:
    case = make_request("registered", agency=tree[1], handler=handler)
    actions.reveal(case, actor=handler, purpose="contact")
    assert looks(make_user(Role.AUDITOR, agency=tree[2])) == []
    assert len(looks(make_user(Role.AUDITOR, agency=tree[0], with_descendants=True))) == 1
    for role in (Role.HANDLER, Role.HEAD, Role.PLATFORM_ADMIN):
        client = signed_in(Client(), make_user(role, agency=tree[1]))
        assert client.get(reverse(PAGE)).status_code == 403


def test_pages_go_on_and_ask_as_often_for_many(tree, handler, auditor, monkeypatch) -> None:
    monkeypatch.setattr("requests_app.oversight.admin.ON_SCREEN", 2)
    case = make_request("registered", agency=tree[1], handler=handler)

    def asked() -> int:
        client = signed_in(Client(), auditor)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(PAGE))
        return len(queries)

    actions.reveal(case, actor=handler, purpose="contact")
    asked()
    few = asked()
    for _number in range(4):
        actions.reveal(case, actor=handler, purpose="contact")
    assert asked() == few
    first = page(auditor)
    second = page(auditor, first.context["next_url"])
    third = page(auditor, second.context["next_url"])
    shown = [one.entry.pk for each in (first, second, third) for one in each.context["looks"]]
    assert len(shown) == len(set(shown)) == 5
    assert third.context["next_url"] == ""


def test_every_verb_of_it_is_declared() -> None:
    assert set(VERBS) <= set(verbs.verbs())

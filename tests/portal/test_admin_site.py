"""The staff area as a whole: start page, areas, ways to the public pages, autocompletes."""

import datetime as dt
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.backstage.panels import ROWS
from disclosure.core.dates import now
from disclosure.models import Agency, Publication, RoleAssignment, User
from tests.admin_pages import signed_in
from tests.factories import (
    make_admin,
    make_agency,
    make_category,
    make_guide,
    make_office,
    make_publication,
    make_report,
    make_rule,
    make_tree,
    make_user,
    walk_out,
)
from tests.request_factories import make_request

pytestmark = pytest.mark.django_db
START = reverse("admin:index")
COMPLETE = reverse("admin:autocomplete")
#: Which panels a role has when there is something for each; the order is that of the page.
PANELS = {
    Role.EDITOR: [
        "late",
        "reports-due",
        "publications-check",
        "drafts",
        "reports-drafts",
        "scheduled",
        "withdrawn",
    ],
    Role.REVIEWER: [
        "requests-open",
        "late",
        "publications-check",
        "publications-review",
        "scheduled",
    ],
    Role.PUBLISHER: [
        "late",
        "publications-check",
        "publications-sign",
        "publications-waiting",
        "scheduled",
    ],
    Role.HANDLER: [
        "requests-mine",
        "requests-unregistered",
        "requests-unsent",
        "requests-open",
        "requests-to-close",
    ],
    Role.HEAD: [
        "requests-open",
        "late",
        "reports-due",
        "publications-check",
        "publications-sign",
        "reports-waiting",
        "scheduled",
    ],
    Role.REPORTER: ["late", "drafts", "scheduled", "withdrawn"],
    Role.AUDITOR: ["requests-open"],
    Role.PLATFORM_ADMIN: [],
}


def somebody(role: Role, agency: Agency) -> User:
    """Somebody of that role who is not the person looking."""
    found = User.objects.filter(username=f"{role}-{agency.code}").first()
    return found or make_user(role, agency=agency, username=f"{role}-{agency.code}")


def work_of_every_kind(agency: Agency, worker: User, year: int = 2014) -> None:
    """Something for each panel, begun or handled by `worker` where that counts."""
    long_ago = now().date() - dt.timedelta(days=90)
    Publication.objects.filter(
        pk=make_publication(state="draft", agency=agency, date_made=long_ago).pk
    ).update(created_by=worker)
    for until in ("submit", "check", "pass_review", "sign_off"):
        draft = make_publication(state="draft", agency=agency, date_made=now().date())
        reviewer, signer = somebody(Role.REVIEWER, agency), somebody(Role.PUBLISHER, agency)
        walk_out(draft, until, reviewer=reviewer, signer=signer)
    make_publication(agency=agency, published_at=now() + dt.timedelta(days=9))
    make_publication(agency=agency, state="withdrawn")
    make_report(year, state="draft", agency=agency)
    make_request(agency=agency)
    make_request("registered", agency=agency)
    for state in ("registered", "answered"):
        request = make_request(state, agency=agency)
        type(request).objects.filter(pk=request.pk).update(handler=worker)


def keys(response: Any) -> list[str]:
    return [panel.key for panel in response.context["panels"]]


# --- the start page ------------------------------------------------------------------------------
@pytest.mark.parametrize("role", Role)
def test_each_role_finds_its_work(client: Client, role: Role) -> None:
    _province, first, _second = make_tree()
    worker = make_user(role, agency=first)
    work_of_every_kind(first, worker)
    response = signed_in(client, worker).get(START)
    assert keys(response) == PANELS[role]
    for panel in response.context["panels"]:
        assert panel.rows
        for url in (panel.url, *(row.url for row in panel.rows)):
            assert client.get(url).status_code == 200, url


@pytest.mark.parametrize("role", Role)
def test_work_of_another_agency_is_nobodys_here(client: Client, role: Role) -> None:
    _province, first, second = make_tree()
    worker = make_user(role, agency=first)
    work_of_every_kind(second, make_user(*Role, agency=second))
    found = {
        row.agency or row.label
        for panel in signed_in(client, worker).get(START).context["panels"]
        for row in panel.rows
    }
    assert not any("乙市" in one for one in found)


def test_the_start_page_costs_the_same_however_much_there_is(client: Client) -> None:
    _province, first, _second = make_tree()
    worker = make_user(*Role, agency=first)
    signed_in(client, worker)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(START).status_code == 200
        return len(captured)

    for year in range(2008, 2008 + ROWS):
        work_of_every_kind(first, worker, year)
    queries()  # Django keeps content types from the first page on
    few = queries()
    for year in range(2016, 2016 + ROWS):
        work_of_every_kind(first, worker, year)
    assert queries() == few


def test_a_panel_shows_its_first_rows_and_counts_all(client: Client) -> None:
    agency = make_agency()
    publisher = make_user(Role.PUBLISHER, agency=agency)
    for _ in range(ROWS + 2):
        draft = make_publication(state="draft", agency=agency, date_made=now().date())
        walk_out(draft, "submit")
    (panel,) = signed_in(client, publisher).get(START).context["panels"]
    assert (panel.key, len(panel.rows), panel.count) == (
        "publications-check",
        ROWS,
        ROWS + 2,
    )
    assert len(client.get(panel.url).context["cl"].result_list) == panel.count


@pytest.mark.parametrize("language", ["", "/en"])
def test_what_people_type_is_no_markup_on_the_start_page(client: Client, language: str) -> None:
    agency = make_agency(name="<b>机关</b>")
    draft = make_publication(
        "<script>alert(1)</script>", state="draft", agency=agency, date_made=now().date()
    )
    walk_out(draft, "submit")
    signed_in(client, make_user(Role.PUBLISHER, agency=agency, full_name="<i>名</i>"))
    text = client.get(language + START).content.decode()
    assert "&lt;script&gt;alert(1)" in text
    for markup in ("<script>alert", "<b>机关", "<i>名"):
        assert markup not in text


def test_areas_are_those_that_a_person_may_see(client: Client) -> None:
    agency = make_agency()
    for role in Role:
        response = signed_in(client, make_user(role, agency=agency)).get(START)
        for app in response.context["app_list"]:
            for model in app["models"]:
                assert client.get(model["admin_url"]).status_code == 200, (role, model["name"])
                if model["add_url"]:
                    assert client.get(model["add_url"]).status_code == 200, (role, model["name"])


def test_an_unknown_address_is_not_found(client: Client) -> None:
    signed_in(client, make_admin())
    for path in ("nothing/", "auth/group/", "disclosure/nothing/", "sessions/session/"):
        assert client.get(START + path).status_code == 404, path


# --- to the public page --------------------------------------------------------------------------
def on_site(obj: Model) -> str:
    kind = ContentType.objects.get_for_model(obj)
    return reverse("admin:view_on_site", args=[kind.pk, obj.pk])


@pytest.mark.parametrize("make", [make_publication, make_guide, make_rule, make_report])
def test_the_way_to_the_public_page_is_for_ones_own(client: Client, make: Any) -> None:
    _province, first, second = make_tree()
    own, foreign = make(agency=first), make(agency=second)
    signed_in(client, make_user(Role.AUDITOR, agency=first))
    answer = client.get(on_site(own))
    assert (answer.status_code, answer.url) == (302, own.get_absolute_url())
    assert client.get(on_site(foreign)).status_code == 404
    signed_in(client, make_user(Role.PLATFORM_ADMIN, agency=first))
    assert client.get(on_site(own)).status_code == 404


def test_a_draft_elsewhere_is_not_betrayed_by_the_way_to_it(client: Client) -> None:
    _province, first, second = make_tree()
    signed_in(client, make_user(*Role, agency=first))
    assert client.get(on_site(make_publication(state="draft", agency=second))).status_code == 404


@pytest.mark.parametrize(
    ("kind", "key"),
    [("abc", "1"), ("1", "abc"), ("9" * 30, "1"), ("１", "1"), ("-1", "1"), ("1", "9" * 30)],
)
def test_a_senseless_way_is_not_found(client: Client, kind: str, key: str) -> None:
    signed_in(client, make_admin())
    assert client.get(reverse("admin:view_on_site", args=[kind, key])).status_code == 404


def test_models_without_a_page_have_no_way(client: Client) -> None:
    signed_in(client, make_admin())
    for obj in (make_office(make_agency()), make_user(Role.EDITOR)):
        assert client.get(on_site(obj)).status_code == 404


# --- autocompletes -------------------------------------------------------------------------------
USER_OF_ROLE = {
    "app_label": "disclosure",
    "model_name": "roleassignment",
    "field_name": "user",
}


def test_an_autocomplete_answers_lawful_rows_only(client: Client) -> None:
    _province, first, second = make_tree()
    make_user(Role.EDITOR, agency=first, username="here")
    make_user(Role.EDITOR, agency=second, username="there")
    make_user(username="nowhere")
    admin_here = make_user(Role.PLATFORM_ADMIN, agency=first, username="here-too")
    signed_in(client, admin_here)

    def answered(term: str) -> set[str]:
        results = client.get(COMPLETE, {**USER_OF_ROLE, "term": term}).json()["results"]
        return {User.objects.get(pk=one["id"]).username for one in results}

    assert answered("") == {"here", "here-too"}
    assert answered("here") == {"here", "here-too"}
    assert answered("there") == answered("nowhere") == set()
    assert answered("he\x00re") == {"here", "here-too"}
    assert answered("a " * 3000) == answered("a" * 60_000) == set()


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"app_label": "nothing"},
        {"model_name": "nothing"},
        {"field_name": "nothing"},
        {"field_name": "role"},
        {"field_name": "agency"},  # a plain choice, no autocomplete
        {"model_name": "publication", "field_name": "created_by"},
        {"model_name": "auditentry", "field_name": "actor"},
        {"app_label": "auth", "model_name": "permission", "field_name": "content_type"},
        {"app_label": "requests_app", "model_name": "disclosurerequest", "field_name": "handler"},
        {"field_name": "user\x00"},
    ],
)
def test_a_field_that_no_form_asks_so_is_refused(client: Client, asked: dict[str, str]) -> None:
    signed_in(client, make_admin())
    query = {**USER_OF_ROLE, **asked} if asked else {}
    assert client.get(COMPLETE, query).status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PLATFORM_ADMIN])
def test_who_gives_no_roles_looks_up_nobody(client: Client, role: Role) -> None:
    signed_in(client, make_user(role))
    assert client.get(COMPLETE, USER_OF_ROLE).status_code == 403


@pytest.mark.parametrize("number", ["0", "-1", "abc", "999", "9" * 30])
def test_a_senseless_page_of_an_autocomplete_is_not_found(client: Client, number: str) -> None:
    signed_in(client, make_admin())
    assert client.get(COMPLETE, {**USER_OF_ROLE, "page": number}).status_code == 404


def test_every_form_asks_a_fixed_number_of_queries(client: Client) -> None:
    """However many agencies, categories and people there are to choose from."""
    agency = make_agency()
    make_category()
    everyone = make_user(*Role, agency=agency, is_superuser=True, with_descendants=True)
    signed_in(client, everyone)

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200, url
        return len(captured)

    site: Any = admin.site
    urls = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        for model, page in site._registry.items()
        if page.has_add_permission(_asked_by(everyone))
    ]
    assert len(urls) > 5
    for url in urls:
        queries(url)  # Django keeps content types from the first page on
    few = {url: queries(url) for url in urls}
    for _ in range(5):
        make_category()
        make_office(make_agency(under=agency))
        RoleAssignment.objects.create(user=make_user(), agency=agency, role=Role.EDITOR)
    assert {url: queries(url) for url in urls} == few


def _asked_by(user: User) -> Any:
    request = type("Request", (), {})()
    request.user = user
    return request

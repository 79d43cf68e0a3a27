"""Every list of the staff area: what it costs, what its filters name, what nonsense does to it."""

from itertools import product
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.models import Agency, CalendarYear, User
from requests_app.messages import outbox
from requests_app.models import AskedOften, LetterWording, MessageText
from requests_app.proposing import actions as propose
from tests.admin_pages import choices, signed_in
from tests.factories import (
    PDF,
    make_agency,
    make_category,
    make_guide,
    make_publication,
    make_report,
    make_rule,
    make_tree,
    make_user,
)
from tests.publishing_things import make_publishing_things
from tests.request_factories import make_request, make_style

pytestmark = pytest.mark.django_db
SITE: Any = admin.site
MODELS = sorted(SITE._registry, key=lambda model: model._meta.label)
#: In a few groups, so that the records of every kind are made a few times, not for each list.
GROUPS = [MODELS[start::4] for start in range(4)]
each_list = pytest.mark.parametrize("models", GROUPS, ids=range(1, len(GROUPS) + 1))

HUGE = "9" * 30
#: What nobody asks by clicking. `{date}` and `{field}` are the list's own, where it has them.
NONSENSE = [
    "?p=0",
    "?p=-1",
    "?p=abc",
    "?p=999999",
    f"?p={HUGE}",
    f"?p={'9' * 5000}",
    "?p=1&p=2",
    "?p=%EF%BC%92",
    "?o=abc",
    "?o=999.-999.1.-1",
    f"?o={HUGE}",
    "?e=1",
    "?all=",
    "?_facets=True",
    "?_popup=1",
    "?_to_field=password",
    "?q=%00",
    "?%00=1",
    "?q=" + "a+" * 3000,
    "?q=%22unclosed+'quotes",
    "?q=%25_%5C",
    "?q=" + "a" * 60_000,
    "?q=%ED%A0%80",
    "?nonsense=1",
    "?utm_source=x",
    "?pk=abc",
    "?pk__regex=(",
    "?id__in=a,b",
    f"?id__exact={HUGE}",
    "?id__exact=",
    "?title__regex=(",
    "?username__regex=(",
    "?agency__name__regex=(",
    "?agency__id__exact=abc",
    "?agency__id__exact=",
    "?agency__id__exact=%00",
    f"?agency__id__exact={HUGE}",
    "?agency__id__exact=%C2%B2",
    f"?agency__id__exact=1&agency__id__exact={HUGE}",
    f"?category__id__exact={HUGE}",
    f"?user__id__exact={HUGE}",
    "?agency__id__exact=1&agency__id__exact=x",
    "?agency=abc",
    "?agency__isnull=maybe",
    "?category__id__exact=abc",
    "?state__exact=nonsense",
    "?state=nonsense",
    "?state__regex=(",
    "?is_active__exact=maybe",
    "?is_active__isnull=maybe",
    "?year=abc",
    f"?year={HUGE}",
    "?year__gt=abc",
    "?role__exact=king",
    "?standing=nonsense",
    "?kind=nonsense&verb=nonsense",
    "?user__password__startswith=m",
    "?assignments__user__password__startswith=m",
    "?history__password=m",
    "?{date}__year=abc",
    "?{date}__year=",
    "?{date}__year=0",
    "?{date}__year=1",
    "?{date}__year=9998",
    "?{date}__year=9999",
    "?{date}__year=-1",
    "?{date}__year=%C2%B2",
    "?{date}__year=%EF%BC%92%EF%BC%90%EF%BC%92%EF%BC%96",
    f"?{{date}}__year={HUGE}",
    f"?{{date}}__year={'9' * 5000}",
    "?{date}__year=2026&{date}__year=9999",
    "?{date}__year=2026&{date}__month=13",
    "?{date}__year=2026&{date}__month=abc",
    "?{date}__year=2026&{date}__day=31",
    "?{date}__year=2026&{date}__month=2&{date}__day=30",
    "?{date}__year=9999&{date}__month=12&{date}__day=31",
    "?{date}__month=13",
    "?{date}__month=abc",
    "?{date}__day=abc",
    "?{date}__gte=abc",
    "?{date}__date=abc",
]


@pytest.fixture
def everyone() -> User:
    """Every role over the whole tree, with two records of each kind below it."""
    _province, first, second = make_tree()
    category = make_category()
    for agency in (first, second):
        make_publication(agency=agency, category=category, attachments={"附件.pdf": PDF})
        make_report(agency=agency)
        make_guide(agency)
        make_rule(agency)
        outbox.queue(make_request(agency=agency), "answered")
        make_style(agency)
        LetterWording.objects.create(agency=agency, kind="answer", body="{points}\n{remedy}")
        MessageText.objects.create(agency=agency, template="answered", subject="x", body="x")
        given = make_request("answered", agency=agency)
        propose.suggest(given)
        AskedOften.objects.create(
            agency=agency, key="x", sample=given, people=3, requests=3, last_on=given.received_on
        )
    for year in (2041, 2042):
        CalendarYear.objects.create(year=year)
    category = make_category()
    for agency in Agency.objects.order_by("path"):
        item = agency.publications.filter(state="published").first()
        if item is not None:
            make_publishing_things(agency, category, item)
    return make_user(*Role, agency=_province, with_descendants=True, is_superuser=True)


def address(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@each_list
def test_nonsense_in_the_address_breaks_no_list(
    client: Client, everyone: User, models: list[type[Model]], monkeypatch: Any
) -> None:
    signed_in(client, everyone)
    for place, model in enumerate(models):
        page = SITE._registry[model]
        monkeypatch.setattr(page, "list_per_page", 1)
        # What is the same code for every list is asked of each in turn, the rest of all.
        own = [asked for asked in NONSENSE if "{" in asked]
        for asked in own + [one for one in NONSENSE if "{" not in one][place % 4 :: 4]:
            if "{date}" in asked and not page.date_hierarchy:
                continue
            url = address(model) + asked.replace("{date}", str(page.date_hierarchy))
            answer = client.get(url, follow=True)
            assert answer.status_code in {200, 400}, url[:200]


@each_list
def test_senseless_choices_for_a_bulk_step_break_no_list(
    client: Client, everyone: User, models: list[type[Model]]
) -> None:
    signed_in(client, everyone)
    actions = ("delete_selected", "publish", "register", "nonsense", "\x00")
    chosen_ones = ("abc", "0", HUGE, "\x00", "")
    asked = [
        (model, *one)
        for place, model in enumerate(models)
        for one in list(product(actions, chosen_ones))[place % 4 :: 4]
    ]
    for model, action, chosen in asked:
        data = {"action": action, "_selected_action": [chosen]}
        answer = client.post(address(model), data, follow=True)
        assert answer.status_code in {200, 400}, (model, data)
        assert "answers" not in answer.context or not answer.context["answers"], model


@each_list
def test_a_list_costs_the_same_however_long(
    client: Client, everyone: User, models: list[type[Model]]
) -> None:
    signed_in(client, everyone)

    def queries(model: type[Model]) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(model)).status_code == 200
        return len(captured)

    for model in models:
        queries(model)  # Django keeps content types from the first page on
    few = {model: queries(model) for model in models}
    province = Agency.objects.get(code="SL")
    for _ in range(3):
        agency = make_agency(under=province)
        category = make_category()
        item = make_publication(agency=agency)
        make_publishing_things(agency, category, item)
        make_report(agency=agency)
        make_guide(agency)
        make_rule(agency)
        make_request(agency=agency)
        make_user(*Role, agency=agency)
    assert {model: queries(model) for model in models} == few


@each_list
def test_filters_name_no_agency_out_of_sight(client: Client, models: list[type[Model]]) -> None:
    _province, first, second = make_tree()
    signed_in(client, make_user(*Role, agency=first))
    for model in models:
        response = client.get(address(model))
        assert response.status_code == 200, model
        said = [
            choice["display"]
            for spec in response.context["cl"].filter_specs
            for choice in spec.choices(response.context["cl"])
        ]
        assert not any("乙市" in str(one) or "示例省" in str(one) for one in said), model
        found = client.get(address(model), {"agency__id__exact": second.pk}, follow=True)
        assert found.status_code in {200, 400}, model
        assert "乙市" not in found.content.decode(), model


def test_a_filter_over_a_tree_means_all_below(client: Client, everyone: User) -> None:
    province, first, _second = Agency.objects.order_by("path")
    signed_in(client, everyone)
    url = reverse("admin:disclosure_publication_changelist")

    def found(**asked: object) -> int:
        return len(client.get(url, asked).context["cl"].result_list)

    # Of each a publication, a guide, a rule, another with an earlier version.
    assert found(agency__id__exact=province.pk) == 10
    assert found(agency__id__exact=first.pk) == 5
    assert found(agency__id__exact="9" * 18) == 0


@each_list
def test_nonsense_about_the_key_breaks_no_form(
    client: Client, everyone: User, models: list[type[Model]]
) -> None:
    signed_in(client, everyone)
    for model in models:
        found = model._default_manager.first()
        assert found is not None, model
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        url = f"{reverse(name, args=[found.pk])}?_to_field="
        assert client.get(url).status_code == 200, model
        for field in ("password", "id", "%00"):
            assert client.get(url + field).status_code in {200, 400}, (model, field)


@pytest.mark.parametrize("key", ["abc", "0", "-1", "²", HUGE, "1" * 5000, "\x00", ""])
def test_a_person_who_cannot_be_is_not_chosen(client: Client, everyone: User, key: str) -> None:
    url = reverse("admin:disclosure_roleassignment_add")
    answer = signed_in(client, everyone).get(url, {"user": key})
    assert answer.status_code == 200
    assert not choices(answer, "user")
    data = {"user": key, "agency": str(Agency.objects.earliest("pk").pk), "role": Role.EDITOR}
    answer = client.post(url, data)
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["user"]

"""The addresses of the site, from the resolver itself, and one thing of each kind behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from disclosure.agencies.roles import Role
from disclosure.audit.trail import record
from disclosure.models import (
    AnnualReport,
    CalendarDay,
    CalendarYear,
    Publication,
    RoleAssignment,
    User,
)
from requests_app import actions, uploads
from requests_app.models import DisclosureRequest, RequestFile
from tests.factories import (
    PDF,
    make_agency,
    make_category,
    make_guide,
    make_office,
    make_publication,
    make_rule,
    make_user,
)
from tests.request_factories import TOKEN, make_submission


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: its full name, its route and its parameters."""

    name: str
    route: str
    parameters: tuple[str, ...]


def addresses() -> Iterator[Address]:
    """All of them, languages counted once."""

    def walk(
        patterns: list[URLPattern | URLResolver], route: str, space: str, known: tuple[str, ...]
    ) -> Iterator[Address]:
        for pattern in patterns:
            here = route + str(pattern.pattern)
            params = known + tuple(pattern.pattern.regex.groupindex)
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern.url_patterns, here, inner, params)
            else:
                yield Address(f"{space}{pattern.name}", here, params)

    yield from walk(get_resolver().url_patterns, "", "", ())


def make_things() -> dict[type[Model], Model]:
    """One record of each model, of the agency HERE."""
    here = make_agency("HERE", name="本地示例机关")
    category = make_category("general")
    office = make_office(here)
    publication = make_publication(
        agency=here, category=category, attachments={"附件.pdf": PDF}, index_number="HERE/2026-1"
    )
    staged = uploads.stage(TOKEN, uploads.Upload("说明.pdf", PDF))
    request = actions.submit(make_submission(here), token=TOKEN, staged=[staged]).request
    year = CalendarYear.objects.create(year=2040)
    day = CalendarDay.objects.create(year=year, date="2040-01-02")
    report = AnnualReport.objects.create(
        agency=here,
        year=2014,
        title="示例",
        state="published",
        published_at=publication.published_at,
    )
    assignment = RoleAssignment.objects.create(
        user=make_user(username="somebody"), agency=here, role=Role.EDITOR
    )
    entry = record(None, "publication.created", publication)
    listed = [
        here,
        category,
        office,
        publication,
        publication.attachments.get(),
        request,
        request.files.get(),
        year,
        day,
        report,
        assignment,
        assignment.user,
        entry,
        make_guide(here),
        make_rule(here, "rule"),
    ]
    return {type(thing): thing for thing in listed}


def filled(address: Address, things: dict[type[Model], Model]) -> dict[str, Any]:
    """Values for the parameters of an address; raises KeyError for one nobody thought of."""
    publication = things[Publication]
    attachment = publication.attachments.get()
    public: dict[str, dict[str, Any]] = {
        "publication": {"index_number": publication.index_number},
        "attachment": {"uuid": attachment.uuid, "name": attachment.name},
        "request": {"number": things[DisclosureRequest].number},
        "request-leave": {"number": things[DisclosureRequest].number},
        "request-file": {
            "number": things[DisclosureRequest].number,
            "uuid": things[RequestFile].uuid,
        },
        "admin:requests_app_disclosurerequest_file": {
            "object_id": things[DisclosureRequest].pk,
            "uuid": things[RequestFile].uuid,
        },
    }
    if address.name == "admin:view_on_site":
        kind = ContentType.objects.get_for_model(Publication)
        return {"content_type_id": kind.pk, "object_id": publication.pk}
    if address.name in public:
        return {name: public[address.name][name] for name in address.parameters}
    common: dict[str, Any] = {
        "code": "HERE",
        "year": things[AnnualReport].year,
        "slug": "rule",
        "app_label": "disclosure",
        "section": "publications",
        "url": "nothing/here",
    }
    if address.name.startswith("admin:") and set(address.parameters) & {"object_id", "id"}:
        return {name: admin_object(address, things).pk for name in address.parameters}
    return {name: common[name] for name in address.parameters}


def admin_object(address: Address, things: dict[type[Model], Model]) -> Model:
    for model in admin.site._registry:
        prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        if address.name.startswith(prefix):
            return things[model]
    if "auth_user_password_change" in address.name or "user" in address.name:
        return things[User]
    raise KeyError(address.name)

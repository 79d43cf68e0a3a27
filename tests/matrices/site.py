"""The addresses of the site, from the resolver itself, and one thing of each kind behind them."""

import re
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
from disclosure.reports.sheets import key_of
from requests_app import actions, uploads
from requests_app.messages import outbox
from requests_app.models import (
    AskedOften,
    DisclosureRequest,
    Letter,
    LetterFile,
    LetterStyle,
    LetterWording,
    MessageText,
    Party,
    RequestFile,
)
from requests_app.proposing import actions as propose
from tests.factories import (
    PDF,
    make_agency,
    make_category,
    make_guide,
    make_office,
    make_publication,
    make_report,
    make_rule,
    make_user,
)
from tests.publishing_things import make_publishing_things
from tests.reporting import Staff
from tests.request_factories import TOKEN, answer_request, make_request, make_submission

#: Of the public report with tables; the year after is a draft with tables.
TABLED_YEAR = 2023
#: Addresses of a report with tables alone.
TABLED = re.compile(
    r"annual-report-(docx|xlsx|pdf)"
    r"|admin:disclosure_annualreport_(tables|compute|draft|sum|load|note|cell)"
)


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
    letter = answer_request(make_request("registered", agency=here)).letters.get(kind="answer")
    year = CalendarYear.objects.create(year=2040)
    day = CalendarDay.objects.create(year=year, date="2040-01-02")
    staff = Staff(here)
    staff.out(staff.filled(TABLED_YEAR))
    staff.filled(TABLED_YEAR + 1, texts={"overview": "尚在撰写。"})
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
        publication.attachments.get().file_check,
        request,
        request.files.get(),
        letter,
        _letter_file(letter),
        Party.objects.create(
            request=letter.request, kind="third_party", number=1, data={"name": "示例公司"}
        ),
        LetterStyle.objects.get(agency=here),
        LetterWording.objects.create(agency=here, kind="answer", body="{points}\n{remedy}"),
        MessageText.objects.create(agency=here, template="answered", subject="{number}", body="x"),
        outbox.queue(request, "answered"),
        year,
        day,
        make_report(2014, agency=here),
        assignment,
        assignment.user,
        entry,
        make_guide(here),
        make_rule(here, "rule"),
        *make_publishing_things(here, category, publication),
        *_proposals(letter.request),
    ]
    return {type(thing): thing for thing in listed}


def _proposals(answered: DisclosureRequest) -> list[Model]:
    proposal = propose.suggest(answered)
    often = AskedOften.objects.create(
        agency=answered.agency,
        key="x",
        sample=answered,
        people=3,
        requests=3,
        last_on=answered.received_on,
    )
    return [proposal, often]


def filled(address: Address, things: dict[type[Model], Model]) -> dict[str, Any]:
    """Values for the parameters of an address; raises KeyError for one nobody thought of."""
    publication, letter = things[Publication], things[Letter]
    attachment = publication.attachments.get()
    request: dict[str, Any] = {"number": things[DisclosureRequest].number}
    answered: dict[str, Any] = {"number": letter.request.number, "place": 1, "form": "pdf"}
    case: dict[str, Any] = {"object_id": things[DisclosureRequest].pk, "position": 1}
    lettered: dict[str, Any] = {"object_id": letter.request_id, "letter": letter.pk}
    own: dict[str, dict[str, Any]] = {
        "publication": {"index_number": publication.index_number},
        "attachment": {"uuid": attachment.uuid, "name": attachment.name},
        "api-publication": {"index_number": publication.index_number},
        "api-category": {"code": "general"},
        "feed-category": {"code": "general"},
        "open-data-dump": {"kind": "csv"},
        "attachments-all": {"uuid": attachment.uuid, "name": "全部.zip"},
        "request-file": {**request, "uuid": things[RequestFile].uuid},
        "request-letter": answered,
        "request-sign-for": answered,
        "request-code-link": {"token": "nothing"},
        "verify-letter": {"code": letter.verify_code},
        "admin:requests_app_disclosurerequest_file": {**case, "uuid": things[RequestFile].uuid},
        "admin:requests_app_disclosurerequest_letter": {
            **lettered,
            "uuid": things[LetterFile].uuid,
        },
        "admin:requests_app_disclosurerequest_point": case,
        "admin:requests_app_disclosurerequest_to_sign": lettered,
        "admin:requests_app_disclosurerequest_opinion_form": {
            "object_id": letter.request_id,
            "party": things[Party].pk,
        },
        "admin:requests_app_filter_forget": {"filter_id": 1},
    }
    if address.name == "admin:view_on_site":
        kind = ContentType.objects.get_for_model(Publication)
        return {"content_type_id": kind.pk, "object_id": publication.pk}
    if TABLED.fullmatch(address.name):
        draft = AnnualReport.objects.get(year=TABLED_YEAR + 1, form="2021")
        table: dict[str, Any] = {"code": "HERE", "year": TABLED_YEAR, "object_id": draft.pk}
        table["key"] = key_of(draft.table_form.places[0])  # type: ignore[union-attr]
        return {name: table[name] for name in address.parameters}
    if address.name in own:
        return {name: own[address.name][name] for name in address.parameters}
    common: dict[str, Any] = {
        **request,
        "code": "HERE",
        "year": things[AnnualReport].year,
        "slug": "rule",
        "app_label": "disclosure",
        "section": "publications",
        "url": "nothing/here",
        "ending": "csv",
        "area": "area",
    }
    if address.name.startswith("admin:disclosure_publication_") and "token" in address.parameters:
        return {"token": "00000000-0000-0000-0000-000000000000"}
    if address.name == "admin:disclosure_finding_publication":
        return {"publication_id": publication.pk}
    if address.name.startswith("admin:") and set(address.parameters) & {"object_id", "id"}:
        return {name: admin_object(address, things).pk for name in address.parameters}
    return {name: common[name] for name in address.parameters}


def _letter_file(letter: Letter) -> LetterFile:
    file = LetterFile(letter=letter, format=LetterFile.Format.PDF)
    uploads.fill(file, uploads.Upload("答复.pdf", PDF))
    file.save()
    return file


def admin_object(address: Address, things: dict[type[Model], Model]) -> Model:
    for model in admin.site._registry:
        prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        if address.name.startswith(prefix):
            return things[model]
    if "auth_user_password_change" in address.name or "user" in address.name:
        return things[User]
    raise KeyError(address.name)

"""From an answered request to a publication (Art. 44): nothing of the applicant goes along."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.backstage.panels import panels_for
from disclosure.core.errors import NotPermitted, NotPossible
from disclosure.models import AuditEntry, Publication
from requests_app import actions as casework
from requests_app.casework.models import NamedPerson
from requests_app.proposing import actions
from requests_app.proposing.models import Proposal
from tests.admin_pages import signed_in
from tests.factories import any_category, make_agency, make_user
from tests.request_factories import RESIDENT_ID, answer_request, make_receipt, make_request

pytestmark = pytest.mark.django_db
WHO = {
    "name": "独特申请人",
    "phone": "13812345678",
    "email": "who@example.invalid",
    "id_type": "resident_id",
    "id_number": RESIDENT_ID,
    "postal_address": "示例市示例路八号",
}


def answered(**fields: Any) -> Any:
    return make_request(
        "answered",
        information_name="示例年度汇总表",
        description="我是独特申请人，请公开。",
        **WHO,
        **fields,
    )


def proposed(case: Any, **fields: Any) -> Proposal:
    given = {
        "title": "示例年度汇总表（公开版）",
        "category": any_category(),
        "actor": None,
        **fields,
    }
    return actions.propose(case, **given)


def everything(row: Any) -> str:
    return " ".join(str(getattr(row, field.attname)) for field in row._meta.concrete_fields)


def test_nothing_of_the_applicant_stands_in_the_draft() -> None:
    case = answered()
    proposal = proposed(case, actor=make_user(Role.HANDLER))
    draft = Publication.objects.get(pk=proposal.publication_id)
    assert (draft.title, draft.state, draft.agency) == (
        "示例年度汇总表（公开版）",
        "draft",
        case.agency,
    )
    assert draft.created_by is None  # handlers do not write publications
    history = " ".join(everything(row) for row in Publication.history.all())
    events = " ".join(everything(row) for row in draft.events.all())
    trail = " ".join(
        everything(row) for row in AuditEntry.objects.filter(verb="publication.created")
    )
    for value in (*WHO.values(), case.number, case.description, "示例答复"):
        for written in (everything(draft), history, events, trail):
            assert value not in written, value
    # The proposal itself names no person either.
    for value in (*WHO.values(), case.description):
        assert value not in everything(proposal)


@pytest.mark.parametrize("field", ["name", "phone", "email", "id_number", "postal_address"])
def test_words_that_name_the_applicant_are_refused(field: str) -> None:
    case = answered()
    with pytest.raises(NotPossible) as refused:
        proposed(case, title=f"关于{WHO[field]}的汇总表")
    assert refused.value.refusals[0].code == "title"
    with pytest.raises(NotPossible):
        proposed(case, document_number=f" {WHO[field]} ")
    assert not Publication.objects.exists()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("state", "determination"),
    [("submitted", "given"), ("registered", "given"), ("answered", "not_existing")],
)
def test_only_what_was_given_can_be_proposed(state: str, determination: str) -> None:
    case = make_request(state, determination=determination)
    with pytest.raises(NotPossible):
        proposed(case)
    with pytest.raises(NotPossible):
        actions.suggest(case)


def test_the_applicant_suggests_once_and_staff_take_or_decline() -> None:
    case, handler = answered(), make_user(Role.HANDLER)
    suggestion = actions.suggest(case)
    assert suggestion.state == Proposal.State.OPEN
    assert suggestion.title == ""
    with pytest.raises(NotPossible):
        actions.suggest(case)
    with pytest.raises(NotPossible):
        proposed(case)
    with pytest.raises(NotPossible):
        actions.decline(suggestion, actor=handler, reason=" ")
    declined = actions.decline(suggestion, actor=handler, reason="已有同类公开")
    assert declined.decided_by == handler
    with pytest.raises(NotPossible):
        actions.take(suggestion, actor=handler, title="甲乙丙丁", category=any_category())
    with pytest.raises(NotPossible):
        actions.suggest(case)
    assert proposed(case, actor=handler).origin == Proposal.Origin.STAFF


def test_the_database_refuses_what_must_not_be() -> None:
    case = answered()
    suggestion = actions.suggest(case)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(request=case, origin="applicant")
    for wrong in ({"state": "declined"}, {"state": "taken"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.filter(pk=suggestion.pk).update(**wrong)


def test_others_propose_and_see_nothing(client: Client) -> None:
    case = answered()
    suggestion = actions.suggest(case)
    strangers = [
        make_user(Role.EDITOR),
        make_user(Role.PUBLISHER),
        make_user(Role.HANDLER, agency=make_agency("OTHER")),
    ]
    for user in strangers:
        for attempt in (
            lambda user=user: actions.take(
                suggestion, actor=user, title="甲乙丙丁", category=any_category()
            ),
            lambda user=user: actions.decline(suggestion, actor=user, reason="不"),
        ):
            with pytest.raises(NotPermitted):
                attempt()
        url = reverse("admin:requests_app_proposal_change", args=[suggestion.pk])
        assert signed_in(client, user).get(url).status_code in {403, 404}
        assert "proposals" not in {panel.key for panel in panels_for(user)}


def test_a_restricted_request_keeps_its_suggestion_to_the_named(client: Client) -> None:
    case = answered()
    suggestion = actions.suggest(case)
    type(case).objects.filter(pk=case.pk).update(is_restricted=True)
    handler, named = make_user(Role.HANDLER), make_user(Role.HANDLER)
    NamedPerson.objects.create(request=case, user=named)
    url = reverse("admin:requests_app_proposal_change", args=[suggestion.pk])
    assert signed_in(client, handler).get(url).status_code == 404
    assert "proposals" not in {panel.key for panel in panels_for(handler)}
    assert signed_in(client, named).get(url).status_code == 200


def test_the_staff_pages(client: Client) -> None:
    handler = make_user(Role.HANDLER)
    signed_in(client, handler)
    case, other = answered(), answered()
    page = reverse("admin:requests_app_disclosurerequest_change", args=[case.pk])
    url = reverse("admin:requests_app_disclosurerequest_for_everyone", args=[case.pk])
    assert url in client.get(page).content.decode()
    form = client.get(url).context["form"]
    assert form.initial["title"] == "示例年度汇总表"
    data = {"title": "汇总表独特申请人", "category": any_category().pk}
    answer = client.post(url, data)
    assert answer.status_code == 409
    assert "汇总表独特申请人" in answer.content.decode()
    assert client.post(url, {**data, "title": "年度汇总表"}).status_code == 302
    assert url not in client.get(page).content.decode()
    suggestion = actions.suggest(other)
    panel = {one.key: one for one in panels_for(handler)}["proposals"]
    assert [row.word for row in panel.rows] == [other.number]
    listed = client.get(reverse("admin:requests_app_proposal_changelist") + "?state__exact=open")
    assert other.number in listed.content.decode()
    assert case.number not in listed.content.decode()
    for name in ("change", "take", "decline"):
        url = reverse(f"admin:requests_app_proposal_{name}", args=[suggestion.pk])
        assert client.get(url).status_code == 200
    sent = {"title": "又一汇总表", "category": any_category().pk}
    url = reverse("admin:requests_app_proposal_take", args=[suggestion.pk])
    assert client.post(url, sent).status_code == 302
    suggestion.refresh_from_db()
    assert suggestion.publication is not None
    assert suggestion.decided_by == handler


# --- the applicant's page ------------------------------------------------------------------------
def follow(client: Client, receipt: Any) -> None:
    client.post(
        "/requests/track/", {"number": receipt.request.number, "access_code": receipt.access_code}
    )


def opened(client: Client) -> Any:
    receipt = make_receipt(**WHO)
    handler = make_user(Role.HANDLER)
    case = casework.take(receipt.request, "register", actor=handler)
    answer_request(case, handler=handler)
    follow(client, receipt)
    return receipt.request


def test_the_applicant_has_a_button_once(client: Client) -> None:
    case = opened(client)
    page, url = f"/requests/{case.number}/", f"/requests/{case.number}/suggest/"
    assert url in client.get(page).content.decode()
    assert client.get(url).status_code == 405
    answer = client.post(url)
    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert "no-store" in answer.headers["Cache-Control"]
    assert url not in client.get(page).content.decode()
    client.post(url)
    assert Proposal.objects.get().origin == Proposal.Origin.APPLICANT


def test_without_the_code_nothing_is_suggested(client: Client) -> None:
    case = answered()
    answer = client.post(f"/requests/{case.number}/suggest/")
    assert answer.status_code == 303
    assert "track" in answer.headers["Location"]
    unknown = client.post("/requests/SL-2020-99999/suggest/")
    assert unknown.status_code == 303
    assert not Proposal.objects.exists()


def test_before_the_answer_there_is_no_button(client: Client) -> None:
    receipt = make_receipt(**WHO)
    follow(client, receipt)
    text = client.get(f"/requests/{receipt.request.number}/").content.decode()
    assert "/suggest/" not in text

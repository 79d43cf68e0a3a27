"""What an applicant does to a request: each step's page, what it stores, why it is refused."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from disclosure.models import Agency
from requests_app import actions
from requests_app.actions import Receipt
from requests_app.lifecycle import APPLICANT_STEPS
from requests_app.models import DisclosureRequest, StagedUpload
from requests_app.tracking import step_views
from requests_app.tracking.steps import STEPS, offered
from requests_app.visitors import STEPS_TAKEN
from tests.applicants import open_request
from tests.factories import PDF, make_agency
from tests.intake import hidden_fields, text_of
from tests.request_factories import answer_request, make_receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return make_agency("SL", name="示例省办公室")


@pytest.fixture
def receipt(agency: Agency) -> Receipt:
    return make_receipt(agency)


def registered(receipt: Receipt) -> DisclosureRequest:
    return actions.take(receipt.request, "register")


def to_correct(receipt: Receipt, *, days: int = 15, **rest: Any) -> DisclosureRequest:
    request = registered(receipt) if receipt.request.state == "submitted" else receipt.request
    until = (request.received_on or dt.date.min) + dt.timedelta(days=days)
    return actions.take(request, "ask_correction", text="请写明年份。", until=until, **rest)


def page(client: Client, request: DisclosureRequest, step: str) -> str:
    return f"/en/requests/{request.number}/{STEPS[step].slug}/"


def names(request: DisclosureRequest) -> set[str]:
    return {step.name for step in offered(request)}


def test_every_step_of_the_table_has_its_page() -> None:
    """Confirming a letter is a button beside the letter."""
    assert set(STEPS) == set(APPLICANT_STEPS) - {"sign_for"}


def test_only_what_is_lawful_is_offered(agency: Agency) -> None:
    new = make_receipt(agency).request
    assert names(new) == {"add_files", "choose_delivery", "withdraw"}
    assert names(to_correct(make_receipt(agency))) == {
        *("correct", "add_files", "choose_delivery", "withdraw")
    }
    late = make_receipt(agency, at=timezone.now() - dt.timedelta(days=60)).request
    assert names(late) == {"add_files", "choose_delivery", "withdraw", "complain"}
    answered = answer_request(registered(make_receipt(agency)))
    assert names(answered) == {"rate"}
    assert names(actions.take(make_receipt(agency).request, "withdraw")) == set()


def test_the_page_offers_them_as_links(client: Client, receipt: Receipt) -> None:
    url = open_request(client, receipt)
    shown = text_of(client.get(url))
    assert f'href="{url}withdraw/"' in shown
    assert f'href="{url}rate/"' not in shown
    assert f'href="{url}correct/"' not in shown


@pytest.mark.parametrize("step", sorted(STEPS))
def test_a_step_that_is_not_lawful_says_why_and_changes_nothing(
    client: Client, receipt: Receipt, step: str
) -> None:
    open_request(client, receipt)
    actions.take(receipt.request, "withdraw")
    before = receipt.request.events.count()
    url = page(client, receipt.request, step)
    answer = client.get(url)
    assert answer.status_code == 409
    assert "This is not possible now." in text_of(answer)
    given = {"text": "示例。", "stars": "5", "form": "paper", "channel": "in_person"}
    posted = client.post(url, {**given, "files": SimpleUploadedFile("示例.pdf", PDF)})
    assert posted.status_code == 409
    assert receipt.request.events.count() == before


@pytest.mark.parametrize("step", sorted(STEPS))
def test_without_the_code_there_is_only_the_way_to_it(
    client: Client, receipt: Receipt, step: str
) -> None:
    url = page(client, receipt.request, step)
    assert client.get(url)["Location"].startswith("/en/requests/track/")
    answer = client.post(url, {"text": "我写了很久的话。"})
    assert answer.status_code == 403
    assert "我写了很久的话。" in text_of(answer), "what was typed can be copied"
    assert receipt.request.events.count() == 2


def test_a_correction_with_files(client: Client, receipt: Receipt) -> None:
    request = to_correct(receipt)
    open_request(client, receipt)
    url = page(client, request, "correct")
    blank = client.get(url)
    assert "请写明年份。" in text_of(blank)
    token = hidden_fields(blank)["token"]
    refused = client.post(url, {"token": token, "files": SimpleUploadedFile("说明.pdf", PDF)})
    assert refused.status_code == 422
    assert "说明.pdf" in text_of(refused)
    assert StagedUpload.objects.count() == 1
    done = client.post(url, {"token": token, "text": "2025年的名单。"}, follow=True)
    assert done.redirect_chain == [(f"/en/requests/{request.number}/", 303)]
    shown = text_of(done)
    assert "Your correction has been sent." in shown
    assert "2025年的名单。" in shown
    assert "说明.pdf" in shown
    request.refresh_from_db()
    assert request.state == "registered"
    assert request.answer_due is not None
    assert not StagedUpload.objects.exists()
    again = client.post(url, {"token": token, "text": "再来一次。"})
    assert again.status_code == 409


def test_a_late_correction_needs_its_reason(client: Client, agency: Agency) -> None:
    moment = timezone.now() - dt.timedelta(days=40)
    receipt = make_receipt(agency, at=moment)
    actions.take(receipt.request, "register", at=moment)
    request = DisclosureRequest.objects.get()
    until = moment.date() + dt.timedelta(days=10)
    actions.take(request, "ask_correction", text="请写明年份。", until=until, at=moment)
    open_request(client, receipt)
    url = page(client, request, "correct")
    assert "counts only with a good reason" in text_of(client.get(url))
    refused = client.post(url, {"text": "2025年的名单。"})
    assert refused.status_code == 422
    assert "2025年的名单。" in text_of(refused)
    client.post(url, {"text": "2025年的名单。", "reason": "住院。"})
    assert request.notes.latest("pk").text == "2025年的名单。\n\n住院。"


def test_reasons(client: Client, receipt: Receipt) -> None:
    request = registered(receipt)
    until = timezone.localdate() + dt.timedelta(days=10)
    actions.take(request, "ask_reasons", text="请说明理由。", until=until)
    url = open_request(client, receipt)
    shown = text_of(client.get(url))
    assert 'id="waiting-reasons"' in shown
    assert "请说明理由。" in shown
    client.post(page(client, request, "give_reasons"), {"text": "研究需要。"})
    assert request.notes.latest("pk").text == "研究需要。"
    assert 'id="waiting-reasons"' not in text_of(client.get(url))


def test_files_can_be_added(client: Client, receipt: Receipt) -> None:
    open_request(client, receipt)
    url = page(client, receipt.request, "add_files")
    token = hidden_fields(client.get(url))["token"]
    empty = client.post(url, {"token": token})
    assert "Please choose a file." in text_of(empty)
    done = client.post(
        url, {"token": token, "files": SimpleUploadedFile("身份证明.pdf", PDF)}, follow=True
    )
    assert "身份证明.pdf" in text_of(done)
    assert receipt.request.files.count() == 1


def test_a_wrong_file_is_named(client: Client, receipt: Receipt) -> None:
    open_request(client, receipt)
    url = page(client, receipt.request, "add_files")
    answer = client.post(url, {"files": SimpleUploadedFile("程序.pdf", b"MZ\x00")})
    assert answer.status_code == 422
    assert "“程序.pdf” is not accepted" in text_of(answer)


def test_form_and_way_of_delivery(client: Client, receipt: Receipt) -> None:
    open_request(client, receipt)
    request = receipt.request
    url = page(client, request, "choose_delivery")
    blank = text_of(client.get(url))
    assert "On file: a*@example.invalid" in blank
    assert "138****0000" in blank
    assert "13800000000" not in blank
    missing = client.post(url, {"form": "paper", "channel": "mail"})
    assert missing.status_code == 422
    assert '<a href="#id_postal_address">' in text_of(missing)
    client.post(
        url, {"form": "paper", "channel": "mail", "postal_address": "示例市示例路1号 100000"}
    )
    request.refresh_from_db()
    assert (request.form, request.channel) == ("paper", "mail")
    request.applicant.refresh_from_db()
    assert request.applicant.get("postal_address") == "示例市示例路1号 100000"
    assert request.applicant.get("email") == "a@example.invalid", "what was left empty is kept"
    facts = str(list(request.events.values_list("facts", flat=True)))
    assert "示例路" not in facts


@pytest.mark.parametrize("given", [{"email": "nonsense"}, {"phone": "nonsense"}])
def test_contacts_are_checked(client: Client, receipt: Receipt, given: dict[str, str]) -> None:
    open_request(client, receipt)
    url = page(client, receipt.request, "choose_delivery")
    answer = client.post(url, {"form": "paper", "channel": "in_person", **given})
    assert answer.status_code == 422


def test_an_objection_to_delay(client: Client, agency: Agency) -> None:
    receipt = make_receipt(agency, at=timezone.now() - dt.timedelta(days=60))
    url = open_request(client, receipt)
    assert f"{url}complain/" in text_of(client.get(url))
    done = client.post(f"{url}complain/", {"text": "请尽快答复。"}, follow=True)
    assert "You objected that nothing is done" in text_of(done)
    assert "请尽快答复。" in text_of(done)


def test_a_rating_once(client: Client, receipt: Receipt) -> None:
    request = answer_request(registered(receipt))
    open_request(client, receipt)
    url = page(client, request, "rate")
    assert client.post(url, {"stars": "6"}).status_code == 422
    done = client.post(url, {"stars": "4", "text": "答复清楚。"}, follow=True)
    assert "4 of 5" in text_of(done)
    assert request.events.get(kind="rated").facts["stars"] == 4
    assert client.post(url, {"stars": "5"}).status_code == 409


def test_a_withdrawal_is_confirmed_on_its_page(client: Client, receipt: Receipt) -> None:
    url = open_request(client, receipt)
    shown = text_of(client.get(f"{url}withdraw/"))
    assert "This cannot be undone" in shown
    assert 'class="danger"' in shown
    receipt.request.refresh_from_db()
    assert receipt.request.state == "submitted", "looking changes nothing"
    done = text_of(client.post(f"{url}withdraw/", {}, follow=True))
    assert "You withdrew the request; nothing more happens here." in done
    assert "Ended on" in done
    assert "#why" not in done
    assert 'id="steps"' not in done


def test_what_is_forged_is_refused(receipt: Receipt) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = Client().cookies
    assert strict.post(page(strict, receipt.request, "withdraw"), {}).status_code == 403
    assert receipt.request.events.count() == 2


def test_too_many_steps_keep_what_was_typed(
    client: Client, agency: Agency, rate_limits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = make_receipt(agency, at=timezone.now() - dt.timedelta(days=60))
    url = open_request(client, receipt)
    few = type(STEPS_TAKEN)("few-steps", times=1, seconds=3600)
    monkeypatch.setattr(step_views, "STEPS_TAKEN", few)
    assert client.post(f"{url}complain/", {"text": "请尽快答复。"}).status_code == 303
    answer = client.post(f"{url}complain/", {"text": "仍未答复。"})
    assert answer.status_code == 429
    assert answer["Retry-After"] == "3600"
    assert "仍未答复。" in text_of(answer)


def test_staff_words_stay_with_staff(client: Client, receipt: Receipt) -> None:
    request = registered(receipt)
    open_request(client, receipt)
    actions.take(request, "ask_extension", text="内部理由。")
    actions.take(request, "refuse_extension", text="内部意见。")
    shown = text_of(client.get(f"/en/requests/{request.number}/"))
    assert "内部理由。" not in shown
    assert "内部意见。" not in shown

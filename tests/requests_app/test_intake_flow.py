"""Filling in, checking and sending a request; nothing typed is lost on the way."""

import re

import pytest
from django.test import Client
from django.test.client import RequestFactory

from disclosure.core.dates import today
from disclosure.models import Agency
from disclosure.throttling.limits import Limit
from requests_app.intake import views
from requests_app.intake.quota import is_too_heavy
from requests_app.models import DisclosureRequest, RequestEvent
from tests.factories import make_agency
from tests.intake import NEW, TOKEN, answers, hidden_fields, read_receipt, submit, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _agency() -> None:
    make_agency("SL", name="示例省办公室", name_en="Example Province Office")


def test_the_empty_form(client: Client) -> None:
    response = client.get(NEW)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    page = text_of(response)
    for name in answers():
        assert f'name="{name}"' in page
    assert 'name="attachments"' in page
    assert 'type="file"' in page
    assert "multiple" in page
    token = hidden_fields(response)["submission_token"]
    assert len(token) >= 16
    assert token != hidden_fields(client.get(NEW))["submission_token"]
    assert not client.session.keys(), "reading the form leaves nothing in a session"


def test_the_address_can_choose_agency_and_subject(client: Client) -> None:
    page = text_of(client.get(NEW, {"agency": "SL", "information_name": "𠮷祥工程\x07"}))
    assert '<option value="SL" selected>' in page
    assert "𠮷祥工程" in page
    assert client.get(NEW, {"agency": "\x00nonsense", "information_name": "字" * 9999})


def test_a_public_body_is_explained(client: Client) -> None:
    make_agency("HOSP", name="示例医院", kind="public_body")
    page = text_of(client.get(NEW, {"agency": "HOSP"}))
    assert "rules of its own, not by requests under this Regulation" in page
    assert 'value="HOSP"' not in page


def test_without_any_agency_the_page_says_so(client: Client) -> None:
    Agency.objects.update(accepts_requests=False)
    assert "No agency takes requests" in text_of(client.get(NEW))


def test_review_holds_everything_and_creates_nothing(client: Client) -> None:
    typed = answers(
        name="  𠮷田甲 ",
        description='第一行\r\n<script>"第二行"</script>',
        email="a@example.invalid",
    )
    response = client.post(NEW, typed)
    assert response.status_code == 200
    assert DisclosureRequest.objects.count() == 0
    hidden = hidden_fields(response)
    assert hidden["confirm"] == "1"
    for name, value in typed.items():
        assert hidden[name] == value.strip().replace("\r\n", "\n"), name
    assert "<script>" not in response.content.decode()
    assert client.post(NEW, hidden).status_code == 303


def test_the_whole_way(client: Client) -> None:
    review = client.post(NEW, answers())
    sent = client.post(NEW, hidden_fields(review))
    assert (sent.status_code, sent["Location"]) == (303, "/en/requests/receipt/")
    number, _code = read_receipt(client.get(sent["Location"]))
    request = DisclosureRequest.objects.get()
    assert request.number == number == f"SL-{today().year}-0001"
    assert request.state == "submitted"
    assert request.received_on == today()
    assert request.language == "en"
    assert request.applicant.data["name"] == "示例甲"
    assert [event.kind for event in request.events.all()] == ["submitted", "received"]


def test_confirm_alone_is_enough(client: Client) -> None:
    assert submit(client)[0] == DisclosureRequest.objects.get().number


def test_the_same_form_again_gives_the_same_receipt(client: Client) -> None:
    first = submit(client)
    assert submit(client) == first
    assert submit(Client(), name="示例乙") == first, "whoever sends it, whatever it says now"
    assert DisclosureRequest.objects.count() == 1
    assert RequestEvent.objects.count() == 2
    review = client.post(NEW, answers())
    assert 'id="already-sent"' in text_of(review)


@pytest.mark.parametrize("token", [None, "", "short", "x" * 15, " " * 30, "x" * 201])
def test_without_a_token_each_form_is_a_request_of_its_own(
    client: Client, token: str | None
) -> None:
    first = submit(client, submission_token=token)
    second = submit(client, submission_token=token)
    assert first != second
    assert DisclosureRequest.objects.count() == 2
    review = client.post(NEW, answers(submission_token=token))
    assert len(hidden_fields(review)["submission_token"]) >= 16


def test_another_token_is_another_request_though_the_content_is_equal(client: Client) -> None:
    assert submit(client) != submit(client, submission_token=TOKEN[::-1])


def test_going_back_keeps_everything_and_judges_nothing(client: Client) -> None:
    hidden = hidden_fields(client.post(NEW, answers(description="一\n二")))
    response = client.post(NEW, {**hidden, "edit": "1"})
    assert response.status_code == 200
    page = text_of(response)
    assert "error-summary" not in page
    assert 'value="示例甲"' in page
    assert "一\n二</textarea>" in page
    assert re.search(r'<option value="resident_id" selected>', page)
    assert '<option value="SL" selected>' in page
    assert re.search(r'name="declaration"[^>]* checked', page)
    assert hidden_fields(response)["submission_token"] == TOKEN
    assert DisclosureRequest.objects.count() == 0


def test_what_was_typed_stays_beside_its_message(client: Client) -> None:
    response = client.post(
        NEW, answers(name="", id_number="12345", description="保留的文字", confirm="1")
    )
    assert response.status_code == 422
    page = text_of(response)
    assert 'value="12345"' in page
    assert "保留的文字</textarea>" in page
    assert '<a href="#id_name">Your name: Please give your name.</a>' in page
    assert '<a href="#id_id_number">' in page
    assert re.search(r'name="name"[^>]*aria-invalid="true"', page)
    assert re.search(r'aria-describedby="id_name_helptext id_name_error"', page)
    assert 'id="id_name_error"' in page
    assert hidden_fields(response)["submission_token"] == TOKEN
    assert DisclosureRequest.objects.count() == 0


def test_an_agency_that_closed_meanwhile_is_said(client: Client) -> None:
    hidden = hidden_fields(client.post(NEW, answers()))
    Agency.objects.update(is_active=False)
    response = client.post(NEW, hidden)
    assert response.status_code == 422
    assert "does not take requests" in text_of(response)


def test_forms_from_elsewhere_are_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(NEW, answers(confirm="1")).status_code == 403
    page = strict.get(NEW)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert token
    given = answers(confirm="1", csrfmiddlewaretoken=token[1])
    assert strict.post(NEW, given).status_code == 303


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_allowed(client: Client, method: str) -> None:
    assert getattr(client, method)(NEW).status_code == 405


def test_too_much_text_is_said_and_not_a_blank_error(client: Client) -> None:
    response = client.post(
        NEW, "description=" + "x" * 3_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 413
    assert "too large" in text_of(response)
    response = client.post(NEW, answers(description="字" * 1_000_000))
    assert response.status_code == 413


def test_too_many_fields_or_a_broken_body(client: Client) -> None:
    many = "&".join(f"f{number}=1" for number in range(1500))
    response = client.post(NEW, many, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    response = client.post(NEW, b"nonsense", content_type="multipart/form-data; boundary=")
    assert response.status_code == 413
    assert "Nothing was submitted" in text_of(response)


def test_a_monstrous_body_is_refused_before_it_is_read() -> None:
    assert not is_too_heavy(RequestFactory().post(NEW, answers()))
    assert is_too_heavy(RequestFactory().generic("POST", NEW, CONTENT_LENGTH=str(10**10)))


def test_another_kind_of_body_is_an_empty_form(client: Client) -> None:
    response = client.post(NEW, "{}", content_type="application/json")
    assert response.status_code == 422


def test_past_the_limit_the_review_stays(
    client: Client, rate_limits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "SUBMISSIONS", Limit("few", times=2, seconds=3600))
    for number in range(2):
        submit(client, submission_token=f"{TOKEN}{number}")
    response = client.post(NEW, answers(submission_token=f"{TOKEN}2", confirm="1"))
    assert response.status_code == 429
    assert "Too many attempts" in text_of(response)
    assert hidden_fields(response)["name"] == "示例甲"
    assert DisclosureRequest.objects.count() == 2
    elsewhere = Client(REMOTE_ADDR="192.0.2.77")
    assert (
        elsewhere.post(NEW, answers(submission_token=f"{TOKEN}2", confirm="1")).status_code == 303
    )


def test_how_often_the_database_is_asked(client: Client, django_assert_max_num_queries) -> None:
    for number in range(5):
        make_agency(f"MORE{number}")
    with django_assert_max_num_queries(4):
        client.get(NEW)
    with django_assert_max_num_queries(7):
        client.post(NEW, answers())

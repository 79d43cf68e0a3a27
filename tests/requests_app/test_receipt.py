"""The receipt: number and access code, shown this once."""

import datetime as dt
import json
import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from requests_app import access_codes
from requests_app.intake import handover
from requests_app.models import DisclosureRequest
from tests.factories import make_agency
from tests.intake import NEW, RECEIPT, TOKEN, answers, read_receipt, submit, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _agency() -> None:
    make_agency("SL", name="示例省办公室", phone="000-00000000")


def test_it_shows_what_to_keep_and_what_comes(client: Client) -> None:
    response = client.post(NEW, answers(confirm="1"))
    page = client.get(response["Location"])
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    number, code = read_receipt(page)
    request = DisclosureRequest.objects.get()
    assert access_codes.find(number, code) == request
    text = text_of(page)
    assert f'<time datetime="{request.answer_due}" id="answer-due">' in text
    assert "Last day for the answer: 20 working days" in text
    assert "Art. 33" in text
    assert "000-00000000" in text
    assert 'name="robots" content="noindex"' in text


def test_the_code_is_shown_once(client: Client) -> None:
    _number, code = submit(client)
    again = client.get(RECEIPT)
    assert again.status_code == 200
    assert code not in text_of(again)
    assert "There is no receipt to show here" in text_of(again)
    assert "no-store" in again["Cache-Control"]


def test_a_head_request_does_not_use_it_up(client: Client) -> None:
    client.post(NEW, answers(confirm="1"))
    assert client.head(RECEIPT).status_code == 405
    read_receipt(client.get(RECEIPT))


def test_without_cookies_there_is_help(client: Client) -> None:
    client.post(NEW, answers(confirm="1"))
    client.cookies.clear()
    assert "refuses cookies" in text_of(client.get(RECEIPT))


def test_nobody_else_sees_it(client: Client) -> None:
    client.post(NEW, answers(confirm="1"))
    assert "There is no receipt" in text_of(Client().get(RECEIPT))


def test_it_waits_for_minutes_only(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.post(NEW, answers(confirm="1"))
    later = time.time() + handover.MAX_AGE + 5
    monkeypatch.setattr("cryptography.fernet.time.time", lambda: later)
    assert "There is no receipt" in text_of(client.get(RECEIPT))


def test_the_same_form_after_an_hour_does_not_show_the_code_again(client: Client) -> None:
    number, code = submit(client)
    DisclosureRequest.objects.update(
        submitted_at=DisclosureRequest.objects.get().submitted_at - dt.timedelta(hours=2)
    )
    page = text_of(client.get(client.post(NEW, answers(confirm="1"))["Location"]))
    assert number in page
    assert code not in page
    assert "cannot be shown again" in page


def test_the_session_holds_nothing_readable(client: Client) -> None:
    client.post(NEW, answers(confirm="1", email="a@example.invalid"))
    (session,) = Session.objects.all()
    held = json.dumps(session.get_decoded(), ensure_ascii=False)
    page = client.get(RECEIPT)
    number, code = read_receipt(page)
    for secret in (code, number, "示例甲", "13800000000", "a@example.invalid"):
        assert secret not in held
    (session,) = Session.objects.all()
    assert session.get_decoded() == {}


def test_a_receipt_of_nothing(client: Client) -> None:
    client.post(NEW, answers(confirm="1"))
    session = client.session
    session[handover.KEY] = ["nonsense"]
    session.save()
    assert "There is no receipt" in text_of(client.get(RECEIPT))


def test_two_forms_in_two_tabs_give_two_receipts(client: Client) -> None:
    other = TOKEN[::-1]
    client.post(NEW, answers(confirm="1"))
    client.post(NEW, answers(confirm="1", submission_token=other))
    shown = {read_receipt(client.get(RECEIPT)) for _tab in range(2)}
    assert len(shown) == 2
    assert "There is no receipt" in text_of(client.get(RECEIPT))


def test_a_planted_session_sees_no_receipt(client: Client) -> None:
    client.post(NEW, answers(confirm="1"))
    planted = Client()
    planted.cookies = client.cookies.copy()
    client.post(NEW, answers(confirm="1", submission_token=TOKEN[::-1]))
    assert "There is no receipt" in text_of(planted.get(RECEIPT))


def test_what_was_sent_before_says_so(client: Client) -> None:
    client.post(NEW, answers(confirm="1"))
    assert "sent already" not in text_of(client.get(RECEIPT))
    client.post(NEW, answers(confirm="1", information_name="别的内容"))
    assert "sent already" in text_of(client.get(RECEIPT))

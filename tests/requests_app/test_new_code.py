"""A new access code by the e-mail on file: no oracle, one hour, one use."""

import datetime as dt
import re
from urllib.parse import quote

import pytest
from django.core import mail, signing
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from requests_app import access_codes, actions, code_links
from requests_app.actions import Receipt
from requests_app.messages import sending
from requests_app.models import DisclosureRequest, Message
from requests_app.visitors import CODES_FOR_PAIR, CODES_FROM_HERE
from tests.applicants import open_request
from tests.factories import make_agency
from tests.intake import TRACK, read_receipt, text_of
from tests.request_factories import make_receipt

pytestmark = pytest.mark.django_db

CODE = "/en/requests/code/"
SAID = "If number and e-mail address fit a request, a link is on its way"


@pytest.fixture
def receipt() -> Receipt:
    made = make_receipt(make_agency("SL", name="示例省办公室"), email="Jia@example.invalid")
    Message.objects.all().delete()
    return made


def ask(client: Client, number: str, email: str, **extra: str) -> HttpResponse:
    return client.post(CODE, {"number": number, "email": email}, **extra)


def link_of(receipt: Receipt) -> str:
    receipt.request.refresh_from_db()
    return code_links.code_link(receipt.request).replace("https://testserver", "")


def path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def test_the_whole_way(client: Client, receipt: Receipt) -> None:
    number = receipt.request.number
    answer = ask(client, number.lower(), "jia@example.invalid")
    assert (answer.status_code, answer["Location"]) == (303, TRACK)
    assert SAID in text_of(client.get(TRACK))
    assert sending.send_due() == 1
    (message,) = mail.outbox
    assert message.to == ["Jia@example.invalid"]
    (link,) = re.findall(r"https?://\S+/requests/code/\S+", message.body)
    blank = client.get(path(link))
    assert blank.status_code == 200
    assert number in text_of(blank)
    assert access_codes.find(number, receipt.access_code), "looking renews nothing"
    shown = client.post(path(link), follow=True)
    again, code = read_receipt(shown)
    assert again == number
    assert access_codes.find(number, code)
    assert access_codes.find(number, receipt.access_code) is None
    event = receipt.request.events.get(kind="code_renewed")
    assert event.facts == {"how": "email"}
    assert event.actor is None
    assert "There is no code to show here" in text_of(client.get("/en/requests/code/shown/"))
    used = client.post(path(link))
    assert used.status_code == 410
    assert "失效" in text_of(used)


def test_the_link_is_stored_nowhere(receipt: Receipt, client: Client) -> None:
    ask(client, receipt.request.number, "jia@example.invalid")
    message = Message.objects.get()
    assert (message.template, message.params) == ("code_link", {})


@pytest.mark.parametrize(
    ("number", "email"),
    [
        ("SL-2026-9999", "jia@example.invalid"),
        (None, "someone@example.invalid"),
        ("\x00\x00\x00", "jia@example.invalid"),
    ],
)
def test_the_answer_is_the_same_in_any_case(
    client: Client, receipt: Receipt, number: str | None, email: str
) -> None:
    good = ask(client, receipt.request.number, "jia@example.invalid")
    good_page = text_of(client.get(TRACK))
    other = Client()
    answer = ask(other, number or receipt.request.number, email)
    if "\x00" in (number or ""):
        assert answer.status_code == 422
        return
    assert (answer.status_code, answer["Location"]) == (good.status_code, good["Location"])
    bare = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    assert bare.sub("", text_of(other.get(TRACK))) == bare.sub("", good_page)
    assert Message.objects.count() == 1


def test_a_wrong_address_costs_the_same_work_as_an_unknown_number(
    client: Client, receipt: Receipt
) -> None:
    queries = []
    for number in (receipt.request.number, "SL-2026-9999"):
        with CaptureQueriesContext(connection) as captured:
            ask(Client(), number, "someone@example.invalid")
        queries.append(len(captured))
    assert queries[0] == queries[1]


def test_without_an_address_on_file_nothing_fits(client: Client) -> None:
    made = make_receipt(make_agency("NO"), email="")
    ask(client, made.request.number, "a@example.invalid")
    assert not Message.objects.filter(template="code_link").exists()


def test_nobodys_mailbox_is_filled(client: Client, receipt: Receipt, rate_limits: None) -> None:
    for attempt in range(CODES_FOR_PAIR.times + 3):
        answer = ask(
            Client(),
            receipt.request.number,
            "jia@example.invalid",
            REMOTE_ADDR=f"192.0.2.{attempt}",
        )
        assert answer.status_code == 303, "past the limit the answer stays the same"
    assert Message.objects.count() == CODES_FOR_PAIR.times


def test_nobody_can_lock_an_applicant_out(receipt: Receipt, rate_limits: None) -> None:
    number = receipt.request.number
    for attempt in range(CODES_FOR_PAIR.times + 3):
        here = f"192.0.2.{attempt}"
        ask(Client(), number, f"{attempt}@example.invalid", REMOTE_ADDR=here)
    ask(Client(), number, "jia@example.invalid", REMOTE_ADDR="198.51.100.1")
    assert Message.objects.filter(template="code_link").count() == 1


def test_attempts_from_one_address_are_limited(client: Client, rate_limits: None) -> None:
    for attempt in range(CODES_FROM_HERE.times):
        assert ask(client, f"SL-2026-9{attempt:03}", "a@example.invalid").status_code == 303
    answer = ask(client, "SL-2026-9999", "a@example.invalid")
    assert (answer.status_code, answer["Retry-After"]) == (429, str(CODES_FROM_HERE.seconds))


def test_what_is_missing_is_named(client: Client) -> None:
    page = text_of(ask(client, "", "nonsense"))
    assert '<a href="#id_number">' in page
    assert '<a href="#id_email">' in page


def body(client: Client, link: str) -> str:
    """The page of a dead link, without its address."""
    response = client.get(link)
    assert response.status_code == 410
    return (
        response.content.decode()
        .replace(link, "")
        .replace(quote(link), "")
        .replace(quote(link, safe=""), "")
    )


def test_every_dead_link_looks_the_same(
    client: Client, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = path(link_of(receipt))
    unknown = signing.TimestampSigner(salt="requests_app.code_links").sign("SL-2026-9999.abc")
    forged = link.replace(receipt.request.number, "SL-2026-9999")
    dead = [f"/requests/code/{unknown}/", forged, "/requests/code/nonsense/", link[:-5] + "/"]
    pages = {body(client, each) for each in dead}
    assert len(pages) == 1
    later = signing.time.time() + code_links.MAX_AGE + 5
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert body(client, link) in pages


def test_a_code_renewed_elsewhere_ends_the_link(client: Client, receipt: Receipt) -> None:
    link = path(link_of(receipt))
    actions.take(receipt.request, "renew_code", how="document", code=access_codes.new_code())
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410


def test_a_new_code_closes_what_was_open(client: Client, receipt: Receipt) -> None:
    thief = Client()
    url = open_request(thief, receipt)
    client.post(path(link_of(receipt)))
    assert thief.get(url).status_code == 302


def test_the_code_waits_in_the_session_unreadable_and_for_minutes(
    client: Client, receipt: Receipt
) -> None:
    client.post(path(link_of(receipt)))
    held = str(dict(client.session.items()))
    page = client.get("/en/requests/code/shown/")
    number, code = read_receipt(page)
    assert code not in held
    assert number not in held
    assert "no-store" in page["Cache-Control"]


def test_an_erased_applicant_gets_no_link(client: Client, receipt: Receipt) -> None:
    applicant = receipt.request.applicant
    applicant.data, applicant.erased_at = None, timezone.now() - dt.timedelta(days=1)
    applicant.save()
    ask(client, receipt.request.number, "jia@example.invalid")
    assert not Message.objects.exists()
    assert DisclosureRequest.objects.count() == 1

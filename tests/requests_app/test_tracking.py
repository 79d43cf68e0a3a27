"""Opening a request with number and code: wrong codes and unknown numbers are one and the same."""

import datetime as dt
import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from disclosure.throttling.models import ThrottleBucket
from requests_app import access_codes
from requests_app.actions import Receipt
from requests_app.models import DisclosureRequest
from requests_app.tracking import access
from requests_app.visitors import WRONG_FROM_HERE
from tests.factories import make_agency
from tests.intake import TRACK, text_of
from tests.request_factories import make_receipt

pytestmark = pytest.mark.django_db

WRONG = "AAAA-BBBB-CCCC-DDDD"


@pytest.fixture
def receipt() -> Receipt:
    return make_receipt(make_agency("SL", name="示例省办公室"))


def track(client: Client, number: str, code: str, **extra: str) -> HttpResponse:
    return client.post(TRACK, {"number": number, "access_code": code}, **extra)


def open_request(client: Client, receipt: Receipt) -> str:
    """Opens it; the address of its page."""
    response = track(client, receipt.request.number, receipt.access_code)
    assert response.status_code == 303
    return response["Location"]


def bare(response: HttpResponse, number: str) -> str:
    """The body without the CSRF token and the number that was typed."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    return body.replace(f'value="{number}"', "")


def test_number_and_code_open_the_request(client: Client, receipt: Receipt) -> None:
    url = open_request(client, receipt)
    assert url == f"/en/requests/{receipt.request.number}/"
    response = client.get(url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_as_people_write_them(client: Client, receipt: Receipt) -> None:
    number = f" {receipt.request.number.lower()}　"
    code = receipt.access_code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert track(client, number, code).status_code == 303


def test_wrong_code_and_unknown_number_look_the_same(client: Client, receipt: Receipt) -> None:
    known, unknown = receipt.request.number, "SL-2026-9999"
    wrong = track(client, known, WRONG)
    missing = track(client, unknown, WRONG)
    malformed = track(client, "𠮷", WRONG)
    assert wrong.status_code == missing.status_code == malformed.status_code == 422
    assert bare(wrong, known) == bare(missing, unknown) == bare(malformed, "𠮷")
    assert sorted(wrong.headers) == sorted(missing.headers)
    assert f'value="{known}"' in text_of(wrong), "what was typed stays"
    assert not client.session.keys()


def test_both_cost_the_same_work(client: Client, receipt: Receipt) -> None:
    queries = []
    for number in (receipt.request.number, "SL-2026-9999"):
        with CaptureQueriesContext(connection) as captured:
            track(client, number, WRONG)
        queries.append([re.sub(r"'[^']*'", "?", query["sql"]) for query in captured])
    assert queries[0] == queries[1]


def test_missing_fields_are_named(client: Client) -> None:
    response = track(client, "", " ")
    assert response.status_code == 422
    page = text_of(response)
    assert '<a href="#id_number">' in page
    assert '<a href="#id_access_code">' in page


@pytest.mark.parametrize("value", ["\x00", "a\x07b", "字" * 5000])
def test_absurd_values_are_answered_kindly(client: Client, value: str) -> None:
    assert track(client, value, WRONG).status_code == 422
    assert track(client, "SL-2026-0001", value).status_code == 422
    assert client.get(TRACK, {"number": value}).status_code == 200


def test_wrong_attempts_from_one_address_are_limited_for_both_alike(
    client: Client, receipt: Receipt, rate_limits: None
) -> None:
    number = receipt.request.number
    for attempt in range(WRONG_FROM_HERE.times):
        assert track(client, f"SL-2026-9{attempt:03}", WRONG).status_code == 422
    limited, unknown = track(client, number, WRONG), track(client, "SL-2026-8888", WRONG)
    assert limited.status_code == unknown.status_code == 429
    assert bare(limited, number) == bare(unknown, "SL-2026-8888")
    assert "Too many wrong attempts" in text_of(limited)
    assert track(client, number, receipt.access_code).status_code == 429
    assert track(Client(), number, receipt.access_code, REMOTE_ADDR="192.0.2.7").status_code == 303


def test_nobody_can_lock_an_applicant_out(receipt: Receipt, rate_limits: None) -> None:
    number = receipt.request.number
    for attempt in range(5 * WRONG_FROM_HERE.times):
        track(Client(), number, WRONG, REMOTE_ADDR=f"192.0.2.{attempt}")
    answer = track(Client(), number, receipt.access_code, REMOTE_ADDR="198.51.100.1")
    assert answer.status_code == 303


def test_too_many_attempts_say_when_to_come_back(client: Client, rate_limits: None) -> None:
    for attempt in range(WRONG_FROM_HERE.times):
        track(client, f"SL-2026-9{attempt:03}", WRONG)
    answer = track(client, "SL-2026-8888", WRONG)
    assert (answer.status_code, answer["Retry-After"]) == (429, str(WRONG_FROM_HERE.seconds))


def test_a_monstrous_number_is_refused_without_being_composed(client: Client) -> None:
    """Composing this many accents would take minutes, and the whole server with it."""
    answer = track(client, "a" + "\u0315\u0300" * 300_000, WRONG)
    assert answer.status_code == 422


def test_right_codes_are_not_counted(client: Client, receipt: Receipt, rate_limits: None) -> None:
    for _attempt in range(WRONG_FROM_HERE.times + 3):
        open_request(client, receipt)
    assert not ThrottleBucket.objects.exists()


def test_one_visitor_has_a_whole_ipv6_network(receipt: Receipt, rate_limits: None) -> None:
    for attempt in range(WRONG_FROM_HERE.times):
        track(Client(), f"SL-2026-9{attempt:03}", WRONG, REMOTE_ADDR=f"2001:db8::{attempt}")
    same = track(Client(), "SL-2026-8888", WRONG, REMOTE_ADDR="2001:db8::ffff:1")
    other = track(Client(), "SL-2026-8888", WRONG, REMOTE_ADDR="2001:db8:0:1::1")
    assert (same.status_code, other.status_code) == (429, 422)


def test_addresses_are_not_stored(client: Client, rate_limits: None) -> None:
    track(client, "SL-2026-0001", WRONG, REMOTE_ADDR="192.0.2.200")
    keys = list(ThrottleBucket.objects.values_list("key", flat=True))
    assert len(keys) == 1
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in keys)


def test_without_the_code_there_is_only_the_way_to_it(client: Client, receipt: Receipt) -> None:
    number = receipt.request.number
    for asked in (number, "SL-2026-9999", "NOTHING"):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(f"/en/requests/{asked.lower()}/")
        assert (response.status_code, response["Location"]) == (302, f"{TRACK}?number={asked}")
        assert not any("disclosurerequest" in query["sql"] for query in captured)
    assert f'value="{number}"' in text_of(client.get(response["Location"].replace(asked, number)))


def test_an_opened_request_opens_no_other(client: Client, receipt: Receipt) -> None:
    other = make_receipt(receipt.request.agency)
    open_request(client, receipt)
    assert client.get(f"/en/requests/{other.request.number}/").status_code == 302
    open_request(client, other)
    assert client.get(f"/en/requests/{receipt.request.number}/").status_code == 200


def test_another_spelling_of_the_number_leads_to_the_page(client: Client, receipt: Receipt) -> None:
    url = open_request(client, receipt)
    response = client.get(url.lower())
    assert (response.status_code, response["Location"]) == (302, url)


def test_it_closes_after_a_while_without_a_visit(
    client: Client, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = open_request(client, receipt)
    start = dt.datetime.now(dt.UTC)

    def minutes_later(minutes: int) -> None:
        monkeypatch.setattr(access, "now", lambda: start + dt.timedelta(minutes=minutes))

    for minutes in (20, 45, 70):
        minutes_later(minutes)
        assert client.get(url).status_code == 200, "each visit keeps it open"
    minutes_later(101)
    assert client.get(url).status_code == 302
    minutes_later(71)
    assert client.get(url).status_code == 302, "closed is closed"


def test_reading_writes_nothing(client: Client, receipt: Receipt) -> None:
    url = open_request(client, receipt)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    assert not [q for q in captured if re.match(r"(INSERT|UPDATE|DELETE)", q["sql"])]


def test_a_new_code_ends_what_the_old_one_opened(client: Client, receipt: Receipt) -> None:
    url = open_request(client, receipt)
    request = receipt.request
    DisclosureRequest.objects.filter(pk=request.pk).update(
        access_code_hash=access_codes.hashed(request.number, access_codes.new_code())
    )
    assert client.get(url).status_code == 302


def test_the_session_key_changes_and_holds_no_personal_data(
    client: Client, receipt: Receipt
) -> None:
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    open_request(client, receipt)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    held = client.session[access.KEY]
    assert list(held) == [receipt.request.number]
    text = str(held)
    for secret in (receipt.access_code, access_codes.normalise(receipt.access_code), "示例甲"):
        assert secret not in text
    assert receipt.request.access_code_hash not in text


def test_at_most_a_few_stay_open(client: Client, receipt: Receipt) -> None:
    open_request(client, receipt)
    for _number in range(access.MOST):
        open_request(client, make_receipt(receipt.request.agency))
    assert len(client.session[access.KEY]) == access.MOST
    assert client.get(f"/en/requests/{receipt.request.number}/").status_code == 302


def test_leaving_closes_it(client: Client, receipt: Receipt) -> None:
    url = open_request(client, receipt)
    assert client.get(f"{url}leave/").status_code == 405
    response = client.post(f"{url}leave/", follow=True)
    assert "closed on this device" in text_of(response)
    assert client.get(url).status_code == 302


def test_a_wrong_code_is_answered_quickly(client: Client, receipt: Receipt) -> None:
    """A keyed hash, no password hash: guessing is stopped by 80 bits, not by waiting."""
    started = time.perf_counter()
    access_codes.find(receipt.request.number, WRONG)
    assert time.perf_counter() - started < 0.1

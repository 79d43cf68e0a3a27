"""What a citizen types and clicks: the request form's answers, and the pages' hidden fields."""

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.request_factories import RESIDENT_ID

NEW, RECEIPT, TRACK = "/en/requests/new/", "/en/requests/receipt/", "/en/requests/track/"
#: Passes the check of GB 32100; no organisation has it.
CREDIT_CODE = "91350100M000100Y43"
#: A form's own token, as `secrets.token_urlsafe(24)` writes them.
TOKEN = "0123456789abcdefghijklmnopqrstuv"

NATURAL = {
    "applicant_kind": "natural_person",
    "name": "示例甲",
    "id_type": "resident_id",
    "id_number": RESIDENT_ID,
    "phone": "13800000000",
    "agency": "SL",
    "information_name": "示例工程竣工验收备案名单",
    "form": "electronic",
    "channel": "online",
    "declaration": "on",
    "submission_token": TOKEN,
}
ORGANISATION = {
    **{key: value for key, value in NATURAL.items() if not key.startswith("id_")},
    "applicant_kind": "enterprise",
    "name": "示例有限公司",
    "organisation_code": CREDIT_CODE,
}


def answers(**changes: Any) -> dict[str, Any]:
    """A natural person's complete form; `changes` replace answers, None leaves one out."""
    return {key: value for key, value in {**NATURAL, **changes}.items() if value is not None}


def text_of(response: HttpResponse) -> str:
    """The page with its entities resolved."""
    return html.unescape(response.content.decode())


def hidden_fields(response: HttpResponse) -> dict[str, str]:
    """The hidden inputs of the page's forms, as a browser sends them."""
    page = response.content.decode()
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in pairs}


def submit(client: Client, **changes: Any) -> tuple[str, str]:
    """Fill in, send, and read number and access code off the receipt."""
    response = client.post(NEW, answers(confirm="1", **changes))
    assert response.status_code == 303, text_of(response)
    return read_receipt(client.get(response["Location"]))


def read_receipt(response: HttpResponse) -> tuple[str, str]:
    page = response.content.decode()
    number = re.search(r'<output id="request-number">([A-Z0-9-]+)</output>', page)
    code = re.search(r'<output id="access-code">([A-Z0-9-]+)</output>', page)
    assert number
    assert code
    return number[1], code[1]

"""The receipt on its way from the form to its page: in the session, encrypted, for minutes."""

import json

from django.contrib.sessions.backends.base import SessionBase

from disclosure.core.crypto import Undecipherable, decrypt, encrypt
from requests_app.actions import Receipt

KEY = "receipt"
MAX_AGE = 15 * 60


def hand_over(session: SessionBase, receipt: Receipt) -> None:
    """Leave number and access code for the receipt page."""
    content = {"number": receipt.request.number, "code": receipt.access_code}
    session[KEY] = encrypt(json.dumps(content).encode()).decode()


def take(session: SessionBase) -> tuple[str, str] | None:
    """Number and code, once; None where there is nothing (any more)."""
    token = session.pop(KEY, None)
    if not token:
        return None
    try:
        content = json.loads(decrypt(token.encode(), max_age=MAX_AGE))
    except Undecipherable:
        return None
    return content["number"], content["code"]

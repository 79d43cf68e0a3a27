"""Receipts on their way from the form to their page: in the session, encrypted, for minutes."""

import json
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from disclosure.core.crypto import Undecipherable, decrypt, encrypt
from requests_app.actions import Receipt

KEY = "receipts"
MAX_AGE = 15 * 60
#: Forms sent in several tabs before their receipts are looked at.
MOST = 5


@dataclass(frozen=True)
class Handed:
    """What a receipt shows; `is_new` False: the form had been sent before."""

    number: str
    code: str
    is_new: bool


def hand_over(session: SessionBase, receipt: Receipt, *, key: str = KEY) -> None:
    """Leave number and access code for the page that shows them, in a session of a new key: one
    that somebody else has put into this browser leads to nothing."""
    session.cycle_key()
    content = {
        "number": receipt.request.number,
        "code": receipt.access_code,
        "is_new": receipt.is_new,
    }
    token = encrypt(json.dumps(content).encode()).decode()
    session[key] = [*session.get(key, []), token][-MOST:]


def take(session: SessionBase, number: str | None = None, *, key: str = KEY) -> Handed | None:
    """The oldest receipt left here (or that of `number`), once; None where there is none."""
    waiting = [_opened(token) for token in session.get(key, [])]
    for place, handed in enumerate(waiting):
        if handed is not None and number in (None, handed.number):
            left = session[key][:place] + session[key][place + 1 :]
            if left:
                session[key] = left
            else:
                del session[key]
            return handed
    return None


def _opened(token: str) -> Handed | None:
    try:
        return Handed(**json.loads(decrypt(token.encode(), max_age=MAX_AGE)))
    except Undecipherable:
        return None

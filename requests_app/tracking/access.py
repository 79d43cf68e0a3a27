"""Which requests a visitor has opened with number and access code: kept in the session.

The session holds numbers and proofs, no personal data. A proof is bound to the stored hash of
the code, so that a new code ends what the old one opened. Who has opened a request has opened
all that belong to it (`tracking.family`).
"""

import hmac
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from disclosure.core.crypto import keyed_hash
from disclosure.core.dates import now
from requests_app.casework.models import DisclosureRequest
from requests_app.tracking.family import family, with_people

KEY = "opened_requests"
#: Seconds without a visit after which the code is asked for again.
IDLE = 30 * 60
#: The time of the visit is noted this seldom, so that reading does not write each time.
NOTED_EVERY = 5 * 60
MOST = 5


def _proof(request: DisclosureRequest) -> str:
    return keyed_hash("opened-request", f"{request.number}|{request.access_code_hash}")


def grant(session: SessionBase, request: DisclosureRequest) -> None:
    """Let this visitor see `request`; the session gets a new key, so none can be planted."""
    session.cycle_key()
    held = dict(session.get(KEY, {}))
    held.pop(request.number, None)
    held[request.number] = [_proof(request), int(now().timestamp())]
    session[KEY] = dict(list(held.items())[-MOST:])


def opened(session: SessionBase, number: str) -> DisclosureRequest | None:
    """The request with this number, if this visitor has opened it, or one that it belongs to, and
    was here lately.

    What is not opened is never looked up: the work does not tell whether it exists.
    """
    number = number.upper()
    if number in session.get(KEY, {}):
        own = _still_open(session, [number]).get(number)
        if own is not None:
            return own
    for holder in _still_open(session, list(session.get(KEY, {}))).values():
        for member in family(holder):
            if member.number == number:
                return member
    return None


def forget(session: SessionBase, *numbers: str) -> None:
    """Close these requests for this visitor."""
    held = dict(session.get(KEY, {}))
    left = {number: value for number, value in held.items() if number not in numbers}
    if left != held:
        session[KEY] = left


def _still_open(session: SessionBase, numbers: list[str]) -> dict[str, DisclosureRequest]:
    """Those of the opened requests whose code still holds; the others are forgotten."""
    if not numbers:
        return {}
    held: dict[str, Any] = dict(session[KEY])
    stored = {each.number: each for each in with_people().filter(number__in=numbers)}
    moment = int(now().timestamp())
    found = {}
    for number in numbers:
        proof, seen = held[number]
        request = stored.get(number)
        if request and moment - seen <= IDLE and hmac.compare_digest(proof, _proof(request)):
            found[number] = request
            if moment - seen > NOTED_EVERY:
                held[number] = [proof, moment]
        else:
            del held[number]
    if held != session[KEY]:
        session[KEY] = held
    return found

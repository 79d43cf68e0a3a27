"""Which requests a visitor has opened with number and access code: kept in the session.

The session holds numbers and proofs, no personal data. A proof is bound to the stored hash of
the code, so that a new code ends what the old one opened.
"""

import hmac

from django.contrib.sessions.backends.base import SessionBase

from disclosure.core.crypto import keyed_hash
from disclosure.core.dates import now
from requests_app.casework.models import DisclosureRequest

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
    """The request with this number, if this visitor has opened it and was here lately."""
    number = number.upper()
    held = session.get(KEY, {})
    if number not in held:
        return None
    proof, seen = held[number]
    moment = int(now().timestamp())
    request = (
        DisclosureRequest.objects.select_related("agency", "applicant", "answer")
        .filter(number=number)
        .first()
    )
    if request is None or moment - seen > IDLE or not hmac.compare_digest(proof, _proof(request)):
        forget(session, number)
        return None
    if moment - seen > NOTED_EVERY:
        session[KEY] = {**held, number: [proof, moment]}
    return request


def forget(session: SessionBase, number: str) -> None:
    """Close the request for this visitor."""
    held = dict(session.get(KEY, {}))
    if held.pop(number.upper(), None) is not None:
        session[KEY] = held

"""Links that give a new access code: signed, for an hour, for one use, and stored nowhere.

A link is bound to the hash of the present code, so it dies when a code is renewed.
"""

import hmac

from django.conf import settings
from django.core import signing
from django.urls import reverse

from disclosure.core.crypto import keyed_hash
from requests_app.casework.models import DisclosureRequest

MAX_AGE = 60 * 60
_SALT = "requests_app.code_links"


def _proof(request: DisclosureRequest) -> str:
    return keyed_hash("code-link", f"{request.number}|{request.access_code_hash}")[:32]


def code_link(request: DisclosureRequest) -> str:
    """The address, made when its message is sent."""
    token = signing.TimestampSigner(salt=_SALT).sign(f"{request.number}.{_proof(request)}")
    return settings.SITE_URL + reverse("request-code-link", args=[token])


def holder(token: str, *, locked: bool = False) -> DisclosureRequest | None:
    """The request to which a link still opens the way; None for every other link alike."""
    try:
        value = signing.TimestampSigner(salt=_SALT).unsign(token, max_age=MAX_AGE)
    except signing.BadSignature:
        return None
    number, _dot, proof = value.rpartition(".")
    requests = DisclosureRequest.objects.select_related("agency")
    if locked:
        requests = requests.select_for_update(of=("self",))
    found = requests.filter(number=number).first()
    return found if found and hmac.compare_digest(proof, _proof(found)) else None

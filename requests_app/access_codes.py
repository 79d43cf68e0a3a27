"""Access codes (查询码): 80 random bits, shown once, kept only as a keyed hash."""

import base64
import hmac
import secrets

from django.conf import settings

from disclosure.core.crypto import keyed_hash
from requests_app.casework.models import DisclosureRequest

LENGTH = 16
#: Crockford's alphabet: nothing in it is mistaken for something else when read aloud.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FROM_BASE32 = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _ALPHABET)
_MISREAD = str.maketrans("OIL", "011")


def _written(bits: bytes) -> str:
    text = base64.b32encode(bits[:10]).decode().translate(_FROM_BASE32)
    return "-".join(text[start : start + 4] for start in range(0, LENGTH, 4))


def new_code() -> str:
    """A code at random, as `XXXX-XXXX-XXXX-XXXX`."""
    return _written(secrets.token_bytes(10))


def code_for(token: str, number: str) -> str:
    """The code of the request that a form's submission token made.

    Derived with a secret key, so that the same form sent twice shows the same receipt although
    the code itself is stored nowhere.
    """
    key = settings.HASH_KEY.encode()
    return _written(hmac.digest(key, f"derived-code|{number}|{token}".encode(), "sha256"))


def normalise(code: str) -> str:
    """As compared: capitals, no blanks or hyphens, O as 0, I and L as 1."""
    return "".join(char for char in code.upper().translate(_MISREAD) if char in _ALPHABET)


def hashed(number: str, code: str) -> str:
    """What is stored of a code; bound to the request's number."""
    return keyed_hash("access-code", f"{number}|{normalise(code)}")


def find(number: str, code: str) -> DisclosureRequest | None:
    """The request with this number and code; the only road to it for an applicant.

    An unknown number costs the same work and gives the same answer as a wrong code.
    """
    number = number.strip().upper()[:32]
    request = (
        DisclosureRequest.objects.select_related("agency")
        .filter(number=number if "\x00" not in number else "")
        .first()
    )
    expected = request.access_code_hash if request else hashed(number, new_code())
    matches = hmac.compare_digest(expected, hashed(number, code[:64]))
    return request if matches else None

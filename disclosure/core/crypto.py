"""Encryption at rest and keyed hashes for personal data, with keys kept outside the database.

`PERSONAL_DATA_KEYS`: the first key encrypts, all decrypt, so that a key is rotated by putting a
new one in front and running `rotate_personal_data_keys`. Any text of some length may be a key.
"""

import base64
import hashlib
import hmac
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class Undecipherable(Exception):
    """No key of `PERSONAL_DATA_KEYS` opens this: a key is missing or the data were altered."""


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    def derived(key: str) -> Fernet:
        digest = hashlib.sha256(b"personal-data:" + key.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(digest))

    return MultiFernet([derived(key) for key in keys])


def _box() -> MultiFernet:
    return _fernet(tuple(settings.PERSONAL_DATA_KEYS))


def encrypt(data: bytes) -> bytes:
    """Encrypt and authenticate `data` with the current key."""
    return _box().encrypt(data)


def decrypt(token: bytes, *, max_age: int | None = None) -> bytes:
    """The data in `token`; raises Undecipherable (also when older than `max_age` seconds)."""
    try:
        return _box().decrypt(token, ttl=max_age)
    except InvalidToken:
        raise Undecipherable("no key opens this token") from None


def rotate(token: bytes) -> bytes:
    """`token` encrypted anew with the current key."""
    try:
        return _box().rotate(token)
    except InvalidToken:
        raise Undecipherable("no key opens this token") from None


def is_current(token: bytes) -> bool:
    """Whether `token` was encrypted with the current key."""
    try:
        _fernet(tuple(settings.PERSONAL_DATA_KEYS[:1])).decrypt(token)
    except InvalidToken:
        return False
    return True


def keyed_hash(purpose: str, value: str) -> str:
    """HMAC-SHA256 of `value`, apart for each purpose (hex, 64 characters)."""
    key = hmac.digest(settings.HASH_KEY.encode(), purpose.encode(), "sha256")
    return hmac.digest(key, value.encode(), "sha256").hex()


class EncryptedJSONField(models.BinaryField):
    """A JSON value that is encrypted in the database; it cannot be searched or sorted."""

    # For the type checker: any value goes in and comes out.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        return encrypt(json.dumps(value, ensure_ascii=False).encode())

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        return json.loads(decrypt(bytes(value)))

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(self.value_from_object(obj), ensure_ascii=False)

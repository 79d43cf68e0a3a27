"""Files of a form on its way: kept under the form's token until it is accepted, so that nobody
has to choose them again."""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from disclosure.core.errors import Refusal, TooManyAttempts
from disclosure.files import sniff
from disclosure.files.names import clean_name
from requests_app import uploads
from requests_app.uploads import Upload

SHORTEST_TOKEN, LONGEST_TOKEN = 16, 200


def new_token() -> str:
    """A token under which nobody else has kept anything."""
    return secrets.token_urlsafe(24)


def token_of(given: str) -> str:
    """The token that came with a form, or a new one where none of a sound length came."""
    given = given.strip()
    return given if SHORTEST_TOKEN <= len(given) <= LONGEST_TOKEN else new_token()


def keep_files(
    files: Iterable[Any],
    token: str,
    *,
    allowed: frozenset[str] = sniff.FROM_PUBLIC,
    spend: Callable[[], None] | None = None,
) -> list[Refusal]:
    """Stage the uploaded `files`; returns why some of them were not.

    The same file chosen again (after going back) is kept once. `spend` counts each new one and
    may raise TooManyAttempts.
    """
    refused: list[Refusal] = []
    files = list(files)
    kept = {(each.name, each.sha256) for each in (uploads.staged_for(token) if files else ())}
    for file in files:
        upload = Upload(file.name or "", file.read())
        same = (clean_name(upload.name), hashlib.sha256(upload.data).hexdigest())
        if same in kept:
            continue
        reasons = uploads.why_not_accept(upload, already=len(kept), allowed=allowed)
        if not reasons:
            try:
                if spend:
                    spend()
            except TooManyAttempts as error:
                return refused + error.refusals
            uploads.stage(token, upload)
            kept.add(same)
        refused += [reason for reason in reasons if str(reason) not in map(str, refused)]
    return refused

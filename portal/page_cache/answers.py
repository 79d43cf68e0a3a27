"""From Django's answer to what is kept, and from that to the answers that go out."""

import gzip
import hashlib
from collections.abc import Iterable
from http import HTTPStatus
from typing import Final, TypeGuard

from django.http import HttpResponse
from django.utils.http import parse_http_date_safe

from disclosure.freshness.generation import Generation
from disclosure.visits.counting import Seen
from portal.page_cache.keys import Asked
from portal.page_cache.store import Entry

#: The browser asks every time (and mostly hears 304); nginx may keep it for a second.
CACHE_CONTROL: Final = "public, max-age=0, s-maxage=1, must-revalidate"
#: On these an answer may depend and be kept: the first is in our hands, the interface has one form.
VARY: Final = frozenset({"", "accept-encoding", "accept"})
#: Below it a packed answer is no shorter.
WORTH_PACKING = 500
GZIP_LEVEL = 6
_OURS: Final = frozenset(
    {"content-length", "content-encoding", "etag", "cache-control", "vary", "expires", "date"}
)
_OF_BODY: Final = frozenset({"content-type", "content-disposition", "content-language"})

Answer = tuple[str, list[tuple[str, str]], list[bytes]]


def may_be_kept(response: object) -> TypeGuard[HttpResponse]:
    """Whether Django's answer is the same for every reader."""
    if not isinstance(response, HttpResponse) or response.streaming or response.status_code != 200:
        return False
    if response.cookies or "Content-Encoding" in response:
        return False
    said = response.headers.get("Cache-Control", "").lower()
    if "private" in said or "no-store" in said:
        return False
    depends_on = response.headers.get("Vary", "").lower().split(",")
    if not {name.strip() for name in depends_on} <= VARY:
        return False
    # A nonce is for one answer.
    return "'nonce-" not in response.headers.get("Content-Security-Policy", "")


def pack(
    response: HttpResponse,
    headers: Iterable[tuple[str, str]],
    *,
    seen: Seen | None,
    generation: Generation,
    until: float,
) -> Entry:
    """The entry for an answer that may be kept. `headers`: as they were about to go out."""
    headers = [(name, value) for name, value in headers if name.lower() not in _OURS]
    content, etag = response.content, response.headers.get("ETag", "")
    if not etag:
        etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    # Weak: packed and plain answers have the same one.
    etag = etag if etag.startswith("W/") else f"W/{etag}"
    is_gzip = len(content) >= WORTH_PACKING
    ours = (("ETag", etag), ("Cache-Control", CACHE_CONTROL), ("Vary", "Accept-Encoding"))
    return Entry(
        headers=(*(pair for pair in headers if pair[0].lower() not in _OF_BODY), *ours),
        about_body=tuple(pair for pair in headers if pair[0].lower() in _OF_BODY),
        body=gzip.compress(content, GZIP_LEVEL, mtime=0) if is_gzip else content,
        is_gzip=is_gzip,
        etag=etag,
        last_modified=response.headers.get("Last-Modified", ""),
        seen=seen,
        generation=generation,
        until=until,
    )


def answer(entry: Entry, asked: Asked) -> Answer:
    """Status line, headers and body for one who asks."""
    if is_known(entry, asked):
        return _line(HTTPStatus.NOT_MODIFIED), list(entry.headers), []
    body, headers = entry.body, [*entry.about_body, *entry.headers]
    if entry.is_gzip and asked.takes_gzip:
        headers.append(("Content-Encoding", "gzip"))
    elif entry.is_gzip:
        body = gzip.decompress(body)
    headers.append(("Content-Length", str(len(body))))
    return _line(HTTPStatus.OK), headers, [] if asked.head_only else [body]


def is_known(entry: Entry, asked: Asked) -> bool:
    """Whether the reader has the page as it is (RFC 9110: the tag goes before the date)."""
    if asked.if_none_match:
        known = {tag.strip().removeprefix("W/") for tag in asked.if_none_match.split(",")}
        return "*" in known or entry.etag.removeprefix("W/") in known
    if not (asked.if_modified_since and entry.last_modified):
        return False
    since = parse_http_date_safe(asked.if_modified_since)
    modified = parse_http_date_safe(entry.last_modified)
    return since is not None and modified is not None and modified <= since


def _line(status: HTTPStatus) -> str:
    return f"{status.value} {status.phrase}"

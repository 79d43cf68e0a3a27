"""What a request asks for, and whether a kept page may answer it. Only the request is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.http.cookie import parse_cookie

from portal.context_processors import DISPLAY_COOKIE, DISPLAYS

#: Signs of a reader who is somebody: session (staff, an applicant), a message that waits.
MESSAGES_COOKIE = "messages"
#: Longer ones are rendered each time.
LONGEST_QUERY = 300
LONGEST_PATH = 500
#: Below these nothing is ever kept: not worth a look.
NEVER = ("/admin/", "/en/admin/", "/requests/", "/en/requests/", "/static/", "/attachments/")


class Key(NamedTuple):
    """What makes another page. The language is in the path."""

    scheme: str
    host: str
    path: str
    query: str
    display: str


@dataclass(frozen=True)
class Asked:
    """A request that a kept page may answer."""

    key: Key
    head_only: bool
    takes_gzip: bool
    if_none_match: str
    if_modified_since: str


def asked(environ: Mapping[str, Any]) -> Asked | None:
    """What is asked for; None: Django answers."""
    method = environ.get("REQUEST_METHOD")
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    host = environ.get("HTTP_HOST", "")
    if method not in ("GET", "HEAD") or not host or environ.get("SCRIPT_NAME"):
        return None
    if len(path) > LONGEST_PATH or len(query) > LONGEST_QUERY or path.startswith(NEVER):
        return None
    if "HTTP_RANGE" in environ or "HTTP_AUTHORIZATION" in environ:
        return None
    cookies = parse_cookie(environ["HTTP_COOKIE"]) if environ.get("HTTP_COOKIE") else {}
    if settings.SESSION_COOKIE_NAME in cookies or MESSAGES_COOKIE in cookies:
        return None
    display = cookies.get(DISPLAY_COOKIE, "")
    return Asked(
        key=Key(scheme(environ), host, path, query, display if display in DISPLAYS else ""),
        head_only=method == "HEAD",
        takes_gzip=takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")),
        if_none_match=environ.get("HTTP_IF_NONE_MATCH", ""),
        if_modified_since=environ.get("HTTP_IF_MODIFIED_SINCE", ""),
    )


def scheme(environ: Mapping[str, Any]) -> str:
    """As Django has it: what the trusted proxy says, else the connection's."""
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure = settings.SECURE_PROXY_SSL_HEADER
        said = environ.get(header)
        if said is not None:
            return "https" if said.split(",", 1)[0].strip() == secure else "http"
    return str(environ.get("wsgi.url_scheme", "http"))


def takes_gzip(accepted: str) -> bool:
    """Whether `Accept-Encoding` names gzip, and not as what must not be sent."""
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        if name.strip() in ("gzip", "*"):
            value = weight.replace(" ", "").removeprefix("q=")
            return not value or value.strip("0.") != ""
    return False

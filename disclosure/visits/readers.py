"""Whose reading counts. Pure.

The same rule stands in `deploy/nginx.conf` for the log that `count_from_log` reads.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

#: Sent whole, or unchanged since the reader's last visit.
READ: Final = frozenset({200, 304})
#: Words by which crawlers, checkers and preview makers name themselves.
CRAWLER: Final = re.compile(r"bot|crawl|spider|slurp|archiver|headless|lighthouse|monitor", re.I)


def is_read(environ: Mapping[str, Any], status: int, session_cookie: str) -> bool:
    """Whether an answer counts: asked for with GET and given, to a reader who is no program that
    calls itself one, is not signed in (staff, an applicant in a case), and really looks at it."""
    if status not in READ or environ.get("REQUEST_METHOD") != "GET":
        return False
    if environ.get("HTTP_SEC_PURPOSE") or environ.get("HTTP_PURPOSE"):
        return False
    agent = environ.get("HTTP_USER_AGENT", "")
    if not agent or CRAWLER.search(agent):
        return False
    return not has_cookie(environ.get("HTTP_COOKIE", ""), session_cookie)


def has_cookie(header: str, name: str) -> bool:
    return any(part.lstrip().startswith(f"{name}=") for part in header.split(";"))

"""What an address counts as: the views that are counted, and their keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import ResolverMatch

from disclosure.visits.counting import KEY_LENGTH, Channel, Kind, Seen


@dataclass(frozen=True)
class Row:
    """`key`: the view's arguments that make the key; none: the view's name is it."""

    kind: str
    channel: str
    key: tuple[str, ...] = ()


_PAGE = Row(Kind.PAGE, Channel.WEB)
_API = Row(Kind.DATA, Channel.API)
_DUMP = Row(Kind.DATA, Channel.DOWNLOAD)
_FEED = Row(Kind.DATA, Channel.FEED)
_REPORT = ("code", "year")

#: By name of the view; what is not here is not counted.
VIEWS: Final[Mapping[str, Row]] = {
    **dict.fromkeys(
        (
            "home",
            "guide",
            "rules",
            "rule",
            "catalogue",
            "search",
            "agencies",
            "annual-reports",
            "figures",
            "most-read",
            "standards",
            "standard-table",
            "withheld",
            "on-request",
            "log",
            "open-data",
            "deadline",
            "request-new",
            "site-map",
            "privacy",
            "accessibility",
        ),
        _PAGE,
    ),
    "publication": Row(Kind.PUBLICATION, Channel.WEB, ("index_number",)),
    "attachment": Row(Kind.FILE, Channel.DOWNLOAD, ("uuid",)),
    # Counts as its first file.
    "attachments-all": Row(Kind.FILE, Channel.DOWNLOAD, ("uuid",)),
    "agency": Row(Kind.AGENCY, Channel.WEB, ("code",)),
    "agency-guide": Row(Kind.GUIDE, Channel.WEB, ("code",)),
    "agency-rules": Row(Kind.RULES, Channel.WEB, ("code",)),
    "agency-rule": Row(Kind.RULES, Channel.WEB, ("code",)),
    "annual-report": Row(Kind.REPORT, Channel.WEB, _REPORT),
    **{
        f"annual-report-{kind}": Row(Kind.REPORT, Channel.DOWNLOAD, _REPORT)
        for kind in ("json", "docx", "xlsx", "pdf")
    },
    "standard-xlsx": _DUMP,
    "log-download": _DUMP,
    "open-data-dump": _DUMP,
    "open-data-catalog": _API,
    "feed": _FEED,
    "feed-category": _FEED,
    "feed-agency": _FEED,
    "api-publications": _API,
    "api-publication": Row(Kind.PUBLICATION, Channel.API, ("index_number",)),
    "api-versions": _API,
    "api-log": _API,
    "api-categories": _API,
    "api-category": _API,
    "api-agencies": _API,
    "api-agency": _API,
    "api-guide": _API,
    "api-annual-reports": _API,
    "api-annual-report": Row(Kind.REPORT, Channel.API, _REPORT),
    "api-request-statistics": _API,
    "api-deadline": _API,
}


def seen_as(request: HttpRequest) -> Seen | None:
    """What the answer to `request` counts as, once its view was found; None: as nothing."""
    return seen_of(request.resolver_match)


def seen_of(match: ResolverMatch | None) -> Seen | None:
    row = VIEWS.get(match.view_name) if match else None
    if match is None or row is None:
        return None
    return Seen(row.kind, _key(row, match.view_name, match.kwargs), row.channel)


def _key(row: Row, name: str, arguments: Mapping[str, Any]) -> str:
    if not row.key:
        return name
    key = "/".join(str(arguments.get(part, "")) for part in row.key)
    # Nothing that a database would refuse, and all the other counts with it.
    return key if len(key) <= KEY_LENGTH and key.isprintable() else ""

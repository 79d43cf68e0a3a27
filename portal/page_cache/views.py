"""Which addresses are kept, and what their queries may name."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation

from disclosure.publications.filters import PublicationFilter

MOST_PARAMETERS = 12
_NONE: Final = frozenset[str]()
_PAGED: Final = frozenset({"after", "before"})
_AGENCY: Final = frozenset({"agency"})
_LIST: Final = frozenset(PublicationFilter.base_filters) | _PAGED
#: The interface answers 400 to a parameter that it does not know, and only 200 is kept.
_OWN_RULES: Final = None

#: By name of the view. None has a form with a token, a session, or figures that are counted live.
VIEWS: Final[Mapping[str, frozenset[str] | None]] = {
    **dict.fromkeys(
        (
            *("home", "guide", "rules", "rule", "agency-guide", "agency-rules", "agency-rule"),
            *("agency", "site-map", "privacy", "accessibility", "most-read"),
            *("open-data", "open-data-catalog", "feed", "feed-category", "feed-agency"),
            *("api-docs", "robots", "sitemap"),
        ),
        _NONE,
    ),
    "agencies": _PAGED,
    "catalogue": _LIST,
    "search": _LIST,
    "publication": frozenset({"version"}),
    "annual-reports": _PAGED | _AGENCY | {"year"},
    "annual-report": frozenset({"edition"}),
    "annual-report-json": frozenset({"edition"}),
    "figures": _AGENCY,
    "standards": _AGENCY,
    "standard-table": frozenset({"only"}),
    "withheld": _AGENCY,
    "on-request": _PAGED | _AGENCY,
    "log": _PAGED | _AGENCY,
    **dict.fromkeys(
        (
            *("api-root", "api-publications", "api-publication", "api-versions", "api-log"),
            *("api-categories", "api-category", "api-agencies", "api-agency", "api-guide"),
            *("api-annual-reports", "api-annual-report", "api-request-statistics"),
            *("api-schema", "api-schema-yaml"),
        ),
        _OWN_RULES,
    ),
}


def kept_view(path: str, query: str) -> ResolverMatch | None:
    """The view behind an address whose answer may be kept."""
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    if match.view_name not in VIEWS:
        return None
    allowed = VIEWS[match.view_name]
    if query and not _is_allowed(query, allowed):
        return None
    return match


def _is_allowed(query: str, allowed: frozenset[str] | None) -> bool:
    try:
        given = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return False
    return allowed is None or all(name in allowed for name, _value in given)

"""Links in a text: those within the portal are looked up at once, those outside once a day."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import Resolver404, resolve
from django.utils import translation

from disclosure.agencies.models import Agency
from disclosure.core.crypto import keyed_hash
from disclosure.core.dates import now
from disclosure.findings.detectors.kinds import Hit
from disclosure.findings.models import LinkState
from disclosure.findings.textmap import Span, TextMap
from disclosure.publications.models import Attachment, Publication

#: More links than this in one text are not looked up.
MOST = 200
#: A link is dead once it has failed so often in a row.
DEAD_AFTER = 2
_LONGEST = 2000
_NOT_PUBLIC, _MISSING = "link_not_public", "dead_link_inside"


def own_hosts() -> set[str]:
    """Names under which the portal itself is reached."""
    named = {host.strip(".[]").lower() for host in settings.ALLOWED_HOSTS} - {"*"}
    return named | {(urlsplit(settings.SITE_URL).hostname or "").lower()} - {""}


def is_outside(url: str) -> bool:
    """Whether it is a web address of somebody else's."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and host not in own_hosts()


def inside(links: Iterable[Span], *, at: dt.datetime) -> Iterator[tuple[str, Hit]]:
    """(rule, place) of each link within the portal that leads to nothing, or to what is closed."""
    known: dict[str, str] = {}
    for link in list(links)[:MOST]:
        path = _path(link.value)
        if path is None:
            continue
        if path not in known:
            known[path] = _wrong(path, at)
        if known[path]:
            yield known[path], Hit(link.start, link.end)


def _path(url: str) -> str | None:
    """The path on this portal; None where the link leads elsewhere (or to a part of its page)."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme not in {"", "http", "https"} or (host and host not in own_hosts()):
        return None
    return unquote(parts.path) if parts.path.startswith("/") else None


def _wrong(path: str, at: dt.datetime) -> str:
    if "\x00" in path:
        return _MISSING  # PostgreSQL has no such text to look for
    language = "en" if path.startswith("/en/") else settings.LANGUAGE_CODE
    try:
        with translation.override(language):
            match = resolve(path)
    except Resolver404:
        return _MISSING
    asked = _THERE.get(match.view_name)
    return asked(match.kwargs, at) if asked else ""


def _publication(kwargs: dict[str, Any], at: dt.datetime) -> str:
    rows = Publication.objects.filter(index_number=kwargs["index_number"], revises__isnull=True)
    if rows.visible_to_public(at).exists():
        return ""
    return _NOT_PUBLIC if rows.exists() else _MISSING


def _attachment(kwargs: dict[str, Any], at: dt.datetime) -> str:
    found = Attachment.objects.select_related("publication").filter(uuid=kwargs["uuid"]).first()
    if found is None:
        return _MISSING
    return "" if found.publication.is_visible(at) else _NOT_PUBLIC


def _agency(kwargs: dict[str, Any], at: dt.datetime) -> str:
    return "" if Agency.objects.filter(code=kwargs["code"]).exists() else _MISSING


#: Whether there is anything at an address, by the name of its pattern.
_THERE: dict[str, Callable[[dict[str, Any], dt.datetime], str]] = {
    "publication": _publication,
    "attachment": _attachment,
    "agency": _agency,
    "agency-guide": _agency,
    "agency-rules": _agency,
}


# --- outside -------------------------------------------------------------------------------------
def hash_of(url: str) -> str:
    return keyed_hash("link", url)


def dead(links: Iterable[Span]) -> Iterator[Hit]:
    """Links outside that failed at least twice in a row."""
    outside = [link for link in links if is_outside(link.value)][:MOST]
    if not outside:
        return
    rows = dead_links().filter(url_hash__in={hash_of(link.value) for link in outside})
    known = set(rows.values_list("url_hash", flat=True))
    for link in outside:
        if hash_of(link.value) in known:
            yield Hit(link.start, link.end)


def dead_links() -> QuerySet[LinkState]:
    """Every dead link; `.filter(publications__agency=…)` says whose."""
    return LinkState.objects.filter(status=LinkState.Status.DEAD, failures__gte=DEAD_AFTER)


def dead_by_column(agencies: Collection[int]) -> dict[tuple[int, int], int]:
    """Agency and category → how many public items have a dead link; one query."""
    through = LinkState.publications.through.objects.filter(linkstate__in=dead_links())
    public = Publication.objects.visible_to_public(now()).filter(
        agency__in=agencies, pk__in=through.values("publication")
    )
    rows = public.order_by().values_list("agency", "category").annotate(number=Count("pk"))
    return {(agency, category): number for agency, category, number in rows}


def move_to_item(item: Publication, earlier: int) -> None:
    """The item has another text now: its links are asked, and those of the earlier version are
    no longer."""
    note_links(item, TextMap(item.body).links)
    LinkState.publications.through.objects.filter(publication=earlier).delete()


def note_links(publication: Publication, links: Iterable[Span]) -> None:
    """Have the daily job look at the publication's links outside, and at no others of before.

    Text with links of no interest gets one row that is left out, so that it is not read again.
    """
    urls = {link.value for link in links if len(link.value) <= _LONGEST}
    outside = {url for url in urls if is_outside(url)}
    web = sorted(url for url in urls if url.startswith(("http://", "https://")))
    wanted = sorted(outside)[:MOST] or web[:1]
    rows = [
        LinkState(
            url=url,
            url_hash=hash_of(url),
            status=LinkState.Status.UNCHECKED if url in outside else LinkState.Status.LEFT_OUT,
        )
        for url in wanted
    ]
    LinkState.objects.bulk_create(rows, ignore_conflicts=True)
    hashes = [row.url_hash for row in rows]
    publication.outside_links.set(LinkState.objects.filter(url_hash__in=hashes))

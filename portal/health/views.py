"""What machines ask: is the process alive, is it ready, what may be crawled, whom to tell of a
weakness (RFC 9116)."""

import datetime as dt

from django.conf import settings
from django.db import Error as AnyDatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from disclosure.agencies.own import own_agency
from disclosure.core.dates import now
from portal.health import sitemaps

LANGUAGES = ("zh-hans", "en")
# Private or endless pages, of no use to a reader who comes from a search engine.
NOT_CRAWLED = ("admin:index", "display", "search", "request-receipt", "request-track")
TEXT = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"
#: Of what `security.txt` says; it is to be less than a year, and is reckoned anew each month.
HOLDS_FOR = dt.timedelta(days=180)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; the database is not asked."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers and every migration is applied: ready for readers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        pending = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except AnyDatabaseError:
        return _readiness("unavailable", "unknown")
    return _readiness("ok", "pending" if pending else "applied")


def _readiness(database: str, migrations: str) -> JsonResponse:
    ready = migrations == "applied"
    return JsonResponse(
        {"status": "ok" if ready else "unready", "database": database, "migrations": migrations},
        status=200 if ready else 503,
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be crawled; not the staff area, nor what belongs to one person."""
    lines = ["User-agent: *"]
    for language in LANGUAGES:
        with override(language):
            lines += [f"Disallow: {reverse(name)}" for name in NOT_CRAWLED]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Every part of every section; a query for each table."""
    found = [
        f"{reverse('sitemap-section', args=[name])}{f'?p={number}' if number > 1 else ''}"
        for name, section in sitemaps.SECTIONS.items()
        for number in range(1, section.parts() + 1)
    ]
    return HttpResponse(sitemaps.index(map(request.build_absolute_uri, found)), content_type=XML)


@require_safe
def sitemap_part(request: HttpRequest, section: str) -> StreamingHttpResponse:
    """A part of a section; two queries."""
    if section not in sitemaps.SECTIONS:
        raise Http404
    try:
        entries = sitemaps.SECTIONS[section].part(request.GET.get("p", "1"))
    except sitemaps.NoSuchPart as error:
        raise Http404 from error
    site = request.build_absolute_uri("/").removesuffix("/")
    return StreamingHttpResponse(sitemaps.lines(entries, site), content_type=XML)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness: as set, else the portal's agency; nobody: no such page."""
    contacts = settings.SECURITY_CONTACT or _agency_contact()
    if not contacts:
        raise Http404
    expires = (now() + HOLDS_FOR).astimezone(dt.UTC).replace(day=1)
    lines = [
        *(f"Contact: {contact}" for contact in contacts),
        f"Expires: {expires:%Y-%m-%d}T00:00:00Z",
        "Preferred-Languages: zh, en",
        f"Canonical: {settings.SITE_URL}{reverse('security-txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


def _agency_contact() -> list[str]:
    """The agency's own address, or where faults of the site are told."""
    own = own_agency()
    if own is None:
        return []
    return [f"mailto:{own.email}"] if own.email else [own.fault_url] if own.fault_url else []

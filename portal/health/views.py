"""What machines ask: is the process alive, is it ready, what may be crawled."""

from django.db import Error as AnyDatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

LANGUAGES = ("zh-hans", "en")
# Private or endless pages, of no use to a reader who comes from a search engine.
NOT_CRAWLED = ("admin:index", "display", "search", "request-receipt", "request-track")


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
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

"""WSGI entry point: `granian --interface wsgi portal.wsgi:application`."""

import os
from collections.abc import Callable, Iterable
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


class Utf8Request(WSGIRequest):
    """Addresses and forms are UTF-8, whatever charset the request claims.

    Django would use any codec that Python has, some of which are no text at all: a 500 before
    the first middleware.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(
            meta.get("CONTENT_TYPE", "")
        )


class Utf8Handler(WSGIHandler):
    request_class = Utf8Request


def make_application() -> Application:
    """Django behind its page cache, where there is one; what is read is counted."""
    from django.conf import settings

    from disclosure.search import folding
    from disclosure.visits import background

    folding.fold("")  # its tables are made once a process: no reader waits for them
    if settings.VISITS:
        background.arm()
    handler = Utf8Handler()
    if not settings.PAGE_CACHE:
        return handler
    from portal.page_cache.wsgi import PageCache

    return PageCache(handler, size=settings.PAGE_CACHE_MEGABYTES * 1024 * 1024)


django.setup(set_prefix=False)
application = make_application()

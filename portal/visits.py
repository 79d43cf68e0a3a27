"""Counting what is read: beside the answer, never in its way (`disclosure.visits`)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from disclosure.visits.counting import Seen
from disclosure.visits.flushing import note
from disclosure.visits.readers import is_read
from disclosure.visits.seen import seen_as


def count(environ: Mapping[str, Any], status: int, seen: Seen | None) -> None:
    """Note an answer in memory, if it counts; for whoever answers before Django does."""
    if seen is None or not settings.VISITS:
        return
    if is_read(environ, status, settings.SESSION_COOKIE_NAME):
        note(seen)


class VisitsMiddleware:
    """For what Django answers; the page cache, which stands before Django, counts its hits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        count(request.META, response.status_code, seen_as(request))
        return response

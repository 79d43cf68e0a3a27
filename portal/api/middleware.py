"""What surrounds the interface: other sites' pages may read it, errors are data, and what has not
changed is not sent again."""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe, quote_etag

from portal.api import problems

GetResponse = Callable[[HttpRequest], HttpResponse]
METHODS = "GET, HEAD, OPTIONS"


class OpenDataMiddleware:
    """Acts under `/api/` alone, the documentation left out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not problems.concerns(request):
            return self.get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Allow": METHODS})
            response["Access-Control-Allow-Methods"] = METHODS
            response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
            response["Access-Control-Max-Age"] = "86400"
            return _open(response)
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if response.status_code >= 400 and not problems.is_problem(response):
            if not (response.status_code >= 500 and settings.DEBUG):
                allowed = response.headers.get("Allow")
                response = problems.of_status(response.status_code)
                if allowed:
                    response["Allow"] = allowed
        elif is_page:
            return response
        elif response.status_code == 200:
            response = _conditional(request, response)
        return _open(response)


def _open(response: HttpResponse) -> HttpResponse:
    """Readable by scripts of any site: nothing here depends on who asks."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, Retry-After"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 where the reader has it already; the tag is of the content, so it is never stale."""
    if response.streaming:
        return response
    if "ETag" not in response:
        response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    # Asked again each time: what is withdrawn must be gone at once.
    response.headers.setdefault("Cache-Control", "public, no-cache")
    modified = parse_http_date_safe(response.headers.get("Last-Modified", ""))
    answer = get_conditional_response(request, response["ETag"], modified, response)
    return answer if isinstance(answer, HttpResponse) else response

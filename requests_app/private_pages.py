"""Pages under `/requests/` belong to one reader: nothing of them is kept on the way."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """No cache keeps the page, and no other site learns its address.

    Not `no-referrer`: browsers then send `Origin: null` with forms, which CSRF checks refuse.
    """

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "same-origin"
        if response.status_code in {410, 422}:
            # A typing mistake or an old link is no event for the log; Django would warn of each.
            response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    return wrapped

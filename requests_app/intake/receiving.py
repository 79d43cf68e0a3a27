"""Forms with files, taken in under limits: too much fills no disk, and is answered in words."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from disclosure.core.errors import DomainError, Refusal
from requests_app.intake.quota import QuotaUploadHandler, is_too_heavy

UNREADABLE = (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
    MultiPartParserError,
    UnreadablePostError,
)


class TooHeavy(DomainError):
    """More than the form can take; nothing of it was read."""

    status = 413


def _too_heavy() -> TooHeavy:
    return TooHeavy(
        Refusal(
            _(
                "What was sent is too large or was cut off on the way. Nothing was submitted. "
                "Please go back: what you typed is still there. Hand in fewer or smaller files."
            ),
            code="size",
        )
    )


def takes_files(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`view` may take files: the limits are set before anything is read, and only then the CSRF
    token is looked at, for it lies in what is read."""
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if is_too_heavy(request):
            raise _too_heavy()
        request.upload_handlers.insert(0, QuotaUploadHandler(request))
        try:
            return checked(request, *args, **kwargs)
        except UNREADABLE as error:
            raise _too_heavy() from error

    return wrapped

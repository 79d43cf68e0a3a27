"""`/verify/`: whether a letter is genuine. Nothing that is sent here is stored."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from disclosure.core.errors import DomainError, Refusal
from disclosure.throttling import limits
from disclosure.throttling.limits import Limit
from disclosure.throttling.visitors import visitor
from requests_app.intake.quota import is_too_heavy
from requests_app.letters.verifying import lookup
from requests_app.letters.verifying.fingerprints import FingerprintUploadHandler
from requests_app.letters.verifying.forms import VerifyForm
from requests_app.private_pages import private

#: For load alone: 80 random bits are guessed by nobody.
WRONG_CODES = Limit("verify-wrong-from", times=30, seconds=15 * 60)
COPIES = Limit("verify-copy", times=60, seconds=60 * 60)
_UNREADABLE = (
    RequestDataTooBig,
    TooManyFilesSent,
    MultiPartParserError,
    UnreadablePostError,
)


class CopyTooLarge(DomainError):
    """More than any letter has; nothing of it was read."""

    status = 413


@private
@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt  # `_posted` checks it, once nothing of an upload is kept any more.
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """`/verify/` and `/verify/<code>/`: genuine, or no such letter (404)."""
    if request.method != "POST":
        if code:
            return _answer(request, VerifyForm(initial={"code": code[:64]}), code)
        return _page(request, VerifyForm())
    if is_too_heavy(request):
        raise _too_large()
    request.upload_handlers = [FingerprintUploadHandler(request)]
    try:
        return _posted(request)
    except _UNREADABLE as error:
        raise _too_large() from error


@csrf_protect
def _posted(request: HttpRequest) -> HttpResponse:
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    copy = form.cleaned_data["copy"]
    code = lookup.written(form.cleaned_data["code"])
    if copy is None and code:
        return HttpResponseRedirect(reverse("verify-letter", args=[code]), status=303)
    if copy is not None:
        limits.spend(COPIES, visitor(request))
    return _answer(request, form, code, sha256=copy.sha256 if copy else "")


def _answer(request: HttpRequest, form: VerifyForm, code: str, *, sha256: str = "") -> HttpResponse:
    here = visitor(request)
    if limits.is_reached(WRONG_CODES, here):
        response = _page(request, form, status=429, is_throttled=True)
        response.headers["Retry-After"] = str(WRONG_CODES.seconds)
        return response
    letter = lookup.find(code)
    if letter is None:
        limits.count(WRONG_CODES, here)
        return _page(request, form, status=404, is_unknown=True)
    copy = lookup.compare(letter, sha256) if sha256 else ""
    return _page(request, form, letter=letter, copy=str(copy))


def _page(
    request: HttpRequest, form: VerifyForm, *, status: int = 200, **shown: Any
) -> HttpResponse:
    title = _("Verify a letter")
    context = {
        **shown,
        "form": form,
        "crumbs": [(title, "")],
        "column": {
            "name": title,
            "description": _("Find out whether a letter about a request is genuine."),
            "keywords": _("letter,verification,request for disclosure"),
            "type": _("Service"),
        },
    }
    return render(request, "requests_app/verify.html", context, status=status)


def _too_large() -> CopyTooLarge:
    return CopyTooLarge(
        Refusal(gettext_lazy("What was sent is too large, or was cut off on the way."), code="size")
    )

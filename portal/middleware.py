"""What surrounds every request: language by address, domain errors as answers, client address."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from disclosure.core.errors import Conflict, DomainError, NotPossible, TooManyAttempts
from disclosure.throttling.visitors import network_of

GetResponse = Callable[[HttpRequest], HttpResponse]


def client_address(request: HttpRequest) -> str:
    """The reader's address: the peer's, or what the trusted proxies in front say."""
    if settings.TRUSTED_PROXIES:
        chain = [
            part.strip()
            for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
            if part.strip()
        ]
        if chain:
            return chain[max(len(chain) - settings.TRUSTED_PROXIES, 0)]
    return request.META.get("REMOTE_ADDR", "")


def client_network(request: HttpRequest) -> str:
    """The same as limits count it: of IPv6 the network, for one visitor has all of it."""
    return network_of(client_address(request))


class ClientAddressMiddleware:
    """Sets `request.client_address`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.client_address = client_address(request)  # type: ignore[attr-defined]
        return self.get_response(request)


class UrlLanguageMiddleware:
    """The address alone decides the language (`/en/…` is English), so that pages can be cached
    without `Vary: Accept-Language` and a link shows everyone the same page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info)
        with translation.override(language or settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
            return response


class DomainErrorMiddleware:
    """Maps the named domain errors to answers, so that no view needs to catch them.

    In the staff area a step that is not possible (or came too late) leads back to the page with
    the reasons as messages; elsewhere the reasons are a page with the error's status.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        reasons = [str(refusal) for refusal in exception.refusals]
        if request.path_info.startswith("/api/"):
            return JsonResponse(
                {"status": exception.status, "detail": "; ".join(reasons)},
                status=exception.status,
                content_type="application/problem+json",
            )
        in_admin = request.path_info.startswith(reverse("admin:index"))
        if in_admin and isinstance(exception, NotPossible | Conflict):
            for reason in reasons:
                messages.error(request, reason)
            back = request.META.get("HTTP_REFERER", "")
            if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
                back = reverse("admin:index")
            return HttpResponseRedirect(back)
        response = render(
            request,
            "refused.html",
            {"refusals": exception.refusals, "status": exception.status},
            status=exception.status,
        )
        if isinstance(exception, TooManyAttempts):
            response.headers["Retry-After"] = str(exception.seconds)
        return response

"""What went wrong, as data: problem details (RFC 9457), one table of kinds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from disclosure.core.errors import DomainError, TooManyAttempts

CONTENT_TYPE = "application/problem+json"
Errors = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Kind:
    """A kind of problem; the documentation explains it under its slug."""

    slug: str
    status: int
    title: str | Promise


KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind("invalid-parameter", 400, _("A parameter is not possible")),
        Kind("bad-request", 400, _("The request cannot be understood")),
        Kind("not-found", 404, _("There is nothing public at this address")),
        Kind("method-not-allowed", 405, _("Open data can only be read")),
        Kind("withdrawn", 410, _("This was withdrawn")),
        Kind("version-closed", 410, _("This version may be read no more")),
        Kind("too-many-requests", 429, _("Too many requests at once")),
        Kind("internal-error", 500, _("An error in the portal")),
    )
}
_BY_STATUS: dict[int, Kind] = {kind.status: kind for kind in reversed(KINDS.values())} | {
    400: KINDS["bad-request"],
    410: KINDS["withdrawn"],
}


class Problem(Exception):
    """Ends a request with a problem; `told` adds members of its own."""

    def __init__(
        self, slug: str, detail: str, errors: Errors | None = None, **told: str | int
    ) -> None:
        self.kind, self.detail, self.errors, self.told = KINDS[slug], detail, errors, told
        super().__init__(slug)


def invalid(errors: Errors) -> Problem:
    """The problem of parameters, each with its sentences."""
    detail = " ".join(sentence for found in errors.values() for sentence in found)
    return Problem("invalid-parameter", detail, errors)


def invalid_form(form: BaseForm) -> Problem:
    """The problem of a form that the pages have too."""
    return invalid({name: [str(one) for one in told] for name, told in form.errors.items()})


def content(kind: Kind, detail: str = "", errors: Errors | None = None) -> dict[str, Any]:
    """The object of RFC 9457; `type` leads to the documentation."""
    found: dict[str, Any] = {
        "type": f"{reverse('api-docs')}#{kind.slug}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": detail or str(kind.title),
    }
    if errors:
        found["errors"] = {name: list(sentences) for name, sentences in errors.items()}
    return found


def of_status(status: int) -> JsonResponse:
    """The answer to what never reached a view of the interface."""
    known = _BY_STATUS.get(status)
    kind = known or (KINDS["bad-request"] if status < 500 else KINDS["internal-error"])
    return JsonResponse(
        content(kind) | {"status": status},
        status=status,
        content_type=CONTENT_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )


def handler(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Errors of a view as answers; None: the error is nobody's, and goes on."""
    if isinstance(error, Problem):
        return _answer(content(error.kind, error.detail, error.errors) | error.told)
    if isinstance(error, Http404):
        return _answer(content(KINDS["not-found"]))
    if isinstance(error, TooManyAttempts):
        answer = _answer(content(KINDS["too-many-requests"], str(error)))
        answer["Retry-After"] = str(error.seconds)
        return answer
    if isinstance(error, DomainError):
        return _answer(content(KINDS["bad-request"], str(error)) | {"status": error.status})
    if isinstance(error, APIException):
        kind = _BY_STATUS.get(error.status_code, KINDS["bad-request"])
        return _answer(content(kind) | {"status": error.status_code})
    return None


def _answer(data: Mapping[str, Any]) -> Response:
    return Response(data, status=data["status"], content_type=CONTENT_TYPE)


def is_problem(response: Any) -> bool:
    return str(response.headers.get("Content-Type", "")).startswith(CONTENT_TYPE)


def concerns(request: HttpRequest) -> bool:
    """Whether the request is one of the interface, which answers with data alone."""
    return request.path_info.startswith("/api/")

"""Answers to requests that never reach a view."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was stale or came from elsewhere: say so, and how to go on."""
    return render(request, "403_csrf.html", status=403)


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any) -> HttpResponse:
    """Too many failed sign-ins from here for this name."""
    return render(request, "locked_out.html", status=429)

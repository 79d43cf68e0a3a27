"""A staff page beside the list of requests, in the frame of the staff area."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

#: Rows on the screen, and on a page that is meant for the printer.
ON_SCREEN, ON_PAPER = 50, 500


def staff_page(admin: Any, request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
    """`template` with what every page of the staff area needs; `status` is the HTTP status."""
    status = context.pop("status", 200)
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "subtitle": None,
        **context,
    }
    request.current_app = admin.admin_site.name
    return TemplateResponse(request, template, context, status=status)


def query_with(request: HttpRequest, **changes: str | None) -> str:
    """The query string of this page with other marks; None takes a value away."""
    query = request.GET.copy()
    for name, value in {"after": None, "before": None, **changes}.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"

"""The staff page of the reports that are still due, and the way to it from the list."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from disclosure.agencies.admin_base import person
from disclosure.core.dates import today
from disclosure.reports import due, panels, worklist

A_PAGE = 100


class DueMixin:
    """Adds the due page to the admin of annual reports."""

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        site: Any = self.admin_site  # type: ignore[attr-defined]
        view = site.admin_view(self.due_view)
        return [path("due/", view, name="disclosure_annualreport_due"), *base.get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, which leads to what is still due."""
        about = {"due_title": panels.title(due.last_year(today())), "due_url": reverse(panels.DUE)}
        base: Any = super()
        answer: HttpResponse = base.changelist_view(request, {**about, **(extra_context or {})})
        return answer

    def due_view(self, request: HttpRequest) -> HttpResponse:
        """The agencies whose report on the last year is not public yet, with their days."""
        admin: Any = self
        if not admin.has_view_permission(request):
            raise PermissionDenied
        user, on = person(request), today()
        year = due.last_year(on)
        paginator = Paginator(worklist.missing(user, year), A_PAGE)
        page = paginator.get_page(request.GET.get("p"))
        context = {
            **admin.admin_site.each_context(request),
            "title": panels.title(year),
            "subtitle": None,
            "opts": admin.opts,
            "page": page,
            "rows": [panels.row_of(agency, user, year, on) for agency in page],
        }
        request.current_app = admin.admin_site.name
        return TemplateResponse(request, "admin/reports_due.html", context)

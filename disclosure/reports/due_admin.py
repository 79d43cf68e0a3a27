"""The staff page of the reports that are still due, and the way to it from the list."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from disclosure.agencies.admin_base import person
from disclosure.agencies.models import Agency, User
from disclosure.core.dates import today
from disclosure.reports import due, overview_list, panels, reminding, worklist
from disclosure.reports.overview_admin import ACROSS, AcrossMixin

A_PAGE = 100
#: An agency, whether it may be reminded, and when it last was.
Chased = tuple[Agency, bool, dt.date | None]


class DueMixin(AcrossMixin):
    """Adds the due page to the admin of annual reports, and the overview of those below."""

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        site: Any = self.admin_site  # type: ignore[attr-defined]
        view = site.admin_view(self.due_view)
        return [path("due/", view, name="disclosure_annualreport_due"), *base.get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, which leads to what is still due."""
        about = {
            "due_title": panels.title(due.last_year(today())),
            "due_url": reverse(panels.DUE),
            "across_url": across_url(person(request)),
        }
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
            "chasing": _chasing(list(page), user, year),
            "across_url": across_url(user),
            "year": year,
            "longest": reminding.LONGEST,
        }
        context["may_remind"] = any(may for _agency, may, _last in context["chasing"])
        request.current_app = admin.admin_site.name
        return TemplateResponse(request, "admin/reports_due.html", context)


def across_url(user: User) -> str:
    """The overview, for who reads the reports of agencies below; else empty."""
    return reverse(ACROSS) if overview_list.reads_below(user) else ""


def _chasing(agencies: list[Agency], user: User, year: int) -> list[Chased]:
    """Each agency of the page, whether `user` may remind it now, and when it was last reminded;
    one query."""
    last = reminding.latest_days(agencies)
    on = today()
    found = []
    for agency in agencies:
        reasons = reminding.why_not(
            agency, year, actor=user, on=on, is_public=False, last=last.get(agency.pk)
        )
        found.append((agency, not reasons, last.get(agency.pk)))
    return found

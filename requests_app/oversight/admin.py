"""The superior agency's view and the access log, beside the list of requests."""

import io
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.audit.trail import record
from disclosure.backstage import workbook
from disclosure.backstage.cells import as_text
from disclosure.core.dates import today
from disclosure.core.paging import paginate
from disclosure.files.names import content_disposition
from disclosure.workdays.store import current_calendar
from requests_app.casefile.contents import as_csv
from requests_app.oversight import access_log, figures, verbs  # noqa: F401  (verbs declare)
from requests_app.oversight.access_log import AccessForm
from requests_app.oversight.permissions import OVERSEE
from requests_app.register.page import ON_SCREEN, query_with, staff_page
from requests_app.register.selection import PeriodForm


class OversightPages:
    """Adds the overview and the access log to the staff pages of requests."""

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("overview/", wrap(self.overview_view), name="requests_app_oversight"),
            path(
                "overview/<str:ending>/",
                wrap(self.overview_file),
                name="requests_app_oversight_file",
            ),
            path("access/", wrap(self.access_view), name="requests_app_access_log"),
            *base.get_urls(),
        ]

    def overview_view(self, request: HttpRequest) -> HttpResponse:
        """Each agency in a row, without a person or a request in it."""
        form, rows, total = _overview(request)
        since, until = form.period()
        return staff_page(
            self,
            request,
            "admin/requests_app/oversight/overview.html",
            title=gettext("Requests at the agencies overseen"),
            form=form,
            since=since,
            until=until,
            columns=figures.COLUMNS,
            rows=_shown([*rows, total]),
            files=[
                (ending, reverse("admin:requests_app_oversight_file", args=[ending]) + query)
                for query in [query_with(request)]
                for ending in ("xlsx", "csv")
            ],
            today=today(),
        )

    def overview_file(self, request: HttpRequest, ending: str) -> HttpResponse | FileResponse:
        return _file(request, ending)

    def access_view(self, request: HttpRequest) -> HttpResponse:
        """Who looked at whose data, the newest look first."""
        user = person(request)
        if not rights.allows(user, access_log.VIEW):
            raise PermissionDenied
        form = AccessForm(request.GET, user=user, on=today())
        page = paginate(
            form.rows(),
            fields=access_log.ORDER,
            after=request.GET.get("after"),
            before=request.GET.get("before"),
            size=ON_SCREEN,
        )
        since, until = form.period()
        return staff_page(
            self,
            request,
            "admin/requests_app/oversight/access_log.html",
            title=gettext("Access log"),
            form=form,
            since=since,
            until=until,
            looks=[access_log.look(entry) for entry in page.rows],
            broken=page.is_broken,
            previous_url=query_with(request, before=page.before) if page.before else "",
            next_url=query_with(request, after=page.after) if page.after else "",
        )


def _overview(request: HttpRequest) -> tuple[PeriodForm, list[figures.Figures], figures.Figures]:
    user = person(request)
    if not rights.allows(user, OVERSEE):
        raise PermissionDenied
    on = today()
    form = PeriodForm(request.GET, on=on)
    since, until = form.period()
    return form, *figures.figures(user, since, until, on, current_calendar())


def _shown(rows: list[figures.Figures]) -> list[tuple[figures.Figures, str, list[str]]]:
    return [
        (one, figures.name_of(one), [as_text(column.value(one)) for column in figures.COLUMNS])
        for one in rows
    ]


@require_safe
def _file(request: HttpRequest, ending: str) -> HttpResponse | FileResponse:
    """The same table as a spreadsheet."""
    form, rows, total = _overview(request)
    since, until = form.period()
    title = gettext("Requests at the agencies overseen")
    lines = list(figures.values([*rows, total]))
    headings = figures.headings()
    if ending == "xlsx":
        note = f"{since:%Y-%m-%d} – {until:%Y-%m-%d}"
        file, _count = workbook.write(title, note, headings, lines)
        kind = workbook.CONTENT_TYPE
    elif ending == "csv":
        texts = [[as_text(value) for value in line] for line in lines]
        file = io.BytesIO(as_csv([text for text, _width in headings], texts))
        kind = "text/csv; charset=utf-8"
    else:
        raise Http404
    first = next((one.agency for one in rows if one.agency), None)
    if first is not None:
        record(
            person(request),
            "oversight.downloaded",
            first,
            first_day=since.isoformat(),
            last_day=until.isoformat(),
            ending=ending,
        )
    response = FileResponse(file, content_type=kind)
    name = f"{title} {since:%Y%m%d}-{until:%Y%m%d}.{ending}"
    response.headers["Content-Disposition"] = content_disposition(name)
    return response

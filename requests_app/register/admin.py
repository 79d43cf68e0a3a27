"""The register beside the list of requests: the page, and the same as XLSX."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.agencies.models import Agency, User
from disclosure.audit.trail import record
from disclosure.backstage import workbook
from disclosure.core.dates import today
from disclosure.core.paging import paginate
from disclosure.files.names import content_disposition
from requests_app.casework.models import DisclosureRequest
from requests_app.register import lines, verbs  # noqa: F401  (verbs declare)
from requests_app.register.links import links_for
from requests_app.register.page import ON_PAPER, ON_SCREEN, query_with, staff_page
from requests_app.register.selection import ORDER, VIEW, RegisterForm

CHUNK = 500


class RegisterPages:
    """Adds the register to the staff pages of requests, and to their list the ways to it and to
    the other pages beside it."""

    change_list_template: Any = "admin/requests_app/register/request_list.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        base: Any = super()
        beside = {"beside": links_for(person(request)), **(extra_context or {})}
        answer: HttpResponse = base.changelist_view(request, beside)
        return answer

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("register/", wrap(self.register_view), name="requests_app_register"),
            path("register/xlsx/", wrap(self.register_xlsx), name="requests_app_register_xlsx"),
            *base.get_urls(),
        ]

    def register_view(self, request: HttpRequest) -> HttpResponse:
        """A page of the register; `rows=500` makes pages for the printer."""
        form = _form(request)
        rows = form.rows()
        on_paper = request.GET.get("rows") == str(ON_PAPER)
        page = paginate(
            lines.with_everything(rows),
            fields=ORDER,
            after=request.GET.get("after"),
            before=request.GET.get("before"),
            size=ON_PAPER if on_paper else ON_SCREEN,
            descending=False,
        )
        since, until = form.period()
        return staff_page(
            self,
            request,
            "admin/requests_app/register/register.html",
            title=gettext("Register of requests"),
            form=form,
            since=since,
            until=until,
            columns=lines.COLUMNS,
            lines=lines.lines(page.rows, first=_serial(rows, page.rows)),
            count=rows.count(),
            broken=page.is_broken,
            previous_url=query_with(request, before=page.before) if page.before else "",
            next_url=query_with(request, after=page.after) if page.after else "",
            paper_url="" if on_paper else query_with(request, rows=str(ON_PAPER)),
            xlsx_url=reverse("admin:requests_app_register_xlsx") + query_with(request, rows=None),
            today=today(),
        )

    def register_xlsx(self, request: HttpRequest) -> HttpResponse | FileResponse:
        return _xlsx(request)


@require_safe
def _xlsx(request: HttpRequest) -> HttpResponse | FileResponse:
    """The whole selection as one file; that it was taken is on the trail."""
    form = _form(request)
    since, until = form.period()
    title = gettext("Register of requests")
    rows = lines.with_everything(form.rows()).order_by(*ORDER)
    file, count = workbook.write(
        title,
        f"{since:%Y-%m-%d} – {until:%Y-%m-%d}",
        lines.headings(),
        lines.values(rows.iterator(chunk_size=CHUNK)),
    )
    user = person(request)
    record(
        user,
        "register.downloaded",
        form.cleaned_data.get("agency") or _first_agency(user),
        first_day=since.isoformat(),
        last_day=until.isoformat(),
        rows=count,
    )
    response = FileResponse(file, content_type=workbook.CONTENT_TYPE)
    response.headers["Content-Disposition"] = content_disposition(
        f"{title} {since:%Y%m%d}-{until:%Y%m%d}.xlsx"
    )
    return response


def _form(request: HttpRequest) -> RegisterForm:
    """What is chosen, for who may read a register; else 403."""
    user = person(request)
    if not rights.allows(user, VIEW):
        raise PermissionDenied
    return RegisterForm(request.GET, user=user, on=today())


def _first_agency(user: User) -> Agency:
    """The uppermost agency whose register the person reads."""
    return rights.agencies(user, VIEW).order_by("path")[0]


def _serial(rows: QuerySet[DisclosureRequest], shown: list[DisclosureRequest]) -> int:
    """The serial number of the first row shown: one more than there are before it."""
    if not shown:
        return 1
    first = shown[0]
    earlier = Q(received_on__lt=first.received_on) | Q(
        received_on=first.received_on, pk__lt=first.pk
    )
    return rows.filter(earlier).count() + 1

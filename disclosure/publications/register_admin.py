"""The staff page of the register of publishing (发布台账), and the same as XLSX."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.backstage import workbook
from disclosure.core.dates import today
from disclosure.core.paging import paginate
from disclosure.files.names import content_disposition
from disclosure.publications import register
from disclosure.workdays.store import current_calendar

ON_SCREEN = 50
REGISTER, FILE = "disclosure_publication_register", "disclosure_publication_register_xlsx"


class RegisterPages:
    """Adds the register to the staff pages of publications."""

    change_list_template: Any = "admin/publication_list.html"

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("register/", wrap(self.register_view), name=REGISTER),
            path("register/xlsx/", wrap(self.register_xlsx), name=FILE),
            *base.get_urls(),
        ]

    def register_view(self, request: HttpRequest) -> HttpResponse:
        """A page of the register with what its period adds up to."""
        admin: Any = self
        form, calendar = _form(request), current_calendar()
        rows = form.rows()
        figures = register.figures(rows, calendar)
        if form.cleaned_data.get("late"):
            rows = rows.filter(pk__in=figures.late_keys)
        page = paginate(
            register.with_everything(rows),
            fields=list(register.ORDER),
            after=request.GET.get("after"),
            before=request.GET.get("before"),
            size=ON_SCREEN,
        )
        query = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
        context = {
            **admin.admin_site.each_context(request),
            "opts": admin.opts,
            "subtitle": None,
            "title": gettext("Register of publishing"),
            "form": form,
            "period": form.period(),
            "figures": figures,
            "columns": [label for _key, label, _width in register.COLUMNS],
            "lines": list(register.lines(page.rows, calendar)),
            "broken": page.is_broken,
            "previous_url": _other_page(query, before=page.before),
            "next_url": _other_page(query, after=page.after),
            "xlsx_url": f"{reverse(f'admin:{FILE}')}?{urlencode(query)}",
            "today": today(),
        }
        request.current_app = admin.admin_site.name
        return TemplateResponse(request, "admin/publication_register.html", context)

    def register_xlsx(self, request: HttpRequest) -> FileResponse:
        """The selection as one file, the newest first."""
        form, calendar = _form(request), current_calendar()
        rows = form.rows()
        is_capped = rows.count() > register.MOST
        if form.cleaned_data.get("late"):
            rows = rows.filter(pk__in=register.figures(rows, calendar).late_keys)
        since, until = form.period()
        said = f"{since:%Y-%m-%d} – {until:%Y-%m-%d}"
        if is_capped:
            said += " · " + gettext(
                "Only the newest 20,000 were looked at; please choose a shorter period."
            )
        newest = register.with_everything(rows).order_by("-version_at", "-id")[: register.MOST]
        title = gettext("Register of publishing")
        file, _count = workbook.write(
            title,
            said,
            [(str(label), width) for _key, label, width in register.COLUMNS],
            (line.cells for line in register.lines(newest.iterator(chunk_size=500), calendar)),
        )
        response = FileResponse(file, content_type=workbook.CONTENT_TYPE)
        response["Content-Disposition"] = content_disposition(
            f"{title} {since:%Y%m%d}-{until:%Y%m%d}.xlsx"
        )
        response["Cache-Control"] = "private, no-store"
        return response


def _other_page(query: dict[str, str], **mark: str | None) -> str:
    return f"?{urlencode({**query, **mark})}" if all(mark.values()) else ""


def _form(request: HttpRequest) -> register.RegisterForm:
    """What is chosen, for who may see publications; else 403."""
    user = person(request)
    if not rights.allows(user, register.VIEW):
        raise PermissionDenied
    form = register.RegisterForm(request.GET, user=user, on=today())
    form.is_valid()
    return form

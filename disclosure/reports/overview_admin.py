"""The staff pages over all agencies below: the reports on a year, its CSV, reminding the late."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages as told
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.agencies.models import Agency, User
from disclosure.backstage.filters import is_key
from disclosure.core.dates import today
from disclosure.core.errors import Conflict, NotPermitted, NotPossible
from disclosure.files.names import content_disposition
from disclosure.reports import due, overview_list, overview_said, reminding
from disclosure.reports.across import FEWEST
from disclosure.reports.prose.growth import FLOOR, TIMES
from disclosure.reports.tables.shapes import Number

A_PAGE = 50
PREFIX = "disclosure_annualreport"
ACROSS = f"admin:{PREFIX}_across"
DUE = f"admin:{PREFIX}_due"
#: Characters of the filters that the button to remind brings back.
MOST_QUERY = 200


class AcrossForm(forms.Form):
    """What the overview shows; what is not valid filters nothing."""

    year = forms.TypedChoiceField(label=_("year"), coerce=int, required=False)
    state = forms.ChoiceField(
        label=_("state"),
        required=False,
        choices=[("", _("All")), *overview_list.STANDINGS.items()],
    )
    late = forms.BooleanField(label=_("Only late ones"), required=False)
    outliers = forms.BooleanField(label=_("Only where something stands out"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.user, self.on = user, today()
        choices: Any = self.fields["year"]
        choices.choices = [(one, str(one)) for one in overview_list.years(user, self.on)]
        self.is_valid()
        self.shown_year: int = self.cleaned_data.get("year") or due.last_year(self.on)

    def rows(self) -> list[overview_list.Row]:
        found = overview_list.rows(self.user, self.shown_year, self.on)
        return overview_list.chosen(
            found,
            standing=self.cleaned_data.get("state") or "",
            late=bool(self.cleaned_data.get("late")),
            outliers=bool(self.cleaned_data.get("outliers")),
        )

    @property
    def query(self) -> str:
        """The filters that hold, as an address takes them."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return urlencode(
            {name: "1" if value is True else value for name, value in given.items()}
            | {"year": self.shown_year}
        )


class AcrossMixin:
    """Adds the overview of the agencies below to the admin of annual reports."""

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        site: Any = self.admin_site  # type: ignore[attr-defined]
        wrap = site.admin_view
        return [
            path("across/", wrap(self.across_view), name=f"{PREFIX}_across"),
            path("across/csv/", wrap(self.across_csv_view), name=f"{PREFIX}_across_csv"),
            path("across/remind/", wrap(require_POST(self.remind_view)), name=f"{PREFIX}_remind"),
            *base.get_urls(),
        ]

    def across_view(self, request: HttpRequest) -> HttpResponse:
        """The reports on a year of every agency below the person's."""
        admin: Any = self
        form = self._across_form(request)
        page = Paginator(form.rows(), A_PAGE).get_page(request.GET.get("p"))
        query = form.query
        context = {
            **admin.admin_site.each_context(request),
            "title": gettext("Annual reports on %(year)d of the agencies below")
            % {"year": form.shown_year},
            "subtitle": None,
            "opts": admin.opts,
            "form": form,
            "page": page,
            "rows": [shown(row) for row in page],
            "figure_names": [name for name, _places in overview_list.KEY_FIGURES],
            "rule": {"times": TIMES, "floor": FLOOR[Number.COUNT], "fewest": FEWEST},
            "may_remind": any(row.may_remind for row in page),
            "year": form.shown_year,
            "query": query,
            "csv_url": f"{reverse(f'{ACROSS}_csv')}?{query}",
            "longest": reminding.LONGEST,
        }
        request.current_app = admin.admin_site.name
        return TemplateResponse(request, "admin/reports_across.html", context)

    def across_csv_view(self, request: HttpRequest) -> HttpResponse:
        """The same as CSV, all of it."""
        form = self._across_form(request)
        text = overview_said.as_csv(form.rows(), form.shown_year)
        response = HttpResponse(text, content_type="text/csv; charset=utf-8")
        name = f"{gettext('Annual reports')}-{form.shown_year}-{today().isoformat()}.csv"
        response["Content-Disposition"] = content_disposition(name)
        response["Cache-Control"] = "private, no-store"
        return response

    def _across_form(self, request: HttpRequest) -> AcrossForm:
        admin: Any = self
        if not admin.has_view_permission(request):
            raise PermissionDenied
        return AcrossForm(request.GET, user=person(request))

    # --- reminding ----------------------------------------------------------------------------
    def remind_view(self, request: HttpRequest) -> HttpResponse:
        """Remind the agencies chosen; each is refused or done by itself."""
        user = person(request)
        if not rights.allows(user, reminding.REMIND):
            raise PermissionDenied
        year = request.POST.get("year", "")
        keys = [key for key in request.POST.getlist("agency") if is_key(key)]
        if not (year.isascii() and year.isdigit() and len(year) == 4) or not keys:
            told.warning(request, gettext("No agency was chosen."))
            return self._back(request)
        note = request.POST.get("note", "")
        done = 0
        scope = rights.scope(user, reminding.REMIND, prefix="")
        for agency in Agency.objects.filter(scope, pk__in=keys).order_by("path")[: A_PAGE * 2]:
            try:
                reminding.remind(actor=user, agency=agency, year=int(year), note=note)
                done += 1
            except (NotPermitted, NotPossible, Conflict) as error:
                reasons = " ".join(str(one) for one in error.refusals)
                told.warning(request, f"{agency.local_name}: {reasons}")
        if done:
            said = ngettext("%(n)d agency is reminded.", "%(n)d agencies are reminded.", done)
            told.success(request, said % {"n": done})
        return self._back(request)

    def _back(self, request: HttpRequest) -> HttpResponse:
        """To the page that the button stood on, with its filters."""
        if request.POST.get("from") == "due":
            return HttpResponseRedirect(reverse(DUE))
        asked = QueryDict(request.POST.get("query", "")[:MOST_QUERY])
        query = AcrossForm(asked, user=person(request)).query
        return HttpResponseRedirect(f"{reverse(ACROSS)}?{query}")


def shown(row: overview_list.Row) -> dict[str, Any]:
    """A row as the page shows it."""
    level = "" if row.left is None else due.level(row.left)
    return {
        "row": row,
        "agency": row.agency,
        "standing": overview_said.standing(row),
        "timing": overview_said.timing(row),
        "level": level,
        "figures": [
            (name, overview_said.figure(cell))
            for (name, _places), cell in zip(overview_list.KEY_FIGURES, row.figures, strict=True)
        ],
        "sentences": overview_said.sentences(row),
        "url": _where_to(row),
    }


def _where_to(row: overview_list.Row) -> str:
    """The report; the agency's reports where there is none on the year."""
    if row.report:
        return reverse(f"admin:{PREFIX}_change", args=[row.report])
    query = urlencode({"agency__id__exact": row.agency.pk})
    return f"{reverse(f'admin:{PREFIX}_changelist')}?{query}"

"""The staff pages of the column watch: the report with its CSV, and the editor of plans."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.admin_base import ReasonedForm, ScopedModelAdmin, person
from disclosure.agencies.models import Agency, User
from disclosure.backstage.scoping import rows_for
from disclosure.catalogue.models import Category
from disclosure.core.dates import now, today
from disclosure.files.names import content_disposition
from disclosure.watch import actions, panels, report
from disclosure.watch.models import ColumnPlan

A_PAGE = 100
WATCH = panels.WATCH


class WatchForm(forms.Form):
    """What the report shows: one agency with those below it, one standing."""

    LEVELS = [
        ("", _("All")),
        ("open", _("To be updated")),
        ("red", _("Empty or not updated in time")),
        ("amber", _("Soon to be updated")),
        ("green", _("Up to date")),
    ]
    agency = forms.ModelChoiceField(
        queryset=Agency.objects.none(), label=_("agency"), required=False, empty_label=_("All")
    )
    level = forms.ChoiceField(choices=LEVELS, label=_("standing"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.user = user
        field: Any = self.fields["agency"]
        field.queryset = rights.agencies(user, report.VIEW).order_by("path")
        field.label_from_instance = lambda one: "\u3000" * (one.depth - 1) + one.local_name

    def columns(self) -> list[report.Column]:
        """The rows; what is not valid filters nothing."""
        self.is_valid()
        chosen = self.cleaned_data.get("agency")
        condition = report.reach(self.user)
        if chosen is not None:
            condition &= Q(agency__path__startswith=chosen.path)
        level = self.cleaned_data.get("level") or ""
        found = report.columns(condition, at=now())
        if level == "open":
            return [one for one in found if one.look.level != "green"]
        return [one for one in found if level in ("", one.look.level)]


@admin.register(ColumnPlan)
class ColumnPlanAdmin(ScopedModelAdmin):
    """Plans of columns (栏目更新计划), and the watch over them."""

    form = ReasonedForm
    change_list_template = "admin/watch_list.html"
    list_display = ("category", "agency", "period_days", "office", "since")
    list_select_related = ("agency", "category", "office")
    list_filter = ("agency", "category")
    search_fields = ("category__name", "agency__name", "office__name")
    search_help_text = _("Category, agency, office")
    ordering = ("agency__path", "category__path")
    fields = ("agency", "category", "period_days", "office", "since", "reason")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("watch/", wrap(self.watch_view), name="disclosure_columnplan_watch"),
            path("watch/csv/", wrap(self.csv_view), name="disclosure_columnplan_csv"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The plans, which lead to how the columns stand."""
        return super().changelist_view(
            request, {"watch_url": reverse(WATCH), **(extra_context or {})}
        )

    def related_rows(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        """Columns are the categories with none below them."""
        rows = super().related_rows(db_field, request)
        if db_field.name == "category":
            return rows_for(person(request), ["disclosure.view_category"], Category).filter(
                numchild=0, is_active=True
            )
        return rows

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"since": today(), **super().get_changeform_initial_data(request)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, "agency", "category"] if obj is not None else fixed

    # --- the watch ----------------------------------------------------------------------------
    def watch_view(self, request: HttpRequest) -> HttpResponse:
        """How the columns of every agency stand that the person may look at."""
        form = self._form(request)
        found = form.columns()
        figures = report.figures({column.agency.pk for column in found})
        page = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
        query = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Column watch"),
            "subtitle": None,
            "opts": self.opts,
            "form": form,
            "page": page,
            "rows": [panels.row_of(column, figures) for column in page],
            "figures": self._sums(found, figures),
            "query": f"{urlencode(query)}&" if query else "",
            "csv_url": f"{reverse('admin:disclosure_columnplan_csv')}?{urlencode(query)}",
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/watch.html", context)

    def _sums(
        self, found: list[report.Column], figures: list[report.Figure]
    ) -> list[dict[str, Any]]:
        """What other rooms know, agency by agency; only those with a figure."""
        names = {column.agency.pk: column.agency.local_name for column in found}
        return [
            {
                "label": figure.source.label,
                "url": figure.source.url,
                "agencies": [(names[key], number) for key, number in figure.agencies.items()],
            }
            for figure in figures
        ]

    def csv_view(self, request: HttpRequest) -> HttpResponse:
        """The same as CSV, all of it."""
        response = HttpResponse(
            report.as_csv(self._form(request).columns()), content_type="text/csv; charset=utf-8"
        )
        name = f"{gettext('Column watch')}-{today().isoformat()}.csv"
        response["Content-Disposition"] = content_disposition(name)
        response["Cache-Control"] = "private, no-store"
        return response

    def _form(self, request: HttpRequest) -> WatchForm:
        user = person(request)
        if not rights.allows(user, report.VIEW):
            raise PermissionDenied
        return WatchForm(request.GET, user=user)

    # --- saving -------------------------------------------------------------------------------
    def create_record(self, request: HttpRequest, obj: ColumnPlan, form: forms.ModelForm) -> None:
        actions.create_plan(actor=person(request), plan=obj)

    def update_record(self, request: HttpRequest, obj: ColumnPlan, form: forms.ModelForm) -> None:
        reason = form.cleaned_data.get("reason", "")
        actions.update_plan(actor=person(request), plan=obj, reason=reason)

    def delete_record(self, request: HttpRequest, obj: ColumnPlan) -> None:
        actions.delete_plan(actor=person(request), plan=obj)

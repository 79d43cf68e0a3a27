"""Staff pages of a report's tables: fill them in, see what a figure is made of, settle remarks."""

import datetime as dt
import hashlib
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.core.errors import Conflict, DomainError, NotPermitted, Refusal
from disclosure.reports import actions, policies, rollup, sheets
from disclosure.reports import messages as words
from disclosure.reports.actions.writing import grounds_of
from disclosure.reports.lifecycle import WRITE
from disclosure.reports.loading import LoadForm
from disclosure.reports.models import AnnualReport
from disclosure.reports.remarks import carried_out_before, cells_before, remarks
from disclosure.reports.sources import Span, registered, source_of, the_turn
from disclosure.reports.tables.shapes import Place
from disclosure.reports.wording import cell_name

PREFIX = "disclosure_annualreport"
RECORDS_A_PAGE = 50
SEEN = "_seen"


class CellForm(forms.Form):
    """Another value for one cell, with its reason."""

    value = forms.CharField(
        label=_("Value to be published"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("Blank: left blank. “不适用”: not applicable."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "zh-Hans"}),
    )


class TablesMixin:
    """Adds the pages of the tables to the admin of annual reports."""

    def get_urls(self) -> list[URLPattern]:
        base: Any = super()
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = [
            ("tables/", self.tables_view, "tables"),
            ("compute/", require_POST(self.compute_view), "compute"),
            ("draft/", require_POST(self.draft_view), "draft"),
            ("sum/", require_POST(self.sum_view), "sum"),
            ("load/", self.load_view, "load"),
            ("note/", require_POST(self.note_view), "note"),
            ("cell/<str:key>/", self.cell_view, "cell"),
        ]
        return [
            *(
                path(f"<path:object_id>/{address}", wrap(view), name=f"{PREFIX}_{name}")
                for address, view, name in own
            ),
            *base.get_urls(),
        ]

    # --- the tables ---------------------------------------------------------------------------
    def tables_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """All cells, filled in at once; what is wrong stands above, and leads to its cell."""
        report, may = self._report(request, object_id)
        if request.method != "POST":
            return self._tables(request, report, may)
        if not may:
            raise PermissionDenied
        given, wrong, values = self._typed(request, report)
        if wrong:
            return self._tables(request, report, may, given=given, wrong=wrong)
        try:
            if request.POST.get(SEEN) != self._mark(report):
                raise Conflict(Refusal(words.CHANGED_MEANWHILE, code="conflict"))
            reason = request.POST.get("reason", "")
            actions.adjust(actor=person(request), report=report, values=values, reason=reason)
        except NotPermitted as error:
            raise PermissionDenied from error
        except DomainError as error:
            return self._tables(request, report, may, given=given, reasons=error.refusals)
        messages.success(request, gettext("The figures are stored and checked."))
        return HttpResponseRedirect(self._url("tables", report))

    def _typed(
        self, request: HttpRequest, report: AnnualReport
    ) -> tuple[dict[str, str], dict[str, str], dict[Place, Any]]:
        """What was sent, what is wrong with it, and the values that it means."""
        form = report.table_form
        assert form is not None  # noqa: S101  (`_report` has asked)
        given: dict[str, str] = {}
        wrong: dict[str, str] = {}
        values: dict[Place, Any] = {}
        for place in form.places:
            key = sheets.key_of(place)
            if key not in request.POST or place in form.totals:
                continue
            given[key] = request.POST[key]
            try:
                values[place] = sheets.read(given[key], form.column(place))
            except sheets.WrongCell as error:
                wrong[key] = str(error)
        return given, wrong, values

    def _tables(
        self,
        request: HttpRequest,
        report: AnnualReport,
        may: bool,
        *,
        given: dict[str, str] | None = None,
        wrong: dict[str, str] | None = None,
        reasons: Any = (),
    ) -> HttpResponse:
        form = report.table_form
        assert form is not None  # noqa: S101  (`_report` has asked)
        grounds, found = grounds_of(report), remarks(report)
        counted = [place for place in form.places if source_of(form, place)]
        context = {
            "title": gettext("Tables"),
            "sheets": sheets.sheets(report, grounds, counted, found, given, wrong),
            "equations": sheets.equations_of(form, cells_before(report)),
            "remarks": found,
            "may": may,
            "reasons": reasons,
            "wrong": bool(wrong),
            "reason": request.POST.get("reason", ""),
            "seen": self._mark(report),
            "has_sources": bool(registered()),
            "out_of_date": rollup.out_of_date(report),
            "missing": report.summed.get("missing", []),
        }
        status = 409 if reasons else 200
        return self._page(request, report, "admin/report_tables.html", status=status, **context)

    def compute_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Count the year anew, whole or up to a day within it."""
        typed = request.POST.get("until", "").strip()
        try:
            until = dt.date.fromisoformat(typed) if typed else None
        except ValueError:
            messages.error(request, gettext("Please give the day as 2026-03-31."))
            return HttpResponseRedirect(reverse(f"admin:{PREFIX}_tables", args=[object_id]))
        action = partial(actions.compute, until=until)
        return self._do(request, object_id, action, gettext("The year is counted anew."))

    def draft_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Fill the empty sections with drafts."""
        said = gettext("The empty sections are drafted; 【…】 is still to be filled in.")
        self._do(request, object_id, actions.draft_texts, said)
        return HttpResponseRedirect(reverse(f"admin:{PREFIX}_change", args=[object_id]))

    def sum_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Add the agencies below."""
        return self._do(
            request, object_id, actions.sum_up, gettext("The reports below are added up.")
        )

    def load_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take over figures of another system from a file, or take that back."""
        report, may = self._report(request, object_id)
        if not may:
            raise PermissionDenied
        form = LoadForm(request.POST or None, request.FILES or None, report=report)
        if request.method == "POST" and "unload" in request.POST:
            return self._do(
                request, object_id, actions.unload, gettext("What was loaded is taken back.")
            )
        if request.method == "POST" and form.is_valid():
            try:
                actions.load(actor=person(request), report=report, **form.found())
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, gettext("The figures are loaded."))
                return HttpResponseRedirect(self._url("tables", report))
        title = gettext("Load figures")
        return self._page(request, report, "admin/report_load.html", title=title, form=form)

    def note_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say something to a warning."""
        report, _may = self._report(request, object_id)
        try:
            actions.note(
                actor=person(request),
                report=report,
                key=request.POST.get("key", ""),
                note=request.POST.get("note", ""),
            )
        except NotPermitted as error:
            raise PermissionDenied from error
        except DomainError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(f"{self._url('tables', report)}#remarks")

    # --- one cell -----------------------------------------------------------------------------
    def cell_view(self, request: HttpRequest, object_id: str, key: str) -> HttpResponse:
        """What one figure is made of, the records behind it, and another value for it."""
        report, may = self._report(request, object_id)
        form = report.table_form
        assert form is not None  # noqa: S101  (`_report` has asked)
        place = sheets.place_of(form, key)
        if place is None:
            raise Http404
        sent = CellForm(request.POST if request.method == "POST" and may else None)
        if request.method == "POST":
            if not may:
                raise PermissionDenied
            if self._adjusted(request, report, place, sent):
                return HttpResponseRedirect(self._url("cell", report, key))
        elif not sent.is_bound:
            sent.initial["value"] = sheets.shown(report.cells[place])
        grounds, before = grounds_of(report), cells_before(report)
        adjustment = report.adjustments.filter(
            table=place.table, row=place.row, column=place.column
        ).select_related("by")
        context = {
            "title": cell_name(form, place),
            "key": key,
            "place": place,
            "value": sheets.shown(report.cells[place]),
            "ground": sheets.shown(grounds.ground(place)),
            "computed": sheets.shown(grounds.computed[place]),
            "summed": sheets.shown(grounds.summed[place]),
            "loaded": sheets.shown(grounds.loaded[place]),
            "before": sheets.shown(before[place]) if before and before.form.has(place) else "",
            "adjustment": adjustment.first(),
            "form": sent,
            "may": may,
            "is_total": place in form.totals,
            "remarks": [one for one in remarks(report) if one.target == key],
            **self._records(request, report, place),
            **self._turn(request, report, place),
        }
        return self._page(request, report, "admin/report_cell.html", **context)

    def _adjusted(
        self, request: HttpRequest, report: AnnualReport, place: Place, sent: CellForm
    ) -> bool:
        if not sent.is_valid():
            return False
        column = report.table_form.column(place)  # type: ignore[union-attr]
        try:
            value = sheets.read(sent.cleaned_data["value"], column)
            actions.adjust(
                actor=person(request),
                report=report,
                values={place: value},
                reason=sent.cleaned_data["reason"],
            )
        except sheets.WrongCell as error:
            sent.add_error("value", str(error))
            return False
        except NotPermitted as error:
            raise PermissionDenied from error
        except DomainError as error:
            code = error.refusals[0].code
            sent.add_error("reason" if code == "reason" else None, str(error))
            return False
        messages.success(request, gettext("The figure is stored."))
        return True

    def _records(self, request: HttpRequest, report: AnnualReport, place: Place) -> dict[str, Any]:
        """The records that the computed figure counts, a page of them."""
        source = source_of(report.table_form, place)  # type: ignore[arg-type]
        if source is None or source.behind is None or report.computed_until is None:
            return {}
        span = Span.of_year(report.year, report.computed_until)
        behind = source.behind([report.agency], span, place.row, place.column)
        if behind.action and not rights.allows(person(request), behind.action, report.agency):
            return {"records_closed": True}
        asked = request.GET.get("p", "1")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
        last = max(1, -(-behind.count // RECORDS_A_PAGE))
        number = min(max(number, 1), last)
        offset = (number - 1) * RECORDS_A_PAGE
        return {
            "records": behind.rows(offset, RECORDS_A_PAGE),
            "count": behind.count,
            "page_number": number,
            "pages": last,
            "start": offset + 1,
        }

    def _turn(self, request: HttpRequest, report: AnnualReport, place: Place) -> dict[str, Any]:
        """At what was carried in: the records by which it differs from what last year's report
        carried out."""
        turn = the_turn()
        if turn is None or place[:2] != ("requests", "carried_in") or not report.computed_until:
            return {}
        if not rights.allows(person(request), turn.action, report.agency):
            return {}
        then = carried_out_before(report)
        if then is None:
            return {}
        now_in = turn.carried_in([report.agency], Span.of_year(report.year, report.computed_until))
        added, gone = sorted(set(now_in) - set(then)), sorted(set(then) - set(now_in))
        return {
            "turn_added": turn.records(added[:RECORDS_A_PAGE]),
            "turn_gone": turn.records(gone[:RECORDS_A_PAGE]),
            "turn_more": len(added) + len(gone) > 2 * RECORDS_A_PAGE,
        }

    # --- what all of them need ----------------------------------------------------------------
    def _report(self, request: HttpRequest, object_id: str) -> tuple[AnnualReport, bool]:
        """The report, which the person may read, and whether they may write on it."""
        admin: Any = self
        report = admin.get_object(request, object_id)
        if report is None or report.table_form is None:
            raise Http404
        if not admin.has_view_permission(request, report):
            raise PermissionDenied
        may = rights.allows(person(request), WRITE, report) and not policies.why_not_write(report)
        return report, may

    def _do(
        self, request: HttpRequest, object_id: str, action: Any, said: str
    ) -> HttpResponseRedirect:
        report, _may = self._report(request, object_id)
        try:
            action(actor=person(request), report=report)
        except NotPermitted as error:
            raise PermissionDenied from error
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said)
        return HttpResponseRedirect(self._url("tables", report))

    def _url(self, name: str, report: AnnualReport, *more: str) -> str:
        return reverse(f"admin:{PREFIX}_{name}", args=[report.pk, *more])

    def _mark(self, report: AnnualReport) -> str:
        """Which values a page was filled in with."""
        text = f"{report.tables}{report.computed_at}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _page(
        self,
        request: HttpRequest,
        report: AnnualReport,
        template: str,
        *,
        status: int = 200,
        **about: Any,
    ) -> HttpResponse:
        admin: Any = self
        context = {
            **admin.admin_site.each_context(request),
            "subtitle": None,
            "opts": admin.opts,
            "object": report,
            "report": report,
            "media": admin.media,
            **about,
        }
        request.current_app = admin.admin_site.name
        return TemplateResponse(request, template, context, status=status)

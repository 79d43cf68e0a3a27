"""The staff pages of annual reports: list, form with its rows, next steps, history."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.filters import AllValuesFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import records, rights
from disclosure.agencies.admin_base import ScopedModelAdmin, person
from disclosure.agencies.models import Agency
from disclosure.backstage.filters import StandingFilter
from disclosure.backstage.pills import pill
from disclosure.backstage.rows import RowsField
from disclosure.backstage.steps import ReasonForm, StepsMixin
from disclosure.core.dates import now, today
from disclosure.core.errors import Refusal
from disclosure.core.text import gettext_noop
from disclosure.reports import actions, due, policies, worklist
from disclosure.reports.due_admin import DueMixin
from disclosure.reports.lifecycle import SUPERVISE, TRANSITIONS, UNDER_WAY, WRITE, State
from disclosure.reports.models import CONTENT, AnnualReport
from disclosure.reports.presenting import shown_figures, shown_sections
from disclosure.reports.reading.titles import usual_title
from disclosure.reports.rows import MOST_FIGURES, MOST_SECTIONS, FigureRow, SectionRow
from disclosure.reports.tables.forms import form_for
from disclosure.reports.tables_admin import TablesMixin
from disclosure.reports.texts_admin import AnnualReportForm, TextsMixin

#: The forms by their years: shorter than their names, for the list.
FORM_YEARS = {"free": "2008–2018", "2019": "2019–2020", "2021": _("since 2021")}
#: The most rows that a form can send, by field.
ROWS = {"sections": MOST_SECTIONS, "figures": MOST_FIGURES}


class Standing(StandingFilter):
    """Reports by what they ask of this person: the start page's panels lead here."""

    standings = worklist.STANDINGS

    def rows(self, name: str, user: Any) -> QuerySet[Any]:
        return worklist.standing(name, user)


class NewestYearFilter(AllValuesFieldListFilter):
    """The years that there are, the newest first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lookup_choices = self.lookup_choices.order_by(f"-{self.field_path}")


#: What each step does, for its page.
STEP_NOTES = {
    "check": gettext_noop("The figures and the texts are right; the head is asked to approve."),
    "approve": gettext_noop("It is fixed as it stands now, to be submitted or published."),
    "submit": gettext_noop("The superior agency sees it and can return it with reasons."),
    "return_draft": gettext_noop("It becomes a draft again, to be mended and checked anew."),
    "send_back": gettext_noop("It becomes the agency's draft again; the reason goes along."),
    "publish": gettext_noop("Everyone can read it at once, with its figures as open data."),
    "correct": gettext_noop(
        "A correction is written. Until it is published everyone reads the edition that is out; "
        "afterwards both, with the reason."
    ),
    "drop_correction": gettext_noop("The report is again as it was published."),
    "withdraw": gettext_noop(
        "The public no longer sees it. It becomes a draft again, to be mended and "
        "published anew; the reason stays in the history."
    ),
}


class StepReasonForm(ReasonForm):
    """The reason, as long as the history keeps it whole."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=records.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@admin.register(AnnualReport)
class AnnualReportAdmin(StepsMixin, TablesMixin, DueMixin, TextsMixin, ScopedModelAdmin):
    """Annual reports (政府信息公开工作年度报告). None is deleted: withdrawn, it is a draft.

    The tables of a report have pages of their own (`tables_admin`); here stand its texts.
    """

    form = AnnualReportForm
    change_list_template = "admin/reports_list.html"
    choice_verbs = ("add",)
    list_display = ("title_shown", "year_shown", "agency", "standing", "form_shown", "published_at")
    list_display_links = ("title_shown",)
    list_select_related = ("agency",)
    list_filter = (Standing, "state", ("year", NewestYearFilter), "form", "agency")
    search_fields = ("title", "agency__name", "agency__short_name", "agency__code")
    search_help_text = _("Title (with the year), agency")
    ordering = ("-year", "agency__path")
    steps = TRANSITIONS
    fieldsets = (
        (None, {"fields": (("agency", "year", "form"), "title", "lead")}),
        (_("Sections"), {"fields": ("sections",), "classes": ("rows-alone",)}),
        (_("Named figures"), {"fields": ("figures",), "classes": ("rows-alone",)}),
        (_("Where it comes from"), {"fields": ("source_note",)}),
    )

    class Media:
        css = {"all": ["portal/document.css", "admin_portal/reports.css"]}

    # --- rights -------------------------------------------------------------------------------
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A draft is the writers' to change; nothing else is."""
        if obj is not None and obj.pk and policies.why_not_write(obj):
            return False
        return rights.allows(person(request), WRITE, obj)

    # --- the list -----------------------------------------------------------------------------
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        match = request.resolver_match
        is_list = match is not None and match.url_name == "disclosure_annualreport_changelist"
        return rows.defer(*CONTENT) if is_list else rows

    @admin.display(description=_("title"), ordering="title")
    def title_shown(self, report: AnnualReport) -> SafeString:
        return format_html('<span lang="zh-Hans">{}</span>', report.title)

    @admin.display(description=_("year"), ordering="year")
    def year_shown(self, report: AnnualReport) -> str:
        return str(report.year)

    @admin.display(description=_("form"), ordering="form")
    def form_shown(self, report: AnnualReport) -> str:
        return str(FORM_YEARS[report.form])

    @admin.display(description=_("state"), ordering="state")
    def standing(self, report: AnnualReport) -> SafeString:
        if report.state == State.DRAFT and report.edition_id is not None:
            return pill(gettext("Published, being corrected"), "warn")
        kind = {State.PUBLISHED: "ok"}.get(State(report.state), "")
        return pill(report.get_state_display(), "info" if report.state in UNDER_WAY else kind)

    # --- the form -----------------------------------------------------------------------------
    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        label = capfirst(str(db_field.verbose_name))
        if db_field.name == "sections":
            return RowsField(
                SectionRow,
                label=label,
                required=False,
                blank_rows=4,
                most=MOST_SECTIONS,
                help_text=_(
                    "In a text each line is a paragraph, and a line with tabs a row of a table "
                    "(as pasted from a spreadsheet). Another number as its place moves a section. "
                    "Saving and going on gives more empty rows."
                ),
            )
        if db_field.name == "figures":
            return RowsField(
                FigureRow,
                label=label,
                required=False,
                most=MOST_FIGURES,
                help_text=_(
                    "They stand above the text and are open data. “Wording”: only where the text "
                    "gives no exact number, such as “20万多份”."
                ),
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The year just over and, where it is clear, the agency and the usual title."""
        found: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        found.setdefault("year", str(due.last_year(today())))
        form = form_for(int(found["year"])) if _is_number(found["year"]) else None
        found.setdefault("form", form.key if form else AnnualReport.Form.FREE)
        agencies = rights.agencies(person(request), worklist.WRITE)
        wanted = str(found.get("agency", ""))
        if wanted:
            agencies = agencies.filter(pk=int(wanted) if _is_number(wanted) else 0)
        chosen: list[Agency] = list(agencies[:2])
        if len(chosen) == 1:
            found.setdefault("agency", chosen[0].pk)
            if _is_number(found["year"]):
                found.setdefault("title", usual_title(chosen[0].name, int(found["year"])))
        return found

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the reason for a change; who may only read, reads sections and figures as text."""
        found: list[Any] = list(super().get_fieldsets(request, obj))
        if obj is None:
            return found
        title, last = found.pop()
        found.append((title, {**last, "fields": (*last["fields"], "published_at")}))
        may = self.has_change_permission(request, obj)
        if may:
            found.append((_("This change"), {"fields": ("reason",)}))
        return [
            (title, {**options, "fields": [self._shown(n, obj, may) for n in options["fields"]]})
            for title, options in found
        ]

    def _shown(self, name: Any, obj: AnnualReport, may: bool) -> Any:
        """The field, or, where it cannot be typed here, what reads it."""
        if name in ROWS and (not may or len(getattr(obj, name)) > ROWS[name]):
            return f"read_{name}"
        return name

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = [*super().get_readonly_fields(request, obj), "published_at"]
        if obj is None:
            return fixed
        # Its address is made of them.
        return [*fixed, "agency", "year", "read_sections", "read_figures"]

    @admin.display(description=_("sections"))
    def read_sections(self, report: AnnualReport) -> SafeString:
        context = {"sections": shown_sections(report)}
        return mark_safe(render_to_string("admin/report_sections.html", context))

    @admin.display(description=_("named figures"))
    def read_figures(self, report: AnnualReport) -> SafeString:
        context = {"figures": shown_figures(report)}
        return mark_safe(render_to_string("admin/report_figures.html", context))

    def view_on_site(self, obj: AnnualReport) -> str | None:
        return obj.get_absolute_url() if obj.is_visible(now()) else None

    # --- saving -------------------------------------------------------------------------------
    def create_record(self, request: HttpRequest, obj: AnnualReport, form: Any) -> None:
        actions.create(actor=person(request), report=obj)
        if obj.table_form is not None:
            # A draft that begins with what the year has so far.
            counted = actions.compute(actor=person(request), report=obj)
            obj.tables = counted.tables
            actions.draft_texts(actor=person(request), report=counted)

    def response_add(self, request: HttpRequest, obj: AnnualReport, *args: Any) -> HttpResponse:
        """One with tables is gone on with: its written sections stand on the form."""
        if obj.table_form is None or "_addanother" in request.POST:
            return super().response_add(request, obj, *args)
        url = reverse("admin:disclosure_annualreport_change", args=[obj.pk])
        return HttpResponseRedirect(url)

    def update_record(self, request: HttpRequest, obj: AnnualReport, form: Any) -> None:
        reason = form.cleaned_data.get("reason", "")
        actions.update(actor=person(request), report=obj, reason=reason)

    # --- steps --------------------------------------------------------------------------------
    def may_step(self, request: HttpRequest, obj: AnnualReport, step: str) -> bool:
        """Steps that could never be meant for this report are not shown at all."""
        if not super().may_step(request, obj, step):
            return False
        if step == "send_back":
            return rights.allows_from_above(person(request), SUPERVISE, obj.agency)
        if step == "drop_correction":
            return obj.edition_id is not None
        is_free = obj.form == AnnualReport.Form.FREE
        return not (
            (step in policies.OF_TABLES and is_free) or (step == "publish" and self._early(obj))
        )

    def _early(self, obj: AnnualReport) -> bool:
        """Whether a report with tables is still to be checked and approved."""
        return obj.form != AnnualReport.Form.FREE and obj.state == State.DRAFT

    def why_not_step(self, request: HttpRequest, obj: AnnualReport, step: str) -> Sequence[Refusal]:
        reason = "…"  # the form asks for the real one
        return policies.why_not(obj, step, actor=person(request), on=today(), reason=reason)

    def do_step(
        self, request: HttpRequest, obj: AnnualReport, step: str, data: Mapping[str, Any]
    ) -> None:
        actions.take(obj, step, actor=person(request), reason=data.get("reason", ""))

    def step_form(self, request: HttpRequest, obj: Any, step: str) -> Callable[..., forms.Form]:
        needs = TRANSITIONS[step].needs_reason
        return StepReasonForm if needs else super().step_form(request, obj, step)

    def step_note(self, obj: Any, step: str) -> str:
        return gettext(STEP_NOTES[step])


def _is_number(text: Any) -> bool:
    text = str(text)
    return text.isascii() and text.isdigit() and len(text) < 19

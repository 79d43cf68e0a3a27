"""The staff pages of rounds: begun, decided row by row, closed; the protocol to print and keep."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import ReasonedForm, ScopedModelAdmin, person
from disclosure.audit.trail import record
from disclosure.backstage.pills import pill
from disclosure.backstage.steps import StepsMixin
from disclosure.core.dates import today
from disclosure.core.errors import Refusal
from disclosure.files.names import content_disposition
from disclosure.withheld import policies, protocol, rounds
from disclosure.withheld.lifecycle import ROUND_STEPS, ROW_STEPS, Outcome, RoundState
from disclosure.withheld.models import Reassessment, ReassessmentRound
from disclosure.withheld.step_forms import FORMS, NOTES
from disclosure.workdays.store import current_calendar

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Working days that a new round is given at first.
TIME_GIVEN = 20


class RoundForm(ReasonedForm):
    class Meta:
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class ProtocolPages(ScopedModelAdmin):
    """Adds the protocol of a round, as a page that prints and as XLSX."""

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "disclosure_reassessmentround_protocol"
        return [
            path("<path:object_id>/protocol/", wrap(self.protocol_view), name=name),
            path("<path:object_id>/protocol.xlsx", wrap(self.protocol_file), name=f"{name}_file"),
            *super().get_urls(),
        ]

    def _round(self, request: HttpRequest, object_id: str) -> ReassessmentRound:
        found = self.get_object(request, object_id)
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        assert isinstance(found, ReassessmentRound)  # noqa: S101  (this admin's own model)
        return found

    def protocol_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What was decided on each entry; of marked ones only as much as the reader may know."""
        found = self._round(request, object_id)
        page = protocol.page(found, person(request), request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Protocol of the re-assessment"),
            "subtitle": None,
            "opts": self.opts,
            "round": found,
            "page": page,
            "columns": protocol.headings(),
            "totals": protocol.totals(found),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/withheld_protocol.html", context)

    def protocol_file(self, request: HttpRequest, object_id: str) -> FileResponse:
        found = self._round(request, object_id)
        user = person(request)
        response = FileResponse(protocol.workbook(found, user), content_type=CONTENT_TYPE)
        name = f"{found.title} {found.begun_on:%Y%m%d}.xlsx"
        response.headers["Content-Disposition"] = content_disposition(name)
        record(user, "reassessmentround.downloaded", found)
        return response


@admin.register(ReassessmentRound)
class ReassessmentRoundAdmin(StepsMixin, ProtocolPages):
    """Rounds of re-assessment (定期评估审查)."""

    form = RoundForm
    change_form_template = "admin/withheld_round.html"
    list_display = ("title", "agency", "standing", "begun_on", "due_on", "decided")
    list_select_related = ("agency",)
    list_filter = ("agency",)
    search_fields = ("title",)
    search_help_text = _("Title")
    ordering = ("-begun_on", "-pk")
    choice_verbs = ("add",)
    steps = ROUND_STEPS
    fieldsets = (
        (None, {"fields": ("title", "agency", ("begun_on", "due_on"))}),
        (_("Which entries"), {"fields": ("scope", ("due_until", "ground"))}),
        (_("Note"), {"fields": ("note",)}),
    )

    # --- rights and rows ----------------------------------------------------------------------
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A closed round is no longer edited."""
        if obj is not None and obj.pk and obj.closed_on is not None:
            return False
        return super().has_change_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        pending = Count("rows", filter=Q(rows__outcome=Outcome.PENDING))
        return super().get_queryset(request).annotate(drawn=Count("rows"), left=pending)

    @admin.display(description=_("state"))
    def standing(self, round_: ReassessmentRound) -> SafeString:
        tone = "ok" if round_.state == RoundState.CLOSED else "warn"
        return pill(round_.state.label, tone)

    @admin.display(description=_("decided so far"))
    def decided(self, round_: Any) -> str:
        return f"{round_.drawn - round_.left} / {round_.drawn}"

    # --- the form -----------------------------------------------------------------------------
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = [*super().get_readonly_fields(request, obj)]
        drawn = ["agency", "begun_on", "scope", "due_until", "ground"]
        return fixed + drawn if obj is not None else fixed

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        found = list(super().get_fieldsets(request, obj))
        if obj is not None and self.has_change_permission(request, obj):
            found.append((_("This change"), {"fields": ("reason",)}))
        return found

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        on = today()
        given = super().get_changeform_initial_data(request)
        end = current_calendar().add_workdays(on, TIME_GIVEN)
        return {"begun_on": on, "due_on": end, "due_until": on, **given}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With the first of its rows that are not decided; all of them are in their list."""
        obj = kwargs.get("obj")
        if obj is not None and obj.pk:
            context["protocol_url"] = reverse(
                "admin:disclosure_reassessmentround_protocol", args=[obj.pk]
            )
            rows = reverse("admin:disclosure_reassessment_changelist")
            context["rows_url"] = f"{rows}?round__id__exact={obj.pk}"
            context["drawn"], context["left"] = obj.drawn, obj.left
        return super().render_change_form(request, context, *args, **kwargs)

    def state_label(self, obj: Any) -> str:
        return str(obj.state.label)

    # --- saving and steps ---------------------------------------------------------------------
    def create_record(self, request: HttpRequest, obj: ReassessmentRound, form: Any) -> None:
        rounds.begin(actor=person(request), round_=obj)

    def update_record(self, request: HttpRequest, obj: ReassessmentRound, form: Any) -> None:
        rounds.update(actor=person(request), round_=obj, reason=form.cleaned_data.get("reason", ""))

    def delete_record(self, request: HttpRequest, obj: ReassessmentRound) -> None:
        rounds.delete(actor=person(request), round_=obj)

    def why_not_delete(self, request: HttpRequest, obj: ReassessmentRound) -> list[Refusal]:
        return policies.why_not_delete_round(obj)

    def why_not_step(
        self, request: HttpRequest, obj: ReassessmentRound, step: str
    ) -> Sequence[Refusal]:
        return policies.why_not_step_round(obj, step)

    def step_form(self, request: HttpRequest, obj: Any, step: str) -> Callable[..., forms.Form]:
        return FORMS["file"] if step == "file" else super().step_form(request, obj, step)

    def step_note(self, obj: Any, step: str) -> str:
        if step == "close":
            return gettext("Its protocol stands; nothing of it is changed any more.")
        return str(NOTES[step])

    def do_step(
        self, request: HttpRequest, obj: ReassessmentRound, step: str, data: Mapping[str, Any]
    ) -> None:
        rounds.step(obj, step, actor=person(request), **data)


@admin.register(Reassessment)
class ReassessmentAdmin(StepsMixin, ScopedModelAdmin):
    """The rows of rounds: nothing is edited here, every decision is a step."""

    list_display = ("item_shown", "ground_shown", "round", "standing", "decided_at")
    list_select_related = ("round", "item__agency")
    list_filter = ("outcome", "round")
    search_fields = ("item__document_number", "round__title")
    search_help_text = _("Document number, round")
    ordering = ("round", "outcome", "pk")
    steps = ROW_STEPS
    fields = ("round", "item_shown", "ground_shown", "outcome", "ground", "look_again_on", "note")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        return rows.open_to(person(request)).select_related("round__agency", "item__agency")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    @admin.display(description=_("entry of the register"), ordering="item__title")
    def item_shown(self, row: Reassessment) -> str:
        return row.item.title

    @admin.display(description=_("ground"), ordering="item__ground")
    def ground_shown(self, row: Reassessment) -> str:
        return f"{row.item.get_ground_display()} ({row.item.article})"

    @admin.display(description=_("outcome"), ordering="outcome")
    def standing(self, row: Reassessment) -> SafeString:
        tone = "warn" if row.outcome == Outcome.PENDING else "ok"
        return pill(row.get_outcome_display(), tone)

    def state_label(self, obj: Any) -> str:
        return str(obj.get_outcome_display())

    def why_not_step(self, request: HttpRequest, obj: Reassessment, step: str) -> Sequence[Refusal]:
        if obj.round.closed_on is not None:
            return [Refusal(policies.DECIDED, "18", "state")]
        return policies.why_not_take(obj.item, step, on=today(), row=obj)

    def step_form(self, request: HttpRequest, obj: Any, step: str) -> Callable[..., forms.Form]:
        return partial(FORMS[step], initial={"ground": obj.item.ground}) if obj else FORMS[step]

    def step_note(self, obj: Any, step: str) -> str:
        return str(NOTES[step])

    def do_step(
        self, request: HttpRequest, obj: Reassessment, step: str, data: Mapping[str, Any]
    ) -> None:
        rounds.decide(obj, step, actor=person(request), **data)

    def after_step(self, request: HttpRequest, obj: Any, step: str) -> HttpResponse:
        """On to the next row that is not decided; with none left, back to the round."""
        answer = super().after_step(request, obj, step)
        rows = self.get_queryset(request).filter(round=obj.round_id, outcome=Outcome.PENDING)
        following = rows.order_by("pk").first()
        if following is not None:
            url = reverse("admin:disclosure_reassessment_change", args=[following.pk])
        else:
            url = reverse("admin:disclosure_reassessmentround_change", args=[obj.round_id])
        answer.headers["Location"] = url
        return answer

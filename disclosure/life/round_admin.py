"""The staff pages of clean-up rounds: begun, decided document by document, checked, closed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import ScopedModelAdmin, person
from disclosure.backstage.pills import pill
from disclosure.backstage.steps import StepsMixin
from disclosure.core.dates import now, today
from disclosure.core.errors import Refusal
from disclosure.core.html import sanitise
from disclosure.life import announcing, round_policies, rounds
from disclosure.life.models import CleanUpEntry, CleanUpRound
from disclosure.life.round_steps import ENTRY_STEPS, ROUND_STEPS, Decision, RoundState
from disclosure.life.step_forms import ENTRY_FORMS, ENTRY_NOTES, ROUND_NOTES
from disclosure.publications import review
from disclosure.publications.step_forms import ChecklistForm
from disclosure.workdays.store import current_calendar

#: Working days that a new round is given at first.
TIME_GIVEN = 60
#: Rows of the printed sheet.
ON_PAPER = 500
TONES = {RoundState.OPEN: "warn", RoundState.CHECKED: "warn", RoundState.CLOSED: "ok"}
SHEET = "disclosure_cleanupround_sheet"


@admin.register(CleanUpRound)
class CleanUpRoundAdmin(StepsMixin, ScopedModelAdmin):
    """Clean-up rounds (规范性文件清理)."""

    change_form_template = "admin/life_round.html"
    list_display = ("title", "agency", "standing", "as_of", "due_on", "decided")
    list_select_related = ("agency",)
    list_filter = ("agency", "state")
    search_fields = ("title",)
    search_help_text = _("Title")
    ordering = ("-pk",)
    choice_verbs = ("add",)
    steps = ROUND_STEPS
    fieldsets = (
        (None, {"fields": ("title", "agency", ("as_of", "due_on"), "announced_in")}),
        (
            _("Which documents"),
            {"fields": ("with_below", ("document_type", "made_until"), "category")},
        ),
    )

    # --- rights and rows ----------------------------------------------------------------------
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What a round is over stays as it was drawn; all else is a step."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        pending = Count("entries", filter=Q(entries__decision=Decision.PENDING))
        return super().get_queryset(request).annotate(drawn=Count("entries"), left=pending)

    @admin.display(description=_("state"), ordering="state")
    def standing(self, cleanup: CleanUpRound) -> SafeString:
        return pill(cleanup.get_state_display(), TONES[RoundState(cleanup.state)])

    @admin.display(description=_("decided"))
    def decided(self, cleanup: Any) -> str:
        return f"{cleanup.drawn - cleanup.left} / {cleanup.drawn}"

    # --- the form -----------------------------------------------------------------------------
    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        found = list(super().get_fieldsets(request, obj))
        if obj is not None:
            who = ("begun_by", "checked_by", "closed_by", "note")
            found.append((_("How it came about"), {"fields": who}))
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, "begun_by", "checked_by", "closed_by", "note"] if obj else fixed

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        on = today()
        given = super().get_changeform_initial_data(request)
        end = current_calendar().add_workdays(on, TIME_GIVEN)
        return {"as_of": on, "due_on": end, **given}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj is not None and obj.pk:
            entries = reverse("admin:disclosure_cleanupentry_changelist")
            context["entries_url"] = f"{entries}?round__id__exact={obj.pk}"
            context["sheet_url"] = reverse(f"admin:{SHEET}", args=[obj.pk])
            context["drawn"], context["left"] = obj.drawn, obj.left
            context["announcement"] = obj.announcement
        return super().render_change_form(request, context, *args, **kwargs)

    # --- the sheet ----------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.sheet_view)
        return [path("<path:object_id>/sheet/", view, name=SHEET), *super().get_urls()]

    def sheet_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The decisions as a table that prints, and the text of the announcement."""
        found: Any = self.get_object(request, object_id)
        if found is None or not self.has_view_permission(request, found):
            raise PermissionDenied
        rows = (
            found.entries.select_related("publication__agency", "decided_by")
            .defer("publication__body")
            .order_by("pk")
        )
        page = Paginator(rows, ON_PAPER).get_page(request.GET.get("p"))
        counted = dict(found.entries.order_by().values_list("decision").annotate(n=Count("pk")))
        is_closed = found.state == RoundState.CLOSED
        text = found.announcement.body if is_closed else announcing.preview(found, at=now())
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Decisions of the clean-up round"),
            "subtitle": None,
            "opts": self.opts,
            "round": found,
            "page": page,
            "start": page.start_index() or 1,
            "totals": [(str(one.label), counted.get(one, 0)) for one in Decision],
            "text": mark_safe(sanitise(text)),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/life_sheet.html", context)

    # --- saving and steps ---------------------------------------------------------------------
    def create_record(self, request: HttpRequest, obj: CleanUpRound, form: Any) -> None:
        rounds.begin(actor=person(request), cleanup=obj)

    def delete_record(self, request: HttpRequest, obj: CleanUpRound) -> None:
        rounds.delete(actor=person(request), cleanup=obj)

    def why_not_delete(self, request: HttpRequest, obj: CleanUpRound) -> list[Refusal]:
        return round_policies.why_not_delete(obj)

    def why_not_step(self, request: HttpRequest, obj: CleanUpRound, step: str) -> Sequence[Refusal]:
        """What the form could not mend."""
        filled = {"reason": "…", "checklist": dict.fromkeys(review.KEYS, review.YES)}
        return round_policies.why_not_step(obj, step, filled, actor=person(request))

    def step_form(self, request: HttpRequest, obj: Any, step: str) -> Callable[..., forms.Form]:
        return ChecklistForm if step == "check" else super().step_form(request, obj, step)

    def step_note(self, obj: Any, step: str) -> str:
        return str(ROUND_NOTES[step])

    def do_step(
        self, request: HttpRequest, obj: CleanUpRound, step: str, data: Mapping[str, Any]
    ) -> None:
        rounds.step(obj, step, actor=person(request), **data)


@admin.register(CleanUpEntry)
class CleanUpEntryAdmin(StepsMixin, ScopedModelAdmin):
    """The documents of rounds: nothing is edited here, every decision is a step."""

    list_display = ("shown", "number", "date_made", "round", "standing", "ends_on", "decided_by")
    list_select_related = ("round", "publication__agency", "decided_by")
    list_filter = ("decision", "round")
    search_fields = ("publication__title", "publication__document_number", "round__title")
    search_help_text = _("Title, document number, round")
    ordering = ("-round", "pk")
    steps = ENTRY_STEPS
    bulk_steps = tuple(ENTRY_STEPS)
    fields = ("round", "shown", "number", "decision", "ends_on", "note", "decided_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("round__agency", "publication")
        return rows.defer("publication__body")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    @admin.display(description=_("document"), ordering="publication__title")
    def shown(self, entry: CleanUpEntry) -> SafeString:
        """The title, leading to the document."""
        url = reverse("admin:disclosure_publication_change", args=[entry.publication_id])
        return format_html('<a href="{}" lang="zh-Hans">{}</a>', url, entry.title_shown)

    list_display_links = ("number",)

    @admin.display(description=_("document number"), ordering="publication__document_number")
    def number(self, entry: CleanUpEntry) -> str:
        return entry.number_shown or f"#{entry.publication_id}"

    @admin.display(description=_("date made"), ordering="publication__date_made")
    def date_made(self, entry: CleanUpEntry) -> Any:
        return entry.publication.date_made

    @admin.display(description=_("decision"), ordering="decision")
    def standing(self, entry: CleanUpEntry) -> SafeString:
        tone = "warn" if entry.decision == Decision.PENDING else "ok"
        return pill(entry.get_decision_display(), tone)

    def state_label(self, obj: Any) -> str:
        return str(obj.get_decision_display())

    def why_not_step(self, request: HttpRequest, obj: CleanUpEntry, step: str) -> Sequence[Refusal]:
        return round_policies.why_not_decide(obj, step, {"reason": "…"}, at=now())

    def step_form(self, request: HttpRequest, obj: Any, step: str) -> Callable[..., forms.Form]:
        return ENTRY_FORMS[step]

    def step_note(self, obj: Any, step: str) -> str:
        return str(ENTRY_NOTES[step])

    def do_step(
        self, request: HttpRequest, obj: CleanUpEntry, step: str, data: Mapping[str, Any]
    ) -> None:
        rounds.decide(obj, step, actor=person(request), **data)

    def after_step(self, request: HttpRequest, obj: Any, step: str) -> HttpResponse:
        """On to the next document that is not decided; with none left, back to the round."""
        answer = super().after_step(request, obj, step)
        rows = self.get_queryset(request).filter(round=obj.round_id, decision=Decision.PENDING)
        following = rows.order_by("pk").first()
        if following is not None:
            url = reverse("admin:disclosure_cleanupentry_change", args=[following.pk])
        else:
            url = reverse("admin:disclosure_cleanupround_change", args=[obj.round_id])
        answer.headers["Location"] = url
        return answer

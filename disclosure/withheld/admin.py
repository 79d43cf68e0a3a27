"""The staff pages of the register: list, form, steps; number and ground of what is marked."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.admin_base import ReasonedForm, ScopedModelAdmin, person
from disclosure.backstage.filters import StandingFilter
from disclosure.backstage.pills import pill
from disclosure.backstage.steps import StepsMixin
from disclosure.core.dates import now, today
from disclosure.core.errors import Refusal
from disclosure.core.paging import PAGES_CAP
from disclosure.withheld import actions, panels, policies, worklist
from disclosure.withheld.lifecycle import HELD, ITEM_STEPS, SEE_REFERENCES, Mark, State
from disclosure.withheld.models import WithheldItem
from disclosure.withheld.step_forms import FORMS, NOTES
from disclosure.workdays.store import current_calendar

A_PAGE = 100
_TONES = {State.DISCLOSED: "ok", State.DISCLOSED_IN_PART: "warn", State.CLOSED: "off"}


class Standing(StandingFilter):
    """Entries by what they ask of this person: the start page's panels lead here."""

    standings = worklist.STANDINGS

    def rows(self, name: str, user: Any) -> QuerySet[Any]:
        return worklist.standing(name, user)


class WithheldForm(ReasonedForm):
    class Meta:
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField title"}),
            "basis": forms.Textarea(attrs={"rows": 3}),
            "summary": forms.Textarea(attrs={"rows": 3}),
        }


@admin.register(WithheldItem)
class WithheldItemAdmin(StepsMixin, ScopedModelAdmin):
    """The register of withheld information (不予公开信息台账). No entry is ever deleted."""

    form = WithheldForm
    change_list_template = "admin/withheld_list.html"
    list_select_related = ("agency",)
    list_filter = (Standing, "state", "ground", "mark", "agency")
    list_display_links = ("title_shown",)
    search_fields = ("title", "document_number", "source_reference")
    search_help_text = _("Title, document number, reference")
    ordering = ("due_on", "pk")
    steps = ITEM_STEPS
    fieldsets = (
        (None, {"fields": ("title", ("agency", "office"), ("document_number", "date_made"))}),
        (_("Why it is withheld"), {"fields": ("ground", "basis", "summary")}),
        (_("Marking"), {"fields": (("mark", "secret_until"),)}),
        (
            _("Decision, and when to look again"),
            {"fields": (("decided_on", "decided_by"), ("look_again_on", "withheld_until"))},
        ),
        (_("Where it comes from"), {"fields": (("origin", "source_reference"),)}),
    )

    class Media:
        css = {"all": ["portal/document.css"]}

    # --- rights and rows ----------------------------------------------------------------------
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is no longer withheld is no longer edited."""
        if obj is not None and obj.pk and obj.state not in HELD:
            return False
        return super().has_change_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        return rows.open_to(person(request))

    # --- the list -----------------------------------------------------------------------------
    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """With the day on which it comes back: the calendar is read once for the whole list."""
        calendar, on = current_calendar(), today()
        tones = {"red": "bad", "amber": "warn", "green": "", "": ""}

        @admin.display(description=_("due again on"), ordering="due_on")
        def due(item: WithheldItem) -> SafeString | str:
            if item.state not in HELD:
                return "–"
            level = panels.level(item.due_on, on, calendar)
            return pill(f"{item.due_on:%Y-%m-%d}", tones[level])

        return ["title_shown", "document_number", "agency", "ground_shown", "standing", due]

    @admin.display(description=_("title"), ordering="title")
    def title_shown(self, item: WithheldItem) -> SafeString:
        mark = pill(item.get_mark_display(), "bad") if item.is_marked else ""
        return format_html('<span lang="zh-Hans">{}</span> {}', item.title, mark)

    @admin.display(description=_("ground"), ordering="ground")
    def ground_shown(self, item: WithheldItem) -> str:
        return f"{item.get_ground_display()} ({item.article})"

    @admin.display(description=_("state"), ordering="state")
    def standing(self, item: WithheldItem) -> SafeString:
        return pill(item.get_state_display(), _TONES.get(State(item.state), ""))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        about = {"sees_references": rights.allows(person(request), SEE_REFERENCES)}
        return super().changelist_view(request, {**about, **(extra_context or {})})

    # --- number and ground of what bears a marking --------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.references_view)
        name = "disclosure_withhelditem_references"
        return [path("references/", view, name=name), *super().get_urls()]

    def references_view(self, request: HttpRequest) -> HttpResponse:
        """What who oversees may know of marked entries: number, ground, marking, day."""
        user = person(request)
        if not rights.allows(user, SEE_REFERENCES):
            raise PermissionDenied
        rows = WithheldItem.objects.filter(rights.scope(user, SEE_REFERENCES)).exclude(
            mark=Mark.NONE
        )
        listed = rows.select_related("agency").defer("title", "summary", "basis")
        page = Paginator(listed.order_by("due_on", "pk")[:PAGES_CAP], A_PAGE).get_page(
            request.GET.get("p")
        )
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Entries that bear a marking"),
            "subtitle": None,
            "opts": self.opts,
            "page": page,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/withheld_references.html", context)

    # --- the form -----------------------------------------------------------------------------
    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        found = list(super().get_fieldsets(request, obj))
        if obj is None:
            return found
        about: list[Any] = ["filed", "round_shown", "draft_shown", "source_shown"]
        about += [name for name in ("masked", "closed_reason") if getattr(obj, name)]
        found.append((_("What became of it"), {"fields": about}))
        if self.has_change_permission(request, obj):
            found.append((_("This change"), {"fields": ("reason",)}))
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = [*super().get_readonly_fields(request, obj)]
        fixed += ["filed", "round_shown", "draft_shown", "source_shown", "masked", "closed_reason"]
        return [*fixed, "agency"] if obj is not None else fixed

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"decided_on": today(), **super().get_changeform_initial_data(request)}

    @admin.display(description=_("filed for the record"))
    def filed(self, item: WithheldItem) -> str:
        return f"{item.filed_on:%Y-%m-%d}, {item.filed_with}" if item.filed_on else "–"

    @admin.display(description=_("rounds of re-assessment"))
    def round_shown(self, item: WithheldItem) -> str:
        """The latest five."""
        rows = item.reassessments.select_related("round").order_by("-pk")[:5]
        return "; ".join(f"{row.round.title}: {row.get_outcome_display()}" for row in rows) or "–"

    @admin.display(description=_("draft made from it"))
    def draft_shown(self, item: WithheldItem) -> str:
        return _link(item.draft_id, item.draft.title if item.draft else "")

    @admin.display(description=_("draft that was not disclosed"))
    def source_shown(self, item: WithheldItem) -> str:
        return _link(item.publication_id, item.publication.title if item.publication else "")

    # --- saving and steps ---------------------------------------------------------------------
    def create_record(self, request: HttpRequest, obj: WithheldItem, form: Any) -> None:
        actions.create(actor=person(request), item=obj)

    def update_record(self, request: HttpRequest, obj: WithheldItem, form: Any) -> None:
        reason = form.cleaned_data.get("reason", "")
        actions.update(actor=person(request), item=obj, reason=reason)

    def why_not_step(self, request: HttpRequest, obj: WithheldItem, step: str) -> Sequence[Refusal]:
        return policies.why_not_take(obj, step, on=today())

    def step_form(self, request: HttpRequest, obj: Any, step: str) -> Callable[..., forms.Form]:
        form = FORMS.get(step)
        if form is None:
            return super().step_form(request, obj, step)
        return partial(form, initial={"ground": obj.ground}) if obj else form

    def step_note(self, obj: Any, step: str) -> str:
        return str(NOTES[step])

    def do_step(
        self, request: HttpRequest, obj: WithheldItem, step: str, data: Mapping[str, Any]
    ) -> None:
        actions.take(obj, step, actor=person(request), at=now(), **data)


def _link(key: int | None, title: str) -> str:
    if key is None:
        return "–"
    url = reverse("admin:disclosure_publication_change", args=[key])
    return format_html('<a href="{}" lang="zh-Hans">{}</a>', url, title)

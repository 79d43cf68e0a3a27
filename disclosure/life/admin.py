"""The staff pages of relations and of earlier versions; the report on interpretations."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.admin_base import ScopedModelAdmin, person
from disclosure.backstage.filters import is_key
from disclosure.backstage.steps import ReasonForm
from disclosure.core.dates import now, today
from disclosure.core.errors import Conflict, NotPossible, Refusal
from disclosure.life import interpretation, policies, relating
from disclosure.life.models import ClosedVersion, Relation
from disclosure.publications.lifecycle import PUBLISH, WITHDRAW, WRITE
from disclosure.publications.models import Publication

ITEM = "admin:disclosure_publication_change"
A_PAGE = 100
FIRST_YEAR = 1949


@admin.register(Relation)
class RelationAdmin(ScopedModelAdmin):
    """Relations between documents (文件关联): recorded and removed, never edited."""

    list_display = ("source_shown", "kind", "target_shown", "from_day", "created_at")
    list_select_related = ("source__agency", "target")
    list_filter = ("kind",)
    search_fields = ("source__title", "source__index_number", "target__title", "target_text")
    search_help_text = _("Title, index number")
    ordering = ("-pk",)
    autocomplete_fields = ("source", "target")
    fields = ("source", "kind", "target", "target_text", "from_day")
    change_list_template = "admin/life_relation_list.html"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Once recorded, the other end as far as it may be named."""
        if obj is None:
            return self.fields
        return [{"target": "target_shown"}.get(name, name) for name in self.fields or ()]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, "target_shown"] if obj is not None else fixed

    def related_rows(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        """Sources that the person writes; targets that they see, or that everyone does."""
        user = person(request)
        if db_field.name == "source":
            rows = Publication.objects.exclude(state__in=policies.OVER)
            return rows.filter(rights.scope(user, WRITE))
        if db_field.name == "target":
            visible = Publication.objects.visible_to_public(now()).values("pk")
            known = rights.scope(user, policies.VIEW) | Q(pk__in=visible)
            return Publication.objects.items().filter(known)
        return super().related_rows(db_field, request)

    @admin.display(description=_("document"), ordering="source__title")
    def source_shown(self, relation: Relation) -> SafeString:
        return format_html('<span lang="zh-Hans">{}</span>', relation.source.title)

    @admin.display(description=_("other document"), ordering="target__title")
    def target_shown(self, relation: Relation) -> SafeString:
        return format_html('<span lang="zh-Hans">{}</span>', relation.target_shown)

    # --- saving -------------------------------------------------------------------------------
    def create_record(self, request: HttpRequest, obj: Relation, form: Any) -> None:
        relating.relate(actor=person(request), relation=obj)

    def delete_record(self, request: HttpRequest, obj: Relation) -> None:
        relating.unrelate(actor=person(request), relation=obj)

    def why_not_delete(self, request: HttpRequest, obj: Relation) -> list[Refusal]:
        return policies.why_not_touch(obj)

    def response_add(
        self, request: HttpRequest, obj: Relation, post_url_continue: Any = None
    ) -> HttpResponse:
        """Back to the document, which is where it is read."""
        messages.success(request, gettext("Recorded: %(what)s") % {"what": str(obj)})
        if "_addanother" in request.POST:
            url = f"{reverse('admin:disclosure_relation_add')}?source={obj.source_id}"
        else:
            url = reverse(ITEM, args=[obj.source_id])
        return HttpResponseRedirect(url)

    # --- a mistake that is public -------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(
                "interpretations/",
                wrap(self.interpretations_view),
                name="disclosure_relation_interpretations",
            ),
            path(
                "<path:object_id>/take-back/",
                wrap(self.take_back_view),
                name="disclosure_relation_take_back",
            ),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj is not None and obj.pk and rights.allows(person(request), PUBLISH, obj):
            context["take_back_url"] = reverse("admin:disclosure_relation_take_back", args=[obj.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    change_form_template = "admin/life_relation.html"

    def take_back_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Remove what was recorded by mistake and is public; done by POST, with a reason."""
        obj: Any = self.get_object(request, object_id)
        user = person(request)
        if obj is None or not rights.allows(user, PUBLISH, obj):
            raise PermissionDenied
        sent = request.method == "POST"
        form = ReasonForm(request.POST) if sent else ReasonForm()
        reasons = [] if sent else policies.why_not_take_back(obj, "…")
        status = 200
        if sent and form.is_valid():
            try:
                relating.take_back(actor=user, relation=obj, reason=form.cleaned_data["reason"])
            except (NotPossible, Conflict) as error:
                reasons, status = error.refusals, error.status
            else:
                messages.success(request, gettext("The relation is removed."))
                return HttpResponseRedirect(reverse(ITEM, args=[obj.source_id]))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Recorded by mistake"),
            "subtitle": None,
            "object": obj,
            "opts": self.opts,
            "step": "take_back",
            "label": gettext("Remove the relation"),
            "note": gettext("What it did to the other document is undone, publicly."),
            "form": form,
            "reasons": reasons,
            "media": self.media + form.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/step.html", context, status=status)

    # --- the report ---------------------------------------------------------------------------
    def interpretations_view(self, request: HttpRequest) -> HttpResponse:
        """The normative documents of a year without an interpretation, and the share with one."""
        user = person(request)
        if not rights.allows(user, policies.VIEW):
            raise PermissionDenied
        asked = request.GET.get("year", "")
        year = int(asked) if is_key(asked) and FIRST_YEAR <= int(asked) <= 2200 else today().year
        rows = interpretation.normative(year, now()).filter(rights.scope(user, policies.VIEW))
        count, done = rows.count(), rows.filter(is_interpreted=True).count()
        without = (
            rows.filter(is_interpreted=False)
            .select_related("agency")
            .only("title", "document_number", "published_at", "agency__name", "agency__name_en")
            .order_by("-published_at", "-pk")
        )
        page = Paginator(without, A_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Normative documents and their interpretations"),
            "subtitle": None,
            "opts": self.opts,
            "year": year,
            "years": (year - 1, year + 1),
            "count": count,
            "done": done,
            "share": f"{done * 100 / count:.1f}%" if count else "–",
            "page": page,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/life_interpretations.html", context)


@admin.register(ClosedVersion)
class ClosedVersionAdmin(ScopedModelAdmin):
    """Earlier versions that were taken out of the public's sight; never undone."""

    list_display = ("version", "number", "reason", "closed_by", "closed_at")
    list_select_related = ("version__agency", "closed_by")
    ordering = ("-pk",)
    fields = ("version", "reason")
    choice_verbs = ("add",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def related_rows(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        """The one version that the address names: nobody chooses it from a list of thousands."""
        key = request.POST.get("version") or request.GET.get("version") or ""
        rows = Publication.objects.filter(
            rights.scope(person(request), WITHDRAW), state=Publication.State.SUPERSEDED
        )
        return rows.filter(pk=key) if is_key(key) else rows.none()

    @admin.display(description=_("Version"))
    def number(self, closed: ClosedVersion) -> int:
        return closed.version.version

    def create_record(self, request: HttpRequest, obj: ClosedVersion, form: Any) -> None:
        relating.close_version(actor=person(request), closed=obj)

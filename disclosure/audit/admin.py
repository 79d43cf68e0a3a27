"""The staff pages of the audit trail (操作日志): read by the auditor, written by nobody."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import ScopedModelAdmin
from disclosure.audit import verbs
from disclosure.audit.models import AuditEntry
from disclosure.audit.periods import hierarchy

KIND, VERB = "kind", "verb"


class KindFilter(admin.SimpleListFilter):
    """Entries about one kind of record."""

    title = _("kind of record")
    parameter_name = KIND

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, capfirst(str(kind.label))) for name, kind in verbs.KINDS.items()]

    def choices(self, changelist: Any) -> Any:
        """As Django's; another kind lets go of the deed that was chosen."""
        for name, label in [(None, gettext("All")), *self.lookup_choices]:
            yield {
                "selected": self.value() == name,
                "query_string": changelist.get_query_string({KIND: name}, [VERB]),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        kind = verbs.KINDS.get(self.value() or "")
        if kind is None:
            return queryset
        return queryset.filter(verb__in=[f"{self.value()}.{deed}" for deed in kind.deeds])


class VerbFilter(admin.SimpleListFilter):
    """Entries about one deed; of the chosen kind, where one is chosen."""

    title = _("what was done")
    parameter_name = VERB

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        chosen = request.GET.get(KIND)
        if chosen in verbs.KINDS:
            deeds = verbs.KINDS[chosen].deeds
            return [(f"{chosen}.{deed}", label) for deed, label in deeds.items()]
        return [(verb, _said(verb)) for verb in verbs.verbs()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(verb=self.value()) if self.value() else queryset


@dataclass(frozen=True)
class Line:
    """A fact with its label; `url` leads to the record where the person may see it."""

    label: str
    value: str
    url: str = ""
    is_content: bool = False


@admin.register(AuditEntry)
class AuditEntryAdmin(ScopedModelAdmin):
    """Who did what to which record, and when."""

    list_display = ("moment", "what", "record", "who", "where")
    list_display_links = ("moment",)
    list_select_related = ("actor", "agency")
    list_filter = (KindFilter, "agency", VerbFilter)
    sortable_by = ("moment",)
    search_fields = ("target_label", "actor__username", "actor__full_name")
    search_help_text = _("Name of the record, user name, full name")
    date_hierarchy = "at"
    change_list_template = "admin/audit_list.html"
    ordering = ("-at", "-pk")

    # --- rights: the trail is read-only -------------------------------------------------------
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    # --- the list -----------------------------------------------------------------------------
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list under the periods to choose from."""
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data:
            response.context_data["periods"] = hierarchy(response.context_data["cl"])
        return response

    @admin.display(description=_("at"), ordering="at")
    def moment(self, entry: AuditEntry) -> str:
        return _clock(entry)

    @admin.display(description=_("what"))
    def what(self, entry: AuditEntry) -> str:
        return _said(entry.verb)

    @admin.display(description=_("record"))
    def record(self, entry: AuditEntry) -> SafeString:
        return format_html('<span lang="zh-Hans">{}</span>', entry.target_label or entry.target_id)

    @admin.display(description=_("who"))
    def who(self, entry: AuditEntry) -> str:
        return _who(entry)

    @admin.display(description=_("agency"))
    def where(self, entry: AuditEntry) -> str:
        return entry.agency.local_name if entry.agency else ""

    # --- one entry ----------------------------------------------------------------------------
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page of an entry; it takes no POST."""
        entry: Any = self.get_object(request, object_id)
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _said(entry.verb),
            "subtitle": None,
            "object": entry,
            "opts": self.opts,
            "module_name": capfirst(str(self.opts.verbose_name_plural)),
            "lines": self._lines(request, entry),
            "facts": _facts(entry),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/audit_entry.html", context)

    def _lines(self, request: HttpRequest, entry: AuditEntry) -> list[Line]:
        record = entry.target_label or entry.target_id
        lines = [
            Line(gettext("When"), _clock(entry)),
            Line(gettext("Who"), _who(entry), self._url(request, entry.actor)),
            Line(gettext("What"), _said(entry.verb)),
            Line(gettext("Record"), record, self._url(request, _target(entry)), is_content=True),
        ]
        if entry.agency is not None:
            agency = entry.agency
            is_content = agency.local_name == agency.name
            url = self._url(request, agency)
            lines.append(Line(gettext("Agency"), agency.local_name, url, is_content))
        return lines

    def _url(self, request: HttpRequest, obj: Model | None) -> str:
        """The page of a record, if it has one that this person may see."""
        page = self.admin_site._registry.get(type(obj)) if obj is not None else None
        if obj is None or page is None or not page.has_view_permission(request):
            return ""
        try:
            found = page.get_object(request, str(obj.pk))
        except Http404:
            return ""
        if found is None or not page.has_view_permission(request, found):
            return ""
        meta = obj._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[obj.pk])


def _clock(entry: AuditEntry) -> str:
    return date_format(timezone.localtime(entry.at), "Y-m-d H:i:s")


def _said(verb: str) -> str:
    """A verb in words: kind of record and deed."""
    kind = capfirst(str(verbs.kind_label(verb)))
    return f"{kind} · {verbs.deed_label(verb)}" if kind else verb


def _who(entry: AuditEntry) -> str:
    return str(entry.actor) if entry.actor else gettext("the system or the public")


def _model(entry: AuditEntry) -> type[Model] | None:
    try:
        return apps.get_model(entry.target_type)
    except (LookupError, ValueError):
        return None


def _target(entry: AuditEntry) -> Model | None:
    """The record as far as its page needs it: the key; it may be gone."""
    model = _model(entry)
    return model(pk=entry.target_id) if model is not None else None


def _facts(entry: AuditEntry) -> list[Line]:
    """What is noted beside the deed, in words."""
    model = _model(entry)
    found = []
    for name, value in (entry.facts or {}).items():
        fact = verbs.FACTS.get(name)
        label = capfirst(str(fact.label)) if fact else name
        found.append(Line(label, _shown(name, value, fact, model), is_content=name == "reason"))
    return found


def _shown(name: str, value: Any, fact: verbs.Fact | None, model: type[Model] | None) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if name == "fields" and model is not None and isinstance(value, list):
        return "、".join(_field_name(model, str(one)) for one in value)
    if fact is not None and fact.show is not None:
        return fact.show(value)
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    return str(value)


def _field_name(model: type[Model], name: str) -> str:
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name

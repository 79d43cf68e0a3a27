"""The staff pages of the lists (sensitive subjects, wordings), and of what was found in an item."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.admin_base import ScopedModelAdmin, person
from disclosure.agencies.models import User
from disclosure.backstage.filters import is_key
from disclosure.backstage.pills import pill
from disclosure.core.errors import Conflict, NotPermitted, NotPossible
from disclosure.findings import actions, policies, presenting
from disclosure.findings.detectors.kinds import Severity
from disclosure.findings.models import Finding, SensitiveSubject, Wording
from disclosure.publications.lifecycle import WRITE
from disclosure.publications.models import Publication


@admin.register(SensitiveSubject)
class SensitiveSubjectAdmin(ScopedModelAdmin):
    """An agency's sensitive subjects (敏感事项清单)."""

    list_display = ("name", "agency", "reason", "is_active")
    list_select_related = ("agency",)
    list_filter = ("agency", "is_active")
    search_fields = ("name", "words", "reason")
    search_help_text = _("Subject, words, reason")
    ordering = ("agency__path", "pk")
    fieldsets = ((None, {"fields": ("agency", "name", "words", "reason", "is_active")}),)

    def create_record(self, request: HttpRequest, obj: SensitiveSubject, form: Any) -> None:
        actions.create_subject(actor=person(request), subject=obj)

    def update_record(self, request: HttpRequest, obj: SensitiveSubject, form: Any) -> None:
        actions.update_subject(actor=person(request), subject=obj)

    def delete_record(self, request: HttpRequest, obj: SensitiveSubject) -> None:
        actions.delete_subject(actor=person(request), subject=obj)


@admin.register(Wording)
class WordingAdmin(ScopedModelAdmin):
    """Wrong and forbidden wordings (错误与禁用表述): an agency's, and the general list."""

    list_display = ("wrong", "right", "whose", "kind", "is_active")
    list_select_related = ("agency",)
    list_filter = ("agency", "kind", "is_active")
    search_fields = ("wrong", "right", "reason")
    search_help_text = _("Wording, reason")
    ordering = ("agency__path", "pk")
    fieldsets = ((None, {"fields": ("agency", "wrong", "right", "reason", "kind", "is_active")}),)

    @admin.display(description=_("agency"), ordering="agency__path")
    def whose(self, wording: Wording) -> str:
        return wording.agency.local_name if wording.agency else gettext("General list")

    def get_queryset(self, request: HttpRequest) -> Any:
        """The general list holds for everyone, so everyone who sees lists sees it."""
        own = super().get_queryset(request)
        if not self.allowed(request, "view"):
            return own
        general = Wording.objects.filter(agency__isnull=True)
        both = Wording.objects.filter(pk__in=own.order_by().values("pk")) | general
        return both.order_by(*self.ordering)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, None if _is_general(obj) else obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if _is_general(obj):
            return rights.allows(person(request), actions.GENERAL, obj)
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if _is_general(obj):
            return rights.allows(person(request), actions.GENERAL, obj)
        return super().has_delete_permission(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only who keeps the general list may leave the agency empty."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if isinstance(field, forms.ModelChoiceField) and db_field.name == "agency":
            field.required = not rights.allows(person(request), actions.GENERAL)
        return field

    def create_record(self, request: HttpRequest, obj: Wording, form: Any) -> None:
        actions.create_wording(actor=person(request), wording=obj)

    def update_record(self, request: HttpRequest, obj: Wording, form: Any) -> None:
        actions.update_wording(actor=person(request), wording=obj)

    def delete_record(self, request: HttpRequest, obj: Wording) -> None:
        actions.delete_wording(actor=person(request), wording=obj)


def _is_general(obj: Any) -> bool:
    return obj is not None and obj.pk is not None and obj.agency_id is None


@admin.register(Finding)
class FindingAdmin(ScopedModelAdmin):
    """What was found in the items of one's agencies; decided on the page of each item."""

    list_display = ("what", "publication", "severity_shown", "state", "found_at")
    list_display_links = None
    list_select_related = ("publication",)
    list_filter = ("state", "severity")
    ordering = ("-found_at", "-pk")
    page_template = "admin/findings/page.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("finding"), ordering="rule")
    def what(self, finding: Finding) -> SafeString:
        url = reverse("admin:disclosure_finding_publication", args=[finding.publication_id])
        return format_html('<a href="{}">{}</a>', url, finding.rule_label)

    @admin.display(description=_("severity"), ordering="severity")
    def severity_shown(self, finding: Finding) -> SafeString:
        tone = "bad" if finding.severity == Severity.BLOCKS else "warn"
        return pill(finding.get_severity_display(), tone)

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "publication/<int:publication_id>/",
            self.admin_site.admin_view(self.page_view),
            name="disclosure_finding_publication",
        )
        return [own, *super().get_urls()]

    # --- the findings of one item --------------------------------------------------------------
    def page_view(self, request: HttpRequest, publication_id: int) -> HttpResponse:
        """The texts with their findings, and what can be done about each; done by POST."""
        user = person(request)
        if not is_key(str(publication_id)):
            raise Http404
        rows = Publication.objects.for_staff(user).select_related("agency", "category", "revises")
        publication = get_object_or_404(rows, pk=publication_id)
        refusals, status = [], 200
        if request.method == "POST":
            try:
                return self._done(request, publication, user)
            except (NotPermitted, NotPossible, Conflict) as error:
                refusals, status = error.refusals, error.status
        is_current = policies.is_current(publication)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Findings"),
            "subtitle": None,
            "opts": Publication._meta,
            "publication": publication,
            "is_current": is_current,
            "page": presenting.page(publication, is_current=is_current),
            "refusals": refusals,
            "may_overrule": rights.allows(user, actions.OVERRULE, publication),
            "may_write": rights.allows(user, WRITE, publication),
            "is_draft": not policies.why_not_edit(publication),
            "media": self.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.page_template, context, status=status)

    def _done(self, request: HttpRequest, publication: Publication, user: User) -> HttpResponse:
        """Do what the pressed button says, then back to the page."""
        verb = request.POST.get("do", "")
        if verb not in _VERBS:
            raise Http404
        said = _VERBS[verb](request, publication, user)
        messages.success(request, said)
        return HttpResponseRedirect(request.path)


def _finding(request: HttpRequest, publication: Publication) -> Finding:
    key = request.POST.get("finding", "")
    rows = publication.findings.select_related("publication")
    return get_object_or_404(rows, pk=key if is_key(key) else 0)


def _scan(request: HttpRequest, publication: Publication, user: User) -> str:
    number = sum(one.state == Finding.State.OPEN for one in actions.scan(publication, actor=user))
    return ngettext(
        "Looked through: %(n)d finding is open.", "Looked through: %(n)d findings are open.", number
    ) % {"n": number}


def _overrule(request: HttpRequest, publication: Publication, user: User) -> str:
    actions.overrule(user, _finding(request, publication), request.POST.get("note", ""))
    return gettext("The finding is overruled.")


def _reopen(request: HttpRequest, publication: Publication, user: User) -> str:
    actions.reopen_finding(user, _finding(request, publication))
    return gettext("The finding is open again.")


def _mask(request: HttpRequest, publication: Publication, user: User) -> str:
    actions.mask(user, _finding(request, publication))
    return gettext("Masked in the text; the history of the item shows the change.")


def _mask_all(request: HttpRequest, publication: Publication, user: User) -> str:
    number = actions.mask_all(user, publication)
    return ngettext(
        "%(n)d finding of personal data was masked.",
        "%(n)d findings of personal data were masked.",
        number,
    ) % {"n": number}


def _mend(request: HttpRequest, publication: Publication, user: User) -> str:
    actions.mend_wording(user, _finding(request, publication))
    return gettext("The wording is mended; the history of the item shows the change.")


#: What the buttons of the page do; each says what was done.
_VERBS: dict[str, Callable[[HttpRequest, Publication, User], str]] = {
    "scan": _scan,
    "overrule": _overrule,
    "reopen": _reopen,
    "mask": _mask,
    "mask_all": _mask_all,
    "mend": _mend,
}

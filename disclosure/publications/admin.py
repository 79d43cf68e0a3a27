"""The staff pages of publications: list, form with text and files, next steps, history."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.admin_base import ReasonedForm, ScopedModelAdmin, person
from disclosure.backstage.filters import StandingFilter, is_key
from disclosure.backstage.pills import pill
from disclosure.backstage.rich import RichTextMixin
from disclosure.backstage.scoping import rows_for
from disclosure.backstage.steps import StepsMixin
from disclosure.catalogue.models import Category
from disclosure.core.dates import now
from disclosure.core.errors import Refusal
from disclosure.publications import actions, policies, worklist
from disclosure.publications.attachments_admin import AttachmentInline
from disclosure.publications.lifecycle import TRANSITIONS, State
from disclosure.publications.models import Publication

ADD = "disclosure.add_publication"
CHANGE = "disclosure.change_publication"


class Standing(StandingFilter):
    """Publications by what they ask of this person: the start page's panels lead here."""

    standings = worklist.STANDINGS

    def rows(self, name: str, user: Any) -> QuerySet[Any]:
        return worklist.standing(name, user)


class PublicationForm(ReasonedForm):
    """A publication's record."""

    class Meta:
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField title"}),
            "summary": forms.Textarea(attrs={"rows": 3}),
        }

    def _get_validation_exclusions(self) -> set[str]:
        """An empty index number is assigned, so it breaks no constraint."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded if self.cleaned_data.get("index_number") else excluded | {"index_number"}


@admin.register(Publication)
class PublicationAdmin(StepsMixin, RichTextMixin, ScopedModelAdmin):
    """Publications (主动公开信息)."""

    form = PublicationForm
    list_display = (
        "title_shown",
        "index_number",
        "agency",
        "category",
        "standing",
        "date_made",
        "published_at",
    )
    list_display_links = ("title_shown",)
    list_select_related = ("agency", "category")
    list_filter = (
        Standing,
        "state",
        "agency",
        "category",
        "document_type",
        "disclosure",
        "validity",
    )
    search_fields = ("title", "index_number", "document_number", "keywords")
    search_help_text = _("Title, index number, document number, keywords")
    date_hierarchy = "published_at"
    ordering = ("-updated_at", "-pk")
    inlines = (AttachmentInline,)
    history_of_parts = ("attachments",)
    steps = TRANSITIONS
    bulk_steps = ("publish", "withdraw", "reopen")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    ("agency", "category"),
                    ("document_number", "document_type"),
                    "index_number",
                )
            },
        ),
        (
            _("Disclosure and validity"),
            {
                "fields": (
                    ("disclosure", "exempt_ground"),
                    ("date_made", "published_at"),
                    ("validity", "effective_on", "expires_on"),
                )
            },
        ),
        (_("Text"), {"fields": ("summary", "keywords", "body")}),
    )

    # --- rights -------------------------------------------------------------------------------
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A draft is the writers', what is or was out the publishers' to change."""
        if obj is not None and obj.pk:
            return rights.allows(person(request), policies.action_to_edit(obj), obj)
        return any(rights.allows(person(request), one) for one in (CHANGE, policies.PUBLISH))

    def related_rows(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        """Agencies for which the person writes; categories in use, and the one it stands in."""
        if db_field.name == "agency":
            return rows_for(person(request), [ADD, CHANGE], db_field.related_model)
        if db_field.name == "category":
            in_use = Q(is_active=True)
            key = _object_id(request)
            if key is not None:
                in_use |= Q(publications=key)
            return Category.objects.filter(in_use).distinct()
        return super().related_rows(db_field, request)

    # --- the list -----------------------------------------------------------------------------
    @admin.display(description=_("title"), ordering="title")
    def title_shown(self, publication: Publication) -> SafeString:
        return format_html('<span lang="zh-Hans">{}</span>', publication.title)

    @admin.display(description=_("state"), ordering="state")
    def standing(self, publication: Publication) -> SafeString:
        """The state; what is published and not yet to be seen says so."""
        if _is_scheduled(publication):
            return pill(self.state_label(publication), "warn")
        tone = {State.PUBLISHED: "ok", State.WITHDRAWN: "off"}.get(State(publication.state), "")
        return pill(self.state_label(publication), tone)

    def state_label(self, obj: Publication) -> str:
        return gettext("Scheduled") if _is_scheduled(obj) else super().state_label(obj)

    # --- the form -----------------------------------------------------------------------------
    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With how it came about, and, where it can be changed, the reason for the change."""
        found = list(super().get_fieldsets(request, obj))
        if obj is None:
            return found
        about = ["created_by", "created_at", "updated_at"]
        if obj.withdrawn_reason:
            about.insert(0, "withdrawn_reason")
        if self.has_change_permission(request, obj):
            found.append((_("This change"), {"fields": ("reason",)}))
        found.append((_("How it came about"), {"fields": (about,), "classes": ("collapse",)}))
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = list(super().get_readonly_fields(request, obj))
        fixed += ["created_by", "created_at", "updated_at", "withdrawn_reason"]
        if obj is not None and obj.state != State.DRAFT:
            fixed += ["agency", "index_number"]
        return fixed

    def view_on_site(self, obj: Publication) -> str | None:
        return obj.get_absolute_url() if obj.is_visible(now()) else None

    # --- saving -------------------------------------------------------------------------------
    def create_record(self, request: HttpRequest, obj: Publication, form: Any) -> None:
        actions.create(actor=person(request), publication=obj)

    def update_record(self, request: HttpRequest, obj: Publication, form: Any) -> None:
        reason = form.cleaned_data.get("reason", "")
        if form.has_changed():
            actions.update(actor=person(request), publication=obj, reason=reason)

    def delete_record(self, request: HttpRequest, obj: Publication) -> None:
        actions.delete(actor=person(request), publication=obj)

    def why_not_delete(self, request: HttpRequest, obj: Publication) -> list[Refusal]:
        return policies.why_not_delete(obj)

    # --- steps --------------------------------------------------------------------------------
    def why_not_step(self, request: HttpRequest, obj: Publication, step: str) -> Sequence[Refusal]:
        if step == "publish":
            return policies.why_not_publish(obj, at=now())
        if step == "withdraw":
            return policies.why_not_withdraw(obj, reason="…")  # the form asks for the real one
        return policies.why_not_reopen(obj)

    def do_step(
        self, request: HttpRequest, obj: Publication, step: str, data: Mapping[str, Any]
    ) -> None:
        actor = person(request)
        if step == "publish":
            actions.publish(actor=actor, publication=obj)
        elif step == "withdraw":
            actions.withdraw(actor=actor, publication=obj, reason=data["reason"])
        elif step == "reopen":
            actions.reopen(actor=actor, publication=obj)
        else:
            raise KeyError(step)

    def step_note(self, obj: Any, step: str) -> str:
        if step == "withdraw":
            return gettext(
                "The public no longer sees it; at its address stands that it was withdrawn. "
                "The record and its history stay."
            )
        if step == "reopen":
            return gettext("It becomes a draft, to be mended and published anew.")
        if obj.published_at and obj.published_at > now():
            return gettext("It comes out by itself at the moment that its record gives.")
        return gettext("Everyone can read it at once, and it keeps its index number for good.")


def _is_scheduled(publication: Publication) -> bool:
    return publication.state == State.PUBLISHED and not publication.is_visible(now())


def _object_id(request: HttpRequest) -> int | None:
    """The key of the record whose form this is."""
    match = request.resolver_match
    key = str(match.kwargs.get("object_id", "")) if match else ""
    return int(key) if is_key(key) else None

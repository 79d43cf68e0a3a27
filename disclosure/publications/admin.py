"""The staff pages of publications: list, form with text and files, next steps, history."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.admin_base import ScopedModelAdmin, person
from disclosure.backstage.filters import StandingFilter, is_key
from disclosure.backstage.pills import pill
from disclosure.backstage.rich import RichTextMixin
from disclosure.backstage.scoping import rows_for
from disclosure.backstage.steps import Button, StepsMixin
from disclosure.catalogue.models import Category
from disclosure.core.dates import now
from disclosure.core.errors import Refusal
from disclosure.publications import (
    actions,
    hooks,
    policies,
    step_forms,
    trail_part,  # noqa: F401  (a part of the page)
    worklist,
)
from disclosure.publications.attachments_admin import AttachmentInline
from disclosure.publications.exchange_admin import ImportExportMixin
from disclosure.publications.lifecycle import (
    ADD,
    PART_LABELS,
    TRANSITIONS,
    UNDER_WAY,
    WRITE,
    Part,
    State,
)
from disclosure.publications.models import Publication
from disclosure.publications.register_admin import RegisterPages
from disclosure.publications.review_sheet_admin import ReviewSheetPage
from disclosure.publications.text_file import TextFileForm

TONES = {
    State.PUBLISHED: "ok",
    State.WITHDRAWN: "off",
    State.SUPERSEDED: "off",
    State.CLOSED: "off",
    **dict.fromkeys(UNDER_WAY, "warn"),
}


class Standing(StandingFilter):
    """Publications by what they ask of this person: the start page's panels lead here."""

    standings = worklist.STANDINGS

    def rows(self, name: str, user: Any) -> QuerySet[Any]:
        return worklist.standing(name, user)


class PublicationForm(TextFileForm):
    """A publication's record."""

    class Meta:
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField title"}),
            "summary": forms.Textarea(attrs={"rows": 3}),
        }

    def clean_index_number(self) -> str:
        """One item has it; its revisions and earlier versions share it."""
        number: str = self.cleaned_data["index_number"]
        others = Publication.objects.items().filter(index_number=number)
        if number and others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This index number is taken."))
        return number

    def _get_validation_exclusions(self) -> set[str]:
        """An empty index number is assigned, so it breaks no constraint."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded if self.cleaned_data.get("index_number") else excluded | {"index_number"}


@admin.register(Publication)
class PublicationAdmin(
    ImportExportMixin,
    RegisterPages,
    ReviewSheetPage,
    StepsMixin,
    RichTextMixin,
    ScopedModelAdmin,
):
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
    list_select_related = ("agency", "category", "revises")
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
    bulk_steps = ("submit", "check", "publish", "withdraw", "repeal", "lapse", "reclassify")
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
                    ("effective_on", "valid_until"),
                )
            },
        ),
        (_("Text"), {"fields": ("summary", "keywords", "body", "body_file")}),
    )
    change_form_template = "admin/publication_form.html"
    step_template = "admin/publication_step.html"

    # --- rights -------------------------------------------------------------------------------
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A draft is the writers'; what was handed in or is out is changed by nobody here."""
        if obj is not None and obj.pk and policies.why_not_edit(obj):
            return False
        return rights.allows(person(request), WRITE, obj)

    def related_rows(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        """Agencies for which the person writes; categories in use, and the one it stands in."""
        if db_field.name == "agency":
            return rows_for(person(request), [ADD, WRITE], db_field.related_model)
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
        tone = TONES.get(State(publication.state), "")
        return pill(self.state_label(publication), tone)

    def state_label(self, obj: Publication) -> str:
        """A revision says so: it is not what the public reads."""
        label = gettext("Scheduled") if _is_scheduled(obj) else super().state_label(obj)
        if obj.revises_id and obj.state != State.SUPERSEDED:
            return gettext("%(state)s (revision)") % {"state": label}
        return label

    # --- the form -----------------------------------------------------------------------------
    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With how it came about, and, where it can be changed, the reason for the change."""
        found = list(super().get_fieldsets(request, obj))
        if obj is None:
            return found
        if not self.has_change_permission(request, obj):
            found = [(title, _without(options, "body_file")) for title, options in found]
        about = ["created_by", "created_at", "updated_at"]
        if obj.version or obj.revises_id:
            about = ["version", "version_at", "validity", "expires_on", *about]
        if obj.withdrawn_reason:
            about.insert(0, "withdrawn_reason")
        if obj.revises_id:
            found.append((_("This revision"), {"fields": ("changed_on", "change_note")}))
        if self.has_change_permission(request, obj):
            found.append((_("This change"), {"fields": ("reason",)}))
        found.append((_("How it came about"), {"fields": (about,), "classes": ("collapse",)}))
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = list(super().get_readonly_fields(request, obj))
        fixed += ["created_by", "created_at", "updated_at", "withdrawn_reason"]
        fixed += ["version", "version_at", "validity", "expires_on"]
        if obj is not None and (obj.version or obj.revises_id):
            fixed += ["agency", "index_number"]
        if obj is not None and obj.revises_id:
            fixed.append("published_at")
        return fixed

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj is not None and obj.pk:
            context["parts"] = hooks.parts(request, context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def view_on_site(self, obj: Publication) -> str | None:
        return obj.get_absolute_url() if obj.is_visible(now()) else None

    # --- saving -------------------------------------------------------------------------------
    def create_record(self, request: HttpRequest, obj: Publication, form: Any) -> None:
        actions.create(actor=person(request), publication=obj)
        _tell_left_out(request, form)

    def update_record(self, request: HttpRequest, obj: Publication, form: Any) -> None:
        reason = form.cleaned_data.get("reason", "")
        if form.has_changed():
            actions.update(actor=person(request), publication=obj, reason=reason)
            _tell_left_out(request, form)

    def delete_record(self, request: HttpRequest, obj: Publication) -> None:
        actions.delete(actor=person(request), publication=obj)

    def why_not_delete(self, request: HttpRequest, obj: Publication) -> list[Refusal]:
        return policies.why_not_delete(obj)

    # --- steps --------------------------------------------------------------------------------
    def may_step(self, request: HttpRequest, obj: Any, step: str) -> bool:
        if step == "give_up" and obj.revises_id is None:
            return False
        return super().may_step(request, obj, step)

    def buttons(self, request: HttpRequest, obj: Any) -> list[Button]:
        """Under the headings of the table; what leads on first."""
        order = list(Part)
        found = [
            replace(
                button,
                group=str(PART_LABELS[TRANSITIONS[button.name].part]),
                is_plain=TRANSITIONS[button.name].part is Part.WAY_OUT,
            )
            for button in super().buttons(request, obj)
        ]
        return sorted(found, key=lambda one: order.index(TRANSITIONS[one.name].part))

    def why_not_step(self, request: HttpRequest, obj: Publication, step: str) -> Sequence[Refusal]:
        return policies.why_not_begin(obj, step, actor=person(request), at=now())

    def step_form(self, request: HttpRequest, obj: Any, step: str) -> Any:
        form = step_forms.form_for(obj, step)
        carried = obj is not None and step_forms.CARRY in request.POST
        return step_forms.taken_along(form, request.POST) if carried else form

    def step_view(self, request: HttpRequest, object_id: str, *, step: str) -> HttpResponse:
        """The page of a review's conclusion leads to the others, with what was answered."""
        answer = super().step_view(request, object_id, step=step)
        context = answer.context_data if isinstance(answer, TemplateResponse) else None
        if context is not None and step in step_forms.CONCLUSIONS:
            obj = context["object"]
            context["others"] = [
                Button(name, self.step_label(name), self.step_url(obj, name), [])
                for name in step_forms.CONCLUSIONS
                if name != step and self.may_step(request, obj, name)
            ]
        return answer

    def do_step(
        self, request: HttpRequest, obj: Publication, step: str, data: Mapping[str, Any]
    ) -> None:
        actions.take(obj, step, actor=person(request), **data)

    def step_note(self, obj: Any, step: str) -> str:
        return step_forms.note_for(obj, step)

    def after_step(self, request: HttpRequest, obj: Any, step: str) -> HttpResponse:
        """On to the draft of a revision just begun, or to the item that a revision has become."""
        if step == "revise":
            return super().after_step(request, obj.revisions.latest("pk"), step)
        if step == "publish" and obj.revises_id:
            return super().after_step(request, obj.revises, step)
        if step in worklist.SENT_BACK and obj.created_by is not None:
            messages.info(request, _("It went back to %(person)s.") % {"person": obj.created_by})
        return super().after_step(request, obj, step)


def _is_scheduled(publication: Publication) -> bool:
    return publication.state == State.PUBLISHED and not publication.is_visible(now())


def _without(options: dict[str, Any], name: str) -> dict[str, Any]:
    """A fieldset that does not have the field."""
    return {**options, "fields": tuple(one for one in options["fields"] if one != name)}


def _tell_left_out(request: HttpRequest, form: TextFileForm) -> None:
    """What of the DOCX is not in the text, once it is stored."""
    for sentence in form.left_out:
        messages.warning(request, sentence)


def _object_id(request: HttpRequest) -> int | None:
    """The key of the record whose form this is."""
    match = request.resolver_match
    key = str(match.kwargs.get("object_id", "")) if match else ""
    return int(key) if is_key(key) else None

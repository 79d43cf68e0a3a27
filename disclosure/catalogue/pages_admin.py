"""The staff pages of each agency's guide (Art. 12) and of its rules on disclosure.

Here the text is written and put in its place; the steps of its way out are on the page of its
publication.
"""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import ScopedModelAdmin, person
from disclosure.backstage.pills import pill
from disclosure.backstage.rich import RichTextMixin
from disclosure.catalogue import guide_text, page_actions, policies, standing
from disclosure.catalogue.models import Guide, Rule
from disclosure.catalogue.page_forms import GuideForm, RuleForm
from disclosure.catalogue.standing import Page
from disclosure.core.dates import now
from disclosure.core.errors import Refusal
from disclosure.publications.lifecycle import UNDER_WAY, State
from disclosure.publications.models import Publication

_TONES: dict[str, str] = {
    State.PUBLISHED: "ok",
    State.WITHDRAWN: "off",
    **dict.fromkeys(UNDER_WAY, "warn"),
}


class PublishedAdmin(RichTextMixin, ScopedModelAdmin):
    """What guides and rules share: a text that stands as a publication."""

    change_form_template = "admin/page_form.html"
    #: Fields of the publication → how they read where they cannot be changed.
    shown = {"title": "title_shown", "date_made": "date_made_shown"}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("agency", "publication")
        return rows.prefetch_related(standing.OPEN_REVISIONS)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is on its way out is written on by nobody."""
        allowed = super().has_change_permission(request, obj)
        return allowed and not (obj is not None and policies.why_not_write(standing.working(obj)))

    def seen_mark(self, object_id: str) -> str:
        """The text is a row of its own: one that another has saved overtakes the form too."""
        mark = super().seen_mark(object_id)
        page: Any = self.model._default_manager.filter(pk=object_id).first() if mark else None
        row = standing.working(page) if page else None
        return f"{mark}-{row.pk}-{row.revision}" if row else mark

    # --- the list -----------------------------------------------------------------------------
    @admin.display(description=_("state"))
    def standing(self, page: Any) -> SafeString:
        """The state of what is public, and of what is to take its place."""
        item = page.publication
        if item is None:
            return pill(_("No text yet"))
        found = pill(item.get_state_display(), _TONES.get(item.state, ""))
        revision = standing.open_revision(item)
        if revision is None:
            return found
        words = gettext("%(state)s (revision)") % {"state": revision.get_state_display()}
        return format_html("{} {}", found, pill(words, _TONES.get(revision.state, "")))

    # --- the form -----------------------------------------------------------------------------
    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the note of a revision, where something was public already."""
        found = [
            (title, {**options, "fields": [self._as_shown(one) for one in options["fields"]]})
            if self._only_read(request, obj)
            else (title, options)
            for title, options in super().get_fieldsets(request, obj)
        ]
        if obj is not None and standing.was_public(obj) and not self._only_read(request, obj):
            found.append((_("This change"), {"fields": ("change_note",)}))
        return found

    def _only_read(self, request: HttpRequest, obj: Any) -> bool:
        return obj is not None and not self.has_change_permission(request, obj)

    def _as_shown(self, name: Any) -> Any:
        return self.shown.get(name, name)

    @admin.display(description=_("title"), ordering="publication__title")
    def title_shown(self, page: Any) -> SafeString:
        row = standing.working(page)
        return format_html('<span lang="zh-Hans">{}</span>', row.title if row else page)

    @admin.display(description=_("date made"), ordering="publication__date_made")
    def date_made_shown(self, page: Any) -> str:
        row = standing.working(page)
        return row.date_made.isoformat() if row and row.date_made else "–"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj is not None and obj.pk:
            context["text_standing"] = _standing_of(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def view_on_site(self, obj: Any) -> str | None:
        item = obj.publication
        return obj.get_absolute_url() if item is not None and item.is_visible(now()) else None


def _standing_of(page: Page) -> dict[str, Any]:
    """Where the text stands, for the part on top of the form."""
    item, row = page.publication, standing.working(page)
    if item is None or row is None:
        return {"item": None}
    differs = isinstance(page, Guide) and guide_text.parts(row.body) is None
    return {
        "item": _row(item),
        "row": _row(row),
        "is_public": item.is_visible(now()),
        "is_revision": row.revises_id is not None,
        "index_number": item.index_number,
        "version": item.version,
        "differs": differs,
        "reasons": policies.why_not_write(row),
    }


def _row(publication: Publication) -> dict[str, str]:
    return {
        "url": reverse("admin:disclosure_publication_change", args=[publication.pk]),
        "state": publication.get_state_display(),
        "tone": _TONES.get(publication.state, ""),
    }


@admin.register(Guide)
class GuideAdmin(PublishedAdmin):
    """An agency's guide to disclosure (指南), one for each agency."""

    form = GuideForm
    list_display = ("agency", "standing", "missing", "updated_at")
    list_select_related = ("agency", "publication")
    search_fields = ("agency__name", "agency__code", "agency__short_name")
    search_help_text = _("Agency")
    ordering = ("agency__path",)
    rich_fields = Guide.PARTS
    rich_rows = 10
    fields = ("agency", "date_made", *Guide.PARTS)

    def rich_source(self, obj: Guide) -> Any:
        return SimpleNamespace(**standing.parts_of(obj))

    @admin.display(description=_("parts still missing (Art. 12)"))
    def missing(self, guide: Guide) -> str:
        fields: Any = Guide._meta
        return "、".join(
            str(fields.get_field(part).verbose_name)
            for part in Guide.PARTS
            if not getattr(guide, part)
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, "agency"] if obj is not None else fixed

    def related_rows(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        """Agencies that have none yet."""
        return super().related_rows(db_field, request).filter(guide__isnull=True)

    def create_record(self, request: HttpRequest, obj: Guide, form: forms.ModelForm) -> None:
        day = form.cleaned_data["date_made"]
        page_actions.create_guide(actor=person(request), guide=obj, date_made=day)

    def update_record(self, request: HttpRequest, obj: Guide, form: forms.ModelForm) -> None:
        page_actions.update_guide(
            actor=person(request),
            guide=obj,
            date_made=form.cleaned_data["date_made"],
            change_note=form.cleaned_data["change_note"],
        )


@admin.register(Rule)
class RuleAdmin(PublishedAdmin):
    """An agency's rules on disclosure (制度)."""

    form = RuleForm
    list_display = ("title_shown", "agency", "standing", "date_made_shown", "order")
    list_display_links = ("title_shown",)
    list_select_related = ("agency", "publication")
    list_filter = ("publication__state", "agency")
    search_fields = ("publication__title", "slug", "agency__name")
    search_help_text = _("Title, address part, agency")
    ordering = ("agency__path", "order", "pk")
    rich_model = Publication
    fields = ("agency", "title", "slug", "order", "date_made", "body")

    def rich_source(self, obj: Rule) -> Any:
        return standing.working(obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What stands in the address of a page that was public is not changed."""
        fixed = list(super().get_readonly_fields(request, obj))
        if obj is not None:
            fixed += ["agency", "slug"] if standing.was_public(obj) else ["agency"]
        return fixed

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "slug" and field is not None:
            field.help_text = gettext(
                "Latin letters, digits and hyphens: the end of the page's address."
            )
        return field

    def why_not_delete(self, request: HttpRequest, obj: Rule) -> list[Refusal]:
        return policies.why_not_delete_rule(obj)

    def create_record(self, request: HttpRequest, obj: Rule, form: Any) -> None:
        page_actions.create_rule(actor=person(request), rule=obj, text=form.text())

    def update_record(self, request: HttpRequest, obj: Rule, form: Any) -> None:
        page_actions.update_rule(actor=person(request), rule=obj, text=form.text())

    def delete_record(self, request: HttpRequest, obj: Rule) -> None:
        page_actions.delete_rule(actor=person(request), rule=obj)

"""The staff pages of each agency's guide (Art. 12) and of its rules on disclosure."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import ScopedModelAdmin, person
from disclosure.backstage.rich import RichTextMixin
from disclosure.catalogue import actions
from disclosure.catalogue.models import Guide, Rule


@admin.register(Guide)
class GuideAdmin(RichTextMixin, ScopedModelAdmin):
    """An agency's guide to disclosure (指南), one for each agency."""

    list_display = ("agency", "missing", "updated_at")
    list_select_related = ("agency",)
    search_fields = ("agency__name", "agency__code", "agency__short_name")
    search_help_text = _("Agency")
    ordering = ("agency__path",)
    rich_fields = Guide.PARTS
    rich_rows = 10
    fields = ("agency", *Guide.PARTS)

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

    def view_on_site(self, obj: Guide) -> str:
        return obj.get_absolute_url()

    def create_record(self, request: HttpRequest, obj: Guide, form: forms.ModelForm) -> None:
        actions.create_guide(actor=person(request), guide=obj)

    def update_record(self, request: HttpRequest, obj: Guide, form: forms.ModelForm) -> None:
        actions.update_guide(actor=person(request), guide=obj)


@admin.register(Rule)
class RuleAdmin(RichTextMixin, ScopedModelAdmin):
    """An agency's rules on disclosure (制度)."""

    list_display = ("title", "agency", "made_on", "is_published", "order")
    list_select_related = ("agency",)
    list_filter = ("is_published", "agency")
    search_fields = ("title", "slug", "agency__name")
    search_help_text = _("Title, address part, agency")
    ordering = ("agency__path", "order", "pk")
    fields = ("agency", "title", "slug", "made_on", "order", "body", "is_published")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What stands in the address of a public page is not changed."""
        fixed = list(super().get_readonly_fields(request, obj))
        if obj is not None:
            fixed += ["agency", "slug"] if obj.is_published else ["agency"]
        return fixed

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "slug" and field is not None:
            field.help_text = gettext(
                "Latin letters, digits and hyphens: the end of the page's address."
            )
        return field

    def view_on_site(self, obj: Rule) -> str | None:
        return obj.get_absolute_url() if obj.is_published else None

    def create_record(self, request: HttpRequest, obj: Rule, form: forms.ModelForm) -> None:
        actions.create_rule(actor=person(request), rule=obj)

    def update_record(self, request: HttpRequest, obj: Rule, form: forms.ModelForm) -> None:
        actions.update_rule(actor=person(request), rule=obj)

    def delete_record(self, request: HttpRequest, obj: Rule) -> None:
        actions.delete_rule(actor=person(request), rule=obj)

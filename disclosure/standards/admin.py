"""The staff pages of standard catalogues: items with what was said of publications, areas."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import (
    ReasonedForm,
    ScopedModelAdmin,
    ScopedTabularInline,
    person,
)
from disclosure.backstage.scoping import rows_for
from disclosure.channels.table import CHOICES
from disclosure.publications.models import Publication
from disclosure.standards import actions
from disclosure.standards.import_admin import ImportMixin
from disclosure.standards.models import StandardArea, StandardItem, StandardLink


class LinkForm(forms.ModelForm):
    """A publication that belongs to the item, or does not, whatever the rule finds."""

    class Meta:
        model = StandardLink
        fields = ("publication", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("kind")
        if field is not None:
            found = StandardLink.Kind.FOUND
            field.choices = [one for one in StandardLink.Kind.choices if one[0] != found]
        if self.instance.pk and "publication" in self.fields:
            self.fields["publication"].disabled = True

    def validate_unique(self) -> None:
        """One that the rule has found is taken over, not refused."""

    def validate_constraints(self) -> None:
        """As above."""


class LinkInline(ScopedTabularInline):
    """What staff said of single publications."""

    model = StandardLink
    form = LinkForm
    fields = ("publication", "kind")
    autocomplete_fields = ("publication",)
    verbose_name_plural = _("publications that belong to it, or do not, by hand")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).exclude(kind=StandardLink.Kind.FOUND)
        return rows.select_related("publication").order_by("pk")

    def related_rows(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        """Publications that the person may see."""
        if db_field.name == "publication":
            return rows_for(person(request), ["disclosure.view_publication"], Publication)
        return super().related_rows(db_field, request)

    def save_row(self, request: HttpRequest, obj: StandardLink, form: forms.ModelForm) -> None:
        actions.link(
            actor=person(request),
            item=obj.item,
            publication=obj.publication,
            belongs=obj.kind != StandardLink.Kind.EXCLUDED,
        )

    def delete_row(self, request: HttpRequest, obj: StandardLink) -> None:
        actions.unlink(actor=person(request), row=obj)


class ItemForm(ReasonedForm):
    """An item; its channels as boxes to tick."""

    channels = forms.MultipleChoiceField(
        label=_("channels and media"),
        choices=CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("content", "basis", "time_limit", "channels_note")
        }


@admin.register(StandardItem)
class StandardItemAdmin(ImportMixin, ScopedModelAdmin):
    """Items of standard catalogues (基层政务公开标准目录)."""

    form = ItemForm
    inlines = (LinkInline,)
    change_list_template = "admin/standards_list.html"
    list_display = ("level1", "level2", "area", "agency", "serial", "is_active")
    list_display_links = ("level1", "level2")
    list_select_related = ("area", "agency")
    list_filter = ("is_active", "area", "agency")
    search_fields = ("level1", "level2", "content", "agency__name")
    search_help_text = _("Matter, content, agency")
    ordering = ("agency__path", "area__order", "serial", "pk")
    autocomplete_fields = ("category",)
    fieldsets = (
        (None, {"fields": ("agency", "area", "serial", "level1", "level2", "content")}),
        (
            _("How it is disclosed"),
            {
                "fields": (
                    "basis",
                    "time_limit",
                    "body",
                    "channels",
                    "channels_note",
                    "audience",
                    "audience_who",
                    "way",
                    "at_county",
                    "at_township",
                )
            },
        ),
        (_("What belongs to it"), {"fields": ("category", "keywords")}),
        (None, {"fields": ("is_active", "reason")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, "agency", "area"] if obj is not None else fixed

    def view_on_site(self, obj: StandardItem) -> str | None:
        return obj.get_absolute_url() if obj.is_active else None

    def create_record(self, request: HttpRequest, obj: StandardItem, form: forms.ModelForm) -> None:
        actions.create_item(actor=person(request), item=obj)

    def update_record(self, request: HttpRequest, obj: StandardItem, form: forms.ModelForm) -> None:
        reason = form.cleaned_data.get("reason", "")
        actions.update_item(actor=person(request), item=obj, reason=reason)

    def delete_record(self, request: HttpRequest, obj: StandardItem) -> None:
        actions.delete_item(actor=person(request), item=obj)


@admin.register(StandardArea)
class StandardAreaAdmin(ScopedModelAdmin):
    """The areas, common to all agencies."""

    list_display = ("name", "name_en", "key", "order")
    search_fields = ("name", "name_en", "key")
    search_help_text = _("Names, address part")
    ordering = ("order", "pk")
    fields = ("key", "name", "name_en", "order")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What stands in the address of public pages is not changed."""
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, "key"] if obj is not None else fixed

    def create_record(self, request: HttpRequest, obj: StandardArea, form: Any) -> None:
        actions.create_area(actor=person(request), area=obj)

    def update_record(self, request: HttpRequest, obj: StandardArea, form: Any) -> None:
        actions.update_area(actor=person(request), area=obj)

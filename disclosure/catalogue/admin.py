"""The staff pages of the catalogue's categories, and of each agency's guide and rules."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import ScopedModelAdmin, person
from disclosure.backstage.trees import PlaceForm, TreeMixin, indented
from disclosure.catalogue import actions, policies
from disclosure.catalogue.models import Category
from disclosure.core.errors import Refusal


class CategoryForm(PlaceForm):
    """A category with its place in the tree."""

    class Meta:
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}


@admin.register(Category)
class CategoryAdmin(TreeMixin, ScopedModelAdmin):
    """Subject categories (主题分类): one tree for all agencies."""

    form = CategoryForm
    list_display = ("name_in_tree", "code", "article", "document_type", "is_active")
    list_display_links = ("name_in_tree",)
    list_filter = ("is_active", "document_type")
    search_fields = ("name", "name_en", "code", "article")
    search_help_text = _("Names, code, article")
    ordering = ("path",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "code",
                    "name",
                    "name_en",
                    "place",
                    "article",
                    "document_type",
                    "description",
                    "is_active",
                )
            },
        ),
    )

    @admin.display(description=_("category"), ordering="path")
    def name_in_tree(self, category: Category) -> SafeString:
        return indented(category)

    def create_record(self, request: HttpRequest, obj: Category, form: forms.ModelForm) -> None:
        parent = form.cleaned_data.get("parent")
        actions.create_category(actor=person(request), category=obj, parent=parent)
        if form.cleaned_data.get("after"):
            self._move(request, obj, form)

    def update_record(self, request: HttpRequest, obj: Category, form: Any) -> None:
        actions.update_category(actor=person(request), category=obj)
        if form.moves:
            self._move(request, obj, form)

    def _move(self, request: HttpRequest, obj: Category, form: forms.ModelForm) -> None:
        actions.move_category(
            actor=person(request),
            category=obj,
            parent=form.cleaned_data.get("parent"),
            after=form.cleaned_data.get("after"),
        )

    def delete_record(self, request: HttpRequest, obj: Category) -> None:
        actions.delete_category(actor=person(request), category=obj)

    def why_not_delete(self, request: HttpRequest, obj: Category) -> list[Refusal]:
        return policies.why_not_delete_category(obj)

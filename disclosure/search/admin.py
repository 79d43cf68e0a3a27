"""The staff pages of the search: synonyms, and what was searched for in vain."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.admin_base import ScopedModelAdmin, person
from disclosure.search import actions
from disclosure.search.models import MissedSearch, SearchSynonym


@admin.register(SearchSynonym)
class SearchSynonymAdmin(ScopedModelAdmin):
    """Words that mean the same (同义词): who searches for one finds the others too."""

    list_display = ("words", "note", "is_active")
    list_filter = ("is_active",)
    search_fields = ("words", "note")
    search_help_text = _("Words, note")
    ordering = ("words", "pk")
    fields = ("words", "note", "is_active")

    def create_record(self, request: HttpRequest, obj: SearchSynonym, form: Any) -> None:
        actions.create_synonym(actor=person(request), synonym=obj)

    def update_record(self, request: HttpRequest, obj: SearchSynonym, form: Any) -> None:
        actions.update_synonym(actor=person(request), synonym=obj)

    def delete_record(self, request: HttpRequest, obj: SearchSynonym) -> None:
        actions.delete_synonym(actor=person(request), synonym=obj)


@admin.register(MissedSearch)
class MissedSearchAdmin(ScopedModelAdmin):
    """Searches that found nothing, by day; nobody can tell whose they were."""

    list_display = ("words", "times", "day", "synonym")
    list_display_links = None
    search_fields = ("words",)
    search_help_text = _("Words")
    ordering = ("-day", "-count", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_list_display(self, request: HttpRequest) -> Any:
        """The way to a synonym for those who may make one."""
        shown = super().get_list_display(request)
        may = self.admin_site._registry[SearchSynonym].has_add_permission(request)
        return shown if may else [name for name in shown if name != "synonym"]

    @admin.display(description=_("times searched for"), ordering="count")
    def times(self, missed: MissedSearch) -> str:
        number = missed.count
        return ngettext("%(n)d time", "%(n)d times", number) % {"n": number}

    @admin.display(description=_("synonym"))
    def synonym(self, missed: MissedSearch) -> SafeString:
        url = reverse("admin:disclosure_searchsynonym_add")
        query = urlencode({"words": missed.words.replace(" ", "、")})
        return format_html('<a href="{}?{}">{}</a>', url, query, gettext("Make a synonym"))

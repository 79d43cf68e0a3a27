"""Autocompletes that answer only for a form's own field, and only with its lawful choices."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from disclosure.backstage.filters import MOST_CHARACTERS, MOST_WORDS, is_key


class KeyedSelect(AutocompleteSelect):
    """An autocomplete that shows no choice for a value that no record can have as its key."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if is_key(str(one))], attrs)


class ScopedAutocompleteView(AutocompleteJsonView):
    """The rows that the asking form would accept for this field, and no others."""

    def process_request(self, request: HttpRequest) -> tuple[str, Any, Any, str]:
        term, model_admin, source_field, to_field_name = super().process_request(request)
        self.form_admin = self._asking(request, source_field.model, source_field.name)
        words = term.replace("\x00", "").split()[:MOST_WORDS]
        return " ".join(words)[:MOST_CHARACTERS], model_admin, source_field, to_field_name

    def _asking(self, request: HttpRequest, model: type[Model], name: str) -> Any:
        """The page or inline whose form has this field as an autocomplete for this person."""
        for page in self._pages(request, model):
            if name in page.get_autocomplete_fields(request) and (
                page.allowed(request, "add") or page.has_change_permission(request)
            ):
                return page
        raise PermissionDenied

    def _pages(self, request: HttpRequest, model: type[Model]) -> list[Any]:
        site: Any = self.admin_site
        found = []
        for registered, page in site._registry.items():
            if registered is model:
                found.append(page)
            found.extend(
                inline(registered, site) for inline in page.inlines if inline.model is model
            )
        return found

    def get_queryset(self) -> QuerySet[Any]:
        rows = self.form_admin.related_rows(self.source_field, self.request)
        rows, distinct = self.model_admin.get_search_results(self.request, rows, self.term)
        ordering = self.model_admin.get_ordering(self.request)
        rows = rows.order_by(*ordering) if ordering else rows.order_by("pk")
        return rows.distinct() if distinct else rows

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        return {
            "id": str(getattr(obj, to_field_name)),
            "text": self.form_admin.choice_label(obj).strip(),
        }

"""List filters that offer only what the person may see."""

from typing import Any

from django.contrib.admin.filters import RelatedFieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Field, QuerySet
from django.http import HttpRequest

from disclosure.backstage.trees import is_tree


class ScopedRelatedFilter(RelatedFieldListFilter):
    """The choices of a relation, as far as the list's own admin lets the person see them.

    In a tree a choice means it and all below it.
    """

    def field_choices(
        self, field: Field, request: HttpRequest, model_admin: Any
    ) -> list[tuple[str, Any]]:
        rows = model_admin.filter_choices(field, request)
        return [(row.pk, model_admin.choice_label(row)) for row in rows]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        model: Any = self.field.related_model
        if not is_tree(model) or self.lookup_kwarg not in self.used_parameters:
            return super().queryset(request, queryset)
        chosen = self.used_parameters[self.lookup_kwarg]
        key = chosen[-1] if isinstance(chosen, list) else chosen
        try:
            node = model._default_manager.filter(pk=key).only("path").first()
        except (TypeError, ValueError) as error:
            raise IncorrectLookupParameters(error) from error
        if node is None:
            return queryset.none()
        return queryset.filter(**{f"{self.field_path}__path__startswith": node.path})

"""List filters that offer only what the person may see."""

import re
from collections.abc import Iterable, Mapping
from datetime import MAXYEAR, MINYEAR
from typing import Any

from django.contrib.admin.filters import RelatedFieldListFilter, SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import Field, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy

from disclosure.backstage.trees import is_tree

#: How the parameters of a list filter over a field end.
FILTER_ENDS = ("", "__exact", "__isnull", "__id__exact")
#: More words than this no list looks for: each is a clause of its own.
MOST_WORDS = 20
#: A longer text no list looks for: SQLite refuses patterns of 50,000 bytes.
MOST_CHARACTERS = 200
#: A number that a database's big integer may not hold.
_TOO_LARGE = re.compile(r"\s*[-+]?[\d_]{19,}\s*")


def lookups_of(list_filter: Iterable[Any], date_hierarchy: str | None) -> set[str]:
    """The parameters that a list's filters and its date hierarchy ask by."""
    asked = {f"{date_hierarchy}__{part}" for part in ("year", "month", "day")}
    for item in list_filter:
        field = item[0] if isinstance(item, tuple) else item
        if isinstance(field, str):
            asked |= {f"{field}{end}" for end in FILTER_ENDS}
        else:
            asked.add(field.parameter_name)
    return asked


def is_key(text: str) -> bool:
    """Whether `text` can be the key of a record: a number that a database holds."""
    return text.isascii() and text.isdigit() and len(text) < 19


def beyond_reason(query: QueryDict, date_hierarchy: str | None) -> bool:
    """Whether the parameters of a list hold what no database takes and Django does not catch:
    NUL, too large a key, too long a search, a year after which there is no other."""
    if any("\x00" in one for name, values in query.lists() for one in (name, *values)):
        return True
    if any(
        _TOO_LARGE.fullmatch(one)
        for name, values in query.lists()
        for one in values
        if name != SEARCH_VAR
    ):
        return True
    searched = query.get(SEARCH_VAR, "")
    if len(searched) > MOST_CHARACTERS or len(searched.split()) > MOST_WORDS:
        return True
    year = query.get(f"{date_hierarchy}__year", "")
    if not year.isascii():
        return True
    return year.isdigit() and not MINYEAR < int(year[:5]) < MAXYEAR


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
        if not is_key(str(key)):
            raise IncorrectLookupParameters(key)
        node = model._default_manager.filter(pk=key).only("path").first()
        if node is None:
            return queryset.none()
        return queryset.filter(**{f"{self.field_path}__path__startswith": node.path})


class StandingFilter(SimpleListFilter):
    """Records by what they ask of this person: the start page's panels lead here.

    A room gives its `standings` (name → label) and the `rows` of one of them.
    """

    title = gettext_lazy("what is to be done")
    parameter_name = "standing"
    standings: Mapping[str, Any] = {}

    def rows(self, name: str, user: Any) -> QuerySet[Any]:
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(self.standings.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        name = self.value() or ""
        if name not in self.standings:
            return queryset
        return queryset.filter(pk__in=self.rows(name, request.user).order_by().values("pk"))

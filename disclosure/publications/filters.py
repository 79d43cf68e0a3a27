"""The filters of the catalogue: one FilterSet for the page, the search and (later) the API.

An unknown or impossible value is reported at its field and leaves the other filters working.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import Agency
from disclosure.catalogue.models import Category, DocumentType
from disclosure.core.dates import start_of, today
from disclosure.core.long_select import LongSelect
from disclosure.core.trees import Tree
from disclosure.publications import searching
from disclosure.publications.models import Publication
from disclosure.publications.validity import in_state

FIRST_DAY = dt.date(1900, 1, 1)
LAST_DAY = dt.date(2200, 12, 31)
SORTS = [
    ("newest", _("Newest first")),
    ("oldest", _("Oldest first")),
    ("relevance", _("Best match first")),
]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_UNKNOWN = {"invalid_choice": _("There is no such choice: %(value)s")}
_DATE = {"invalid": _("Please give a date such as 2026-03-31.")}


class QueryField(forms.CharField):
    """What is looked for; says what is wrong instead of searching for something else."""

    def to_python(self, value: Any) -> str:
        return " ".join(searching.words_of(super().to_python(value) or ""))

    def clean(self, value: Any) -> str:
        if isinstance(value, str) and _CONTROL.search(value):
            raise ValidationError(
                _("This holds characters that cannot be searched for."), code="control"
            )
        text = self.to_python(value)
        if len(text) > searching.MAX_LENGTH:
            raise ValidationError(
                _("Please search for at most %(number)s characters."),
                code="too_long",
                params={"number": searching.MAX_LENGTH},
            )
        if len(text.split()) > searching.MAX_WORDS:
            raise ValidationError(
                _("Please search for at most %(number)s words."),
                code="too_many",
                params={"number": searching.MAX_WORDS},
            )
        if searching.is_in_pieces(text):
            raise ValidationError(
                _("Please search for at most %(number)s words."),
                code="too_many",
                params={"number": searching.MAX_PIECES},
            )
        return text


class DayField(forms.DateField):
    """A day between 1900 and 2200."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As the browser's date picker takes it, however it was written; what is no day it would
        not show."""
        try:
            return self.to_python(value)
        except ValidationError:
            return ""

    def clean(self, value: Any) -> dt.date | None:
        day: dt.date | None = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(_("Please give a year from 1900 to 2200."), code="year")
        return day


class QueryFilter(django_filters.Filter):
    field_class = QueryField


class DayFilter(django_filters.Filter):
    field_class = DayField


class FilterForm(forms.Form):
    """Tests that the two days make a range; neither counts where they do not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("date_from"), self.cleaned_data.get("date_to")
        if first and last and first > last:
            self.add_error("date_to", _("This day is before the first one; neither was applied."))
            del self.cleaned_data["date_from"]
        return self.cleaned_data


class PublicationFilter(django_filters.FilterSet):
    """The filters of `contract.md`; codes stand for what is below them in the tree too."""

    q = QueryFilter(label=_("Words"), method="by_words")
    category = django_filters.ChoiceFilter(
        label=_("Category"),
        method="by_category",
        empty_label=_("All"),
        error_messages=_UNKNOWN,
        widget=LongSelect,
    )
    agency = django_filters.ChoiceFilter(
        label=_("Issued by"),
        method="by_agency",
        empty_label=_("All"),
        error_messages=_UNKNOWN,
        widget=LongSelect,
    )
    document_type = django_filters.ChoiceFilter(
        label=_("Kind of document"),
        choices=DocumentType.choices,
        empty_label=_("All"),
        error_messages=_UNKNOWN,
    )
    validity = django_filters.ChoiceFilter(
        label=_("Validity"),
        choices=Publication.Validity.choices,
        method="by_validity",
        empty_label=_("All"),
        error_messages=_UNKNOWN,
    )
    date_from = DayFilter(label=_("Published from"), method="by_first_day", error_messages=_DATE)
    date_to = DayFilter(label=_("Published up to"), method="by_last_day", error_messages=_DATE)
    sort = django_filters.ChoiceFilter(
        label=_("Order"),
        choices=SORTS,
        method="leave",
        error_messages=_UNKNOWN,
    )

    class Meta:
        model = Publication
        fields: list[str] = []
        form = FilterForm

    def __init__(self, data: QueryDict, queryset: QuerySet[Publication], **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        #: Fields of which several values are asked for: how a page is put together.
        self.branches: dict[str, Sequence[int]] = {}
        # Bound also without a parameter: `cleaned_data` is always there.
        self.is_bound = True
        self.agencies = Tree.load(Agency.objects.all())
        self.categories = Tree.load(Category.objects.all())
        for name, tree in (("agency", self.agencies), ("category", self.categories)):
            self.filters[name].extra["choices"] = tree.choices(chosen=self.data.get(name, ""))

    @property
    def cleaned(self) -> dict[str, Any]:
        """The values that are in effect."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def words(self) -> list[str]:
        return searching.words_of(self.cleaned.get("q", ""))

    @property
    def order(self) -> str:
        """The order in effect: as chosen; by itself, best match for words and else newest."""
        chosen: str = self.cleaned.get("sort") or ("relevance" if self.words else "newest")
        return "newest" if chosen == "relevance" and not self.words else chosen

    def by_words(
        self, queryset: QuerySet[Publication], name: str, value: str
    ) -> QuerySet[Publication]:
        """The words are the search's business (`Listing`); every other filter is judged here."""
        return queryset

    def by_agency(
        self, queryset: QuerySet[Publication], name: str, value: str
    ) -> QuerySet[Publication]:
        return self._in_tree(queryset, "agency", self.agencies, value)

    def by_category(
        self, queryset: QuerySet[Publication], name: str, value: str
    ) -> QuerySet[Publication]:
        return self._in_tree(queryset, "category", self.categories, value)

    def _in_tree(
        self, queryset: QuerySet[Publication], field: str, tree: Tree, code: str
    ) -> QuerySet[Publication]:
        if tree.covers_all(code):
            return queryset
        ids = tree.below(code)
        self.branches[field] = ids
        # One id by equality: the index on (field, newest first) then gives the rows in order.
        return queryset.filter(**({field: ids[0]} if len(ids) == 1 else {f"{field}__in": ids}))

    def by_validity(
        self, queryset: QuerySet[Publication], name: str, value: str
    ) -> QuerySet[Publication]:
        return queryset.filter(in_state(value, today()))

    def by_first_day(
        self, queryset: QuerySet[Publication], name: str, value: dt.date
    ) -> QuerySet[Publication]:
        return queryset.filter(published_at__gte=start_of(value))

    def by_last_day(
        self, queryset: QuerySet[Publication], name: str, value: dt.date
    ) -> QuerySet[Publication]:
        return queryset.filter(published_at__lt=start_of(value + dt.timedelta(days=1)))

    def leave(
        self, queryset: QuerySet[Publication], name: str, value: str
    ) -> QuerySet[Publication]:
        return queryset

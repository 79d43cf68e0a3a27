"""The catalogue as a list: filtered, ordered, paged, and saying what it did."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext

from disclosure.core.dates import day_after, start_of
from disclosure.core.paging import Page, capped_count, paginate
from disclosure.publications import searching
from disclosure.publications.filters import SORTS, PublicationFilter
from disclosure.publications.models import Publication
from disclosure.publications.narrowing import Facet, facets, tally_of
from disclosure.publications.presenting import Row, for_list, rows

SIZE = 20


@dataclass(frozen=True)
class Chip:
    """A filter in effect, with the address of the list without it."""

    label: str
    value: str
    url: str
    name: str


@dataclass(frozen=True)
class SortLink:
    label: str
    url: str
    is_current: bool


class Listing:
    """One page of the catalogue for the parameters in `data`; at most four queries."""

    def __init__(self, data: QueryDict, queryset: QuerySet[Publication]) -> None:
        self.data = data
        self.filter: PublicationFilter = PublicationFilter(data, queryset)
        self.form = self.filter.form
        self.cleaned = self.filter.cleaned
        self.words = self.filter.words
        self.order = self.filter.order
        #: Whether `page` is the first one, for the edge that was asked for is gone.
        self.has_begun_anew = False

    @property
    def fields(self) -> list[BoundField]:
        """What the form shows; the order is chosen by links beside the results."""
        return [field for field in self.form if field.name != "sort"]

    @cached_property
    def page(self) -> Page[Publication]:
        after, before = self.data.get("after"), self.data.get("before")
        page = self._page(after, before)
        leads_on = page.is_broken or page.after or page.before
        if (after or before) and not page.rows and not leads_on:
            # The edge it started from is gone (withdrawn, re-dated): begin anew.
            self.has_begun_anew = True
            return self._page(None, None)
        return page

    def _page(self, after: str | None, before: str | None) -> Page[Publication]:
        if self.words:
            return self.search.page(self.wanted, after=after, before=before, size=SIZE)
        return paginate(
            for_list(self.filter.qs),
            fields=["published_at", "id"],
            after=after,
            before=before,
            size=SIZE,
            descending=self.order != "oldest",
            branches=self.filter.branches,
        )

    @cached_property
    def rows(self) -> list[Row]:
        return rows(self.page.rows, self.search if self.words else None)

    @cached_property
    def search(self) -> searching.Search:
        """The question that the words ask."""
        return searching.search(self.cleaned.get("q", ""))

    @cached_property
    def wanted(self) -> searching.Wanted:
        """The filters in effect, as the search asks for them."""
        chosen = self.cleaned
        ids: dict[str, int | None] = {}
        for name, tree in (("agency", self.filter.agencies), ("category", self.filter.categories)):
            code = chosen.get(name)
            ids[name] = tree.by_code[code].id if code and not tree.covers_all(code) else None
        first, last = chosen.get("date_from"), chosen.get("date_to")
        return searching.Wanted(
            rows=self.filter.qs,
            order=self.order,
            **ids,
            document_type=chosen.get("document_type", ""),
            start=start_of(first) if first else None,
            end=start_of(day_after(last)) if last else None,
        )

    @cached_property
    def tally(self) -> searching.Tally:
        """How many fit, and in which agencies, categories, kinds and years they are."""
        if self.words:
            return self.search.tally(self.wanted)
        return tally_of(self.filter.qs) if self.chips else searching.totals()

    @cached_property
    def facets(self) -> list[Facet]:
        """Ways to narrow the list down."""
        return facets(self)

    @cached_property
    def count_text(self) -> str:
        """`1,000+ items`: counting stops where it no longer helps."""
        if self.words or self.chips:
            count, more = self.tally.count, self.tally.is_capped
        else:
            count, more = capped_count(self.filter.qs)
        return ngettext("%(number)s item", "%(number)s items", count) % {
            "number": f"{count:,}+" if more else f"{count:,}"
        }

    @property
    def order_text(self) -> str:
        return str(dict(SORTS)[self.order])

    def url(self, **changes: str | None) -> str:
        """The list with the same valid filters, some of them changed (None: left out).

        Begins on the first page unless a mark is among the changes.
        """
        values: dict[str, Any] = {name: self._raw(name) for name in self.cleaned}
        values.update(changes)
        query = urlencode([(name, value) for name, value in values.items() if value])
        return f"?{query}" if query else "?"

    def _raw(self, name: str) -> str:
        value = self.cleaned[name]
        return value.isoformat() if hasattr(value, "isoformat") else str(value)

    @property
    def previous_url(self) -> str:
        return self.url(before=self.page.before) if self.page.before else ""

    @property
    def next_url(self) -> str:
        return self.url(after=self.page.after) if self.page.after else ""

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(
                label=str(self.form.fields[name].label),
                value=self._shown(name),
                url=self.url(**{name: None}),
                name=name,
            )
            for name in self.cleaned
            if name != "sort"
        ]

    @property
    def filter_chips(self) -> list[Chip]:
        """The filters in effect beside the words."""
        return [chip for chip in self.chips if chip.name != "q"]

    def _shown(self, name: str) -> str:
        value = self._raw(name)
        for field, tree in (
            ("agency", self.filter.agencies),
            ("category", self.filter.categories),
        ):
            if name == field:
                return tree.by_code[value].label
        choices = getattr(self.form.fields[name], "choices", None)
        if choices is None:
            return value
        return next((str(label) for key, label in choices if key == value), value)

    @cached_property
    def sort_links(self) -> list[SortLink]:
        return [
            SortLink(str(label), self.url(sort=key), key == self.order)
            for key, label in SORTS
            if key != "relevance" or self.words
        ]

    @property
    def problems(self) -> list[str]:
        """What was not applied, for a message on top of the results."""
        found = []
        if self.form.errors:
            names = [str(self.form.fields[name].label) for name in self.form.errors]
            found.append(
                gettext("Not applied, because the value is not possible: %(names)s")
                % {"names": " · ".join(names)}
            )
        if self.page.is_broken:
            found.append(gettext("This address of a page is not valid; here is the first page."))
        return found

"""Facets beside a list: in which agencies, categories, kinds and years its items are, each a link
that narrows the list down. Counted over a thousand items at most."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from disclosure.catalogue.models import DocumentType
from disclosure.core.paging import COUNT_CAP
from disclosure.core.trees import Tree
from disclosure.publications.models import Publication
from disclosure.publications.searching import Tally, tally

if TYPE_CHECKING:
    from disclosure.publications.listing import Listing

MOST = 8
Changes = dict[str, str | None]


@dataclass(frozen=True)
class Choice:
    """A value of a facet: how many items have it, and the list of those alone."""

    label: str
    count: str
    url: str


@dataclass(frozen=True)
class Facet:
    label: str
    choices: list[Choice]


def tally_of(rows: QuerySet[Publication]) -> Tally:
    """Counted over the newest thousand of `rows`, for a list without words."""
    newest = rows.order_by("-published_at", "-pk")[: COUNT_CAP + 1]
    found: Any = list(newest.values_list("agency", "category", "document_type", "published_at"))
    return tally(found)


def facets(listing: "Listing") -> list[Facet]:
    """The facets that part the list; one with a single value says nothing."""
    made = []
    for dimension, label in _LABELS.items():
        counted = listing.tally.values.get(dimension, {})
        choices = [
            Choice(said[0], f"{number:,}", listing.url(**said[1]))
            for value, number in _largest(dimension, counted)
            if (said := _SAID[dimension](listing, value)) is not None
        ]
        if len(choices) > 1:
            made.append(Facet(str(label), choices))
    return made


def _largest(dimension: str, counted: Mapping[Any, int]) -> list[tuple[Any, int]]:
    """The values with the most items; of years, the latest."""
    if dimension == "year":
        return sorted(counted.items(), reverse=True)[:MOST]
    return sorted(counted.items(), key=lambda one: (-one[1], str(one[0])))[:MOST]


def _of_tree(tree: Tree, name: str, value: int) -> tuple[str, Changes] | None:
    node = next((node for node in tree.nodes if node.id == value), None)
    return (node.label, {name: node.code}) if node else None


def _kind(listing: "Listing", value: str) -> tuple[str, Changes] | None:
    known = value in DocumentType.values
    return (str(DocumentType(value).label), {"document_type": value}) if known else None


def _year(listing: "Listing", value: int) -> tuple[str, Changes]:
    first, last = dt.date(value, 1, 1).isoformat(), dt.date(value, 12, 31).isoformat()
    return str(value), {"date_from": first, "date_to": last}


_LABELS = {
    "agency": _("Issued by"),
    "category": _("Category"),
    "document_type": _("Kind of document"),
    "year": _("Year"),
}
_SAID: dict[str, Callable[["Listing", Any], tuple[str, Changes] | None]] = {
    "agency": lambda listing, value: _of_tree(listing.filter.agencies, "agency", value),
    "category": lambda listing, value: _of_tree(listing.filter.categories, "category", value),
    "document_type": _kind,
    "year": _year,
}

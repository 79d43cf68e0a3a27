"""The list of what can be had on request only (依申请公开目录): named, never shown."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from disclosure.core.paging import Page, paginate
from disclosure.publications.filters import PublicationFilter
from disclosure.publications.listing import SIZE, Listing
from disclosure.publications.models import Publication
from disclosure.publications.presenting import name_lang

#: What the list needs. Texts stay in the database: nobody reads them here, nor searches them.
FIELDS = (
    "id",
    "title",
    "document_number",
    "date_made",
    "published_at",
    "summary",
    "is_demo",
    "agency__code",
    "agency__name",
    "agency__name_en",
    "agency__is_active",
    "category__name",
    "category__name_en",
)
#: An address longer than this is cut at the name, which the form can mend.
MOST_OF_NAME = 300


def listed(at: dt.datetime) -> QuerySet[Publication]:
    """What stands on the list at the moment `at`."""
    return Publication.objects.listed_on_request(at)


class OnRequestFilter(PublicationFilter):
    """By agency and category. Not by words: a search would spell out what is not shown."""

    q = None  # type: ignore[assignment]
    document_type = None
    validity = None
    date_from = None  # type: ignore[assignment]
    date_to = None  # type: ignore[assignment]
    sort = None


@dataclass(frozen=True)
class Row:
    """One entry of the list; `url` leads to the request form, filled in."""

    title: str
    document_number: str
    agency: str
    agency_lang: str
    category: str
    category_lang: str
    date_made: str
    summary: str
    url: str
    is_demo: bool


class OnRequestListing(Listing):
    """One page of the list for the parameters in `data`; the catalogue's own habits."""

    def __init__(self, data: QueryDict, queryset: QuerySet[Publication]) -> None:
        self.data = data
        self.filter = OnRequestFilter(data, queryset)
        self.form = self.filter.form
        self.cleaned = self.filter.cleaned
        self.words: list[str] = []
        self.order = "newest"

    def _page(self, after: str | None, before: str | None) -> Page[Publication]:
        return paginate(
            self.filter.qs.select_related("agency", "category").only(*FIELDS),
            fields=["published_at", "id"],
            after=after,
            before=before,
            size=SIZE,
        )

    @cached_property
    def entries(self) -> list[Row]:
        return list(_rows(self.page.rows))


def _rows(publications: Iterable[Publication]) -> Iterable[Row]:
    for one in publications:
        yield Row(
            title=one.title,
            document_number=one.document_number,
            agency=one.agency.local_name,
            agency_lang=name_lang(one.agency),
            category=one.category.local_name,
            category_lang=name_lang(one.category),
            date_made=one.date_made.isoformat() if one.date_made else "",
            summary=one.summary,
            url=request_url(one),
            is_demo=one.is_demo,
        )


def request_url(publication: Publication) -> str:
    """The request form with agency, name and number filled in; sent by the reader alone."""
    given: dict[str, Any] = {
        "agency": publication.agency.code,
        "information_name": publication.title[:MOST_OF_NAME],
        "document_number": publication.document_number,
    }
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{reverse('request-new')}?{query}"

"""The sitemap: only what anyone may read, in pages that cost the same at a million items."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db.models import Max, Model, QuerySet
from django.urls import reverse

from disclosure.catalogue import standing
from disclosure.core.dates import now
from disclosure.models import Agency, AnnualReport, Publication, Rule

SPAN = 5000


class Parts(Sitemap):
    """The fixed parts of the platform."""

    def items(self) -> list[str]:
        return [
            "home",
            "guide",
            "rules",
            "catalogue",
            "annual-reports",
            "request-new",
            "agencies",
            "deadline",
            "log",
            "on-request",
            "standards",
            "withheld",
            "site-map",
            "privacy",
            "accessibility",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


class SpanPage:
    """What Django's sitemap view reads of a page."""

    def __init__(self, object_list: Sequence[Model]) -> None:
        self.object_list = object_list


class SpanPaginator:
    """Pages by spans of primary keys: no OFFSET, no COUNT; a page may hold few, never many."""

    def __init__(self, queryset: QuerySet[Any], span: int = SPAN) -> None:
        self._queryset = queryset
        self._span = span

    @property
    def num_pages(self) -> int:
        # Of the whole table, hidden rows too: read off the index, whatever its size.
        last = self._queryset.model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        return max(1, -(-last // self._span))

    def page(self, number: int | str) -> SpanPage:
        try:
            number = int(number)
        except ValueError as error:
            raise PageNotAnInteger("not a page number") from error
        if not 1 <= number <= self.num_pages:
            raise EmptyPage("no such page")
        first = (number - 1) * self._span
        return SpanPage(
            list(self._queryset.filter(pk__gt=first, pk__lte=first + self._span).order_by("pk"))
        )


class SpannedSitemap(Sitemap):
    """A sitemap over a table that may be large."""

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def items(self) -> list[Any]:
        return []

    @property
    def paginator(self) -> SpanPaginator:  # type: ignore[override]
        return SpanPaginator(self.rows())

    def lastmod(self, item: Any) -> dt.datetime | None:
        return item.updated_at

    def get_latest_lastmod(self) -> dt.datetime | None:
        return None  # Django would load every row to find it.


class Publications(SpannedSitemap):
    """Every visible publication."""

    def rows(self) -> QuerySet[Publication]:
        return Publication.objects.visible_to_public(now()).only("index_number", "updated_at")


class AnnualReports(SpannedSitemap):
    """Every published annual report."""

    def rows(self) -> QuerySet[AnnualReport]:
        return AnnualReport.objects.visible_to_public(now()).select_related("agency")

    def location(self, item: AnnualReport) -> str:
        return reverse("annual-report", args=[item.agency.code, item.year])

    def lastmod(self, item: AnnualReport) -> dt.datetime | None:
        return item.published_at


class Rules(SpannedSitemap):
    """Every public rule."""

    def rows(self) -> QuerySet[Rule]:
        return standing.public_rules(now()).select_related("agency").defer("publication__body")

    def lastmod(self, item: Rule) -> dt.datetime | None:
        return item.publication.version_at if item.publication else None


class Agencies(SpannedSitemap):
    """Every agency; abolished ones stay readable."""

    def rows(self) -> QuerySet[Agency]:
        return Agency.objects.only("code")

    lastmod = None  # type: ignore[assignment]


SITEMAPS = {
    "parts": Parts,
    "agencies": Agencies,
    "rules": Rules,
    "annual-reports": AnnualReports,
    "publications": Publications,
}

"""The sitemap: only what anyone may read, in parts that cost the same at a million items.

A part is streamed as it is read: no OFFSET, no COUNT, steady memory.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.db.models import Max, QuerySet
from django.urls import reverse

from disclosure.catalogue import standing
from disclosure.core.dates import now
from disclosure.models import Agency, AnnualReport, Publication, Rule

#: What a part may hold by the protocol (sitemaps.org).
SPAN = 50_000
_CHUNK = 1000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True)
class Entry:
    """A page: its Chinese address without the host, and when it changed last, if that is known."""

    path: str
    changed_at: dt.datetime | None = None


class NoSuchPart(Exception):
    """There is no part of this number."""


class Section:
    """A kind of pages."""

    def parts(self) -> int:
        """How many parts there are; at least one."""
        return 1

    def entries(self, part: int) -> Iterator[Entry]:
        """What is in a part, counted from 1."""
        raise NotImplementedError

    def part(self, number: str) -> Iterator[Entry]:
        """The same for a number as an address gives it. Raises NoSuchPart."""
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            raise NoSuchPart
        if not 1 <= int(number) <= self.parts():
            raise NoSuchPart
        return self.entries(int(number))


class Fixed(Section):
    """The fixed parts of the platform."""

    names = (
        *("home", "guide", "rules", "catalogue", "annual-reports", "request-new", "agencies"),
        *("deadline", "log", "figures", "open-data", "on-request", "standards", "withheld"),
        *("site-map", "privacy", "accessibility"),
    )

    def entries(self, part: int) -> Iterator[Entry]:
        return (Entry(reverse(name)) for name in self.names)


class Spanned(Section):
    """Rows of a table that may be large, in parts by spans of keys: a part may hold few rows, never
    more than `SPAN`."""

    def rows(self) -> QuerySet[Any]:
        """The public rows."""
        raise NotImplementedError

    def entry(self, row: Any) -> Entry:
        raise NotImplementedError

    def parts(self) -> int:
        # Of the whole table, hidden rows too: read off the index, whatever its size.
        last = self.rows().model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        return max(1, -(-last // SPAN))

    def entries(self, part: int) -> Iterator[Entry]:
        first = (part - 1) * SPAN
        rows = self.rows().filter(pk__gt=first, pk__lte=first + SPAN).order_by("pk")
        return map(self.entry, rows.iterator(chunk_size=_CHUNK))


class Publications(Spanned):
    """Every visible publication."""

    def rows(self) -> QuerySet[Publication]:
        visible = Publication.objects.visible_to_public(now())
        return visible.only("index_number", "updated_at", "published_at")

    def entry(self, row: Publication) -> Entry:
        # What was scheduled changed last when it came out.
        return Entry(
            row.get_absolute_url(), max(row.updated_at, row.published_at or row.updated_at)
        )


class AnnualReports(Spanned):
    """Every published annual report."""

    def rows(self) -> QuerySet[AnnualReport]:
        return AnnualReport.objects.visible_to_public(now()).select_related("agency")

    def entry(self, row: AnnualReport) -> Entry:
        return Entry(reverse("annual-report", args=[row.agency.code, row.year]), row.published_at)


class Rules(Spanned):
    """Every public rule."""

    def rows(self) -> QuerySet[Rule]:
        return standing.public_rules(now()).select_related("agency").defer("publication__body")

    def entry(self, row: Rule) -> Entry:
        return Entry(
            row.get_absolute_url(), row.publication.version_at if row.publication else None
        )


class Agencies(Spanned):
    """Every agency; abolished ones stay readable."""

    def rows(self) -> QuerySet[Agency]:
        return Agency.objects.only("code")

    def entry(self, row: Agency) -> Entry:
        return Entry(row.get_absolute_url())


SECTIONS: dict[str, Section] = {
    "parts": Fixed(),
    "agencies": Agencies(),
    "rules": Rules(),
    "annual-reports": AnnualReports(),
    "publications": Publications(),
}


# --- as XML --------------------------------------------------------------------------------------
def index(addresses: Iterable[str]) -> str:
    """The sitemap of sitemaps."""
    rows = "".join(f"<sitemap><loc>{escape(one)}</loc></sitemap>\n" for one in addresses)
    return f'{HEAD}<sitemapindex xmlns="{NAMESPACE}">\n{rows}</sitemapindex>\n'


def lines(entries: Iterable[Entry], site: str) -> Iterator[str]:
    """A part of the sitemap, some lines at a time; `site` is put before each path."""
    yield f'{HEAD}<urlset xmlns="{NAMESPACE}" xmlns:xhtml="{_XHTML}">\n'
    waiting: list[str] = []
    for entry in entries:
        waiting.append(_line(entry, site))
        if len(waiting) == _CHUNK:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting)
    yield "</urlset>\n"


def _line(entry: Entry, site: str) -> str:
    address = site + entry.path
    changed = entry.changed_at
    when = f"<lastmod>{changed.date().isoformat()}</lastmod>" if changed else ""
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href={quoteattr(href)}/>'
        for lang, href in (("zh-Hans", address), ("en", f"{site}{in_english(entry.path)}"))
    )
    return f"<url><loc>{escape(address)}</loc>{when}{alternates}</url>\n"


def in_english(path: str) -> str:
    """The English page of a Chinese one."""
    return f"/en{path}"

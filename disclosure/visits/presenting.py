"""What was read, as pages show it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.charts.shapes import written
from disclosure.core.dates import now
from disclosure.publications.models import Publication
from disclosure.publications.presenting import name_lang
from disclosure.visits.counting import Channel, Kind
from disclosure.visits.models import MonthReads, MostRead, PublicationReads

VIEW = "disclosure.view_publicationreads"
#: Rows of a list on the page.
SHOWN = 20
#: Months of the staff's table.
MONTHS = 24
_FIELDS = (
    *("count", "as_of", "publication__index_number", "publication__title"),
    *("publication__state", "publication__disclosure", "publication__published_at"),
    *("publication__agency__name", "publication__agency__name_en"),
)


@dataclass(frozen=True)
class OfItem:
    """How often an item was read, and its files were had (empty: never)."""

    reads: str
    downloads: str
    as_of: str


def of_item(publication: Publication) -> OfItem | None:
    """As of the last daily job; one query. None before anybody has read it."""
    found = PublicationReads.objects.filter(publication=publication).first()
    if found is None or not found.reads:
        return None
    downloads = written(found.downloads) if found.downloads else ""
    return OfItem(written(found.reads), downloads, found.as_of.isoformat())


@dataclass(frozen=True)
class Row:
    """A place in a list of the most read."""

    title: str
    url: str
    agency: str
    agency_lang: str
    reads: str


def most_read(period: str, category: int | None) -> tuple[list[Row], str]:
    """The list, without what is no longer public, and its day; one query."""
    places = (
        MostRead.objects.filter(period=period, category=category)
        .select_related("publication__agency")
        .only(*_FIELDS)
        .order_by("place")
    )
    moment = now()
    shown = [place for place in places if place.publication.is_visible(moment)][:SHOWN]
    rows = [
        Row(
            place.publication.title,
            place.publication.get_absolute_url(),
            place.publication.agency.local_name,
            name_lang(place.publication.agency),
            written(place.count),
        )
        for place in shown
    ]
    return rows, shown[0].as_of.isoformat() if shown else ""


# --- for staff -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """What a column of the staff's table adds up."""

    label: str | Promise
    holds: Callable[[str, str], bool]


COLUMNS = (
    Column(
        _("Items read"), lambda kind, channel: (kind, channel) == (Kind.PUBLICATION, Channel.WEB)
    ),
    Column(
        _("Other pages read"),
        lambda kind, channel: kind != Kind.PUBLICATION and channel == Channel.WEB,
    ),
    Column(_("Files downloaded"), lambda kind, channel: channel == Channel.DOWNLOAD),
    Column(_("Open data interface"), lambda kind, channel: channel == Channel.API),
    Column(_("Feeds"), lambda kind, channel: channel == Channel.FEED),
)


@dataclass(frozen=True)
class Line:
    """A month or a year with its figures in the order of the columns."""

    label: str
    figures: list[str]


def for_staff(user: User) -> tuple[list[Line], list[Line]]:
    """Years and the latest months, newest first, of the agencies that `user` may look at and of
    the portal's own pages; two queries."""
    agencies = rights.agencies(user, VIEW)
    rows = (
        MonthReads.objects.filter(Q(agency__in=agencies) | Q(agency=None))
        .order_by()
        .values_list("month", "kind", "channel")
        .annotate(number=Sum("count"))
    )
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(COLUMNS))
    for month, kind, channel, number in rows:
        for place, column in enumerate(COLUMNS):
            if column.holds(kind, channel):
                counts[_month(month)][place] += number
                counts[str(month.year)][place] += number
    years = sorted((label for label in counts if len(label) == 4), reverse=True)
    months = sorted((label for label in counts if len(label) > 4), reverse=True)[:MONTHS]
    return _lines(years, counts), _lines(months, counts)


def _month(month: dt.date) -> str:
    return f"{month:%Y-%m}"


def _lines(labels: Iterable[str], counts: dict[str, list[int]]) -> list[Line]:
    return [Line(label, [written(number) for number in counts[label]]) for label in labels]

"""Appearances as the public reads them, and how many there are for the annual report."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from disclosure.agencies.models import Agency
from disclosure.channels.models import Appearance
from disclosure.channels.table import CHANNELS, WEBSITE
from disclosure.core.dates import now, start_of
from disclosure.publications.models import Publication


@dataclass(frozen=True)
class Shown:
    """One appearance: the channel's name, the day, and where to find it there."""

    channel: str
    date: str
    reference: str
    url: str


def appearances(publication: Publication) -> list[Shown]:
    """Where an item also appeared, the first day on top; one query. Proofs stay inside."""
    rows = publication.appearances.all()
    return [
        Shown(str(CHANNELS[row.channel].label), row.on.isoformat(), row.reference, row.url)
        for row in rows
    ]


def counts(agency: Agency, year: int) -> dict[str, int]:
    """How many appearances an agency's items had in a calendar year, by channel; two queries.

    `website`: what was published here that year and is public, and other websites recorded.
    """
    recorded = (
        Appearance.objects.filter(publication__agency=agency, on__year=year)
        .order_by()
        .values_list("channel")
        .annotate(number=Count("pk"))
    )
    found = Counter(dict(recorded))
    found[WEBSITE] += (
        Publication.objects.visible_to_public(now())
        .filter(
            agency=agency,
            published_at__gte=start_of(dt.date(year, 1, 1)),
            published_at__lt=start_of(dt.date(year + 1, 1, 1)),
        )
        .count()
    )
    return {key: found[key] for key in CHANNELS if found[key]}

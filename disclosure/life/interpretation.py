"""Which normative documents have an interpretation (解读), as practice wants it reported."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from disclosure.agencies.models import Agency
from disclosure.catalogue.models import DocumentType
from disclosure.core.dates import now, start_of
from disclosure.life.kinds import Kind
from disclosure.life.models import Relation
from disclosure.publications.models import Publication


def normative(year: int, at: dt.datetime) -> QuerySet[Any]:
    """The normative documents published in a calendar year and visible at `at`, with
    `is_interpreted`: whether a visible document interprets it."""
    visible = Publication.objects.visible_to_public(at)
    interpretations = Relation.objects.filter(
        kind=Kind.INTERPRETS, target=OuterRef("pk"), source__in=visible.values("pk")
    )
    return visible.filter(
        document_type=DocumentType.NORMATIVE,
        published_at__gte=start_of(dt.date(year, 1, 1)),
        published_at__lt=start_of(dt.date(year + 1, 1, 1)),
    ).annotate(is_interpreted=Exists(interpretations))


def interpretation_share(
    agency: Agency | None, year: int, at: dt.datetime | None = None
) -> tuple[int, int]:
    """Of an agency's (None: everybody's) normative documents of a year, how many have an
    interpretation, and how many there are; two queries."""
    rows = normative(year, at or now())
    if agency is not None:
        rows = rows.filter(agency=agency)
    return rows.filter(is_interpreted=True).count(), rows.count()

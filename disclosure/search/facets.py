"""Totals of the facets for the list without words, counted once in a while, never in a request."""

import datetime as dt

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import ExtractYear

from disclosure.core.dates import SHANGHAI, now
from disclosure.publications.models import Publication
from disclosure.publications.searching import Tally
from disclosure.search.models import FacetTotal

EVERY = dt.timedelta(hours=1)
_KEYS = {"agency", "category", "year"}


@transaction.atomic
def count() -> int:
    """Count anew; how many values there are."""
    rows = Publication.objects.visible_to_public(now()).order_by()
    year = ExtractYear("published_at", tzinfo=SHANGHAI)
    found = {
        "agency": rows.values_list("agency").annotate(Count("pk")),
        "category": rows.values_list("category").annotate(Count("pk")),
        "document_type": rows.values_list("document_type").annotate(Count("pk")),
        "year": rows.annotate(year=year).values_list("year").annotate(Count("pk")),
    }
    made = [
        FacetTotal(dimension=dimension, value=str(value), count=number)
        for dimension, pairs in found.items()
        for value, number in pairs
        if value
    ]
    FacetTotal.objects.all().delete()
    FacetTotal.objects.bulk_create(made, batch_size=500)
    return len(made)


def count_if_due() -> int:
    """Count anew where that was an hour ago, or never; one small query where it is not."""
    last = FacetTotal.objects.values_list("counted_at", flat=True).first()
    return 0 if last is not None and now() - last < EVERY else count()


def totals() -> Tally:
    """What was counted last; one query."""
    values: dict[str, dict[int | str, int]] = {}
    for dimension, value, number in FacetTotal.objects.values_list("dimension", "value", "count"):
        key = int(value) if dimension in _KEYS else value
        values.setdefault(dimension, {})[key] = number
    return Tally(sum(values.get("agency", {}).values()), False, values)

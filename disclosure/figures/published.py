"""Items published, by month and root category. They are public, each by itself: nothing of their
number is hidden."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import F
from django.db.models.functions import Left, TruncMonth

from disclosure.catalogue.models import Category
from disclosure.core.dates import SHANGHAI, day_after, now, start_of
from disclosure.figures.sources import Count, Source, Topic, Window
from disclosure.publications.models import Publication


def count(window: Window) -> Iterator[Count]:
    """What is to be read now, by the month in which it went out; two queries."""
    codes = dict(Category.objects.filter(depth=1).values_list("path", "code"))
    rows: Any = (
        Publication.objects.visible_to_public(now())
        .filter(
            published_at__gte=start_of(window.first),
            published_at__lt=start_of(day_after(window.last)),
        )
        .order_by()
        .annotate(
            month=TruncMonth("published_at", tzinfo=SHANGHAI),
            root=Left(F("category__path"), Category.steplen),
        )
        .values("agency_id", "month", "root")
        .annotate(number=CountOf("pk"))
    )
    for row in rows:
        month = row["month"].date()
        code = codes.get(row["root"] or "", "")
        yield Count(row["agency_id"], Topic.PUBLISHED, month, code, row["number"])


SOURCE = Source("publications", count, labels={})

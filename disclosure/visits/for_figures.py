"""Items read and files downloaded, for the page of figures; nothing of their number is hidden."""

from collections.abc import Iterator

from django.db.models import Sum

from disclosure.figures.sources import Count, Source, Topic, Window
from disclosure.visits.counting import Channel, Kind
from disclosure.visits.models import MonthReads

_TOPICS = {
    (Kind.PUBLICATION, Channel.WEB): Topic.READ,
    (Kind.FILE, Channel.DOWNLOAD): Topic.DOWNLOADED,
}


def count(window: Window) -> Iterator[Count]:
    """As the daily job left them, which runs before that of the figures; one query."""
    rows = (
        MonthReads.objects.filter(
            month__gte=window.first, month__lte=window.last, agency__isnull=False
        )
        .order_by()
        .values_list("agency", "month", "kind", "channel")
        .annotate(number=Sum("count"))
    )
    for agency, month, kind, channel, number in rows:
        topic = _TOPICS.get((kind, channel))
        if agency and topic:
            yield Count(agency, topic, month, "", number)


SOURCE = Source("visits", count, labels={})

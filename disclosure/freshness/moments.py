"""When what the public sees changes without anybody writing: at midnight in China, for validity
and terms are counted in days, and when something scheduled comes due."""

import datetime as dt
import threading

from disclosure.core.dates import day_after, legal_day, now, start_of
from disclosure.freshness.generation import Generation
from disclosure.publications.models import Publication
from disclosure.reports.models import AnnualReport


def next_moment(after: dt.datetime) -> dt.datetime:
    """The first such moment later than `after`; two queries, each for the end of an index."""
    scheduled = (
        Publication.objects.filter(state=Publication.State.PUBLISHED, published_at__gt=after)
        .order_by("published_at")
        .values_list("published_at", flat=True)
        .first(),
        AnnualReport.objects.filter(edition__isnull=False, published_at__gt=after)
        .order_by("published_at")
        .values_list("published_at", flat=True)
        .first(),
    )
    midnight = start_of(day_after(legal_day(after)))
    return min([midnight, *(moment for moment in scheduled if moment is not None)])


class Horizon:
    """Remembers the next moment: asked for once in a generation, and again when it is past."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._generation: Generation | None = None
        self._moment = 0.0

    def of(self, generation: Generation) -> float:
        """Until when (seconds since 1970) a page of `generation` that is made now may be kept."""
        at = now()
        with self._lock:
            if self._generation == generation and self._moment > at.timestamp():
                return self._moment
        moment = next_moment(at).timestamp()
        with self._lock:
            self._generation, self._moment = generation, moment
        return moment

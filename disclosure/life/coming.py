"""Amendments whose day is still to come: noted on the target, so that every query heeds the day.

The step itself (`relating.settle_due`) makes it permanent, with its event and its entry in the log.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F, Min, OuterRef, QuerySet, Subquery

from disclosure.life.models import Relation
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Publication


def pending() -> QuerySet[Relation]:
    """Amendments by what is public or scheduled, of which no step was taken yet."""
    return Relation.objects.filter(
        kind=Relation.Kind.AMENDS,
        event__isnull=True,
        from_day__isnull=False,
        target__isnull=False,
        source__state=State.PUBLISHED,
        source__revises__isnull=True,
    )


def note(targets: Iterable[int | None]) -> None:
    """Keep on each target the first day of an amendment to come; two queries where none changes.

    The caller holds the targets' locks; who does not, loses nothing but a day.
    """
    keys = {key for key in targets if key is not None}
    if not keys:
        return
    rows = pending().filter(target__in=keys).order_by().values_list("target")
    days: dict[int, dt.date] = dict(rows.annotate(day=Min("from_day")))
    noted = Publication.objects.filter(pk__in=keys).values_list("pk", "amended_on")
    for key, day in noted:
        if days.get(key) != day:
            Publication.objects.filter(pk=key).update(amended_on=days.get(key))


def note_missing(most: int) -> None:
    """Note what was recorded before days were noted; at most so many targets."""
    first = pending().filter(target=OuterRef("target")).order_by("from_day").values("from_day")
    rows = pending().annotate(first=Subquery(first[:1])).exclude(target__amended_on=F("first"))
    note(set(rows.order_by("pk").values_list("target", flat=True)[:most]))


def due(publication: Publication, on: dt.date) -> list[Relation]:
    """The amendments of `publication` whose day has come and which are not written yet; no query
    where none is noted."""
    if publication.amended_on is None or publication.amended_on > on:
        return []
    rows = pending().filter(target=publication, from_day__lte=on)
    return list(rows.select_related("source").defer("source__body").order_by("from_day", "pk"))

"""Stored projections held against the events, and put right where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from disclosure.workdays.store import current_calendar
from requests_app.casework.models import DisclosureRequest
from requests_app.projection import project

BATCH = 500


@dataclass(frozen=True)
class Difference:
    """One value of a case row that its events do not give."""

    number: str
    field: str
    stored: object
    computed: object


def differences(*, repair: bool) -> Iterator[Difference]:
    """Every difference, case by case in bounded memory; with `repair` each is written as computed.

    A repaired case is read again locked, so that a step taken meanwhile is not undone.
    """
    calendar = current_calendar()
    last = 0
    while True:
        batch = list(
            DisclosureRequest.objects.filter(pk__gt=last)
            .order_by("pk")
            .prefetch_related("events")[:BATCH]
        )
        if not batch:
            return
        for request in batch:
            found = project(request.events.all(), calendar).differences(request)
            for field, stored, computed in found:
                yield Difference(request.number, field, stored, computed)
            if found and repair:
                with transaction.atomic():
                    locked = DisclosureRequest.objects.select_for_update().get(pk=request.pk)
                    project(locked.events.all(), calendar).write_to(locked)
                    locked.save()
        last = batch[-1].pk

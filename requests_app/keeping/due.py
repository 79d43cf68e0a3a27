"""Which requests' retention period is over on a day."""

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet

from requests_app.casework.models import DisclosureRequest
from requests_app.lifecycle import State


def first_kept(on: dt.date) -> dt.date:
    """What ended on this day or later is still kept on the day `on`: full calendar years after
    the one of closing (`RETENTION_YEARS`)."""
    return dt.date(max(on.year - settings.RETENTION_YEARS, 1), 1, 1)


def to_erase(on: dt.date) -> QuerySet[DisclosureRequest]:
    """The requests whose personal data are to be erased on `on`: closed and, where there was one,
    the last remedy decided before `first_kept`; none that is open. In the order of their key.
    """
    first = first_kept(on)
    return (
        DisclosureRequest.objects.filter(
            state=State.CLOSED, closed_on__lt=first, applicant__erased_at__isnull=True
        )
        .exclude(remedies__in=_remedies().filter(decided_on__isnull=True))
        .exclude(remedies__in=_remedies().filter(decided_on__gte=first))
        .order_by("pk")
    )


def never_closed(on: dt.date) -> QuerySet[DisclosureRequest]:
    """Answered before `first_kept` and never closed: nothing ends their period."""
    return DisclosureRequest.objects.filter(
        state=State.ANSWERED, answered_on__lt=first_kept(on)
    ).order_by("pk")


def _remedies() -> QuerySet:
    from requests_app.remedies.models import RemedyCase

    return RemedyCase.objects.all()

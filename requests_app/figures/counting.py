"""Requests by month, outcome and applicant, and the time to the answer, of all agencies."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Q
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from disclosure.core.dates import now
from disclosure.figures.hiding import LEAST
from disclosure.figures.sources import Asked, Count, Source, Topic, Window
from disclosure.publications.models import Publication
from disclosure.workdays.store import current_calendar
from requests_app import statistics
from requests_app.casework.choices import ApplicantKind
from requests_app.casework.models import DisclosureRequest
from requests_app.determination import GROUP_LABELS, OUTCOMES
from requests_app.oversight.figures import answered
from requests_app.proposing.lifecycle import OftenState
from requests_app.proposing.lifecycle import State as ProposalState
from requests_app.proposing.models import AskedOften, Proposal


def count(window: Window) -> Iterator[Count]:
    """Every figure of the window; four queries, however many requests and agencies."""
    period = statistics.Period(window.first, window.last)
    yield from _received(period)
    yield from _processed(period)
    yield from _times(period)


def _received(period: statistics.Period) -> Iterator[Count]:
    rows: Any = (
        DisclosureRequest.objects.filter(statistics.condition(statistics.NEW, period))
        .order_by()
        .annotate(month=TruncMonth("received_on"))
        .values("agency_id", "month", "applicant_kind")
        .annotate(number=CountOf("pk"))
    )
    for row in rows:
        agency, month, number = row["agency_id"], row["month"], row["number"]
        yield Count(agency, Topic.RECEIVED, month, "", number)
        yield Count(agency, Topic.APPLICANTS, month, row["applicant_kind"], number)


def _processed(period: statistics.Period) -> Iterator[Count]:
    rows: Any = (
        DisclosureRequest.objects.filter(statistics.condition(statistics.PROCESSED, period))
        .order_by()
        .annotate(month=TruncMonth("counted_on"))
        .values("agency_id", "month", "counted_outcome")
        .annotate(number=CountOf("pk"))
    )
    for row in rows:
        group = OUTCOMES[row["counted_outcome"]].group
        yield Count(row["agency_id"], Topic.OUTCOMES, row["month"], group, row["number"])


def _times(period: statistics.Period) -> Iterator[Count]:
    """Working days from the receipt to the answer, and whether it came by its last day, as the
    clock has left them."""
    calendar = current_calendar()
    counted: Counter[tuple[int, str, Any, str]] = Counter()
    for row in answered(Q(), period.first, period.last):
        month = row["answered_on"].replace(day=1)
        days = max(calendar.count_between(row["received_on"], row["answered_on"]), 0)
        agency, late = row["agency"], row["count"] - row["on_time"]
        counted[agency, Topic.DAYS, month, str(days)] += row["count"]
        counted[agency, Topic.IN_TIME, month, "yes"] += row["on_time"]
        counted[agency, Topic.IN_TIME, month, "no"] += late
    for (agency, topic, month, row_key), number in counted.items():
        yield Count(agency, topic, month, row_key, number)


def asked() -> Iterator[Asked]:
    """What at least five people asked for and that was published for everyone thereupon: as the
    publication, for an applicant's own words may name somebody. Two queries."""
    people = {
        (agency, key): number
        for agency, key, number in AskedOften.objects.filter(
            state=OftenState.PROPOSED, people__gte=LEAST
        ).values_list("agency_id", "key", "people")
    }
    public = Publication.objects.visible_to_public(now())
    rows = Proposal.objects.filter(
        state=ProposalState.TAKEN, publication__in=public, request__asked_about__isnull=False
    )
    found: dict[tuple[int, int], int] = {}
    for agency, key, publication in rows.values_list(
        "request__agency_id", "request__asked_about__key", "publication_id"
    ):
        # By name and by number it may be the same people: they are not counted twice.
        number = max(people.get((agency, key), 0), found.get((agency, publication), 0))
        if number:
            found[agency, publication] = number
    for (agency, publication), number in found.items():
        yield Asked(agency, publication, number)


SOURCE = Source(
    "requests",
    count,
    labels={
        Topic.OUTCOMES: {group.value: _(label) for group, label in GROUP_LABELS.items()},
        Topic.APPLICANTS: dict(ApplicantKind.choices),
    },
    asked=asked,
)

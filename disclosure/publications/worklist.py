"""What waits for staff among the publications; the start page and the list filter ask here."""

import datetime as dt

from django.db.models import Q

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.core.dates import now, today
from disclosure.publications.models import Publication, PublicationQuerySet
from disclosure.workdays.calendar import WorkdayCalendar

#: Published within 20 working days of being made or changed (Art. 26).
WORKDAYS_TO_PUBLISH = 20
#: Working days left at which it turns amber.
SOON = 5


def concerns(user: User) -> Q:
    """What `user` writes or publishes."""
    writing = rights.scope(user, "disclosure.change_publication")
    publishing = rights.scope(user, "disclosure.publish_publication")
    return (writing or ~Q(pk__in=[])) | (publishing or ~Q(pk__in=[]))


def drafts_of(user: User) -> PublicationQuerySet:
    """Drafts that `user` began, the latest touched first."""
    rows = Publication.objects.filter(state=Publication.State.DRAFT, created_by=user)
    return rows.order_by("-updated_at", "-pk")


def unpublished(on: dt.date, calendar: WorkdayCalendar) -> PublicationQuerySet:
    """Drafts for proactive disclosure whose 20 working days (Art. 26) are over or nearly so."""
    limit = calendar.add_workdays(on, -(WORKDAYS_TO_PUBLISH - SOON))
    return Publication.objects.filter(
        state=Publication.State.DRAFT,
        disclosure=Publication.Disclosure.PROACTIVE,
        date_made__lte=limit,
    ).order_by("date_made", "pk")


def workdays_left(publication: Publication, on: dt.date, calendar: WorkdayCalendar) -> int:
    """Working days left to publish it in time; negative when late."""
    if publication.date_made is None:
        return WORKDAYS_TO_PUBLISH
    return WORKDAYS_TO_PUBLISH - calendar.count_between(publication.date_made, on)


def drafts() -> PublicationQuerySet:
    """Every draft, the oldest first."""
    return Publication.objects.filter(state=Publication.State.DRAFT).order_by("pk")


def scheduled(at: dt.datetime) -> PublicationQuerySet:
    """What will come out later by itself, the next first."""
    return Publication.objects.filter(
        state=Publication.State.PUBLISHED, published_at__gt=at
    ).order_by("published_at", "pk")


def withdrawn() -> PublicationQuerySet:
    """What was taken back and waits to be mended, the latest first."""
    return Publication.objects.filter(state=Publication.State.WITHDRAWN).order_by(
        "-updated_at", "-pk"
    )


def standing(name: str, user: User, calendar: WorkdayCalendar) -> PublicationQuerySet | None:
    """The rows of a named standing, as the list filter offers them; None for an unknown one."""
    if name == "mine":
        return drafts_of(user)
    if name == "late":
        return unpublished(today(), calendar)
    if name == "scheduled":
        return scheduled(now())
    return None

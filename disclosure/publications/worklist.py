"""What waits for staff among the publications; the start page and the list filter ask here."""

import datetime as dt

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.core.dates import now, today
from disclosure.publications.models import Publication, PublicationQuerySet
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.store import current_calendar

WRITE = "disclosure.change_publication"
PUBLISH = "disclosure.publish_publication"
#: Published within 20 working days of being made or changed (Art. 26).
WORKDAYS_TO_PUBLISH = 20
#: Working days left at which it turns amber.
SOON = 5


def concerns(user: User) -> Q:
    """What `user` writes or publishes."""
    return rights.scope(user, WRITE) | rights.scope(user, PUBLISH)


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


def concerns_or_all(user: User) -> Q:
    """What `user` writes or publishes; everything for who only reads."""
    acts = rights.allows(user, WRITE) or rights.allows(user, PUBLISH)
    return concerns(user) if acts else rights.EVERYWHERE


#: What the list filter offers; the start page's panels lead to the same rows.
STANDINGS: dict[str, Promise] = {
    "late": _("Made but not published (Art. 26)"),
    "waiting": _("Drafts that I can publish"),
    "mine": _("My drafts"),
    "scheduled": _("Scheduled publications"),
    "withdrawn": _("Withdrawn, to be mended"),
}


def standing(name: str, user: User, calendar: WorkdayCalendar | None = None) -> PublicationQuerySet:
    """The rows of one of STANDINGS for `user`, in the order in which they ask for attention."""
    if name == "late":
        return unpublished(today(), calendar or current_calendar()).filter(concerns_or_all(user))
    if name == "waiting":
        return drafts().filter(rights.scope(user, PUBLISH))
    if name == "mine":
        return drafts_of(user).filter(rights.scope(user, WRITE))
    if name == "scheduled":
        return scheduled(now()).filter(concerns_or_all(user))
    if name == "withdrawn":
        return withdrawn().filter(rights.scope(user, WRITE))
    raise KeyError(name)

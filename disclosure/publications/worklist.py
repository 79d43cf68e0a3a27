"""What waits for staff among the publications; the start page and the list filter ask here."""

import datetime as dt

from django.db.models import OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.core.dates import now, today
from disclosure.publications.lifecycle import (
    CHECK,
    PUBLISH,
    REVIEW,
    SIGN_OFF,
    TRANSITIONS,
    UNPUBLISHED,
    WRITE,
    State,
)
from disclosure.publications.models import Publication, PublicationQuerySet
from disclosure.publications.timeliness import TERM
from disclosure.publications.trail import PublicationEvent
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.store import current_calendar

#: The steps by which somebody else sends an item back to who wrote it.
SENT_BACK = ("return_first", "return_review", "return_draft", "hold")
#: Working days left at which it turns amber.
SOON = 5


#: The rights of those through whose hands an item goes.
ON_THE_WAY = (WRITE, CHECK, REVIEW, SIGN_OFF, PUBLISH)


def concerns(user: User) -> Q:
    """What `user` writes, checks, reviews, signs off or publishes."""
    found = rights.scope(user, WRITE)
    for action in ON_THE_WAY[1:]:
        found |= rights.scope(user, action)
    return found


def drafts_of(user: User) -> PublicationQuerySet:
    """Drafts that `user` began, the latest touched first."""
    rows = Publication.objects.filter(state=State.DRAFT, created_by=user)
    return rows.order_by("-updated_at", "-pk")


def returned_to(user: User) -> PublicationQuerySet:
    """Drafts with a hand of `user` in them that somebody sent back, the latest first; `back` is
    the event by which they came back."""
    last = (
        PublicationEvent.objects.filter(publication=OuterRef("pk"), step__in=list(TRANSITIONS))
        .order_by("-pk")
        .values("pk")[:1]
    )
    # A list in JSON is asked in the same way of both databases only as text.
    wrote = Q(created_by=user) | Q(writers__regex=rf"(^|[^0-9]){user.pk:d}([^0-9]|$)")
    sent_back = PublicationEvent.objects.filter(step__in=SENT_BACK)
    return (
        Publication.objects.filter(state=State.DRAFT)
        .annotate(writers=Cast("contributors", TextField()), back=Subquery(last))
        .filter(wrote, back__in=sent_back.values("pk"))
        .order_by("-back", "-pk")
    )


def unpublished(on: dt.date, calendar: WorkdayCalendar) -> PublicationQuerySet:
    """Not out yet, whoever has it, with its 20 working days (Art. 26) over or nearly so."""
    limit = calendar.add_workdays(on, -(TERM - SOON))
    return (
        Publication.objects.filter(
            state__in=sorted(UNPUBLISHED), disclosure=Publication.Disclosure.PROACTIVE
        )
        .annotate(runs_from=Coalesce("changed_on", "date_made"))
        .filter(runs_from__lte=limit)
        .order_by("runs_from", "pk")
    )


def workdays_left(publication: Publication, on: dt.date, calendar: WorkdayCalendar) -> int:
    """Working days left to publish it in time; negative when late."""
    runs_from = publication.changed_on or publication.date_made
    if runs_from is None:
        return TERM
    return TERM - calendar.count_between(runs_from, on)


def in_state(*states: State) -> PublicationQuerySet:
    """What stands there, the longest waiting first."""
    return Publication.objects.filter(state__in=states).order_by("updated_at", "pk")


def scheduled(at: dt.datetime) -> PublicationQuerySet:
    """What will come out later by itself, the next first."""
    return Publication.objects.filter(state=State.PUBLISHED, published_at__gt=at).order_by(
        "published_at", "pk"
    )


def withdrawn() -> PublicationQuerySet:
    """What was taken back and waits to be mended, the latest first."""
    return Publication.objects.filter(state=State.WITHDRAWN).order_by("-updated_at", "-pk")


def concerns_or_all(user: User) -> Q:
    """What `user` has a hand in; everything for who only reads."""
    acts = any(rights.allows(user, action) for action in ON_THE_WAY)
    return concerns(user) if acts else rights.EVERYWHERE


def _not_own(user: User) -> Q:
    """Without what `user` began: others check, review and sign it off."""
    return Q(created_by__isnull=True) | ~Q(created_by=user)


#: Standing → the states in which an item waits for somebody, and the right that takes it on.
WAITING: dict[str, tuple[tuple[State, ...], str]] = {
    "check": ((State.SUBMITTED,), CHECK),
    "review": ((State.CHECKED, State.REFERRED), REVIEW),
    "sign": ((State.REVIEWED,), SIGN_OFF),
    "waiting": ((State.SIGNED_OFF,), PUBLISH),
}
#: What the list filter offers; the start page's panels lead to the same rows.
STANDINGS: dict[str, Promise] = {
    "late": _("Made but not published (Art. 26)"),
    "check": _("Waiting for the first check"),
    "review": _("Waiting for the confidentiality review"),
    "sign": _("Waiting for sign-off"),
    "waiting": _("Signed off, to be published"),
    "returned": _("Returned to you"),
    "mine": _("My drafts"),
    "scheduled": _("Scheduled publications"),
    "withdrawn": _("Withdrawn, to be mended"),
}


def standing(name: str, user: User, calendar: WorkdayCalendar | None = None) -> PublicationQuerySet:
    """The rows of one of STANDINGS for `user`, in the order in which they ask for attention."""
    if name in WAITING:
        states, action = WAITING[name]
        rows = in_state(*states).filter(rights.scope(user, action))
        return rows if name == "waiting" else rows.filter(_not_own(user))
    if name == "late":
        return unpublished(today(), calendar or current_calendar()).filter(concerns_or_all(user))
    if name == "returned":
        return returned_to(user).filter(rights.scope(user, WRITE))
    if name == "mine":
        return drafts_of(user).filter(rights.scope(user, WRITE))
    if name == "scheduled":
        return scheduled(now()).filter(concerns_or_all(user))
    if name == "withdrawn":
        return withdrawn().filter(rights.scope(user, WRITE))
    raise KeyError(name)

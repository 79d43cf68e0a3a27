"""What waits for staff on the register and in its rounds; start page and list filters ask here."""

import datetime as dt

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.core.dates import today
from disclosure.publications.models import Publication
from disclosure.withheld.lifecycle import BEGIN, DECIDE, VIEW
from disclosure.withheld.models import ReassessmentRound, WithheldItem, WithheldItemQuerySet
from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.store import current_calendar

WRITE = "disclosure.change_publication"
#: Working days ahead at which an entry turns amber.
AHEAD = 20

#: What the list filter offers; the start page's panels lead to the same rows.
STANDINGS: dict[str, Promise] = {
    "due": _("Withheld, to be looked at again (Art. 18)"),
    "unfiled": _("Withheld, not filed for the record"),
    "drafts": _("To be disclosed, the draft not handed in"),
}


def mine(user: User) -> Q:
    """What `user` decides; for who only reads, what they may read."""
    return rights.scope(user, DECIDE if rights.allows(user, DECIDE) else VIEW)


def due(user: User, on: dt.date, calendar: WorkdayCalendar) -> WithheldItemQuerySet:
    """What has come back, or will within 20 working days, the first due first."""
    until = calendar.add_workdays(on, AHEAD)
    rows = WithheldItem.objects.due_again(until).filter(mine(user)).open_to(user)
    return rows.order_by("due_on", "pk")


def drafts(user: User) -> WithheldItemQuerySet:
    """Whose draft `user` could write on and that nobody has handed in."""
    rows = WithheldItem.objects.filter(
        rights.scope(user, WRITE), draft__state=Publication.State.DRAFT
    )
    return rows.open_to(user).order_by("-updated_at", "-pk")


def standing(
    name: str, user: User, calendar: WorkdayCalendar | None = None
) -> WithheldItemQuerySet:
    """The rows of one of STANDINGS for `user`."""
    if name == "due":
        return due(user, today(), calendar or current_calendar())
    if name == "unfiled":
        rows = WithheldItem.objects.held().filter(mine(user), filed_on__isnull=True)
        return rows.open_to(user).order_by("decided_on", "pk")
    if name == "drafts":
        return drafts(user)
    raise KeyError(name)


def open_rounds(user: User) -> QuerySet[ReassessmentRound]:
    """Rounds that `user` can end, with how many of their rows are pending (`left`)."""
    rows = ReassessmentRound.objects.filter(rights.scope(user, BEGIN), closed_on__isnull=True)
    left = Count("rows", filter=Q(rows__outcome="pending"))
    return rows.annotate(left=left).order_by("due_on", "pk")

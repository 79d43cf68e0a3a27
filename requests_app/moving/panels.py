"""The start page's panel after a change of the calendar, until the requests have been moved."""

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.audit.models import AuditEntry
from disclosure.backstage.panels import Panel, Row, register
from requests_app.moving.permissions import MOVE

CHANGES = [
    f"{kind}.{deed}"
    for kind in ("calendaryear", "calendarday")
    for deed in ("added", "changed", "deleted")
]


def is_due(user: User) -> bool:
    """Whether the calendar has changed since the requests of this person's agencies were moved:
    two queries, nothing is reckoned."""
    changed = AuditEntry.objects.filter(verb__in=CHANGES).aggregate(last=Max("pk"))["last"]
    if changed is None:
        return False
    done = AuditEntry.objects.filter(verb="calendarmove.done", pk__gt=changed)
    return not done.filter(Q(actor=user) | Q(facts__everywhere=True)).exists()


def changed(user: User) -> Panel | None:
    """For who may move requests with the calendar."""
    if not rights.allows(user, MOVE) or not is_due(user):
        return None
    url = reverse("admin:requests_app_moving")
    row = Row(
        label=str(_("See which open requests get another last day")),
        url=url,
        level="amber",
        word=_("to be looked at"),
    )
    return Panel(
        key="calendar-moves",
        title=_("The working-day calendar has changed"),
        rows=[row],
        count=1,
        url=url,
    )


register("calendar-moves", changed, order=14)

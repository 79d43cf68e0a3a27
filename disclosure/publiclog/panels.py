"""The start page's warning that the public log is broken."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from disclosure.backstage.panels import Panel, Row, register
from disclosure.publications.presenting import minute_text
from disclosure.publiclog.watching import standing_fault

VERIFY = "disclosure.verify_logentry"


def broken(user: User) -> Panel | None:
    """For those who answer for it, until a whole check finds nothing; one query."""
    if not rights.allows(user, VERIFY):
        return None
    found = standing_fault()
    if found is None:
        return None
    fault, checked_at = found
    row = Row(
        label=str(fault),
        url=reverse("log"),
        level="red",
        word=_("broken"),
        note=_("found by the check of %(moment)s") % {"moment": minute_text(checked_at)},
    )
    return Panel(
        key="public-log",
        title=_("The public log does not hold"),
        rows=[row],
        count=1,
        url=reverse("log"),
    )


register("public-log", broken, order=1)

"""Ways from the list of requests to the pages beside it, as far as a person may go them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disclosure.agencies import rights
from disclosure.agencies.models import User
from requests_app.moving.permissions import MOVE
from requests_app.oversight.access_log import VIEW as VIEW_TRAIL
from requests_app.oversight.permissions import OVERSEE
from requests_app.register.selection import VIEW

#: (label, name of the address, right)
PAGES = (
    (_("Register of requests"), "requests_app_register", VIEW),
    (_("Agencies overseen"), "requests_app_oversight", OVERSEE),
    (_("Access log"), "requests_app_access_log", VIEW_TRAIL),
    (_("Move with the calendar"), "requests_app_moving", MOVE),
)


def links_for(user: User) -> list[tuple[str, str]]:
    """(label, address) of each page that `user` may open."""
    return [
        (str(label), reverse(f"admin:{name}"))
        for label, name, right in PAGES
        if rights.allows(user, right)
    ]

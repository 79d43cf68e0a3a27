"""What this room adds to the staff page of an item: where it appeared. Imported when the app is
ready.
"""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from disclosure.agencies import rights
from disclosure.agencies.admin_base import person
from disclosure.channels.presenting import appearances
from disclosure.publications import hooks, item
from disclosure.publications.hooks import Part
from disclosure.publications.models import Publication

VIEW, ADD = "disclosure.view_appearance", "disclosure.add_appearance"


def _shown(publication: Publication, at: dt.datetime) -> dict[str, Any]:
    rows = appearances(publication)
    return {"channels": rows} if rows else {}


item.register_extra("channels", _shown, "disclosure/_channels.html")


@hooks.panel(70)
def channels_part(request: HttpRequest, publication: Publication) -> Part | None:
    """The item's appearances, each leading to its form, and the way to a new one; one query."""
    user = person(request)
    if publication.pk is None or not rights.allows(user, VIEW, publication):
        return None
    rows = [
        {
            "channel": one.get_channel_display(),
            "date": one.on.isoformat(),
            "reference": one.reference,
            "has_proof": bool(one.proof),
            "note": one.note,
            "url": reverse("admin:disclosure_appearance_change", args=[one.pk]),
        }
        for one in publication.appearances.all()
    ]
    may_add = rights.allows(user, ADD, publication)
    if not rows and not may_add:
        return None
    add_url = f"{reverse('admin:disclosure_appearance_add')}?publication={publication.pk}"
    return Part(
        key="channels",
        title=gettext("Also published in"),
        template="admin/channels_part.html",
        context={"rows": rows, "add_url": add_url if may_add else ""},
    )

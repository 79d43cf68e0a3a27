"""The page for a lobby screen (电子信息屏): the newest items in large type, each with a QR code
that leads a telephone to it. It renews itself every five minutes, without any script, unless the
reader stops that (`?still`).
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosure.agencies.models import Agency
from disclosure.agencies.own import own_agency
from disclosure.core import qr
from disclosure.core.dates import now
from disclosure.publications.models import Publication
from disclosure.publications.presenting import day_text, for_list, name_lang

#: Items on the screen: what is read from some steps away.
NEWEST = 6
SECONDS = 300
STILL = "still"


@require_safe
def screen(request: HttpRequest) -> HttpResponse:
    """The newest items of `?agency=CODE`, or of all; two queries."""
    code = request.GET.get("agency", "").replace("\x00", "")
    agency = Agency.objects.filter(code=code).first() if code else own_agency()
    visible = Publication.objects.visible_to_public(now())
    if code and agency is not None:
        visible = visible.filter(agency=agency)
    rows = for_list(visible).order_by("-published_at", "-id")[:NEWEST]
    is_still = STILL in request.GET
    context: dict[str, Any] = {
        "name": agency.local_name if agency else _("Government information disclosure"),
        "name_lang": name_lang(agency) if agency else "",
        "unknown": code if code and agency is None else "",
        "is_still": is_still,
        "switch_url": _switch(request, is_still),
        "items": [
            {
                "title": row.title,
                "date": day_text(row.published_at),
                "agency": row.agency.local_name,
                "agency_lang": name_lang(row.agency),
                "code": qr.data_uri(request.build_absolute_uri(row.get_absolute_url())),
            }
            for row in rows
        ],
    }
    response = render(request, "disclosure/channels/screen.html", context)
    if not is_still:
        response.headers["Refresh"] = str(SECONDS)
    return response


def _switch(request: HttpRequest, is_still: bool) -> str:
    """The same page, standing still or renewing itself: whoever reads slowly needs the choice."""
    query = request.GET.copy()
    query.pop(STILL, None)
    if not is_still:
        query[STILL] = "1"
    return f"?{query.urlencode()}"

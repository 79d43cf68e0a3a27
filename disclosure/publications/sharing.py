"""The address of an item as a QR code (`?qr`), so that its page need not carry the drawing."""

import datetime as dt

from django.http import HttpRequest, HttpResponse

from disclosure.core import qr
from disclosure.publications.models import Publication

PARAMETER = "qr"


def code(request: HttpRequest, publication: Publication, at: dt.datetime) -> HttpResponse:
    """The drawing; as visible as the item itself."""
    address = request.build_absolute_uri(publication.get_absolute_url())
    return HttpResponse(qr.svg(address), content_type="image/svg+xml")

"""Downloads of attachments: only while their publication is public, or for its staff."""

import logging
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from disclosure.core.dates import now
from disclosure.files.names import content_disposition
from disclosure.publications.models import Attachment

logger = logging.getLogger(__name__)


def _may_read(request: HttpRequest, attachment: Attachment) -> bool:
    if attachment.publication.is_visible(now()):
        return True
    user = request.user
    return user.is_authenticated and user.has_perm("disclosure.view_attachment", attachment)


@require_safe
def attachment(request: HttpRequest, uuid: UUID, name: str) -> HttpResponseBase:
    """The file, to be saved under its Chinese name; never opened inside the portal's origin."""
    found = (
        Attachment.objects.select_related("publication", "publication__agency")
        .filter(uuid=uuid)
        .first()
    )
    if found is None or not _may_read(request, found):
        raise Http404
    if name != found.name:
        return redirect(found.get_absolute_url())
    is_public = found.publication.is_visible(now())
    etag = f'"{found.sha256}"'
    response: HttpResponseBase | None = (
        get_conditional_response(request, etag=etag) if is_public else None
    )
    if response is None:
        response = _head(found) if request.method == "HEAD" else _bytes(found)
        response["Content-Type"] = found.content_type
        response["Content-Disposition"] = content_disposition(found.name)
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["ETag"] = etag
    # Asked again each time: a withdrawn file must not live on in a cache.
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _head(found: Attachment) -> HttpResponse:
    return HttpResponse(headers={"Content-Length": str(found.size)})


def _bytes(found: Attachment) -> HttpResponseBase:
    if settings.X_ACCEL_PREFIX:
        response = HttpResponse()
        address = f"{settings.X_ACCEL_PREFIX.rstrip('/')}/{quote(str(found.file.name))}"
        response["X-Accel-Redirect"] = address
        return response
    try:
        return FileResponse(found.file.open("rb"))
    except FileNotFoundError:
        logger.exception("the file of attachment %s is missing", found.pk)
        raise Http404 from None

"""Downloads of attachments: only while their publication is public, or for its staff."""

import hashlib
import logging
from uuid import UUID

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from disclosure.core.dates import now
from disclosure.files import archive, sending
from disclosure.files.names import content_disposition
from disclosure.publications.models import Attachment

logger = logging.getLogger(__name__)


def _is_public(attachment: Attachment) -> bool:
    """Whether anyone may have the file: of what is public, and of its earlier versions."""
    # The room of relations and versions knows files' publications; only this asks it.
    from disclosure.life.versions import is_readable

    return is_readable(attachment.publication, now())


def _may_read(request: HttpRequest, attachment: Attachment, *, is_public: bool) -> bool:
    if is_public:
        return True
    user = request.user
    return user.is_authenticated and user.has_perm("disclosure.view_attachment", attachment)


@require_safe
def attachment(request: HttpRequest, uuid: UUID, name: str) -> HttpResponseBase:
    """The file, to be saved under its Chinese name; never opened inside the portal's origin."""
    found = (
        Attachment.objects.select_related(
            "publication", "publication__agency", "publication__revises"
        )
        .filter(uuid=uuid)
        .first()
    )
    if found is None:
        raise Http404
    is_public = _is_public(found)
    if not _may_read(request, found, is_public=is_public):
        raise Http404
    if name != found.name:
        return redirect(found.get_absolute_url())
    etag = f'"{found.sha256}"'
    response: HttpResponseBase | None = (
        get_conditional_response(request, etag=etag) if is_public else None
    )
    if response is None:
        response = sending.head(found.size) if request.method == "HEAD" else _bytes(found)
        response["Content-Type"] = found.content_type
        response["Content-Disposition"] = content_disposition(found.name)
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["ETag"] = etag
    # Asked again each time: a withdrawn file must not live on in a cache.
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _bytes(found: Attachment) -> HttpResponseBase:
    try:
        return sending.body(found.file)
    except FileNotFoundError:
        logger.exception("the file of attachment %s is missing", found.pk)
        raise Http404 from None


def _archive(files: list[Attachment]) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        archive.stream((name, one.file) for name, one in archive.named(files))
    )


@require_safe
def all_files(request: HttpRequest, uuid: UUID, name: str) -> HttpResponseBase:
    """Every file of a public item in one ZIP, under their Chinese names; never held in memory."""
    first = Attachment.objects.select_related("publication").filter(uuid=uuid).first()
    if first is None or not first.publication.is_visible(now()):
        raise Http404
    files = list(first.publication.attachments.order_by("order", "pk"))
    together = hashlib.sha256(
        "\n".join(f"{one.sha256} {one.name}" for one in files).encode()
    ).hexdigest()
    etag = f'"{together}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse() if request.method == "HEAD" else _archive(files)
        response["Content-Type"] = "application/zip"
        # Not `name`: an address that anyone can write does not say what a file is called.
        response["Content-Disposition"] = content_disposition(archive.name_of(first.publication))
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""Files of requests as answers: decrypted, to be saved and never shown in place."""

import logging
from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from disclosure.core.crypto import Undecipherable
from disclosure.core.errors import DomainError, Refusal
from disclosure.files.names import content_disposition
from requests_app.casework.models import StoredFile

logger = logging.getLogger(__name__)


class FileUnreadable(DomainError):
    """A stored file that no key opens or that is gone from the storage."""

    status = 500


def file_response(file: StoredFile, read: Callable[[], bytes]) -> HttpResponse:
    """`file` as a download; `read` gives its bytes. Raises FileUnreadable."""
    try:
        data = read()
    except (Undecipherable, OSError) as error:
        logger.exception("file %s of a request cannot be read", file.uuid)
        raise FileUnreadable(
            Refusal(
                _("This file cannot be opened at the moment. Please ask the agency for it."),
                code="file",
            )
        ) from error
    response = HttpResponse(data, content_type=file.content_type)
    response.headers["Content-Disposition"] = content_disposition(file.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

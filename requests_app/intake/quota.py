"""What a form may weigh: checked while it comes in, so that too much never fills the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

#: Files beyond the number allowed are still named in the answer, up to this many times over.
SLACK = 4


class QuotaUploadHandler(FileUploadHandler):
    """Stands before Django's handlers and stops passing on what is too much.

    A file that is too large arrives cut off but still too large, one too many arrives empty:
    `uploads.why_not_accept` then refuses it by its name, and the form's answers survive.
    """

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.files += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start > settings.UPLOAD_MAX_BYTES or self.files > SLACK * settings.UPLOAD_MAX_FILES:
            return None
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def is_too_heavy(request: HttpRequest) -> bool:
    """Whether the request announces more than any honest form has."""
    most = SLACK * settings.UPLOAD_MAX_FILES * settings.UPLOAD_MAX_BYTES
    return int(request.META.get("CONTENT_LENGTH") or 0) > most

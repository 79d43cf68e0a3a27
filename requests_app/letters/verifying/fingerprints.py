"""A file that comes in to be compared: hashed on the way and kept nowhere, not for a moment."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class Fingerprint(UploadedFile):
    """What is left of a file: its size and its SHA-256."""

    def __init__(self, name: str, size: int, sha256: str) -> None:
        super().__init__(file=None, name=name, size=size)
        self.sha256 = sha256


class FingerprintUploadHandler(FileUploadHandler):
    """Passes nothing on; of a file that is too large only the beginning is hashed."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= settings.UPLOAD_MAX_BYTES:
            self.digest.update(raw_data)

    def file_complete(self, file_size: int) -> Fingerprint:
        return Fingerprint(self.file_name or "", file_size, self.digest.hexdigest())

"""Files as one ZIP, made while it is sent: one file at a time is in memory.

A last entry lists each file with its size and SHA-256. One that cannot be read, or was erased, is
named there with the reason, so that the rest still arrives.
"""

import hashlib
import io
import logging
import zipfile
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from disclosure.core.crypto import Undecipherable
from disclosure.core.dates import SHANGHAI
from requests_app.casefile.contents import Entry, as_csv

logger = logging.getLogger(__name__)

_PART = 256 * 1024


class _Sink(io.RawIOBase):
    """Takes what the ZIP writes until it is sent; it cannot be gone back in."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._waiting += data
        return len(data)

    def take(self) -> Iterator[bytes]:
        """What has been written since the last time, in parts."""
        waiting, self._waiting = bytes(self._waiting), bytearray()
        for start in range(0, len(waiting), _PART):
            yield waiting[start : start + _PART]


class Words:
    """The words of the list, looked up before sending begins: by then the language may be
    another's."""

    def __init__(self) -> None:
        self.name = _("List of files")
        self.headings = [_("File"), _("Bytes"), "SHA-256", _("Note")]
        self.erased = _("erased; only its SHA-256 is kept")
        self.unreadable = _("cannot be read at the moment")
        self.differs = _("differs from what was stored: SHA-256 %(sha256)s")


def stream(folder: str, entries: Iterable[Entry]) -> Iterator[bytes]:
    """The ZIP, part by part, everything below `folder`."""
    words = Words()
    return _stream(folder, entries, words)


def _stream(folder: str, entries: Iterable[Entry], words: Words) -> Iterator[bytes]:
    sink = _Sink()
    listed: list[list[str]] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in entries:
            data, note = _read(entry, words)
            if data is None:
                listed.append([entry.path, "", entry.sha256, note])
                continue
            listed.append([entry.path, str(len(data)), hashlib.sha256(data).hexdigest(), note])
            archive.writestr(_info(folder, entry), data)
            del data
            yield from sink.take()
        archive.writestr(f"{folder}/{words.name}.csv", as_csv(words.headings, listed))
    yield from sink.take()


def _read(entry: Entry, words: Words) -> tuple[bytes | None, str]:
    """The bytes and what there is to note of them."""
    if entry.read is None:
        return None, words.erased
    try:
        data = entry.read()
    except (Undecipherable, OSError):
        logger.exception("a file of a case file cannot be read")
        return None, words.unreadable
    if entry.sha256 and hashlib.sha256(data).hexdigest() != entry.sha256:
        return data, words.differs % {"sha256": entry.sha256}
    return data, ""


def _info(folder: str, entry: Entry) -> zipfile.ZipInfo:
    moment = entry.at.astimezone(SHANGHAI)
    info = zipfile.ZipInfo(f"{folder}/{entry.path}", date_time=moment.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info

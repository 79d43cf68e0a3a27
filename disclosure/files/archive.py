"""Several files as one ZIP that is made while it is sent: memory stays flat."""

import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from disclosure.files.names import clean_name
from disclosure.publications.models import Attachment, Publication

CHUNK = 256 * 1024
#: Stored as it is: what is published is compressed already, mostly.
_DATE = (1980, 1, 1, 0, 0, 0)


class _Pipe:
    """A file to write to whose bytes are taken away in between; it cannot be gone back in."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


def stream(files: Iterable[tuple[str, Any]]) -> Iterator[bytes]:
    """The archive of `(name, stored file)`, piece by piece; a missing file ends it broken."""
    pipe = _Pipe()
    target: Any = pipe
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, stored in files:
            with (
                stored.open("rb") as source,
                archive.open(zipfile.ZipInfo(name, _DATE), "w", force_zip64=True) as entry,
            ):
                while piece := source.read(CHUNK):
                    entry.write(piece)
                    yield pipe.take()
            yield pipe.take()
    yield pipe.take()


def named(files: Iterable[Attachment]) -> Iterator[tuple[str, Attachment]]:
    """The files with names that differ, also where case does not count: the second of a name gets
    `(2)`, or the next number that no file has."""
    listed = list(files)
    taken = {one.name.casefold() for one in listed}
    seen: set[str] = set()
    for one in listed:
        name, count = one.name, 1
        if name.casefold() in seen:
            stem, dot, ending = one.name.rpartition(".")
            while name.casefold() in taken:
                count += 1
                name = f"{stem} ({count}){dot}{ending}"
        seen.add(name.casefold())
        taken.add(name.casefold())
        yield name, one


def name_of(publication: Publication) -> str:
    """What the archive of an item's files is called: by its title, whatever the address says."""
    return clean_name(publication.title[:60].replace("/", "／") + ".zip")

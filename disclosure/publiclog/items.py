"""Items that are or were public against what the log says of them: state, content, files, earlier
versions.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from disclosure.publications import content
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Attachment, Publication, PublicationQuerySet
from disclosure.publiclog.chain import moment_text, to_second
from disclosure.publiclog.details import note_of
from disclosure.publiclog.faults import Fault
from disclosure.publiclog.kinds import Kind
from disclosure.publiclog.models import LogEntry

#: Bytes of a file that are in memory at once.
CHUNK = 1024 * 1024
OUT = (State.PUBLISHED, State.WITHDRAWN)
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def concerned() -> PublicationQuerySet:
    """The items that the log must speak of, and those that it speaks of."""
    entries = LogEntry.objects.filter(publication=OuterRef("pk"))
    return Publication.objects.items().filter(Q(state__in=OUT) | Exists(entries))


def closings_since() -> dt.datetime | None:
    """When the log began to say which versions are closed; None: no entry says so yet."""
    rows = LogEntry.objects.filter(kind=Kind.VERSION_CLOSED).order_by("seq")
    return rows.values_list("at", flat=True).first()


def closings(items: Iterable[int | None]) -> set[tuple[int | None, int]]:
    """Of these items, the versions that the log says were closed."""
    rows = LogEntry.objects.filter(kind=Kind.VERSION_CLOSED, publication__in=items)
    found = rows.values_list("publication", "details")
    return {(key, parsed(text).get("closed_version", 0)) for key, text in found}


class ItemCheck:
    """A batch of items with all that is needed to check them: three queries, and one more where
    a closed version stands in no entry."""

    def __init__(self, items: Iterable[Publication], *, with_files: bool) -> None:
        self._with_files = with_files
        self.files = 0
        keys = [item.pk for item in items]
        self._earlier: dict[int, list[Publication]] = {}
        versions = Publication.objects.filter(revises__in=keys, state=State.SUPERSEDED)
        for one in versions.select_related("agency", "closed").order_by("version", "pk"):
            self._earlier.setdefault(one.revises_id or 0, []).append(one)
            keys.append(one.pk)
        self._files: dict[int, list[Attachment]] = {}
        for file in Attachment.objects.filter(publication__in=keys).order_by("order", "pk"):
            self._files.setdefault(file.publication_id, []).append(file)
        self._entries: dict[int, list[tuple[int, str, dict[str, Any]]]] = {}
        rows = LogEntry.objects.filter(publication__in=keys).order_by("seq")
        for key, seq, kind, text in rows.values_list("publication", "seq", "kind", "details"):
            self._entries.setdefault(key, []).append((seq, kind, parsed(text)))
        # A revision shares the bytes of the files that it took over.
        self._read: dict[str, tuple[str, int] | None] = {}

    def fault_of(self, item: Publication) -> Fault | None:
        """The first thing that is not as the log says."""
        return next(self._faults(item), None)

    def _faults(self, item: Publication) -> Iterator[Fault]:
        number, entries = item.index_number, self._entries.get(item.pk, [])
        if not entries:
            yield Fault("unlogged", {"number": number})
            return
        for seq, _kind, details in entries:
            said = details.get("index_number"), details.get("agency")
            if said != (number, item.agency.code):
                yield Fault("foreign", {"number": number, "seq": seq})
        contents = [one for one in entries if one[1] != Kind.VERSION_CLOSED]
        if not contents:
            yield Fault("unlogged", {"number": number})
            return
        yield from self._as_logged(item, *contents[-1])
        by_version = {details.get("version"): (seq, details) for seq, _kind, details in contents}
        for earlier in self._earlier.get(item.pk, []):
            yield from self._earlier_faults(earlier, by_version)
        yield from self._closing_faults(item, [one for one in entries if one not in contents])

    def _as_logged(
        self, item: Publication, seq: int, kind: str, details: Mapping[str, Any]
    ) -> Iterator[Fault]:
        """The item as it is now against its newest entry."""
        facts = {"number": item.index_number, "seq": seq}
        is_withdrawn = kind == Kind.WITHDRAWN
        if (item.state == State.PUBLISHED) == is_withdrawn:
            yield Fault("state", facts)
        if item.state not in OUT:
            # Withdrawn and taken up again: what is written now is nobody's to see yet.
            if not is_withdrawn:
                yield Fault("state", facts)
            return
        for name, value in _said_of(item, kind).items():
            if details.get(name) != value:
                yield Fault("field", {**facts, "field": name})
        if content.digest(item, self._files.get(item.pk, [])) != details.get("content_hash"):
            yield Fault("content", facts)
        yield from self._file_faults(item)

    def _earlier_faults(
        self, earlier: Publication, by_version: Mapping[Any, tuple[int, Mapping[str, Any]]]
    ) -> Iterator[Fault]:
        facts: dict[str, Any] = {"number": earlier.index_number, "version": earlier.version}
        if earlier.version not in by_version:
            yield Fault("earlier_unlogged", facts)
            return
        seq, details = by_version[earlier.version]
        digest = content.digest(earlier, self._files.get(earlier.pk, []))
        if {digest, earlier.content_hash} != {details.get("content_hash")}:
            yield Fault("earlier", {**facts, "seq": seq})
        yield from self._file_faults(earlier)

    def _closing_faults(
        self, item: Publication, entries: list[tuple[int, str, dict[str, Any]]]
    ) -> Iterator[Fault]:
        """The versions that are closed are those that the log says were closed."""
        said = {details.get("closed_version"): seq for seq, _kind, details in entries}
        closed = {}
        for earlier in self._earlier.get(item.pk, []):
            row = getattr(earlier, "closed", None)
            if row is not None:
                closed[earlier.version] = row.closed_at
        facts = {"number": item.index_number}
        for version, seq in said.items():
            if version not in closed:
                yield Fault("closing", {**facts, "version": version, "seq": seq})
        for version, closed_at in closed.items():
            if version not in said and closed_at >= self._closings_since:
                yield Fault("closing_unlogged", {**facts, "version": version})

    @cached_property
    def _closings_since(self) -> dt.datetime:
        """The first entry of this kind: what was closed before is written in afterwards."""
        return closings_since() or NEVER

    def _file_faults(self, item: Publication) -> Iterator[Fault]:
        """The bytes in the storage against what is signed; a file at a time, a chunk at a time."""
        if not self._with_files:
            return
        for file in self._files.get(item.pk, []):
            self.files += 1
            facts = {"number": item.index_number, "sha256": file.sha256}
            name = str(file.file.name)
            if name not in self._read:
                self._read[name] = _read(file)
            found = self._read[name]
            if found is None:
                yield Fault("file_gone", facts)
            elif found != (file.sha256, file.size):
                yield Fault("file", facts)


def _said_of(item: Publication, kind: str) -> dict[str, Any]:
    """What the newest entry says of the item beside its content."""
    found: dict[str, Any] = {
        "version": item.version,
        "content_hash": item.content_hash,
        "published_at": _moment(item.published_at),
        "validity": item.validity,
        "expires_on": item.expires_on.isoformat() if item.expires_on else "",
    }
    if kind == Kind.WITHDRAWN:
        found |= {"note": note_of(item, kind), "tombstone": item.is_tombstone}
    return found


def parsed(text: str) -> dict[str, Any]:
    """What is no JSON any more says nothing; the chain's own check names it."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _moment(value: dt.datetime | None) -> str:
    return moment_text(to_second(value)) if value else ""


def _read(file: Attachment) -> tuple[str, int] | None:
    """SHA-256 and size of the stored bytes; None where there are none."""
    digest, size = hashlib.sha256(), 0
    try:
        with file.file.storage.open(str(file.file.name), "rb") as stored:
            while chunk := stored.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except FileNotFoundError:
        return None
    return digest.hexdigest(), size

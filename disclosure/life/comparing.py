"""Two versions of an item side by side: record, files, text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from disclosure.core.html import to_plain
from disclosure.life.differing import ADDED, CHANGED, REMOVED, SAME, Line, Piece, differences
from disclosure.publications import content
from disclosure.publications.models import Attachment, Publication

#: Unchanged lines that stay beside a change; the rest is folded away.
AROUND = 2
#: Characters of one stretch, and lines of the whole page.
LONGEST, MOST = 20_000, 4_000
RECORD = tuple(name for name in content.FIELDS if name not in {"body", "disclosure"})


@dataclass(frozen=True)
class Field:
    """A field of the record that differs."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class FileChange:
    """A file that came, went, got other bytes or another name."""

    kind: str
    what: str
    name: str


@dataclass(frozen=True)
class Fold:
    """Unchanged lines left out."""

    count: int
    kind: str = "fold"


def fields(old: Publication, new: Publication) -> list[Field]:
    """The record's fields that differ, in the record's order, as they read."""
    found = []
    for name in RECORD:
        before, after = _shown(old, name), _shown(new, name)
        if before != after:
            label = str(Publication._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            found.append(Field(label, before, after))
    return found


def _shown(publication: Publication, name: str) -> str:
    if name == "document_type":
        return str(publication.get_document_type_display())
    value: Any = getattr(publication, name)
    return value.isoformat() if hasattr(value, "isoformat") else str(value or "")


def files(old: Sequence[Attachment], new: Sequence[Attachment]) -> list[FileChange]:
    """The files that differ, by their bytes (SHA-256) and their names."""
    same = {one.sha256: one.name for one in old}
    after = {one.sha256 for one in new}
    names_old, names_new = {one.name for one in old}, {one.name for one in new}
    found = []
    for one in new:
        if one.sha256 in same:
            if same[one.sha256] != one.name and one.name not in names_old:
                found.append(FileChange(CHANGED, gettext("Renamed"), one.name))
        elif one.name in names_old:
            found.append(FileChange(CHANGED, gettext("Replaced by another file"), one.name))
        else:
            found.append(FileChange(ADDED, gettext("File added"), one.name))
    found += [
        FileChange(REMOVED, gettext("File removed"), one.name)
        for one in old
        if one.sha256 not in after and one.name not in names_new
    ]
    return found


def text(old: Publication, new: Publication) -> list[Line | Fold]:
    """The lines of the text that differ, with a little around them."""
    return list(folded(differences(to_plain(old.body), to_plain(new.body))))[:MOST]


def folded(lines: Sequence[Line]) -> Iterator[Line | Fold]:
    """`lines` without the long stretches in which nothing changed."""
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].kind == SAME:
            end += 1
        yield from _stretch(lines[start:end], is_first=start == 0, is_last=end == len(lines))
        if end < len(lines):
            yield _cut(lines[end])
        start = end + 1


def _stretch(lines: Sequence[Line], *, is_first: bool, is_last: bool) -> Iterator[Line | Fold]:
    """Unchanged lines between two changes."""
    head = 0 if is_first else AROUND
    tail = 0 if is_last else AROUND
    if len(lines) <= head + tail + 1:
        yield from map(_cut, lines)
        return
    yield from map(_cut, lines[:head])
    yield Fold(len(lines) - head - tail)
    yield from map(_cut, lines[len(lines) - tail :])


def _cut(line: Line) -> Line:
    """No stretch so long that a browser chokes on it."""
    if all(len(piece.text) <= LONGEST for piece in line.pieces):
        return line
    return Line(
        line.kind,
        tuple(
            piece if len(piece.text) <= LONGEST else Piece(piece.kind, f"{piece.text[:LONGEST]}……")
            for piece in line.pieces
        ),
    )

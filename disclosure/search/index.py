"""Keeping the index: what is public, or will be at its moment, stands in it as it is now.

`renew` may be called for any publications at any time: it compares, and writes what differs. It
locks their rows, so that a sweeper never puts back what an action has just changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from disclosure.agencies.models import Agency
from disclosure.catalogue.models import Category
from disclosure.core import html
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Attachment, Publication
from disclosure.search import storage
from disclosure.search.backends import backend
from disclosure.search.models import SearchRow
from disclosure.search.source import Piece, Source, in_parts

_HEAD = ("id", "title", "document_number", "keywords", "summary", "body", "document_type")
FIELDS = (*_HEAD, "state", "disclosure", "published_at", "agency__path", "category__path")


@dataclass(frozen=True)
class Part:
    """A row as it should be."""

    key: int
    publication_id: int
    source: Source
    digest: str


@dataclass(frozen=True)
class Renewed:
    """What came of it: how many publications differed, and which have parts left out."""

    changed: int
    unfinished: list[int]


def belongs(publication: Publication) -> bool:
    """Whether it stands in the index: public, or scheduled to be."""
    return (
        publication.state == State.PUBLISHED
        and publication.disclosure == Publication.Disclosure.PROACTIVE
    )


@transaction.atomic
def renew(keys: Iterable[int], *, most_parts: int = storage.MOST_PARTS) -> Renewed:
    """Bring the index in line with these publications; a constant number of queries.

    What is left out beyond `storage.MOST_PARTS` is left out for good; beyond a smaller
    `most_parts` it is named, to be done later.
    """
    ids = sorted(set(keys))
    rows = Publication.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    wanted, unfinished = _wanted(
        list(rows.select_related("agency", "category").only(*FIELDS)), most_parts
    )
    stored: dict[int, list[SearchRow]] = defaultdict(list)
    for row in SearchRow.objects.filter(publication__in=ids):
        stored[row.publication_id].append(row)
    differing = [
        one
        for one in ids
        if {row.key: row.digest for row in stored[one]}
        != {part.key: part.digest for part in wanted[one]}
    ]
    _remove([row for one in differing for row in stored[one]])
    _add([part for one in differing for part in wanted[one]])
    return Renewed(len(differing), unfinished)


def differing(keys: Iterable[int]) -> int:
    """Of how many of these publications the index says something else than they do."""
    ids = sorted(set(keys))
    rows = Publication.objects.filter(pk__in=ids).select_related("agency", "category")
    wanted, _unfinished = _wanted(list(rows.only(*FIELDS)), storage.MOST_PARTS)
    stored: dict[int, dict[int, str]] = defaultdict(dict)
    for row in SearchRow.objects.filter(publication__in=ids).only("key", "digest", "publication"):
        stored[row.publication_id][row.key] = row.digest
    return sum(stored[one] != {part.key: part.digest for part in wanted[one]} for one in ids)


def forget(keys: Iterable[int]) -> None:
    """Take publications out, whatever they are."""
    _remove(list(SearchRow.objects.filter(publication__in=list(keys))))


def empty() -> None:
    """Forget everything."""
    backend().empty()
    forget_rows()


def forget_rows() -> None:
    """Forget what stood in an index that is no more (another way of making tokens)."""
    SearchRow.objects.all()._raw_delete("default")


def _remove(rows: Sequence[SearchRow]) -> None:
    if rows:
        backend().remove([Source.unpacked(bytes(row.source)).entry(row.key) for row in rows])
        SearchRow.objects.filter(key__in=[row.key for row in rows]).delete()


def _add(parts: Sequence[Part]) -> None:
    if parts:
        backend().add([part.source.entry(part.key) for part in parts])
        SearchRow.objects.bulk_create(
            [
                SearchRow(
                    key=part.key,
                    publication_id=part.publication_id,
                    digest=part.digest,
                    source=part.source.packed(),
                )
                for part in parts
            ]
        )


def _wanted(
    publications: Sequence[Publication], most_parts: int
) -> tuple[dict[int, list[Part]], list[int]]:
    public = [one for one in publications if belongs(one)]
    agencies = _ancestors(Agency, {one.agency.path for one in public})
    categories = _ancestors(Category, {one.category.path for one in public})
    files = _files(public)
    found: dict[int, list[Part]] = defaultdict(list)
    unfinished = []
    for one in public:
        facets = (
            *(f"=a{pk}" for pk in agencies[one.agency.path]),
            *(f"=c{pk}" for pk in categories[one.category.path]),
            *([f"=k{one.document_type}"] if one.document_type else []),
        )
        pieces = [Piece("", html.to_plain(one.body)), *files[one.pk]]
        parts, is_cut = in_parts(
            [piece for piece in pieces if piece.text or piece.name], most_parts
        )
        if is_cut:
            unfinished.append(one.pk)
        for number, part in enumerate(parts):
            source = Source(
                *(one.title, one.document_number, one.keywords, one.summary),
                facets,
                tuple(part),
            )
            assert one.published_at is not None  # noqa: S101  (a constraint of the table)
            key = storage.key_of(one.published_at, one.pk, number)
            found[one.pk].append(Part(key, one.pk, source, source.digest(key)))
    return found, unfinished


def _files(public: Sequence[Publication]) -> dict[int, list[Piece]]:
    """The texts of the cleared attachments, each under the name of its file."""
    found: dict[int, list[Piece]] = defaultdict(list)
    rows = Attachment.objects.filter(publication__in=public).order_by("order", "pk")
    for one in rows.select_related("text_row", "file_check"):
        check, text = getattr(one, "file_check", None), getattr(one, "text_row", None)
        is_cleared = check is not None and check.cleared_at is not None
        read = text.text if text is not None and text.sha256 == one.sha256 else ""
        found[one.publication_id].append(Piece(one.name, read if is_cleared else ""))
    return found


def _ancestors(model: type[Agency] | type[Category], paths: set[str]) -> dict[str, list[int]]:
    """The keys of each node and of all above it."""
    step = model.steplen
    ways = {path: [path[:end] for end in range(step, len(path) + 1, step)] for path in paths}
    every = {above for way in ways.values() for above in way}
    keys = dict(model.objects.filter(path__in=every).values_list("path", "pk"))
    return {path: [keys[above] for above in way if above in keys] for path, way in ways.items()}

"""Answering a question of words: the index gives keys in order, the table says which are public.

Relevance is three tiers, each newest first: the document number itself, every word in the title
or number, the rest. So both databases give the same order, and a page goes on from (tier, place).
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, QuerySet

from disclosure.core.dates import now
from disclosure.core.paging import COUNT_CAP, Page
from disclosure.publications.models import Publication
from disclosure.publications.presenting import for_list
from disclosure.publications.searching import Snippet, Spans, Tally, Wanted, tally
from disclosure.search import asking, marking, storage, synonyms
from disclosure.search.backends import Look, Stretch, backend
from disclosure.search.folding import fold
from disclosure.search.models import SearchRow
from disclosure.search.source import Source, whole_number

_EXACT, _TITLE, _REST = 3, 2, 1
#: Of the orders that know no tiers.
_ONLY = 0
_MARK = re.compile(r"([0-3])-([0-9a-f]{1,15})")
#: Rows of the index that are looked at for one page; then it ends, and the next one goes on.
MOST_LOOKED_AT = 5_000
_LARGEST_STEP = 1_000
SNIPPET = 120


@dataclass(frozen=True)
class Mark:
    """Where a page begins or ends."""

    tier: int
    place: int

    def __str__(self) -> str:
        return f"{self.tier}-{self.place:x}"


@dataclass(frozen=True)
class Hit:
    """A publication that was found, and by which part of it."""

    mark: Mark
    key: int
    row: Any


def read_mark(text: str, tiers: Iterable[int]) -> Mark | None:
    """The mark that `text` is; None for what is none of this order."""
    found = _MARK.fullmatch(text)
    if found is None:
        return None
    mark = Mark(int(found[1]), int(found[2], 16))
    return mark if mark.tier in tiers and mark.place <= storage.LAST_PLACE else None


class IndexSearch:
    """See `publications.searching.Search`."""

    def __init__(self, text: str) -> None:
        others = synonyms.mapping() if text.strip() else {}
        self.question = asking.parse(text, others)
        self.number = whole_number(text) if self.question.number else ""
        self.is_apart = False
        self._keys: dict[int, int] = {}
        apart = asking.parse(text, others, is_apart=True)
        # Of the words alone, not of the filters: the same on every page of the answer.
        if apart != self.question and not _is_anything(self.question):
            self.question, self.is_apart = apart, True

    @property
    def plain_words(self) -> list[str]:
        """The words that are looked for, for what has no index."""
        return [fold(term.shown) for term in self.question.wanted]

    # --- pages ---------------------------------------------------------------------------------
    def page(
        self, wanted: Wanted, *, after: str | None, before: str | None, size: int
    ) -> Page[Publication]:
        """A page in the order asked for; what is not public or filtered away is stepped over."""
        tiers = self._tiers(wanted.order)
        is_broken = bool(after and before)
        start = read_mark(after or before or "", tiers) if not is_broken else None
        is_broken = is_broken or (bool(after or before) and start is None)
        is_back = bool(before) and start is not None
        descending = (wanted.order != "oldest") != is_back
        hits, reached = self._walk(
            wanted, tiers[::-1] if is_back else tiers, start, descending, size + 1
        )
        more = str(reached) if reached else None
        if len(hits) > size:
            hits = hits[:size]
            more = str(hits[-1].mark)
        if is_back:
            hits.reverse()
        self._keys.update((hit.row.pk, hit.key) for hit in hits)
        first, last = (str(hits[0].mark), str(hits[-1].mark)) if hits else (None, None)
        return Page(
            rows=[hit.row for hit in hits],
            after=last if is_back else more,
            before=(more if is_back else first) if start else None,
            is_broken=is_broken,
        )

    def _tiers(self, order: str) -> tuple[int, ...]:
        if order != "relevance" or self.question.is_empty:
            return (_ONLY,)
        return (_EXACT, _TITLE, _REST) if self.number else (_TITLE, _REST)

    def _walk(
        self,
        wanted: Wanted,
        tiers: tuple[int, ...],
        start: Mark | None,
        descending: bool,
        need: int,
    ) -> tuple[list[Hit], Mark | None]:
        """At most `need` hits from `start` on; and where it stopped, had it not come to an end."""
        hits: list[Hit] = []
        looked_at = 0
        rows = for_list(wanted.rows)
        for tier in tiers[tiers.index(start.tier) if start else 0 :]:
            low, high = _bounds(wanted)
            if start is not None and tier == start.tier:
                low, high = (
                    (low, min(high, start.place - 1))
                    if descending
                    else (max(low, start.place + 1), high)
                )
            look = self._look(wanted, tier)
            for keys in _chunks(look, low, high, descending, need + 10):
                hits += _public(_without(keys, look), rows, tier)
                looked_at += len(keys)
                if len(hits) >= need:
                    return hits[:need], None
                if looked_at >= MOST_LOOKED_AT:
                    return hits, Mark(tier, storage.place(keys[-1]))
        return hits, None

    def _look(self, wanted: Wanted, tier: int = _ONLY) -> Look:
        facets = [
            *([f"=a{wanted.agency}"] if wanted.agency else []),
            *([f"=c{wanted.category}"] if wanted.category else []),
            *([f"=k{wanted.document_type}"] if wanted.document_type else []),
        ]
        return Look(
            # The number's own token says all that its words would.
            terms=() if tier == _EXACT else self.question.terms,
            facets=tuple(facets),
            number=self.number,
            has_number=(tier == _EXACT) if self.number and tier != _ONLY else None,
            in_title={_TITLE: True, _REST: False}.get(tier),
        )

    def titles(self, rows: QuerySet[Publication], most: int) -> list[str]:
        """Titles in which every word is, each once, the newest first."""
        if self.question.is_empty:
            return []
        found: dict[str, None] = {}
        wanted = Wanted(rows)
        look = Look(terms=self.question.terms, in_title=True)
        for keys in _chunks(look, *_bounds(wanted), True, most * 2):
            found.update((hit.row.title, None) for hit in _public(keys, for_list(rows), _TITLE))
            if len(found) >= most or len(keys) >= _LARGEST_STEP:
                break
        return list(found)[:most]

    # --- counting ------------------------------------------------------------------------------
    def tally(self, wanted: Wanted) -> Tally:
        """Counted over the newest thousand that fit; nothing grows with what there is."""
        low, high = _bounds(wanted)
        found: list[tuple[int, int, str, dt.datetime]] = []
        looked_at = 0
        look = self._look(wanted)
        for keys in _chunks(look, low, high, True, COUNT_CAP + 1):
            columns = ("pk", "agency", "category", "document_type", "published_at")
            # A dictionary: several parts of a publication can be among the keys.
            fit = _of(_without(keys, look), wanted.rows)
            rows = {row[0]: row[1:] for row in fit.values_list(*columns)}
            found += sorted(rows.values(), key=lambda row: row[3], reverse=True)
            looked_at += len(keys)
            if len(found) > COUNT_CAP or looked_at >= MOST_LOOKED_AT:
                return tally(found, is_capped=True)
        return tally(found)

    # --- showing -------------------------------------------------------------------------------
    def spans(self, text: str) -> Spans:
        return marking.spans(text, self.question) if self.question.terms and text else []

    def snippets(self, publications: Iterable[Publication]) -> dict[int, Snippet]:
        """The passage of the part that was found, where title and summary do not show the words."""
        asked = {
            self._keys[one.pk]: one.pk
            for one in publications
            if self.question.terms and one.pk in self._keys and not self.spans(one.summary)
        }
        rows = SearchRow.objects.filter(key__in=asked).values_list("key", "source")
        found = {}
        for key, source in rows if asked else ():
            snippet = self._passage(Source.unpacked(bytes(source)))
            if snippet is not None:
                found[asked[key]] = snippet
        return found

    def _passage(self, source: Source) -> Snippet | None:
        for piece in source.pieces:
            if not piece.text:
                continue
            text, spans = marking.snippet(piece.text, self.question, SNIPPET)
            if spans:
                return Snippet(text, spans, piece.name)
        return None


def _is_anything(question: asking.Question) -> bool:
    """Whether anything in the index that is out already answers the question: nobody is to learn
    from it which words what is scheduled has."""
    out = Stretch(0, storage.highest_key(storage.last_place_at(now())), 1)
    return bool(backend().keys(Look(terms=question.terms), out))


def _bounds(wanted: Wanted) -> tuple[int, int]:
    """The lowest and the highest place that can be meant; what is scheduled lies beyond."""
    end = now()
    low = storage.first_place_at(wanted.start) if wanted.start else 0
    high = storage.last_place_at(end)
    if wanted.end is not None and wanted.end <= end:
        high = min(high, storage.last_place_at(wanted.end))
    return low, high


def _chunks(look: Look, low: int, high: int, descending: bool, step: int) -> Iterator[list[int]]:
    """The keys that fit between two places, in growing chunks; a place may come twice."""
    while low <= high:
        stretch = Stretch(storage.lowest_key(low), storage.highest_key(high), step, descending)
        keys = backend().keys(look, stretch)
        if keys:
            yield keys
        if len(keys) < step:
            return
        reached = storage.place(keys[-1])
        low, high = (low, reached - 1) if descending else (reached + 1, high)
        step = max(step, min(step * 4, _LARGEST_STEP))


def _without(keys: list[int], look: Look) -> list[int]:
    """The keys whose publications have what is not wanted in none of their parts."""
    if not look.unwanted:
        return keys
    owners = SearchRow.objects.filter(key__in=keys).values("publication")
    every = SearchRow.objects.filter(publication__in=owners).values_list("key", flat=True)
    # A part of a publication that is one part alone has been looked at already.
    others = tuple(sorted(set(every) - set(keys)))
    if not others:
        return keys
    low, high = (
        storage.lowest_key(storage.place(others[0])),
        storage.highest_key(storage.place(others[-1])),
    )
    refused: set[int] = set()
    for term in look.unwanted:
        asked = Look(terms=(replace(term, is_excluded=False),))
        stretch = Stretch(low, high, len(others), among=others)
        refused.update(storage.place(key) for key in backend().keys(asked, stretch))
    return [key for key in keys if storage.place(key) not in refused]


def _public(keys: list[int], rows: QuerySet[Publication], tier: int) -> list[Hit]:
    """The publications of these keys that are among `rows`, each once, in the order of the keys."""
    found = {row.search_key: row for row in _of(keys, rows)}  # type: ignore[attr-defined]
    hits: dict[int, Hit] = {}
    for key in keys:
        if key in found:
            row = found[key]
            hits.setdefault(row.pk, Hit(Mark(tier, storage.place(key)), key, row))
    return list(hits.values())


def _of(keys: list[int], rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """Those of `rows` that these keys belong to, once for each; unordered."""
    found = rows.filter(search_rows__key__in=keys).order_by()
    return found.annotate(search_key=F("search_rows__key"))

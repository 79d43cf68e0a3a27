"""What lists ask of the search: words in, publications out. The room of the search answers; it
registers when the app is ready, for publications know nothing of its index.
"""

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import QuerySet

from disclosure.core.dates import legal_day
from disclosure.core.paging import COUNT_CAP, Page
from disclosure.publications.models import Publication

MAX_LENGTH = 200
MAX_WORDS = 10
#: Stretches of letters and characters in them: each may be something to be looked up.
MAX_PIECES = 30
_PIECE = re.compile(r"[^\W_]+")
#: Where a text is to be marked: from which character up to which.
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Wanted:
    """What a list asks beside the words. `rows` has every filter but the words; what the index
    can tell by itself is said once more, so that it need not look at every row."""

    rows: QuerySet[Publication]
    order: str = "relevance"
    agency: int | None = None
    category: int | None = None
    document_type: str = ""
    #: Published at the one moment or later, and before the other.
    start: dt.datetime | None = None
    end: dt.datetime | None = None


@dataclass(frozen=True)
class Tally:
    """How many fit, and how many of those in each value of a facet; counted over the newest that
    fit, where there are too many (`is_capped`). The dimensions are "agency" and "category" (keys),
    "document_type" (codes) and "year"."""

    count: int
    is_capped: bool
    values: Mapping[str, Mapping[Any, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Snippet:
    """The passage of the text, or of the attachment called `name`, where the words are."""

    text: str
    spans: Spans
    name: str = ""


class Search(Protocol):
    """A question of words.

    `is_apart`: nothing has the words as they are written, so long ones were taken apart.
    """

    is_apart: bool

    @property
    def plain_words(self) -> list[str]:
        """The words that are looked for, for what has no index."""

    def page(
        self, wanted: Wanted, *, after: str | None, before: str | None, size: int
    ) -> Page[Publication]:
        """A page of what fits, in the order asked for; its marks are those of this question."""

    def tally(self, wanted: Wanted) -> Tally:
        """How many fit."""

    def spans(self, text: str) -> Spans:
        """Where the words are in a text."""

    def snippets(self, publications: Iterable[Publication]) -> dict[int, Snippet]:
        """Passages for publications of a page that was found, by key; one query."""


_makers: list[Callable[[str], Search]] = []
_totals: list[Callable[[], Tally]] = []


def register(maker: Callable[[str], Search], totals: Callable[[], Tally]) -> None:
    """Have `maker` answer from now on, and `totals` say how much of everything there is."""
    _makers[:], _totals[:] = [maker], [totals]


def totals() -> Tally:
    """How many items are public in each value of a facet, as last counted; one query."""
    return _totals[0]()


def tally(found: Sequence[tuple[int, int, str, dt.datetime]], *, is_capped: bool = False) -> Tally:
    """The tally of rows (agency, category, kind, moment of publication), the newest first."""
    counted = found[:COUNT_CAP]
    return Tally(
        len(counted),
        is_capped or len(found) > COUNT_CAP,
        {
            "agency": Counter(row[0] for row in counted),
            "category": Counter(row[1] for row in counted),
            "document_type": Counter(row[2] for row in counted if row[2]),
            "year": Counter(legal_day(row[3]).year for row in counted),
        },
    )


def search(text: str) -> Search:
    """The question that a text asks; without words it is about everything in the index."""
    return _makers[0](text)


def words_of(query: str) -> list[str]:
    """The words of a query, each once, in their order."""
    return list(dict.fromkeys(query.split()))


def is_in_pieces(query: str) -> bool:
    """Whether it asks for too much at once, however its words are parted: 一、二、三 …"""
    return len(_PIECE.findall(unicodedata.normalize("NFKC", query))) > MAX_PIECES


def best(text: str, rows: QuerySet[Publication], size: int) -> list[Publication]:
    """The first few of `rows` that fit best."""
    return search(text).page(Wanted(rows), after=None, before=None, size=size).rows

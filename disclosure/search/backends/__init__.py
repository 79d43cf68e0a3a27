"""Where the words of the index are kept, in the way of each database; `backend()` says which.

Both hold the same: for each key two texts as positioned tokens (title with number; everything) and
the tokens of its facets. Both answer the same question: the keys that fit, in the order of keys.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from django.db import DEFAULT_DB_ALIAS, connections

from disclosure.search.asking import Term

#: A word of the index and its position.
Token = tuple[str, int]
#: Kept in the tables' names: another way of making tokens is another table, filled anew.
VERSION = 1


@dataclass(frozen=True)
class Entry:
    """A part of a publication: the tokens of each text by themselves, for no phrase reaches from
    one text to another."""

    key: int
    title: Sequence[Sequence[Token]]
    full: Sequence[Sequence[Token]]
    facets: Sequence[str]


@dataclass(frozen=True)
class Look:
    """What is looked for: every term, every facet, and where a tier is asked for, that it has (or
    has not) the number and all the words in the title."""

    terms: tuple[Term, ...] = ()
    facets: tuple[str, ...] = ()
    number: str = ""
    has_number: bool | None = None
    in_title: bool | None = None

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.is_excluded)

    @property
    def unwanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.is_excluded)


@dataclass(frozen=True)
class Stretch:
    """From which key to which (both included), from which end, and how many at most."""

    low: int
    high: int
    limit: int
    descending: bool = True
    #: Keys of the index that alone are asked about.
    among: tuple[int, ...] = field(default=())


class Backend(Protocol):
    """What a database does for the search."""

    def install(self) -> bool:
        """Make the tables that are missing; True when the index is new and has to be filled."""

    def empty(self) -> None:
        """Forget everything."""

    def add(self, entries: Iterable[Entry]) -> None:
        """Take up entries whose keys are not there."""

    def remove(self, entries: Iterable[Entry]) -> None:
        """Forget entries; they are as they were when they were added."""

    def keys(self, look: Look, stretch: Stretch) -> list[int]:
        """The keys that fit, in their order."""


def number_token(number: str) -> str:
    """The facet token of a whole document number."""
    return f"=n{number}"


def backend(using: str = DEFAULT_DB_ALIAS) -> Backend:
    """The backend of the database in use."""
    return _backend(connections[using].vendor)


@cache
def _backend(vendor: str) -> Backend:
    if vendor == "sqlite":
        from disclosure.search.backends.sqlite import SqliteBackend

        return SqliteBackend()
    from disclosure.search.backends.postgres import PostgresBackend

    return PostgresBackend()

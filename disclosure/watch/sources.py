"""What other rooms know about an agency's columns (dead links, say): they register a source when
the app is ready, and the report shows a figure for each agency and each of its columns.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

#: Keys of agency and category → how many.
Columns = Mapping[tuple[int, int], int]
#: Agencies' keys → their columns that have any; one query, whatever the number of agencies.
Count = Callable[[Collection[int]], Columns]


@dataclass(frozen=True)
class Source:
    """A figure for each column of an agency; `url` leads staff to the things themselves."""

    key: str
    label: str | Promise
    count: Count
    url: str = ""


_registered: dict[str, Source] = {}


def register(key: str, label: str | Promise, count: Count, *, url: str = "") -> None:
    """Have a figure in the report; the same key again replaces it."""
    _registered[key] = Source(key, label, count, url)


def sources() -> list[Source]:
    """The sources in the order of registration."""
    return list(_registered.values())

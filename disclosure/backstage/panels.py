"""What must I do today: each room registers panels, the start page shows those with something.

A panel function takes the person and answers a `Panel` (or None where it does not concern them)
with a fixed number of queries, however much there is to do.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from disclosure.agencies.models import User
from disclosure.core.paging import capped_count

#: Rows that a panel shows; the rest is behind its link.
ROWS = 8

Level = Literal["green", "amber", "red", ""]
#: A level is never said by colour alone.
LEVEL_WORDS: dict[str, str | Promise] = {
    "red": _("overdue"),
    "amber": _("soon due"),
    "green": _("in time"),
    "": "",
}


@dataclass(frozen=True)
class Row:
    """One thing to do. `word` says the level in words; `note` is what else helps to choose."""

    label: str
    url: str
    level: Level = ""
    word: str | Promise = ""
    note: str | Promise = ""
    agency: str = ""

    @property
    def said(self) -> str | Promise:
        return self.word or LEVEL_WORDS[self.level]


@dataclass(frozen=True)
class Panel:
    """A heading with its first rows; `url` leads to the list of all of them."""

    key: str
    title: str | Promise
    rows: Sequence[Row]
    count: int
    url: str
    more: bool = False
    empty: str | Promise = ""

    @property
    def level(self) -> Level:
        """The worst level among the rows."""
        levels = {row.level for row in self.rows}
        for level in ("red", "amber", "green"):
            if level in levels:
                return level
        return ""


PanelFunction = Callable[[User], Panel | None]
_registered: dict[str, tuple[int, PanelFunction]] = {}


def register(key: str, function: PanelFunction, *, order: int = 100) -> None:
    """Have `function` asked for the start page; the same key again replaces it."""
    _registered[key] = (order, function)


def panels_for(user: User) -> list[Panel]:
    """The panels that concern `user`, in their order."""
    ordered = sorted(_registered.items(), key=lambda item: (item[1][0], item[0]))
    made = (function(user) for _key, (_order, function) in ordered)
    return [panel for panel in made if panel is not None]


def panel_of(
    key: str,
    title: str | Promise,
    queryset: QuerySet[Any],
    row: Callable[[Any], Row],
    url: str,
    *,
    empty: str | Promise = "",
) -> Panel | None:
    """A panel over `queryset` in two queries; None when there is nothing and nothing to say."""
    objects: Iterable[Any] = list(queryset[:ROWS])
    rows = [row(obj) for obj in objects]
    if len(rows) < ROWS:
        count, more = len(rows), False
    else:
        count, more = capped_count(queryset)
    if not rows and not empty:
        return None
    return Panel(key=key, title=title, rows=rows, count=count, url=url, more=more, empty=empty)

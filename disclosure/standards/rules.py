"""When a publication belongs to an item of a standard catalogue. Pure."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

#: A shorter name is in too many titles to say anything.
SHORTEST_MATTER = 4


def plain(text: str) -> str:
    """`text` as it is compared: one width, no blanks, small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


@dataclass(frozen=True)
class Rule:
    """What an item takes: `categories` (None: any), `words` of which one must occur (none: all).

    Without both it takes nothing.
    """

    categories: frozenset[int] | None
    words: tuple[str, ...]

    def takes(self, title: str, keywords: str, category: int) -> bool:
        """Whether it takes a publication; `title` and `keywords` as `plain` gives them."""
        if self.categories is None and not self.words:
            return False
        if self.categories is not None and category not in self.categories:
            return False
        return not self.words or any(word in title or word in keywords for word in self.words)


def rule_of(categories: frozenset[int] | None, keywords: Sequence[str], matter: str) -> Rule:
    """The rule of an item; its own name stands for keywords where it has nothing else."""
    words = tuple(word for word in map(plain, keywords) if word)
    if not words and categories is None and len(name := plain(matter)) >= SHORTEST_MATTER:
        words = (name,)
    return Rule(categories, words)

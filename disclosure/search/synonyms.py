"""Words that mean the same (同义词): the groups that staff keep, as the search asks for them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from disclosure.search.folding import fold
from disclosure.search.models import SearchSynonym

_PARTS = re.compile(r"[;；、]")


def parts(words: str) -> list[str]:
    """The words of a group, each once."""
    return list(dict.fromkeys(word.strip() for word in _PARTS.split(words) if word.strip()))


def as_mapping(groups: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Each word, folded, with the others of its groups."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for group in groups:
        folded = [fold(word) for word in parts(group)]
        for word in folded:
            found[word].update((other, None) for other in folded if other != word)
    return {word: tuple(others) for word, others in found.items()}


def mapping() -> Mapping[str, tuple[str, ...]]:
    """What is in use now; one query."""
    active = SearchSynonym.objects.filter(is_active=True).order_by("pk")
    return as_mapping(active.values_list("words", flat=True))

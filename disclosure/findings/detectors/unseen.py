"""Signs that nobody sees (zero-width, soft hyphens): they part no word, wherever they stand."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import wraps

from disclosure.findings.detectors.digits import UNSEEN
from disclosure.findings.detectors.kinds import Hit

_UNSEEN = re.compile(f"[{UNSEEN}]")


def as_seen(text: str) -> tuple[str, Sequence[int]]:
    """The text without the signs that nobody sees, and where each sign of it stands in `text`."""
    if _UNSEEN.search(text) is None:
        return text, range(len(text))
    places = [place for place, sign in enumerate(text) if sign not in UNSEEN]
    return _UNSEEN.sub("", text), places


def through_unseen(detect: Callable[[str], Iterable[Hit]]) -> Callable[[str], Iterator[Hit]]:
    """A detector that looks at the text as it is seen; its hits stand in the text as it is."""

    @wraps(detect)
    def looking(text: str) -> Iterator[Hit]:
        seen, places = as_seen(text)
        for hit in detect(seen):
            yield replace(hit, start=places[hit.start], end=places[hit.end - 1] + 1)

    return looking

"""Documents that a text cites: numbers (某政办〔2013〕5号) and titles (《…》)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from disclosure.findings.detectors.digits import narrow

_NUMBER = re.compile(
    r"(?P<prefix>[\u4e00-\u9fffA-Za-z]{1,20})[ ]?[〔\[［【（(](?P<year>(?:19|20)\d\d)[〕\]］】）)]"
    r"[ ]?第?(?P<serial>\d{1,6})[ ]?号"
)
_TITLE = re.compile(r"《(?P<title>[^《》\n]{2,200}(?:《[^《》\n]{1,150}》[^《》\n]{0,100}){0,3})》")


@dataclass(frozen=True)
class Citation:
    """A cited document; `texts` are the ways in which its number or title may be meant."""

    kind: str  # "number" or "title"
    start: int
    end: int
    texts: tuple[str, ...]


def citations(text: str) -> Iterator[Citation]:
    """Every citation in its order. Before a number a word may stand that is no part of it
    (根据某政办〔2013〕5号), so each ending of what stands there is offered, the longest first."""
    found = [*_numbers(narrow(text)), *_titles(text)]
    yield from sorted(found, key=lambda one: one.start)


def _numbers(text: str) -> Iterator[Citation]:
    for one in _NUMBER.finditer(text):
        prefix = one["prefix"]
        tail = f"〔{one['year']}〕{one['serial']}号"
        texts = tuple(prefix[place:] + tail for place in range(len(prefix)))
        yield Citation("number", one.start(), one.end(), texts)


def _titles(text: str) -> Iterator[Citation]:
    for one in _TITLE.finditer(text):
        yield Citation("title", one.start("title"), one.end("title"), (one["title"],))

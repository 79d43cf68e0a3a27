"""Which agency a report's wording means (机关名称, 简称): pure, over names given to it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from disclosure.reports.reading.numerals import narrow


@dataclass(frozen=True)
class Known:
    """An agency with every name it goes by, and its place in the tree."""

    code: str
    path: str
    names: tuple[str, ...]


def plain(name: str) -> str:
    """A name for comparison: without blanks, with one kind of brackets, in small letters."""
    return re.sub(r"\s", "", narrow(name)).replace("（", "(").replace("）", ")").lower()


def meant_by(wording: str, agencies: Iterable[Known]) -> list[Known]:
    """The agencies that a wording can mean: one is an answer, none or several are not.

    A name or a code as it stands; failing that, a shortening, in which characters are left out
    but none changed (省人防办 for 省人民防空办公室). Of an agency and those below it, the upper one
    is meant.
    """
    wanted = plain(wording)
    known = list(agencies)
    exact = [
        one for one in known if wanted in {plain(one.code), *(plain(name) for name in one.names)}
    ]
    if exact or len(wanted) < 4:
        return exact
    shortened = [one for one in known if any(_shortens(wanted, plain(n)) for n in one.names)]
    upper = min(shortened, key=lambda one: len(one.path), default=None)
    if upper and all(one.path.startswith(upper.path) for one in shortened):
        return [upper]
    return shortened


def _shortens(short: str, full: str) -> bool:
    """Whether `short` keeps the first two characters of `full` and leaves out others in order."""
    if not full.startswith(short[:2]) or len(short) >= len(full):
        return False
    rest = iter(full)
    return all(character in rest for character in short)

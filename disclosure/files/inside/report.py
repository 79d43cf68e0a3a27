"""What is found in a file, and why one is refused: codes that the portal puts into words."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

#: So many findings of one kind are told singly, the others by their number.
TOLD_OF_A_KIND = 20
EXCERPT = 80
#: What PostgreSQL stores in no text: NUL and halves of pairs. Other controls say nothing either.
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]+")


@dataclass(frozen=True)
class HiddenFinding:
    """Something that a reader of the file would not see.

    `where`: places from the outside in, parted by ` > `, each `kind:name` (page:3, sheet:内部).
    """

    kind: str
    where: str = ""
    detail: str = ""


class Refused(Exception):
    """The file is not looked into any further; `code` says why, `where` in what part of it."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.where = where


@dataclass
class Limits:
    """What one file may cost, whatever is packed into it; shared by all that it contains."""

    unpacked: int = 400 * 2**20
    part: int = 64 * 2**20
    ratio: int = 200
    members: int = 5000
    pages: int = 3000
    pixels: int = 80_000_000
    depth: int = 2
    text: int = 2_000_000


@dataclass
class Spent:
    """How much of the limits one file has used so far."""

    limits: Limits = field(default_factory=Limits)
    unpacked: int = 0
    members: int = 0
    depth: int = 0

    def unpack(self, size: int) -> None:
        """Count unpacked bytes; refuse when they are too many."""
        self.unpacked += size
        if self.unpacked > self.limits.unpacked:
            raise Refused("bomb")

    def enter(self, members: int) -> None:
        """Count the members of an archive; refuse when they are too many."""
        self.members += members
        if self.members > self.limits.members:
            raise Refused("members")


def storable(text: str, *, instead: str = "") -> str:
    """`text` without what a database does not take."""
    return _UNSTORABLE.sub(instead, text)


def excerpt(text: str) -> str:
    """The beginning of `text` on one line."""
    line = " ".join(storable(text, instead=" ").split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1]}…"


def inside(where: str, findings: Iterable[HiddenFinding]) -> list[HiddenFinding]:
    """The findings of a part, placed in the whole."""
    return [
        HiddenFinding(one.kind, f"{where} > {one.where}" if one.where else where, one.detail)
        for one in findings
    ]


def shortened(findings: Iterable[HiddenFinding]) -> list[HiddenFinding]:
    """Each once, and the first of each kind; the rest of a kind as one finding with its number."""
    told: list[HiddenFinding] = []
    number: dict[str, int] = {}
    for one in dict.fromkeys(findings):
        number[one.kind] = number.get(one.kind, 0) + 1
        if number[one.kind] <= TOLD_OF_A_KIND:
            told.append(one)
    told += [
        HiddenFinding(kind, "", f"+{found - TOLD_OF_A_KIND}")
        for kind, found in number.items()
        if found > TOLD_OF_A_KIND
    ]
    return told


def as_json(findings: Iterable[HiddenFinding]) -> list[dict[str, str]]:
    return [
        {name: storable(value) for name, value in asdict(one).items()}
        for one in shortened(findings)
    ]

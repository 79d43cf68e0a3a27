"""What of a publication is indexed, cut into parts, and how a part is kept and read again."""

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from disclosure.search.backends import VERSION, Entry, number_token
from disclosure.search.folding import fold
from disclosure.search.numbers import find_asked
from disclosure.search.storage import MOST_PARTS
from disclosure.search.tokenise import tokens

#: Characters of text in a part: PostgreSQL keeps some 16,000 positions of a vector.
PART_LENGTH = 9_000
#: So many characters stand in two parts: a phrase across the cut is found.
OVERLAP = 60


@dataclass(frozen=True)
class Piece:
    """A stretch of text: of the publication itself (no name), or of an attachment."""

    name: str
    text: str


@dataclass(frozen=True)
class Source:
    """What a part of the index is made of. The head is the same in each part."""

    title: str
    number: str
    keywords: str
    summary: str
    facets: tuple[str, ...]
    pieces: tuple[Piece, ...]

    def packed(self) -> bytes:
        fields = [
            *(self.title, self.number, self.keywords, self.summary, self.facets),
            [(piece.name, piece.text) for piece in self.pieces],
        ]
        text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        return zlib.compress(text.encode())

    @classmethod
    def unpacked(cls, packed: bytes) -> "Source":
        title, number, keywords, summary, facets, pieces = json.loads(zlib.decompress(packed))
        texts = tuple(Piece(*piece) for piece in pieces)
        return cls(title, number, keywords, summary, tuple(facets), texts)

    def digest(self, key: int) -> str:
        """Another one than the row's means: to be indexed anew."""
        text = repr((VERSION, key, self))
        return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]

    def entry(self, key: int) -> Entry:
        """The part as tokens."""
        title = [tokens(text) for text in (self.title, self.number) if text]
        texts = [self.keywords, self.summary]
        texts += [text for piece in self.pieces for text in (piece.name, piece.text)]
        full = [*title, *(tokens(text) for text in texts if text)]
        number = whole_number(self.number)
        own = (number_token(number),) if number else ()
        return Entry(key, title, full, (*self.facets, *own))


def whole_number(text: str) -> str:
    """A document number with its office in one form, whatever brackets: 辽防办发2013-5. Of a text
    that is more than a number: its letters and figures."""
    folded = fold(text)
    numbers = list(find_asked(folded))
    if len(numbers) != 1 or _squeezed(folded[numbers[0].end :]):
        return _squeezed(folded)
    number = numbers[0]
    return f"{_squeezed(folded[: number.start])}{number.year}-{number.count}"


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def in_parts(pieces: Sequence[Piece], most: int = MOST_PARTS) -> tuple[list[list[Piece]], bool]:
    """The pieces in at most `most` parts (one at least), and whether something was left out."""
    parts: list[list[Piece]] = [[]]
    room = PART_LENGTH
    for piece in _cut(pieces):
        if len(piece.text) > room and parts[-1]:
            if len(parts) == most:
                return parts, True
            parts.append([])
            room = PART_LENGTH
        parts[-1].append(piece)
        room -= len(piece.text)
    return parts, False


def _cut(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces of which each fits into a part; those of a longer one overlap."""
    for piece in pieces:
        for start in range(0, max(len(piece.text), 1), PART_LENGTH - OVERLAP):
            if start == 0 or start + OVERLAP < len(piece.text):
                yield Piece(piece.name, piece.text[start : start + PART_LENGTH])

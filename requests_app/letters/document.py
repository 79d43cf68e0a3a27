"""What an official letter says, in the order in which it is read. Pure: no Django.

The texts are Chinese because the letters are: they are content, kept with the case and never
translated. Both renderings take every line from here, so that neither says more than the other.
"""

import datetime
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

#: Counted up when a stored letter would be read differently; part of what is hashed.
FORMAT: Final = 1

_BLANKS = re.compile(r"[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
#: Controls, surrogates, and marks without a shape: they can break a file, or turn a text round so
#: that it reads differently from what was approved.
_SHAPELESS = frozenset({"Cc", "Cf", "Cs"})


def tidy(text: str) -> str:
    """One line as it is printed: blanks and line breaks as one space, nothing invisible."""
    return _BLANKS.sub(" ", "".join(char for char in text if _shows(char))).strip()


def _shows(char: str) -> bool:
    no_character = (ord(char) & 0xFFFE) == 0xFFFE
    return bool(_BLANKS.match(char)) or not (
        no_character or unicodedata.category(char) in _SHAPELESS
    )


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, list | tuple):
        return tuple(_tidied(each) for each in value)
    return value


class _Tidy:
    """Every text is tidied once, when the thing is made; lists become tuples."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            object.__setattr__(self, field.name, _tidied(getattr(self, field.name)))


@dataclass(frozen=True)
class Paragraph(_Tidy):
    """A paragraph of the body, its first line indented by two characters."""

    text: str

    @property
    def line(self) -> str:
        return self.text


@dataclass(frozen=True)
class Heading(_Tidy):
    """A heading within the body (一、…)."""

    text: str
    #: Not a field: templates tell it from a paragraph by this.
    is_heading = True

    @property
    def line(self) -> str:
        return self.text


@dataclass(frozen=True)
class ListItem(_Tidy):
    """A numbered paragraph: the number as written, with its mark (`（一）`, `1.`)."""

    number: str
    text: str

    @property
    def line(self) -> str:
        return f"{self.number}{self.text}"


@dataclass(frozen=True)
class Table(_Tidy):
    """Rows of equally many cells; the first row is the heading, repeated on each page."""

    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        if len({len(row) for row in self.rows}) != 1 or not self.rows[0]:
            raise ValueError("The rows of a table have equally many cells, at least one.")


Block = Paragraph | Heading | ListItem | Table

#: The kinds of blocks as they are stored.
KINDS: Final[dict[str, type[Paragraph] | type[Heading] | type[ListItem] | type[Table]]] = {
    "paragraph": Paragraph,
    "heading": Heading,
    "item": ListItem,
    "table": Table,
}
_KIND_OF: Final = {kind: name for name, kind in KINDS.items()}


@dataclass(frozen=True)
class Document(_Tidy):
    """A letter, complete. Without a verification code it is a draft and says so on each page.

    `letterhead` is the red heading (发文机关标志), `number` the document number (发文字号),
    `signature` the agency's full name; `date` is the day on which the letter is made (成文日期).
    """

    letterhead: str
    title: str
    number: str
    addressee: str
    blocks: tuple[Block, ...]
    signature: str
    date: datetime.date
    enclosures: tuple[str, ...] = ()
    contact: str = ""
    copies_to: tuple[str, ...] = ()
    verify_url: str = ""
    verify_code: str = ""

    # --- the lines as printed -------------------------------------------------------------------

    @property
    def is_draft(self) -> bool:
        """Not issued: nothing to verify it by."""
        return not self.verify_code

    @property
    def addressee_line(self) -> str:
        return f"{self.addressee}：" if self.addressee else ""

    @property
    def enclosure_lines(self) -> tuple[str, ...]:
        """The enclosures after `附件：`, numbered where there are several."""
        if len(self.enclosures) < 2:
            return self.enclosures
        return tuple(f"{n}. {name}" for n, name in enumerate(self.enclosures, start=1))

    @property
    def date_line(self) -> str:
        return f"{self.date.year}年{self.date.month}月{self.date.day}日"

    @property
    def contact_line(self) -> str:
        """The note under the date (附注), in brackets."""
        return f"（{self.contact}）" if self.contact else ""

    @property
    def copies_line(self) -> str:
        return f"抄送：{'，'.join(self.copies_to)}。" if self.copies_to else ""

    @property
    def verify_lines(self) -> tuple[str, ...]:
        """How the recipient finds out whether the letter is genuine."""
        if self.is_draft:
            return ()
        return (
            f"验证码：{self.verify_code}",
            f"扫描二维码，或者打开 {self.verify_url}，可以核验本文书的真伪。",
        )

    def lines(self) -> Iterator[str]:
        """Every text in reading order, as both renderings print it (a table's row by row)."""
        yield from (self.letterhead, self.number, self.title, self.addressee_line)
        for block in self.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    yield from row
            else:
                yield block.line
        for index, line in enumerate(self.enclosure_lines):
            yield line if index else f"附件：{line}"
        yield from (self.signature, self.date_line, self.contact_line, self.copies_line)
        yield from self.verify_lines

    # --- as stored ------------------------------------------------------------------------------

    def as_dict(self) -> dict[str, Any]:
        """For JSON; `from_dict` makes the same document of it."""
        stored: dict[str, Any] = {"format": FORMAT}
        for field in fields(self):
            value = getattr(self, field.name)
            stored[field.name] = list(value) if isinstance(value, tuple) else value
        stored["date"] = self.date.isoformat()
        stored["blocks"] = [_block_as_dict(block) for block in self.blocks]
        return stored

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Document":
        """The document that `as_dict` stored. Raises ValueError for anything else."""
        values = dict(stored)
        if values.pop("format", None) != FORMAT:
            raise ValueError("This is no letter, or one of another format.")
        try:
            values["date"] = datetime.date.fromisoformat(values["date"])
            values["blocks"] = tuple(_block_from_dict(each) for each in values["blocks"])
            return cls(**values)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"This is no letter: {error}") from error

    @property
    def canonical(self) -> bytes:
        """The one way to write the document as JSON: sorted keys, UTF-8, no blanks."""
        text = json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()

    @property
    def content_sha256(self) -> str:
        """What is kept with an issued letter: the hash of what it says, however it is rendered."""
        return hashlib.sha256(self.canonical).hexdigest()


def _block_as_dict(block: Block) -> dict[str, Any]:
    stored: dict[str, Any] = {"kind": _KIND_OF[type(block)]}
    for field in fields(block):
        value = getattr(block, field.name)
        stored[field.name] = [list(row) for row in value] if field.name == "rows" else value
    return stored


def _block_from_dict(stored: Mapping[str, Any]) -> Block:
    values = dict(stored)
    return KINDS[values.pop("kind")](**values)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A text of several lines as paragraphs; empty lines make none."""
    return tuple(Paragraph(line) for line in text.splitlines() if tidy(line))

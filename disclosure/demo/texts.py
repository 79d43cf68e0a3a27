"""Reads the demonstration's texts: records parted by `=====`, each with a head, a body and,
after `--- NAME`, the text of an attachment of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"
_RECORDS = re.compile(r"^=+$", re.MULTILINE)
_OWN_TEXT = re.compile(r"^--- (.+)$", re.MULTILINE)
_PART = re.compile(r"^\[(\w+)\]$", re.MULTILINE)


@dataclass(frozen=True)
class Text:
    """A record: what its head says (a name may come several times), its body, texts of files."""

    head: dict[str, list[str]]
    body: str
    own_texts: dict[str, str]

    def get(self, name: str, default: str = "") -> str:
        return self.head.get(name, [default])[0]


def read(name: str, folder: Path = FOLDER) -> Iterator[Text]:
    """The records of one file, in their order."""
    content = (folder / name).read_text(encoding="utf-8")
    for record in _RECORDS.split(content):
        head, _, body = record.strip().partition("\n\n")
        lines: dict[str, list[str]] = {}
        for line in head.splitlines():
            key, _, value = line.partition(": ")
            lines.setdefault(key, []).append(value.strip())
        main, *own = _OWN_TEXT.split(body)
        yield Text(lines, main.strip(), dict(zip(own[::2], map(str.strip, own[1::2]), strict=True)))


def parts(file: str, **fields: str) -> dict[str, str]:
    """The named parts (`[name]`) of a file with its fields filled in."""
    content = (FOLDER / file).read_text(encoding="utf-8").format(**fields)
    _before, *found = _PART.split(content)
    return dict(zip(found[::2], map(str.strip, found[1::2]), strict=True))

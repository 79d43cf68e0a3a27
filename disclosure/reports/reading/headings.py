"""Headings on lines of their own, or at the head of a line, in a plain text (标题层级)."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from disclosure.reports.reading.enumeration import Mark, mark_of
from disclosure.reports.reading.numerals import narrow

MAX_HEADING: Final = 45
_SENTENCE: Final = re.compile(r"[。；;！!？?]")
_CLAUSE: Final = re.compile(r"[。；;！!？?，,：:]")
_APPENDIX: Final = re.compile(r"附\s*(?:件|表|录|：|:|$)")
_RUN_IN: Final = re.compile(r"(?P<heading>[^。；;！!？?，,：:\s]{2,30})[。：:\s]\s*(?=\S)")
_LEADERS: Final = re.compile(r"[\s.·•…．_-]*\(?\d{0,3}\)?\s*$")
# Words that usually end a heading, for pastes in which nothing else shows where it ends.
_LAST_WORD: Final = re.compile(
    r"(?P<heading>[^，。；：]{2,28}?(?:情况|概述|概况|措施|事项|附表|打算|建议|设想|说明|减免|诉讼))"
    r"(?![及和与、]|情况|措施)"
)


@dataclass
class Block:
    """A heading (`level` > 0) or a line of text (`level` 0)."""

    level: int
    number: str
    text: str


def plain_name(text: str) -> str:
    """A heading for comparison: without its number, page number, dots and blanks."""
    mark = mark_of(text.strip())
    name = narrow(mark.rest if mark else text)
    return re.sub(r"\s", "", _LEADERS.sub("", name)).rstrip("：:。")


def without_contents(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines without the table of contents (目录), and the names of its entries."""
    names = [plain_name(line) for line in lines]
    for at, line in enumerate(lines):
        if re.sub(r"\s", "", line) not in {"目录", "目次"}:
            continue
        entries: list[str] = []
        for end in range(at + 1, len(lines)):
            name = names[end]
            if not name or name in entries or name not in names[end + 1 :]:
                return (lines[:at] + lines[end:], entries) if entries else (lines, [])
            entries.append(name)
    return lines, []


def blocks_of(lines: list[str], contents: list[str]) -> list[Block]:
    """The lines as headings and text; empty of headings if none can be told."""
    marks = [mark_of(line) for line in lines]
    for rank in ("part", "chinese", "bracket", "arabic"):
        blocks = _by_rank(lines, marks, rank)
        if sum(block.level for block in blocks) >= 2:
            return blocks
    names = set(contents) or _short_lines(lines)
    blocks = [
        Block(1, "", line.strip("：: ")) if plain_name(line) in names else Block(0, "", line)
        for line in lines
    ]
    return blocks if sum(block.level for block in blocks) >= 2 else []


def _by_rank(lines: list[str], marks: list[Mark | None], rank: str) -> list[Block]:
    """Headings of one rank, counted from one without a gap.

    A count that begins again inside a section is a list of its own, and after an appendix
    (附表) has begun nothing is a section any more.
    """
    blocks: list[Block] = []
    expected, appendix = 1, False
    for line, mark in zip(lines, marks, strict=True):
        if mark and mark.rank == rank and mark.place == expected and not appendix:
            heading, rest = _split(mark)
            if heading:
                blocks.append(Block(1, mark.written, heading))
                blocks += [Block(0, "", rest)] if rest else []
                appendix = bool(_APPENDIX.match(heading))
                expected += 1
                continue
        appendix = appendix or (expected > 1 and bool(_APPENDIX.match(line)))
        blocks.append(Block(0, "", line))
    return blocks


def _split(mark: Mark) -> tuple[str, str]:
    """The heading and the text that follows it on the same line; ("", "") if it is none."""
    rest, bare = mark.rest, mark.rest.rstrip("。：: ")
    is_short = 2 <= len(bare) <= (24 if _CLAUSE.search(bare) else MAX_HEADING)
    is_one = is_short and not _SENTENCE.search(bare)
    if is_one and not rest.endswith("。"):
        return bare, ""
    for pattern in (_RUN_IN, _LAST_WORD):
        match = pattern.match(rest)
        if match and len(rest) - match.end() > 2:
            return match["heading"].strip(), rest[match.end() :].strip()
    return (bare, "") if is_one else ("", "")


def _short_lines(lines: list[str]) -> set[str]:
    """Unnumbered headings: short lines without a full stop, each followed by a longer one."""
    return {
        plain_name(line)
        for line, following in pairwise(lines)
        if 2 <= len(line) <= 25
        and not _CLAUSE.search(line.rstrip("：:"))
        and not re.search(r"\d", narrow(line))
        and len(following) > 40
    }

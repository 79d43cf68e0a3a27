"""How a section's text is set: paragraphs, run-in headings, subheadings, tables. Pure."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from disclosure.reports.reading.enumeration import mark_of
from disclosure.reports.reading.headings import MAX_HEADING

_RUN_IN: Final = re.compile(
    r"(?P<opening>(?:[(（]?[一二三四五六七八九十\d０-９]{1,3}[)）]?[、.．]|[(（][^)）]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}是|第[一二三四五六七八九十]{1,3}[,，])[^。；;：:！!？?\n]{2,32}[。；;：:])"
    r"(?P<rest>\s*\S.*)",
    re.DOTALL,
)
_ENDS_SENTENCE: Final = re.compile(r"[。；;！!？?，,：:]\s*$")
_SIGNATURE: Final = re.compile(r"[(（]?\d{4}年\d{1,2}月(?:\d{1,2}日)?[)）]?$")


@dataclass(frozen=True)
class Part:
    """A piece of a section: `opening` is set bold before `text`; a table has `head` and `rows`."""

    kind: Literal["paragraph", "subheading", "table", "signature"]
    text: str = ""
    opening: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def parts_of(text: str) -> list[Part]:
    """The text's lines as what they are on the page; nothing is left out or added."""
    parts: list[Part] = []
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    rows: list[tuple[str, ...]] = []
    for place, line in enumerate(lines):
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if len(cells) > 1:
            rows.append(cells)
            continue
        if rows:
            parts.append(_table(rows))
            rows = []
        parts.append(_part(line, is_last=place >= len(lines) - 2))
    if rows:
        parts.append(_table(rows))
    return parts


def _table(rows: list[tuple[str, ...]]) -> Part:
    """A first row without any number is the table's head."""
    has_head = len(rows) > 1 and not any(re.search(r"\d", cell) for cell in rows[0])
    return Part(
        "table", head=rows[0] if has_head else (), rows=tuple(rows[1:] if has_head else rows)
    )


def _part(line: str, *, is_last: bool) -> Part:
    run_in = _RUN_IN.match(line)
    if run_in:
        return Part("paragraph", run_in["rest"].strip(), run_in["opening"])
    if is_last and _SIGNATURE.match(line):
        return Part("signature", line)
    if mark_of(line) and len(line) <= MAX_HEADING and not _ENDS_SENTENCE.search(line):
        return Part("subheading", line)
    return Part("paragraph", line)


def numbered(number: str, heading: str) -> str:
    """A heading as it is shown: 一、总体情况, 第一部分　概述, or bare where it has no number."""
    if not number:
        return heading
    if re.fullmatch(r"[一二三四五六七八九十]+", number):
        return f"{number}、{heading}"
    return f"{number}. {heading}" if number.isdigit() else f"{number}　{heading}"

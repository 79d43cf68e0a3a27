"""The guide's parts as one text, and that text in its sections again. Pure.

The headings are the document's own, in Chinese whatever the reader's language.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.core import html

#: Part → its heading, in the order in which they stand (Art. 12).
HEADINGS: dict[str, str] = {
    "classification": "信息分类",
    "arrangement": "编排体系",
    "how_to_obtain": "公开信息的获取方式",
    "how_to_request": "如何申请公开",
    "remedies": "投诉与救济",
}
_SECTION = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
_HEADING = re.compile(r"<(/?)h([23])>")
_OWN = "<h2>"


@dataclass(frozen=True)
class Section:
    """A section as it is shown; `part` is empty where somebody wrote a heading of their own."""

    part: str
    title: str
    body: str


def render(parts: Mapping[str, str]) -> str:
    """One section for each part that says something; headings inside rank below its own."""
    return "\n".join(
        f"<h2>{heading}</h2>\n{text}"
        for part, heading in HEADINGS.items()
        if (text := _lowered(_blocks(parts.get(part, ""))))
    )


def sections(body: str) -> list[Section]:
    """The text in its sections; what stands before the first heading has no title."""
    before, *rest = _SECTION.split(body)
    parts = {heading: part for part, heading in HEADINGS.items()}
    found = [Section("", "", before.strip())] if before.strip() else []
    for inner, text in zip(rest[::2], rest[1::2], strict=True):
        title = html.to_plain(inner)
        found.append(Section(parts.get(title, ""), title, text.strip()))
    return found


def parts(body: str) -> dict[str, str] | None:
    """The parts that `render` would make `body` of; None where it was written otherwise."""
    found = {section.part: section.body for section in sections(body)}
    return found if render(found) == body else None


def _blocks(text: str) -> str:
    """Sanitised HTML; what begins with a word becomes a paragraph."""
    clean = html.sanitise(text)
    return clean if not clean or clean.startswith("<") else html.sanitise(f"<p>{clean}</p>")


def _lowered(text: str) -> str:
    if _OWN not in text:
        return text
    return _HEADING.sub(lambda match: f"<{match[1]}h{int(match[2]) + 1}>", text)

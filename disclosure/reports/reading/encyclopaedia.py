"""A report as an encyclopaedia entry: one run of text with the site's furniture in it (百科词条).

The entry says its headings twice: in the table of contents (目录1…2…) and in the body, there
with the word 编辑 behind it and often the entry's title before it. Both together tell what is
heading, what is text and what belongs to neither.
"""

import re
from dataclasses import dataclass
from typing import Final

from disclosure.reports.reading.numerals import chinese_ordinal

_SIGNS: Final = ("编辑锁定", "词条标签", "查看我的收藏", "词条", "目录", "参考资料", "已投票")
_EDIT: Final = r"\s*(?:\[?编辑\]?)(?:\s*(?:播报|语音|讨论))*"
_CITATION: Final = re.compile(r"[ \u00a0]*\[\d{1,2}(?:-\d{1,2})?\][ \u00a0]*(?!\d*号)")
_TAIL: Final = re.compile(
    r"参考资料\s*(?:\[?\d|\n|$)|词条标签\s*[：:]|词条图册|图集\s*\n|学术论文\s*(?:内容来自|\n)|猜你喜欢"
)
_FURNITURE: Final = re.compile(
    r"(?:\s*(?:编辑锁定|上传视频|本词条[^。！!\n]*[。！!]|收藏|查看我的收藏|有用\+1|已投票\d*"
    r"|播报|讨论|编辑|展开))+"
)
_MAX_HEADING: Final = 40
_TITLE: Final = re.compile(
    r"[\u4e00-\u9fff（）()·、]{2,50}?\d{4}年[^，。\n]{2,40}?(?:报告|年报|总结)"
)


@dataclass(frozen=True)
class Entry:
    """What the entry holds beneath its furniture."""

    title: str
    lead: str
    sections: list[tuple[str, str, str]]


def is_entry(text: str) -> bool:
    """Whether the text carries an encyclopaedia's furniture."""
    signs = sum(sign in text for sign in _SIGNS)
    return signs >= 3 and bool(re.search(rf"\S{_EDIT}", text))


def read_entry(text: str) -> Entry | None:
    """Title, lead and sections; None if the contents and the body do not agree."""
    contents = re.search(r"目\s*录\s*(?=1)", text)
    if not contents:
        return None
    names, end = _contents(text, contents.end())
    if not names:
        return None
    first = re.compile(rf"{re.escape(names[0])}{_EDIT}").search(text, end)
    repeated = text[end : first.start()].strip() if first else ""
    head = text[: contents.start()]
    title = repeated if repeated and repeated in head else _title_in(head)
    if not title:
        return None
    lead = head[head.index(title) + len(title) :]
    sections = _sections(text, end, names, title)
    furniture = _FURNITURE.match(lead)
    return Entry(title, _clean(lead[furniture.end() if furniture else 0 :]), sections)


def _title_in(head: str) -> str:
    match = _TITLE.search(head)
    return match[0] if match else ""


def _contents(text: str, start: int) -> tuple[list[str], int]:
    """The entries of the contents and where they end.

    An entry is what follows its number and stands again further on, before the word 编辑: so a
    digit inside a heading is no new entry, and the last one ends where it should.
    """
    names: list[str] = []
    at = start
    while True:
        number = re.compile(rf"\s*{len(names) + 1}[.、\s]*").match(text, at)
        if not number:
            return names, at
        begin = number.end()
        for end in range(begin + 2, min(begin + _MAX_HEADING, len(text)) + 1):
            name = text[begin:end]
            if re.compile(rf"{re.escape(name.strip())}{_EDIT}").search(text, end):
                names.append(name.strip())
                at = end
                break
        else:
            return names, at


def _sections(text: str, start: int, names: list[str], title: str) -> list[tuple[str, str, str]]:
    places: list[tuple[int, int]] = []
    at = start
    for name in names:
        pattern = re.compile(rf"(?:{re.escape(title)}\s*)?{re.escape(name)}{_EDIT}")
        match = pattern.search(text, at)
        if not match:
            break
        places.append(match.span())
        at = match.end()
    tail = _TAIL.search(text, at)
    ends = [place[0] for place in places[1:]] + [tail.start() if tail else len(text)]
    return [
        (chinese_ordinal(place), name, _clean(text[span[1] : end]))
        for place, (name, span, end) in enumerate(zip(names, places, ends, strict=False), 1)
    ]


def _clean(text: str) -> str:
    return _CITATION.sub("", text).strip()

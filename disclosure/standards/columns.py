"""The customary table (基层政务公开标准目录) as columns, and its headings in two rows. Pure.

A group of columns (公开对象, 公开方式, 公开层级) has one heading above and one for each choice
below, marked by √; some tables write the choice as words in one column instead.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from disclosure.core.text import gettext_noop as _


@dataclass(frozen=True)
class Column:
    """A column: its field, its heading (above, below), the label of the page, its width in XLSX."""

    key: str
    above: str
    below: str
    label: str
    width: int
    is_mark: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("serial", "序号", "", _("No."), 6),
    Column("level1", "公开事项", "一级事项", _("First level"), 14),
    Column("level2", "公开事项", "二级事项", _("Second level"), 18),
    Column("content", "公开内容（要素）", "", _("Content (elements)"), 40),
    Column("basis", "公开依据", "", _("Basis of disclosure"), 30),
    Column("time_limit", "公开时限", "", _("Time limit"), 20),
    Column("body", "公开主体", "", _("Responsible body"), 18),
    Column("channels", "公开渠道和载体", "", _("Channels and media"), 26),
    Column("public", "公开对象", "全社会", _("Everyone"), 7, True),
    Column("specific", "公开对象", "特定群众", _("Certain people"), 10, True),
    Column("proactive", "公开方式", "主动", _("Proactively"), 7, True),
    Column("on_request", "公开方式", "依申请公开", _("On request"), 9, True),
    Column("county", "公开层级", "县级", _("County"), 7, True),
    Column("township", "公开层级", "乡级", _("Township"), 7, True),
)
BY_KEY = {column.key: column for column in COLUMNS}
#: The headings that stand over several columns, with the label of the page.
GROUPS: dict[str, str] = {
    "公开事项": _("Matter"),
    "公开对象": _("Audience"),
    "公开方式": _("Way"),
    "公开层级": _("Tier"),
}

# What a heading begins with, above and below; the first fitting row names the column. `words`:
# a whole group in one column.
_HEADINGS: tuple[tuple[str, str, str], ...] = (
    ("序号", "", "serial"),
    ("公开事项", "一级", "level1"),
    ("公开事项", "二级", "level2"),
    ("一级", "", "level1"),
    ("二级", "", "level2"),
    ("公开内容", "", "content"),
    ("公开要素", "", "content"),
    ("公开依据", "", "basis"),
    ("公开时限", "", "time_limit"),
    ("公开主体", "", "body"),
    ("公开渠道", "", "channels"),
    ("公开载体", "", "channels"),
    ("公开对象", "全社会", "public"),
    ("公开对象", "特定", "specific"),
    ("公开对象", "", "audience words"),
    ("公开方式", "主动", "proactive"),
    ("公开方式", "依申请", "on_request"),
    ("公开方式", "", "way words"),
    ("公开层级", "县", "county"),
    ("公开层级", "区", "county"),
    ("公开层级", "乡", "township"),
    ("公开层级", "镇", "township"),
    ("公开层级", "街道", "township"),
    ("公开层级", "", "tier words"),
)


def bare(text: str) -> str:
    """A heading without blanks and without what stands in brackets."""
    text = "".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"\(.*?\)", "", text)


@dataclass(frozen=True)
class Heading:
    """The heading rows: the first row below them, the column keys by position, unknown ones."""

    ends: int
    keys: tuple[str, ...]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]


def is_heading(row: Sequence[str]) -> bool:
    """Whether a row is the upper row of headings."""
    words = {bare(cell) for cell in row}
    return "序号" in words and any(word.startswith(("公开事项", "一级")) for word in words)


def read_heading(above: Sequence[str], below: Sequence[str], at: int) -> Heading:
    """The headings in rows `at` and, where it belongs to them, `at` + 1."""
    two = not bare(below[0] if below else "") and any(
        bare(cell).startswith(("一级", "全社会", "主动", "县")) for cell in below
    )
    keys, unknown, carried = [], [], ""
    for position in range(max(len(above), len(below) if two else 0)):
        upper = bare(above[position]) if position < len(above) else ""
        lower = bare(below[position]) if two and position < len(below) else ""
        if upper:
            carried = upper
        key = _key_of(carried if lower else upper, lower)
        if not key and (upper or lower):
            unknown.append(upper or lower)
        keys.append(key)
    twice = {key for key in keys if key and keys.count(key) > 1}
    return Heading(at + (2 if two else 1), tuple(keys), tuple(unknown), tuple(sorted(twice)))


def _key_of(above: str, below: str) -> str:
    return next(
        (
            key
            for upper, lower, key in _HEADINGS
            if above.startswith(upper) and below.startswith(lower) and bool(lower) <= bool(below)
        ),
        "",
    )

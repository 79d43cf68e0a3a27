"""The title and the written sections of a report that has tables, out of its paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from disclosure.reports.reading import notes
from disclosure.reports.reading.enumeration import mark_of
from disclosure.reports.reading.grids import Grid, Part
from disclosure.reports.reading.labels import folded, plain
from disclosure.reports.reading.notes import Note, quoted
from disclosure.reports.reading.plain import FURNITURE
from disclosure.reports.reading.titles import MAX_TITLE, agency_of, is_title, year_of
from disclosure.reports.tables.shapes import Form

#: What the headings of the six sections are recognised by, without number and marks.
_HEADINGS: Final = {
    "overview": r"(?:政府信息公开)?(?:工作)?(?:总体|基本)(?:工作)?(?:情况|概况)|(?:工作)?概述|概况",
    "proactive": r"(?:行政机关)?主动公开(?:政府)?信息(?:工作)?的?情况|(?:政府信息)?主动公开情况",
    "requests": r"(?:行政机关)?收到和(?:处理|办理)(?:政府)?信息公开申请的?情况"
    r"|依申请公开(?:政府信息)?情况",
    "remedies": r".{0,12}(?:行政)?复议.{0,8}诉讼的?情况",
    "problems": r"(?:政府信息公开)?(?:工作)?(?:中)?存在的?(?:主要)?(?:问题|不足|困难)"
    r"(?:(?:及|和|与|以及)?(?:下一步|今后|主要)?(?:工作)?(?:改进|整改|打算|努力方向).{0,6})?",
    "other": r"其[他它]需要(?:报告|说明)的?(?:事项|情况|问题)",
}
_PATTERNS: Final = {key: re.compile(rf"(?:{one})") for key, one in _HEADINGS.items()}
_LONGEST_HEADING: Final = 45
_RUN_IN: Final = re.compile(r"(?P<heading>[^。：:]{2,40})[。：:]\s*(?=\S)")
_UNIT: Final = re.compile(
    r"[(（]?(?:计量)?单位[:：].{1,12}|[(（]?本列数据的勾稽关系.*|续表.{0,6}|附?表[一二三四\d].*"
)
#: From here on nothing is the report's any more.
_END: Final = re.compile(
    r"(?:版权所有|主办单位|承办单位|网站标识码|.{0,6}ICP备|.{0,4}公网安备|扫一扫|相关(?:链接|阅读|文章|附件|文档)"
    r"|(?:上|下)一(?:篇|条|页)|责任编辑|分享到?|打印(?:本页)?|关闭(?:窗口|本页)?|网站地图|联系我们)"
)
#: The number of a page.
MARGINAL: Final = re.compile(r"[-—－\s]*第?\s*\d{1,3}\s*页?(?:\s*[/共]\s*\d{1,3}\s*页?)?[-—－\s]*")
#: A line that can be nothing but an agency's name.
_AGENCY: Final = re.compile(
    r"[\u4e00-\u9fff（）()]{2,40}(?:局|厅|委|会|办公室|办|政府|部|院|署|处|中心|所|站|队|馆|校|公司)"
)
_TITLE_PARTS: Final = 60


@dataclass
class Written:
    """Title, what stands before the first section, and the texts by section."""

    title: str = ""
    lead: list[str] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def heading_of(line: str) -> tuple[str, str, str] | None:
    """The section that a line heads, the heading as written, and the text run in behind it."""
    mark = mark_of(line)
    if mark and mark.rank not in {"part", "chinese"}:
        return None
    rest = mark.rest if mark else line
    for heading, text in _cuts(rest):
        name = plain(heading, bracketed=False)
        if not mark and (text or heading.endswith("。")):
            continue
        for key, pattern in _PATTERNS.items():
            if pattern.fullmatch(name) and (mark or len(name) > 5 or name == "总体情况"):
                return key, heading.strip(), text
    return None


def _cuts(rest: str) -> Iterator[tuple[str, str]]:
    if len(rest) <= _LONGEST_HEADING:
        yield rest, ""
    if match := _RUN_IN.match(rest):
        yield match["heading"], rest[match.end() :].strip()


def title_in(lines: list[str]) -> tuple[str, int]:
    """The title and how many lines it ends after; it may run over two or three lines.

    What names agency and year is rather one than a menu's 政府信息公开年报.
    """
    found = list(_titles(lines[:_TITLE_PARTS]))
    return max(found, key=lambda one: title_rank(one[0]), default=("", 0))


def title_rank(title: str) -> int:
    """How much a title tells."""
    return 2 * (year_of(title) is not None) + bool(agency_of(title))


def _titles(lines: list[str]) -> Iterator[tuple[str, int]]:
    for at, line in enumerate(lines):
        if heading_of(line):
            return
        for more in (1, 2, 3):
            following = lines[at + 1 : at + more]
            joined = "".join(lines[at : at + more])
            if len(joined) > MAX_TITLE or len(following) < more - 1:
                break
            if is_title(joined) and (
                not any(map(is_title, following)) or _names_whose(line, following)
            ):
                yield joined, at + more
                break


def _names_whose(line: str, following: list[str]) -> bool:
    """Whether a line is the agency's name above a title that names none."""
    return bool(_AGENCY.fullmatch(line.strip())) and not agency_of("".join(following))


def written(parts: list[Part], taken: set[int], form: Form) -> Written:
    """What is written in the report; the grids `taken` are its tables, others are text."""
    items = list(_items(parts, taken))
    first = next((at for at, (line, _n) in enumerate(items) if line and heading_of(line)), 0)
    title, after = title_in([line for line, _n in items[:first]])
    found = Written(title)
    found.lead = [line for line, _n in items[after:first] if line]
    here, bodies = "", []
    for line, _number in items[first:]:
        head = heading_of(line) if line else None
        if head:
            here, heading, text = head
            bodies.append((here, heading, [text] if text else []))
        elif line and bodies:
            bodies[-1][2].append(line)
    for key, heading, body in bodies:
        # A heading that comes twice is the table of contents' first.
        if len("".join(body)) >= len("".join(found.texts.get(key, []))):
            found.texts[key], found.headings[key] = body, heading
    if bodies:
        _cut_off(found.texts[bodies[-1][0]])
    _tell(found, form)
    return found


def _items(parts: list[Part], taken: set[int]) -> Iterator[tuple[str, int]]:
    number = -1
    for part in parts:
        if isinstance(part, Grid):
            number += 1
            lines = [""] if number in taken else part.lines()
        else:
            lines = [part]
        for line in lines:
            if not FURNITURE.fullmatch(line) and not (line and MARGINAL.fullmatch(line)):
                yield line, number


def _cut_off(body: list[str]) -> None:
    """End the last section where the page goes on with other things."""
    for at, line in enumerate(body):
        if _END.match(folded(line)):
            del body[at:]
            return


def _tell(found: Written, form: Form) -> None:
    """Name the sections that are not there, and text that has no place beside a table."""
    for key, text in form.texts.items():
        if key not in found.texts:
            found.notes.append(Note(notes.NO_SECTION, {"heading": text.label.zh}))
    for table in form.tables:
        left = [line for line in found.texts.get(table.key, []) if not _UNIT.fullmatch(line)]
        if left:
            heading = found.headings[table.key]
            params: dict[str, str | int] = {"heading": heading, "found": quoted(" ".join(left))}
            found.notes.append(Note(notes.LEFT_OUT, params))

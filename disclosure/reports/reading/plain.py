"""Plain texts (headings on lines of their own) and Markdown."""

import re
from dataclasses import dataclass
from typing import Final

from disclosure.reports.reading.enumeration import mark_of
from disclosure.reports.reading.errors import NoHeadings, NoTitle
from disclosure.reports.reading.headings import Block, blocks_of, without_contents
from disclosure.reports.reading.titles import MAX_TITLE, agency_of, is_title

_TITLE_LINES: Final = 12
# What a web page puts around a text; a line is dropped only if it is nothing else.
FURNITURE: Final = re.compile(
    r"(?:【?\s*(?:字体|字号)[:：]?\s*[【\[]?\s*大\s*中\s*小\s*[】\]]?|当前位置[:：].*|您?现?在?的?位置[:：].*"
    r"|(?:浏览|点击|阅读)(?:次数|量)[:：]?\s*\d*|打印(?:本页|此页)?|关闭(?:窗口|本页)?|分享到?[:：]?"
    r"|(?:上|下)一(?:篇|条)[:：].*|返回(?:顶部|列表)|扫一扫.*手机.*)+"
)
_NAME: Final = re.compile(
    r"(?!.*公开)[\u4e00-\u9fff（）()、]{3,40}?(?:[局厅委办室府院会处队所社署校站行]|中心|公司)"
    r"(?:\d{4}\s*年度?)?"
)
_SECTION_START: Final = re.compile(
    r"(?<=[。！？；”）\s])(?=第[一二三四五六七八九十]{1,2}部分|[一二三四五六七八九十]{1,2}、)"
)
_TITLE_END: Final = re.compile(
    r"[^。]{6,80}?(?:年度|公开|工作|情况的?)(?:报告|年报|总结)(?=[^的（(）)》〉.．])"
)
_MD_HEADING: Final = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>\S.*?)\s*#*\s*$")
_MD_UNDERLINE: Final = re.compile(r"(?P<mark>=|-)(?P=mark){2,}\s*$")
# Bounded, so that a line of nothing but marks is read in a time that grows with its length.
_MD_INLINE: Final = (
    (re.compile(r"!\[([^\[\]]{0,500})\]\([^()]{0,2000}\)"), r"\1"),
    (re.compile(r"\[([^\[\]]{1,500})\]\([^()]{0,2000}\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.{1,1000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]{1,1000}?)(?<=\S)\*(?!\w)"), r"\1"),
    (re.compile(r"`([^`]{1,1000})`"), r"\1"),
    (re.compile(r"<!--(?:(?!<!--).){0,1000}?-->"), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|-])"), r"\1"),
)
_MD_LINE_START: Final = re.compile(r"(?:>\s*)*(?:[-*+]\s+)?")
_MD_RULE: Final = re.compile(r"\s*(?:[-*_]\s*){3,}$|\|?[\s:|-]*-{2,}[\s:|-]*\|?\s*$")


@dataclass(frozen=True)
class Structure:
    """Title, the lines before the first heading, and the sections with their lines."""

    title: str
    lead: list[str]
    sections: list[tuple[str, str, list[str]]]


def read_plain(text: str, *, titled: bool = True) -> Structure:
    """A text whose headings are numbered, listed in its contents, or short lines.

    Without a title NoTitle, unless it is not `titled`: then the title stays empty.
    """
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line and not FURNITURE.fullmatch(line)]
    if len(lines) < 4:
        lines = _broken_up(lines)
    title, before, lines = _title_of(lines, titled)
    lines, contents = without_contents(lines)
    blocks = blocks_of(lines, contents)
    if not blocks:
        raise NoHeadings
    return _structure(title, before, blocks)


def is_markdown(text: str) -> bool:
    """Whether lines are marked as headings in Markdown's way."""
    return any(block.level for block in _markdown_blocks(text))


def read_markdown(text: str, *, titled: bool = True) -> Structure:
    """Sections are the headings of the highest rank below the title; deeper ones are text.

    Without a title as in `read_plain`.
    """
    blocks = _markdown_blocks(text)
    title, blocks = _markdown_title(blocks, titled)
    levels = [block.level for block in blocks if block.level]
    if not levels:
        raise NoHeadings
    for block in blocks:
        if block.level == min(levels):
            mark = mark_of(block.text)
            if mark and mark.rest:
                block.number, block.text = mark.written, mark.rest
        else:
            block.level = 0
    return _structure(title, [], blocks)


def _broken_up(lines: list[str]) -> list[str]:
    """A run-on text with the breaks that it should have: behind the title, before a section."""
    title = _TITLE_END.match(lines[0]) if lines else None
    if title and is_title(title[0]):
        lines = [title[0], lines[0][title.end() :], *lines[1:]]
    pieces = [piece.strip() for line in lines for piece in _SECTION_START.split(line)]
    return [piece for piece in pieces if piece]


def _structure(title: str, before: list[str], blocks: list[Block]) -> Structure:
    lead = list(before)
    sections: list[tuple[str, str, list[str]]] = []
    for block in blocks:
        if block.level:
            sections.append((block.number, block.text, []))
        else:
            (sections[-1][2] if sections else lead).append(block.text)
    return Structure(title, lead, sections)


def _title_of(lines: list[str], titled: bool) -> tuple[str, list[str], list[str]]:
    """The title, the lines before it and those after it; a title may run over two lines."""
    for at, line in enumerate(lines[:_TITLE_LINES]):
        if is_title(line):
            before = lines[:at]
            if before and _continues(before[-1], line):
                return before[-1] + line, before[:-1], lines[at + 1 :]
            return line, before, lines[at + 1 :]
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if is_title(line + following) and not is_title(following) and not mark_of(line):
            return line + following, lines[:at], lines[at + 2 :]
    if titled:
        raise NoTitle
    return "", [], lines


def _continues(line: str, title: str) -> bool:
    """Whether a line is the agency's name above a title that names none."""
    return not agency_of(title) and _NAME.fullmatch(line) is not None and not mark_of(line)


def _markdown_blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    for raw in text.split("\n"):
        line = raw.strip()
        heading = _MD_HEADING.match(line)
        underline = _MD_UNDERLINE.match(line)
        if heading:
            blocks.append(Block(len(heading["marks"]), "", _bare(heading["text"])))
        elif underline and blocks and not blocks[-1].level and len(blocks[-1].text) <= MAX_TITLE:
            blocks[-1].level = 1 if underline["mark"] == "=" else 2
        elif line and not _MD_RULE.match(line):
            blocks.append(Block(0, "", _bare(_MD_LINE_START.sub("", line, count=1))))
    return [block for block in blocks if block.text]


def _bare(line: str) -> str:
    for pattern, instead in _MD_INLINE:
        line = pattern.sub(instead, line)
    if line.startswith("|"):
        line = "\t".join(cell.strip() for cell in line.strip("|").split("|"))
    return line.strip()


def _markdown_title(blocks: list[Block], titled: bool) -> tuple[str, list[Block]]:
    for at, block in enumerate(blocks[:_TITLE_LINES]):
        if is_title(block.text):
            return block.text, blocks[:at] + blocks[at + 1 :]
    if titled:
        raise NoTitle
    return "", blocks

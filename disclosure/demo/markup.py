"""Demonstration texts are written in a few plain marks; here they become HTML.

One line is one paragraph:
    `## …` a heading (`### …` a smaller one), `第…章 …` a chapter, `第…条 …` an article,
    `= …` centred, `> …` to the right, `@ …` without indent, `- …` an item of a list,
    `| a | b |` a row of a table (the first one is its head), `[text](address)` a link.
Everything else is a paragraph.
"""

import html
import re
from collections.abc import Iterator
from itertools import groupby

_CHAPTER = re.compile(r"第[一二三四五六七八九十]+章[ 　]")
_ARTICLE = re.compile(r"^(第[一二三四五六七八九十百]+条)[ 　]+")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


def to_html(text: str) -> str:
    """The text as HTML; what stands between the marks is escaped."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return "\n".join(_blocks(lines))


def _blocks(lines: list[str]) -> Iterator[str]:
    for kind, group in groupby(lines, key=lambda line: line[:2] if line[0] in "|-" else ""):
        if kind[:1] == "|":
            yield _table(list(group))
        elif kind == "- ":
            items = "".join(f"<li>{_inline(line[2:])}</li>" for line in group)
            yield f"<ul>{items}</ul>"
        else:
            yield from map(_line, group)


def _line(line: str) -> str:
    mark, _, rest = line.partition(" ")
    if mark in ("##", "###"):
        return f"<h{len(mark)}>{_inline(rest)}</h{len(mark)}>"
    if _CHAPTER.match(line):
        return f"<h2>{_inline(line)}</h2>"
    for sign, name in (("=", "centre"), (">", "right"), ("@", "no-indent")):
        if mark == sign:
            return f'<p class="{name}">{_inline(rest)}</p>'
    content = _ARTICLE.sub(r"<strong>\1</strong>　", _inline(line), count=1)
    return f"<p>{content}</p>"


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in rows[0])
    body = "".join(
        f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in rows[1:]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _inline(text: str) -> str:
    return _LINK.sub(r'<a href="\2">\1</a>', html.escape(text, quote=False))

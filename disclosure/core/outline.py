"""What makes a long text readable: a table of contents and tables that scroll by themselves.

Works on sanitised HTML only (`disclosure.core.html`), whose tags are well formed and whose
headings and tables carry no attributes.
"""

import html
import re
from dataclasses import dataclass

#: With fewer headings a table of contents only stands in the way.
ENOUGH = 4
_HEADING = re.compile(r"<(h[23])>(.*?)</\1>", re.DOTALL)
_ANY_HEADING = re.compile(r"<h([2-4])>(.*?)</h\1>", re.DOTALL)
_TABLE = re.compile(r"<(/?)table>")
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh]\b[^>]*?(?:colspan=\"(\d{1,3})\"[^>]*)?>")
_CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """A line of the table of contents; `level` is 1 or 2."""

    anchor: str
    text: str
    level: int


@dataclass(frozen=True)
class Reading:
    """A text as it is shown, with its headings when there are enough of them."""

    html: str
    headings: list[Heading]


def _text(fragment: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", fragment))).strip()


def _without_skips(body: str) -> str:
    """The headings so that none skips a rank below the page's own (h1), equals staying equal."""
    above: list[tuple[int, int]] = []  # ranks as written and as shown

    def shown(match: re.Match[str]) -> str:
        written = int(match.group(1))
        while above and above[-1][0] >= written:
            above.pop()
        rank = (above[-1][1] if above else 1) + 1
        above.append((written, rank))
        return f"<h{rank}>{match.group(2)}</h{rank}>"

    return _ANY_HEADING.sub(shown, body)


def _with_anchors(body: str) -> tuple[str, list[Heading]]:
    headings: list[Heading] = []

    def mark(match: re.Match[str]) -> str:
        tag, inner = match.groups()
        text = _text(inner)
        if not text:
            return match.group()
        anchor = f"s{len(headings) + 1}"
        headings.append(Heading(anchor, text, 1 if tag == "h2" else 2))
        return f'<{tag} id="{anchor}">{inner}</{tag}>'

    return _HEADING.sub(mark, body), headings


def _columns(table: str) -> int:
    row = _ROW.search(table)
    return sum(int(span or 1) for span in _CELL.findall(row.group(1))) if row else 0


def _with_frames(body: str, label: str) -> str:
    """Outermost tables inside a frame that scrolls; wide ones can be reached by keyboard."""
    parts: list[str] = []
    done, depth, start, number = 0, 0, 0, 0
    for match in _TABLE.finditer(body):
        if not match.group(1):
            if depth == 0:
                start = match.start()
            depth += 1
            continue
        depth -= 1
        if depth:
            continue
        number += 1
        table = body[start : match.end()]
        caption = _CAPTION.search(table)
        name = (_text(caption.group(1)) if caption else "") or label.format(number=number)
        reach = (
            f' role="region" tabindex="0" aria-label="{html.escape(name)}"'
            if _columns(table) > 2
            else ""
        )
        parts += [body[done:start], f'<div class="table-frame"{reach}>', table, "</div>"]
        done = match.end()
    return "".join(parts) + body[done:]


def read(body: str, *, table_label: str = "Table {number}") -> Reading:
    """`body` ready to be shown. `table_label` names a table that has no caption."""
    marked, headings = _with_anchors(_without_skips(_with_frames(body, table_label)))
    return Reading(marked, headings if len(headings) >= ENOUGH else [])

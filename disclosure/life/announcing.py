"""The announcement of a clean-up round's result (清理结果公告): its text, in Chinese as agencies
publish it. The checker reads exactly what the closing publishes, but for the day.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils.html import escape

from disclosure.core.dates import legal_day
from disclosure.life.models import CleanUpEntry, CleanUpRound
from disclosure.life.round_steps import Decision

#: In this order; what is over comes last, as in the announcements of ministries.
HEADINGS = {
    Decision.KEEP: "继续有效的文件",
    Decision.AMEND: "拟修改的文件",
    Decision.REPEAL: "废止的文件",
    Decision.LAPSE: "宣布失效的文件",
}
NUMBERS = "一二三四"


def entries_of(cleanup: CleanUpRound, at: dt.datetime) -> list[CleanUpEntry]:
    """The decided documents that are public at `at`, with what the text says of them; one query."""
    rows = (
        cleanup.entries.exclude(decision=Decision.PENDING)
        .select_related("publication__agency")
        .defer("publication__body")
        .order_by("publication__date_made", "publication__pk")
    )
    return [row for row in rows if row.publication.is_visible(at)]


def body(cleanup: CleanUpRound, entries: Iterable[CleanUpEntry], *, on: dt.date) -> str:
    """The text as HTML: an opening, then a table a decision."""
    rows = list(entries)
    counted = {decision: [row for row in rows if row.decision == decision] for decision in HEADINGS}
    said = "，".join(f"{HEADINGS[one]}{len(found)}件" for one, found in counted.items() if found)
    name, as_of = escape(cleanup.agency.name), _day(cleanup.as_of)
    opening = f"{name}对截至{as_of}现行有效的文件进行了清理。现将清理结果公告如下：{said}。"
    parts = [f"<p>{opening}</p>"]
    given = [(decision, found) for decision, found in counted.items() if found]
    for number, (decision, found) in zip(NUMBERS, given, strict=False):
        parts.append(f"<h2>{number}、{HEADINGS[decision]}（{len(found)}件）</h2>")
        parts.append(_table(decision, found, on))
    parts.append(f'<p class="right">{name}<br>{_day(on)}</p>')
    return "\n".join(parts)


def summary(cleanup: CleanUpRound, entries: Iterable[CleanUpEntry]) -> str:
    """The numbers in a line."""
    rows = list(entries)
    said = [
        f"{heading}{count}件"
        for decision, heading in HEADINGS.items()
        if (count := sum(row.decision == decision for row in rows))
    ]
    return f"截至{_day(cleanup.as_of)}的文件清理结果：{'，'.join(said)}。"


def _table(decision: str, rows: list[CleanUpEntry], on: dt.date) -> str:
    ends = decision in (Decision.REPEAL, Decision.LAPSE)
    heads = ["序号", "标题", "文号", "成文日期", *(["停止执行日期"] if ends else [])]
    cells = [
        [
            str(number),
            row.publication.title,
            row.publication.document_number or "—",
            row.publication.date_made.isoformat() if row.publication.date_made else "—",
            *([_ends(row, on).isoformat()] if ends else []),
        ]
        for number, row in enumerate(rows, start=1)
    ]
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    lines = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line)}</tr>" for line in cells
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _ends(row: CleanUpEntry, on: dt.date) -> dt.date:
    """The first day without it: what was decided before, what the round says, else the closing."""
    decided = row.publication.expires_on if row.publication.validity in _OVER else None
    return decided or row.ends_on or on


_OVER = ("repealed", "lapsed")


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def preview(cleanup: CleanUpRound, *, at: dt.datetime) -> str:
    """The text as it would go out at `at`."""
    return body(cleanup, entries_of(cleanup, at), on=legal_day(at))

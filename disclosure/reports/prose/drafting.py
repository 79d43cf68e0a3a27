"""Drafts of the written sections: the year's figures filled in, what only people know left open.

An open place is written 【……】 and must be filled before the report goes out. A figure that the
tables leave blank is open too: nothing is guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

from disclosure.reports.prose.numbers import blanked, numbers_in
from disclosure.reports.tables.cells import NA, Cell, Cells, as_number
from disclosure.reports.tables.forms import PROACTIVE, REMEDIES, REQUESTS
from disclosure.reports.tables.shapes import TOTAL, Form, Place

_OPEN: Final = re.compile(r"【[^】\n]{0,200}】?")
_YEAR: Final = re.compile(r"(?<!\d)20\d\d\s*年")
_REFUSED: Final = "refused_"


@dataclass(frozen=True)
class Facts:
    """What is known of the year beside its tables. Sums are in yuan, `on_time` is a share (0 to
    1) of the requests answered; None: not known. `published`: items by category's name."""

    published: Mapping[str, int] = field(default_factory=dict)
    fee_notices: int | None = None
    fee_billed: Decimal | None = None
    fee_collected: Decimal | None = None
    on_time: Decimal | None = None


class OpenPlace(NamedTuple):
    """Something that must still be filled, at its place in the text."""

    start: int
    end: int
    text: str


def open_places(text: str) -> list[OpenPlace]:
    """The open places of a text in order; one that is not closed goes to the end of its line."""
    return [OpenPlace(match.start(), match.end(), match[0]) for match in _OPEN.finditer(text)]


def draft(
    cells: Cells,
    year: int,
    *,
    before: Cells | None = None,
    texts_before: Mapping[str, str] | None = None,
    facts: Facts | None = None,
) -> dict[str, str]:
    """A draft of each written section, by its key. They are Chinese: the report is."""
    known = facts or Facts()
    earlier = (texts_before or {}).get("problems", "")
    return {
        "overview": _overview(_Figures(cells, before), year, known),
        "problems": from_last_year(earlier) if earlier.strip() else _PROBLEMS,
        "other": _other(year, known),
    }


def from_last_year(text: str) -> str:
    """Last year's text with its figures and years as open places, to be gone through."""
    opened: list[tuple[int, int]] = [match.span() for match in _YEAR.finditer(text)]
    opened += [(one.start, one.end) for one in numbers_in(blanked(text)) if one.unit]
    result, last = [], 0
    for start, end in sorted(opened):
        if start < last:
            continue
        result += [text[last:start], f"【上年：{text[start:end]}】"]
        last = end
    return "".join([*result, text[last:]])


@dataclass(frozen=True)
class _Figures:
    """The tables' figures as a draft writes them."""

    cells: Cells
    before: Cells | None

    @property
    def form(self) -> Form:
        return self.cells.form

    def of(self, table: str, *rows: str, column: str = TOTAL, unit: str = "件") -> str:
        value = _sum(self.cells, _places(table, rows, column))
        return f"【填写】{unit}" if value is None else f"{_written(value)}{unit}"

    def than_before(self, table: str, row: str, column: str = TOTAL) -> str:
        """，较上年增加12件; nothing where last year's figure is not known."""
        places = _places(table, (row,), column)
        now = _sum(self.cells, places)
        then = _sum(self.before, places) if self.before else None
        if now is None or then is None:
            return ""
        if now == then:
            return "，与上年持平"
        word = "增加" if now > then else "减少"
        return f"，较上年{word}{_written(abs(Decimal(now) - Decimal(then)))}件"


def _places(table: str, rows: tuple[str, ...], column: str) -> tuple[Place, ...]:
    return tuple(Place(table, row, column) for row in rows)


def _sum(cells: Cells, places: tuple[Place, ...]) -> int | Decimal | None:
    """None where any is blank or 不适用."""
    values: list[Cell] = [cells[place] for place in places if cells.form.has(place)]
    if not values or any(value is None or value == NA for value in values):
        return None
    numbers = [as_number(value) for value in values]
    return sum(numbers[1:], numbers[0])


def _written(value: int | Decimal) -> str:
    return f"{Decimal(value):f}"


def _rows(form: Form, start: str) -> tuple[str, ...]:
    return tuple(row for row in form.table(REQUESTS).rows if row.startswith(start))


_YEARS_WORK: Final = "【填写：年度总体工作】"
_MANAGEMENT: Final = "【填写：信息制作、审查、更新和目录管理】"


def _overview(figures: _Figures, year: int, facts: Facts) -> str:
    return "\n".join(
        [
            f"{year}年，本机关依照《中华人民共和国政府信息公开条例》公开政府信息。{_YEARS_WORK}",
            f"（一）主动公开情况。{_proactive(figures, facts)}",
            f"（二）依申请公开情况。{_on_request(figures, facts)}",
            f"（三）政府信息管理情况。{_MANAGEMENT}{_documents_in_force(figures)}",
            "（四）公开平台建设情况。【填写：网站、专栏、查阅场所等的建设和维护】",
            f"（五）监督保障情况。{_supervision(figures)}【填写：考核、培训和责任追究】",
        ]
    )


def _proactive(figures: _Figures, facts: Facts) -> str:
    parts = []
    if facts.published:
        total = sum(facts.published.values())
        each = "、".join(f"“{name}”{count}条" for name, count in facts.published.items())
        parts.append(f"全年主动公开政府信息{total}条，分类为：{each}。")
    column = "issued" if figures.form.key == "2021" else "made"
    documents = figures.of(PROACTIVE, "normative_documents", column=column)
    change = figures.than_before(PROACTIVE, "normative_documents", column)
    rules = figures.of(PROACTIVE, "regulations", column=column)
    decisions = [
        f"{name}{figures.of(PROACTIVE, row, column='decisions')}"
        for row, name in _DECISIONS
        if row in figures.form.table(PROACTIVE).rows
    ]
    parts.append(f"制发规章{rules}；制发规范性文件{documents}{change}。")
    parts.append(f"作出{'、'.join(decisions)}。【填写：重点领域和政策解读】")
    return "".join(parts)


_DECISIONS: Final = (
    ("licences", "行政许可决定"),
    ("penalties", "行政处罚决定"),
    ("coercive_measures", "行政强制决定"),
)


def _on_request(figures: _Figures, facts: Facts) -> str:
    refused, unable = _rows(figures.form, _REFUSED), _rows(figures.form, "unable_")
    unprocessed, other = _rows(figures.form, "unprocessed_"), _rows(figures.form, "other")
    outcomes = {
        "予以公开": ("granted",),
        "部分公开": ("partially_granted",),
        "不予公开": refused,
        "无法提供": unable,
        "不予处理": unprocessed,
        "其他处理": other,
    }
    new, change = figures.of(REQUESTS, "new"), figures.than_before(REQUESTS, "new")
    each = "，".join(f"{name}{figures.of(REQUESTS, *rows)}" for name, rows in outcomes.items())
    lines = [
        f"本年新收政府信息公开申请{new}{change}；",
        f"上年结转申请{figures.of(REQUESTS, 'carried_in')}。",
        f"办结申请{figures.of(REQUESTS, 'processed_total')}，其中{each}。",
        f"结转下年度继续办理{figures.of(REQUESTS, 'carried_out')}。",
    ]
    if facts.on_time is not None:
        lines.append(f"按期答复率{(facts.on_time * 100).quantize(Decimal('0.1'))}%。")
    return "".join(lines)


def _documents_in_force(figures: _Figures) -> str:
    if figures.form.key != "2021":
        return ""
    column = "in_force"
    return (
        f"年末现行有效规章{figures.of(PROACTIVE, 'regulations', column=column)}，"
        f"现行有效规范性文件{figures.of(PROACTIVE, 'normative_documents', column=column)}。"
    )


def _supervision(figures: _Figures) -> str:
    litigation = ("litigation_direct", "litigation_after_reconsideration")
    return (
        f"因政府信息公开引起的行政复议{figures.of(REMEDIES, 'reconsideration')}，"
        f"其中结果纠正{figures.of(REMEDIES, 'reconsideration', column='corrected')}；"
        f"行政诉讼{figures.of(REMEDIES, *litigation)}，"
        f"其中结果纠正{figures.of(REMEDIES, *litigation, column='corrected')}。"
    )


_PROBLEMS: Final = (
    "（一）存在的主要问题。【填写：本年工作中的主要问题】\n"
    "（二）改进情况。【填写：对上年所列问题的改进，以及下一步措施】"
)


def _other(year: int, facts: Facts) -> str:
    """Whether a processing fee was collected: notices, their sum, what was paid in fact."""
    if facts.fee_collected is None:
        said = f"{year}年，依申请公开政府信息【填写：未收取信息处理费，或者实际收取的总金额】。"
    elif facts.fee_collected == 0 and not facts.fee_notices:
        said = f"{year}年，本机关未收取信息处理费。"
    else:
        notices = ""
        if facts.fee_notices is not None:
            notices = f"发出信息处理费收费通知{facts.fee_notices}件"
            if facts.fee_billed is not None:
                notices += f"，通知总金额{_yuan(facts.fee_billed)}元"
            notices += "；"
        said = f"{year}年，本机关{notices}实际收取信息处理费{_yuan(facts.fee_collected)}元。"
    return f"{said}\n【填写：其他需要报告的事项；没有的写“无其他需要报告的事项”】"


def _yuan(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return f"{amount:.0f}" if whole else f"{amount:.2f}"

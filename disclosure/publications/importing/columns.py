"""The columns of an import or export, and what a cell of each may hold."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from disclosure import grounds
from disclosure.core import html
from disclosure.core.dates import today
from disclosure.publications.models import Publication

FIRST_DAY = dt.date(1900, 1, 1)


class CellProblem(ValueError):
    """What is wrong with one cell, as a sentence."""


@dataclass(frozen=True)
class Column:
    """A column: its key (JSON, English heading), its Chinese heading, what its cells hold."""

    key: str
    heading: str
    parse: Callable[[str], Any]


_VALIDITIES: dict[Any, tuple[str, ...]] = {
    Publication.Validity.IN_FORCE: ("有效", "现行有效"),
    Publication.Validity.AMENDED: ("已修改", "修改", "部分失效", "已修订"),
    Publication.Validity.REPEALED: ("已废止", "废止"),
    Publication.Validity.LAPSED: ("已失效", "失效"),
}
_DISCLOSURES: dict[Any, tuple[str, ...]] = {
    Publication.Disclosure.PROACTIVE: ("主动公开",),
    Publication.Disclosure.ON_REQUEST: ("依申请公开",),
    Publication.Disclosure.EXEMPT: ("不予公开",),
}
#: The Chinese word that an export writes for each value.
WORDS: dict[str, str] = {
    str(value): words[0] for value, words in (_VALIDITIES | _DISCLOSURES).items()
}
_DATE = re.compile(
    r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
    r"|(\d{4})(\d{2})(\d{2})"
)
# In one line nothing below a blank; in a text line breaks and tabs are at home.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _checked(cell: str) -> str:
    found = _CONTROL.search(cell)
    if found:
        raise CellProblem(
            _("There is a control character (U+%(code)s) in it.")
            % {"code": f"{ord(found.group()):04X}"}
        )
    return cell


def one_line(cell: str) -> str:
    return " ".join(_checked(cell).split())


def text(cell: str) -> str:
    """HTML where it begins with a tag, else plain text; sanitised."""
    cell = _checked(cell).replace("\r\n", "\n")
    if html.looks_like_html(cell):
        return html.sanitise(cell)
    # Paragraphs of escaped text are what the sanitiser would leave of them, but for this sign.
    return html.from_plain(cell).replace("\u00a0", "&nbsp;").strip()


def summary(cell: str) -> str:
    return _checked(cell).strip()


def date(cell: str) -> dt.date | None:
    cell = unicodedata.normalize("NFKC", one_line(cell))
    if not cell:
        return None
    match = _DATE.fullmatch(cell)
    if not match:
        raise CellProblem(_("This is not a date such as 2026-03-31."))
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise CellProblem(_("There is no such day.")) from None
    if not FIRST_DAY <= found <= today() + dt.timedelta(days=366):
        raise CellProblem(_("A date lies between 1900 and a year from now."))
    return found


def _choice(words: dict[Any, tuple[str, ...]], default: str) -> Callable[[str], str]:
    known = {word: str(value) for value, each in words.items() for word in (str(value), *each)}

    def parse(cell: str) -> str:
        cell = one_line(cell)
        if not cell:
            return default
        if cell not in known:
            choices = "、".join(each[0] for each in words.values())
            raise CellProblem(
                _("There is no such value; possible are %(choices)s.") % {"choices": choices}
            )
        return known[cell]

    return parse


def ground(cell: str) -> str:
    """A ground for not disclosing, by its key or by its name in the language of the command."""
    cell = one_line(cell)
    for one in grounds.GROUNDS.values():
        if cell in {one.key, str(one.label)}:
            return one.key
    if not cell:
        return ""
    raise CellProblem(
        _("There is no such value; possible are %(choices)s.")
        % {"choices": "、".join(grounds.GROUNDS)}
    )


COLUMNS: tuple[Column, ...] = (
    Column("index_number", "索引号", one_line),
    Column("title", "标题", one_line),
    Column("agency", "发布机构", one_line),
    Column("category", "主题分类", one_line),
    Column("document_number", "文号", one_line),
    Column("date_made", "成文日期", date),
    Column("published_on", "发布日期", date),
    Column("validity", "有效性", _choice(_VALIDITIES, Publication.Validity.IN_FORCE)),
    Column("disclosure", "公开属性", _choice(_DISCLOSURES, Publication.Disclosure.PROACTIVE)),
    Column("summary", "内容概述", summary),
    Column("body", "正文", text),
    Column("keywords", "关键词", one_line),
)
#: Understood on import only: what is not disclosed needs its ground (Art. 14–16).
GROUND = Column("exempt_ground", "不予公开理由", ground)
BY_NAME: dict[str, Column] = {
    name: column for column in (*COLUMNS, GROUND) for name in (column.key, column.heading)
}
BY_KEY: dict[str, Column] = {column.key: column for column in (*COLUMNS, GROUND)}


def named(heading: str) -> Column | None:
    """The column that a heading names, in Chinese or in English."""
    name = unicodedata.normalize("NFKC", heading).strip().strip("\ufeff").strip()
    return BY_NAME.get(name) or BY_NAME.get(name.lower())

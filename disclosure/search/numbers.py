"""Document numbers (文号) in running text: one token, however the year is written.

〔2013〕5号, [2013]5号, (2013)05号, 【2013】 5 号, 〔2013〕第五号 and 2013年第5号 are all `#2013-5`.
Everything here is about folded text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_OPEN, _CLOSE = r"[〔\[(【〖〈《{]", r"[〕\])】〗〉》}]"
_YEAR: Final = "(?:19|20)[0-9]{2}"
_COUNT: Final = "[0-9]{1,5}(?![0-9])|[零一二三四五六七八九十百千]{1,7}"
#: Blanks and one line end; possessive, so that long white space costs nothing.
GAP: Final = r" *+\n?+ *+"
IN_BRACKETS: Final = (
    rf"{_OPEN}{GAP}(?P<year>{_YEAR}){GAP}年?{GAP}{_CLOSE}{GAP}字?第?{GAP}"
    rf"(?P<count>{_COUNT}){GAP}号"
)
WITH_YEAR: Final = rf"(?<![0-9])(?P<year2>{_YEAR}){GAP}年{GAP}第?{GAP}(?P<count2>{_COUNT}){GAP}号"
#: How people type them: 2013-5, 2013-5号; in a text that may be a date.
_TYPED: Final = rf"(?<![0-9-])(?P<year3>{_YEAR})-(?P<count3>[0-9]{{1,4}})(?![0-9-])(?:{GAP}号)?"
_IN_TEXT: Final = re.compile(f"{IN_BRACKETS}|{WITH_YEAR}")
_ASKED: Final = re.compile(f"{IN_BRACKETS}|{WITH_YEAR}|{_TYPED}")
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True)
class Number:
    """A document number at `start` to `end` of a folded text, without the office before it."""

    year: str
    count: str
    start: int
    end: int
    is_bracketed: bool
    #: By someone in a hurry, 2013-5: perhaps no document number.
    is_typed: bool

    @property
    def token(self) -> str:
        return f"#{self.year}-{self.count}"


def find(folded: str) -> Iterator[Number]:
    """The document numbers that stand in a text."""
    if "号" not in folded:
        return iter(())
    return map(_number, _IN_TEXT.finditer(folded))


def find_asked(folded: str) -> Iterator[Number]:
    """The same in a query, where 2013-5 is one too."""
    return map(_number, _ASKED.finditer(folded))


def _number(found: re.Match[str]) -> Number:
    year, count = (part for part in found.groups() if part)
    kind = found.lastgroup
    return Number(year, _in_figures(count), *found.span(), kind == "count", kind == "count3")


def _in_figures(count: str) -> str:
    """`05` and `五` as 5, `十二` as 12, `一百零五` as 105, `一二` as 12."""
    if count.isascii():
        return str(int(count))
    if not any(unit in count for unit in _UNITS):
        return str(int("".join(str("零一二三四五六七八九".index(one)) for one in count)))
    total = digit = 0
    for one in count:
        if one in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[one], 0
        else:
            digit = "零一二三四五六七八九".index(one)
    return str(total + digit)

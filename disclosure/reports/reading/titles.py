"""Whose report it is and of which year, from its title (标题)."""

import re
from typing import Final

from disclosure.reports.reading.numerals import chinese_number, narrow
from disclosure.reports.reading.shapes import FIRST_YEAR, LAST_YEAR

MAX_TITLE: Final = 100

_SUBJECT: Final = r"(?:政府信息|政务信息|信息|政务)公开"
_KIND: Final = r"(?:报告|年报|总结)"
_IS_TITLE: Final = re.compile(rf"{_SUBJECT}.*{_KIND}|年度(?:工作)?{_KIND}")
_YEAR: Final = re.compile(r"(?P<digits>\d{4}|[一二三四五六七八九〇零]{4})\s*年度?")
# What ends the agency's name: 工作 alone does not, there are agencies called 老干部工作局.
_END: Final = re.compile(
    rf"关于|依申请公开|{_SUBJECT}|年度(?:工作)?{_KIND}|(?:工作)?{_KIND}$|[《》〈〉()（）\s,，、:：]"
)


def is_title(line: str) -> bool:
    """Whether a line reads like the title of a report on disclosure work."""
    plain = narrow(line).strip()
    return 6 <= len(plain) <= MAX_TITLE and "。" not in plain and bool(_IS_TITLE.search(plain))


def year_of(title: str) -> int | None:
    """The year reported on, in any numerals; None if the title names none or an absurd one."""
    for match in _YEAR.finditer(narrow(title)):
        digits = match["digits"]
        year = int(digits) if digits.isascii() else chinese_number(digits)
        if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
            return year
    return None


def agency_of(title: str) -> str:
    """The agency as the title words it, empty if it names none."""
    plain = narrow(title).strip().strip("《》〈〉 ")
    without_year = _YEAR.sub("\n", plain)
    words = (_END.split(part.strip(), maxsplit=1)[0] for part in without_year.split("\n"))
    return next((word for word in words if len(word) > 1), "")


def usual_title(agency: str, year: int) -> str:
    """The title that a report has where nobody gave it another."""
    return f"{agency}{year}年政府信息公开工作年度报告"

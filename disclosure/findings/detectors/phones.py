"""Mobile numbers. Landlines are nobody's secret: agencies publish theirs, so no rule finds them."""

import re
from collections.abc import Iterator

from disclosure.findings.detectors.digits import (
    Number,
    is_glued,
    is_labelled,
    is_spoken_of,
    narrow,
    numbers,
)
from disclosure.findings.detectors.kinds import Hit

_MOBILE = re.compile(r"1[3-9]\d{9}")
_SHAPES = {(11,), (3, 4, 4), (3, 8), (4, 4, 3), (4, 3, 4), (7, 4), (3, 3, 5)}
_COUNTRY = {"86", "0086"}
_YEAR_BEFORE = re.compile(r"[〔\[［【（(]\d{4}[〕\]］】）)]\s*$")
_NUMBERED = re.compile(r"(?:第|№|#|[Nn][Oo][.:： ]*|[￥¥$])\s*$")
_IN_ADDRESS = re.compile(r"[A-Za-z_=&?%][/\-]?$|://\S*$|/[A-Za-z]\S*/$")
_UNIT = re.compile(
    r"\s*(?:元|万|亿|吨|人|户|册|份|件|米|公里|平方|立方|千瓦|度|号(?!码|段)|[%％‰]|股|美元|字|条|页|亩"
    r"|公顷|瓶|箱|个|项|次|台|套|千克|公斤|升)"
)
#: Prefixes that are dialled before a mobile number and may be written without a blank.
_PREFIXED = re.compile(r"(0086|86|0)(1[3-9]\d{9})")


def mobiles(text: str) -> Iterator[Hit]:
    """Mobile numbers of 11 digits, with or without +86 and separators."""
    text, end = narrow(text), 0
    for number in numbers(text, (11, 12, 13, 15), most_groups=3):
        if number.start < end:
            continue
        start = _start(number, text)
        if start is None or not _stands_free(number, text):
            continue
        if is_labelled(text, number.start, "other") and not is_labelled(
            text, number.start, "phone"
        ):
            continue
        end = number.end
        yield Hit(start, number.end)


def _start(number: Number, text: str) -> int | None:
    """Where the 11 digits begin; None where there are none."""
    if number.shape in _SHAPES and _MOBILE.fullmatch(number.digits):
        return number.start
    prefixed = _PREFIXED.fullmatch(number.digits)
    if len(number.shape) != 1 or prefixed is None:
        return None
    dialled = (
        prefixed[1] == "0086"
        or text[number.start - 1 : number.start] == "+"
        or is_spoken_of(text, number.start, "phone", within=20)
    )
    return number.start + len(prefixed[1]) if dialled else None


def _stands_free(number: Number, text: str) -> bool:
    """Whether it is a number by itself: no part of a longer one, a code, an amount, an address."""
    if "-" in number.before and number.previous not in _COUNTRY:
        return False
    if "-" in number.after or "." in number.after:
        return False
    if is_glued(text, number.start, number.end):
        return False
    before = text[max(0, number.start - 40) : number.start].rpartition("\n")[2]
    if _YEAR_BEFORE.search(before) or _NUMBERED.search(before) or _IN_ADDRESS.search(before):
        return False
    return _UNIT.match(text, number.end) is None

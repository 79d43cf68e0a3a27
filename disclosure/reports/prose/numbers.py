"""Numbers as texts write them: full width, with separators, in Chinese, in 万; with their unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from disclosure.reports.reading.numerals import LARGE, SMALL, chinese_number, narrow

Bound = Literal["", "over", "nearly", "about"]

MONEY: Final = "元"
#: Unit -> what may not follow, because then the character belongs to another word.
_UNITS: Final = {
    "件次": "",
    "人次": "",
    "条次": "",
    "件": "",
    "宗": "",
    "份": "额",
    "条": "例款线约龙",
    "项": "目",
    "个": "工月小百方体别",
    "起": "草诉",
    "次": "性序日",
    "笔": "",
    "部": "门分署位队级委",
    "例": "外",
    "篇": "幅章",
    "批": "准复示",
    "张": "",
    "封": "",
    "家": "庭长属",
    "名": "称单录",
    "人": "民员才",
    "元": "旦",
}
_UNIT: Final = "|".join(
    f"{unit}(?![{no}])" if no else re.escape(unit) for unit, no in _UNITS.items()
)
_CHINESE: Final = "〇零一二两三四五六七八九十百千万亿"
_NUMBER: Final = re.compile(
    # Not within a number, an article (第三十三条), a document's number, a range, a code.
    r"(?<![第〔\[【\dA-Za-z])(?<!\d[.,/:：~～至到—–-])(?<!第[（(])"
    r"(?:(?P<front>超过|超|逾|突破|约为?|将近|接近|近|不足)\s{0,2})?"
    r"(?:(?P<digits>\d{1,3}(?:[,，]\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?!\d)|\d+)(?P<part>\.\d+)?"
    r"\s{0,2}(?P<more>[余多])?(?P<scale>[百千万亿]{0,2})(?P<more2>[余多])?"
    rf"|(?<![{_CHINESE}])(?P<chinese>[{_CHINESE}]+)(?P<more3>[余多])?)"
    r"\s{0,2}"
    rf"(?:[（(]?(?P<unit>{_UNIT})[）)]?|(?=$|[，。；、,;）)\n]))"
    r"(?P<back>以上|左右|上下)?"
)
_FRONT: Final[dict[str, Bound]] = {
    "超过": "over",
    "超": "over",
    "逾": "over",
    "突破": "over",
    "约": "about",
    "约为": "about",
    "将近": "nearly",
    "接近": "nearly",
    "近": "nearly",
    "不足": "nearly",
}
_BACK: Final[dict[str, Bound]] = {"以上": "over", "左右": "about", "上下": "about"}
#: 3525 000 000 000 000: longer ones count nothing.
_MOST_DIGITS: Final = 16


@dataclass(frozen=True)
class Written:
    """A number at its place in the text; money is in yuan.

    `step` is what its last written place is worth: 1 for 3525件, 1000 for 1.2万件.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    unit: str
    bound: Bound
    #: 一件 is more often a manner of speaking than a count.
    is_plain_one: bool = False

    @property
    def is_money(self) -> bool:
        return self.unit == MONEY


def numbers_in(text: str) -> Iterator[Written]:
    """The numbers of `text` that may count something, in order; `text` as of `blanked`."""
    for match in _NUMBER.finditer(text):
        number = _read(match)
        if number is not None:
            yield number


def _read(match: re.Match[str]) -> Written | None:
    unit = match["unit"] or ""
    chinese = match["chinese"]
    if chinese:
        if not unit or len(chinese) > _MOST_DIGITS:
            return None
        value = Decimal(chinese_number(chinese) or 0)
        step = Decimal(_last_scale(chinese))
    else:
        digits = re.sub("[,， ]", "", match["digits"])
        part = match["part"] or ""
        if len(digits) + len(part) > _MOST_DIGITS:
            return None
        value = Decimal(digits + part)
        step = Decimal(1).scaleb(-max(len(part) - 1, 0))
        for scale in match["scale"]:
            value *= (SMALL | LARGE)[scale]
            step *= (SMALL | LARGE)[scale]
    more = match["more"] or match["more2"] or match["more3"]
    bound: Bound = "over" if more else _FRONT.get(match["front"] or "", "")
    bound = bound or _BACK.get(match["back"] or "", "")
    start = match.start("chinese") if chinese else match.start("digits")
    end = match.end("back") if match["back"] else match.end("unit")
    if not unit:
        end = max(match.end("digits"), match.end("part"), match.end("scale"))
    return Written(start, end, value, step, unit, bound, chinese == "一")


def _last_scale(chinese: str) -> int:
    """三万 is to the ten thousand, 三万二千 to the thousand, 二十三 to the one. Below ten thousand
    a numeral is exact: 二十件 are twenty."""
    scale = (SMALL | LARGE).get(chinese[-1], 1)
    return scale if scale >= LARGE["万"] else 1


_TITLES: Final = re.compile(r"《[^》\n]{0,200}》")
_OPEN: Final = re.compile(r"【[^】\n]{0,200}】")
_QUOTES: Final = re.compile(r"“[^”\n]{0,40}”")
_HIDDEN: Final = "\x01"


def blanked(text: str) -> str:
    """The text, equally long, narrow, without what stands in book-title marks and open places
    (【……】), and without the numbers in quotation marks (“一件事一次办”)."""
    plain = narrow(text)
    for hidden in (_TITLES, _OPEN):
        plain = hidden.sub(lambda match: _HIDDEN * len(match[0]), plain)
    return _QUOTES.sub(lambda match: re.sub(rf"[\d{_CHINESE}]", _HIDDEN, match[0]), plain)


def holds(number: Written, expected: Decimal) -> bool:
    """Whether the text's number is a true way to write `expected` (in the text's unit)."""
    difference = expected - number.value
    match number.bound:
        case "over":
            return 0 <= difference < max(number.step, _round_step(number.value))
        case "nearly":
            return 0 <= -difference < max(number.step, _round_step(number.value))
        case "about":
            return abs(difference) <= number.value / 10
    # Rounded, or cut off.
    return -number.step / 2 <= difference < number.step


def _round_step(value: Decimal) -> Decimal:
    """What the last digit that is not 0 is worth: 3000余 may be up to 3999, 3500余 up to 3599."""
    whole = int(value)
    step = 1
    while whole and whole % (step * 10) == 0:
        step *= 10
    return Decimal(step)

"""What section six says about the processing fee (信息处理费).

Since 2021 the report must say whether one was collected, and how much (国办函〔2020〕109号).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from disclosure.reports.prose.numbers import blanked, numbers_in

#: The first year whose report must say it.
SINCE: Final = 2021
_ABOUT: Final = re.compile(r"处理费|收费|费用|收取")
_OTHER_FEES: Final = re.compile(r"行政事业性收费|诉讼费|停车|学费|社保|保险费|培训费")
_NONE: Final = re.compile(
    r"(?:未|没有|没|无|不|从未|均未|尚未)[^，。；]{0,12}?(?:收取|收费|收到|产生|发生|涉及)[^，。；]{0,16}"
    r"|(?:收取|收费|处理费|费用)[^，。；]{0,12}?(?:为零|为无|：无|:无|情况无)|免费提供|无收费|零收费"
)
_COLLECTED: Final = re.compile(r"实际收取|实收|收取|收费|收到|处理费")
_NOT_COLLECTED: Final = re.compile(r"应收|减免|免收|退[还回付]|拟收|标准|每件|每页|上年|去年|往年")
_ACTUALLY: Final = re.compile(r"实际收取|实收|共收取|收取[^，。；]{0,10}处理费")
_NOTICES: Final = re.compile(r"通知")
_CLAUSE: Final = re.compile(r"[，。；：;\n]|,(?!\d)")


@dataclass(frozen=True)
class FeeStatement:
    """Whether a fee was collected, as a text says it; `amount` in yuan, 0 for "none"; where it
    stands in the text."""

    says: Literal["none", "amount", "silent"]
    amount: Decimal | None = None
    start: int = 0
    end: int = 0

    def agrees_with(self, collected: Decimal) -> bool:
        """Whether the text says what was collected, in yuan."""
        return self.says != "silent" and self.amount == collected


def fee_statement(text: str, year: int | None = None) -> FeeStatement:
    """What `text` says; of several sums the one that was collected in fact (实际收取). Sums of
    another year than `year` are passed over."""
    plain = blanked(text)
    sums: list[tuple[bool, FeeStatement]] = []
    for number in numbers_in(plain):
        if not number.is_money:
            continue
        clause = _clause_before(plain, number.start)
        words = f"{clause}{plain[number.end : number.end + 12]}"
        if _NOT_COLLECTED.search(clause) or _OTHER_FEES.search(clause):
            continue
        if not _COLLECTED.search(words) or (year and _is_of_another(year, clause)):
            continue
        is_surest = bool(_ACTUALLY.search(clause)) and not _NOTICES.search(clause)
        says: Literal["none", "amount"] = "amount" if number.value else "none"
        sums.append((is_surest, FeeStatement(says, number.value, number.start, number.end)))
    surest = [statement for is_surest, statement in sums if is_surest]
    if surest:
        return surest[-1]
    for match in _NONE.finditer(plain):
        clause = f"{_clause_before(plain, match.start())}{match[0]}"
        is_another = bool(year) and _is_of_another(year or 0, clause)
        if _ABOUT.search(match[0]) and not _OTHER_FEES.search(clause) and not is_another:
            return FeeStatement("none", Decimal(0), match.start(), match.end())
    return sums[-1][1] if sums else FeeStatement("silent")


def _clause_before(plain: str, end: int) -> str:
    """From the break before; from the one before that where the clause is only 共 or 金额为."""
    begin = max(end - 80, 0)
    starts = [match.end() for match in _CLAUSE.finditer(plain, begin, end)]
    if not starts:
        return plain[begin:end]
    last = plain[starts[-1] : end]
    if len(last) <= 8 and not _COLLECTED.search(last) and plain[starts[-1] - 1] in "，,：:":
        return plain[(starts[-2] if len(starts) > 1 else begin) : end]
    return last


def _is_of_another(year: int, clause: str) -> bool:
    years = re.findall(r"(?<!\d)(20\d\d)\s*年", clause)
    return bool(years) and str(year) not in years

"""Chinese and full-width numerals (中文数字, 全角数字)."""

from typing import Final

DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SMALL: Final = {"十": 10, "百": 100, "千": 1000}
LARGE: Final = {"万": 10_000, "亿": 100_000_000}
ORDINALS: Final = "一二三四五六七八九十"

# One character for one, so that places in the plain text are places in the original.
_NARROW: Final = {0xFF10 + i: 0x30 + i for i in range(10)} | {
    ord("．"): ".",
    ord("％"): "%",
    0x3000: " ",
    0xA0: " ",
    0x2003: " ",
    0x2002: " ",
}


def narrow(text: str) -> str:
    """The same text, equally long, with half-width digits, points, percent signs and blanks."""
    return text.translate(_NARROW)


def chinese_number(text: str) -> int | None:
    """The value of 二十三, 一百零五, 三万二千 or 二〇一三; None if it is no numeral."""
    if not text or any(c not in DIGITS and c not in SMALL and c not in LARGE for c in text):
        return None
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c in SMALL:
            section += (digit or 1) * SMALL[c]
            digit = 0
        else:
            total = (total + section + digit) * LARGE[c]
            section = digit = 0
    return total + section + digit


def ordinal(text: str) -> int | None:
    """The place that an enumerator names: 3, ３, 三, 十三."""
    plain = narrow(text).strip()
    if plain.isascii() and plain.isdigit():
        return int(plain)
    return chinese_number(plain)


def chinese_ordinal(number: int) -> str:
    """一, 二, … 十, 十一, … 九十九: how official documents number their sections."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else ORDINALS[tens - 1]) + "十"
    return head + (ORDINALS[ones - 1] if ones else "")

"""Bank card numbers: known beginnings (IIN), their lengths, and the Luhn check."""

import re
from collections.abc import Iterator

from stdnum import luhn

from disclosure.findings.detectors.digits import (
    Number,
    is_glued,
    is_labelled,
    is_spoken_of,
    narrow,
    numbers,
)
from disclosure.findings.detectors.identity import is_resident_id
from disclosure.findings.detectors.kinds import Hit

#: Beginnings of cards used in China, with the lengths that they have.
_ISSUERS: tuple[tuple[re.Pattern[str], frozenset[int]], ...] = tuple(
    (re.compile(begin), frozenset(lengths))
    for begin, lengths in (
        (r"62", (16, 17, 18, 19)),  # UnionPay
        (r"4", (16, 19)),  # Visa; older debit cards of 19 (436742, 456351)
        (r"5[1-5]", (16,)),  # Mastercard
        (r"2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)", (16,)),  # Mastercard since 2017
        (r"35(?:2[89]|[3-8]\d)", (16,)),  # JCB
        (r"9558[0-9]", (16, 19)),  # older debit cards
        (r"601382|60[0-9]{4}", (19,)),
    )
)
_MOST_GROUPS = 5
#: A further group that would belong to the card, were it one: no sum of money.
_GOES_ON = re.compile(r" \d{1,4}(?![\d.,]|\s*元)")
_SUM_FOLLOWS = re.compile(r"\s*(?:元|万|亿|号(?!码))")


def cards(text: str) -> Iterator[Hit]:
    """Numbers of 16 to 19 digits that a bank card could have, in one run or in groups of four."""
    text, end = narrow(text), 0
    for number in numbers(text, range(16, 20), most_groups=_MOST_GROUPS, first_group=4):
        if number.start < end or not _is_card(number, text):
            continue
        end = number.end
        yield Hit(number.start, number.end)


def _is_card(number: Number, text: str) -> bool:
    digits = number.digits
    if not digits.isdigit() or not _is_grouped(number.shape) or not luhn.is_valid(digits):
        return False
    if not any(begin.match(digits) and len(digits) in sizes for begin, sizes in _ISSUERS):
        return False
    if is_glued(text, number.start, number.end) or number.before.strip() or number.after.strip():
        return False
    if is_resident_id(number, text) or _SUM_FOLLOWS.match(text, number.end):
        return False
    if len(number.shape) > 1 and _GOES_ON.match(text, number.end):
        return False
    if is_labelled(text, number.start, "card"):
        return True
    if is_labelled(text, number.start, "other") or is_labelled(text, number.start, "id"):
        return False
    # Long serials pass Luhn one time in ten: without UnionPay's beginning it needs a sign more.
    in_fours = len(number.shape) > 1
    return digits.startswith("62") or in_fours or is_spoken_of(text, number.start, "card")


def _is_grouped(shape: tuple[int, ...]) -> bool:
    """One run; groups of four with a shorter or longer last one; six and the rest."""
    if len(shape) == 1:
        return True
    if len(shape) == 2:
        return shape[0] == 6
    return all(size == 4 for size in shape[:-1]) and shape[-1] <= 7

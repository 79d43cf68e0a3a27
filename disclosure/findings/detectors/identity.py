"""Resident ID numbers (居民身份证号码, GB 11643), and names that stand beside them."""

import datetime as dt
import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from stdnum.cn import uscc

from disclosure.core.identities import validate_resident_id
from disclosure.findings.detectors.digits import (
    Number,
    is_glued,
    is_labelled,
    is_spoken_of,
    narrow,
    numbers,
)
from disclosure.findings.detectors.kinds import Hit
from disclosure.findings.detectors.surnames import NAME, NAME_BEFORE_BRACKET

#: Codes of provinces, the places abroad of later cards (81–83) and permanent residents (9).
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d")
#: A disability certificate's number is the ID number with kind and degree behind it.
_CERTIFICATE = re.compile(r"残疾[^\n。；\d]{0,20}(\d{17}[\dXx])(?=\d\d(?!\d)|\d{0,2}[Bb]\d)")
_CENTURIES = {"18", "19", "20"}
_MOST_GROUPS = 6
_SENTENCE_END = re.compile(r"[。；;！!？?\n]")


def _is_valid(digits: str) -> bool:
    if digits[6:8] not in _CENTURIES:  # most numbers go here, at once
        return False
    try:
        validate_resident_id(digits)
    except ValidationError:
        return False
    return True


def _is_birthday(digits: str) -> bool:
    try:
        return (
            dt.date(1900, 1, 1) <= dt.date.fromisoformat(digits) <= dt.datetime.now(dt.UTC).date()
        )
    except ValueError:
        return False


def is_resident_id(number: Number, text: str) -> bool:
    """18 characters whose check digit and birth date are right, and no credit code or serial."""
    if len(number.digits) != 18 or not _is_valid(number.digits):
        return False
    if is_glued(text, number.start, number.end):
        return False
    if is_labelled(text, number.start, "credit_code") and uscc.is_valid(number.digits):
        return False
    labelled = is_labelled(text, number.start, "other")
    return not labelled or is_labelled(text, number.start, "id") or _has_province(number.digits)


def _has_province(digits: str) -> bool:
    return _PROVINCE.match(digits) is not None


def _is_old(number: Number, text: str) -> bool:
    """15 digits of the cards before 1999: province and birth date can be read, no check digit."""
    digits = number.digits
    return (
        number.shape in {(15,), (6, 6, 3)}
        and digits.isdigit()
        and _has_province(digits)
        and _is_birthday(f"19{digits[6:12]}")
        and not is_glued(text, number.start, number.end)
    )


def _candidates(text: str) -> Iterator[Number]:
    return numbers(text, (15, 18), most_groups=_MOST_GROUPS)


def resident_ids(text: str) -> Iterator[Hit]:
    """Numbers of 18 that are right, and old ones of 15 that the text calls ID numbers."""
    text, end = narrow(text), 0
    for certificate in _CERTIFICATE.finditer(text):
        if _is_valid(certificate[1]):
            yield Hit(certificate.start(1), certificate.end(1))
    for number in _candidates(text):
        if number.start < end:
            continue
        named = _is_old(number, text) and is_spoken_of(text, number.start, "id")
        if named or is_resident_id(number, text):
            end = number.end
            yield Hit(number.start, number.end)


def like_resident_ids(text: str) -> Iterator[Hit]:
    """Old numbers of 15 that nothing names, and numbers of 18 that are called ID numbers though
    the check digit is wrong: perhaps mistyped, and still somebody's."""
    text, end = narrow(text), 0
    for number in _candidates(text):
        if number.start < end or number.before or number.after:
            continue
        if _is_old(number, text):
            found = not is_spoken_of(text, number.start, "id") and not is_labelled(
                text, number.start, "other"
            )
        else:
            found = (
                len(number.digits) == 18
                and number.digits[6:8] in _CENTURIES
                and _is_birthday(number.digits[6:14])
                and not _is_valid(number.digits)
                and is_spoken_of(text, number.start, "id")
                and not is_glued(text, number.start, number.end)
            )
        if found:
            end = number.end
            yield Hit(number.start, number.end)


def names_with_ids(text: str) -> Iterator[Hit]:
    """The name next before an ID number in the same sentence or row."""
    begin = 0
    for hit in resident_ids(text):
        window = text[max(begin, hit.start - 80) : hit.start]
        offset = hit.start - len(window)
        cut = 0
        for stop in _SENTENCE_END.finditer(window):
            cut = stop.end()
        found = NAME_BEFORE_BRACKET.search(window, cut)
        for row in NAME.finditer(window, cut) if found is None else ():
            found = row
        if found is not None:
            yield Hit(offset + found.start("name"), offset + found.end("name"))
        begin = hit.end

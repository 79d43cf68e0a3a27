"""Identity numbers: resident ID (居民身份证, GB 11643) and social credit code (GB 32100).

Only the check digit and the date of birth are tested: place codes change, and lawful people
were refused by stricter tests.
"""

import datetime as dt
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as StdnumError

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def normalise_number(value: str) -> str:
    """Full width to half width, capitals, no blanks or hyphens."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", value)).upper()


def validate_resident_id(value: str, *, on: dt.date | None = None) -> None:
    """Raise ValidationError unless `value` is a resident ID number (18 characters).

    `on` is the day against which the date of birth is tested (default: today's UTC day).
    """
    number = normalise_number(value)
    if not re.fullmatch(r"\d{17}[\dX]", number):
        raise ValidationError(
            _("A resident ID number has 17 digits and a last digit or X."), code="format"
        )
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise ValidationError(
            _("The date of birth in this ID number does not exist."), code="birth"
        ) from None
    if not dt.date(1850, 1, 1) <= born <= (on or dt.datetime.now(dt.UTC).date()):
        raise ValidationError(
            _("The date of birth in this ID number is not possible."), code="birth"
        )
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    if _CHECK_DIGITS[total % 11] != number[-1]:
        raise ValidationError(
            _("The check digit of this ID number is wrong; please compare the last digit."),
            code="check",
        )


def validate_social_credit_code(value: str) -> None:
    """Raise ValidationError unless `value` is a unified social credit code (18 characters)."""
    try:
        uscc.validate(normalise_number(value))
    except StdnumError:
        raise ValidationError(
            _("This is not a valid unified social credit code (18 characters)."), code="uscc"
        ) from None


def mask(value: str, *, first: int = 1, last: int = 1) -> str:
    """Show at most the first and last few characters: `张*`, `138****1234`."""
    if not value:
        return ""
    if len(value) <= first + last:
        return value[:1] + "*" * max(len(value) - 1, 1)
    return value[:first] + "*" * (len(value) - first - last) + (value[-last:] if last else "")


def mask_name(value: str) -> str:
    """A person's name with the family name left: `张**`."""
    return mask(value, first=1, last=0)


def mask_phone(value: str) -> str:
    return mask(value, first=3, last=4)


def mask_number(value: str) -> str:
    return mask(value, first=2, last=2)


def mask_email(value: str) -> str:
    name, at, domain = value.partition("@")
    return f"{mask(name, first=1, last=0)}{at}{domain}"

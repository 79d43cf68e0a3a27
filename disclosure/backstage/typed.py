"""What may be typed into a plain field."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]")
#: Years outside of them nobody means, and at the ends of the calendar UTC has no name for them.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def no_far_year(value: dt.datetime) -> None:
    """Refuse a moment, as a form reads it, that is not from 1900 to 2200."""
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise ValidationError(_("Please give a year from 1900 to 2200."), code="year")


def no_control_characters(value: str) -> None:
    """Refuse what nobody sees and no XML, file name or database takes."""
    found = _CONTROL.search(value)
    if found:
        raise ValidationError(
            _("There is an invisible character (%(code)s) in it. Please remove it."),
            code="control",
            params={"code": f"U+{ord(found[0]):04X}"},
        )

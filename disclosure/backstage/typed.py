"""What may be typed into a plain field."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]")


def no_control_characters(value: str) -> None:
    """Refuse what nobody sees and no XML, file name or database takes."""
    found = _CONTROL.search(value)
    if found:
        raise ValidationError(
            _("There is an invisible character (%(code)s) in it. Please remove it."),
            code="control",
            params={"code": f"U+{ord(found[0]):04X}"},
        )

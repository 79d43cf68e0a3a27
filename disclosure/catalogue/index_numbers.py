"""Index numbers (索引号): no common shape, kept as they are; but each must make an address."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\ufeff\ud800-\udfff]"
)


def validate_index_number(value: str) -> None:
    """Raise ValidationError unless `/catalogue/<value>/` leads back to exactly this number.

    Slashes inside are common; a browser would fold empty and dotted parts (`//`, `..`).
    """
    if value != value.strip() or _CONTROL.search(value):
        raise ValidationError(
            _("An index number has no control characters, and no blanks at its ends."),
            code="index_number",
        )
    if any(part in {"", ".", ".."} for part in value.split("/")):
        raise ValidationError(
            _("An index number does not begin or end with a slash or hold '//' or '..'."),
            code="index_number",
        )

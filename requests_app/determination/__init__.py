"""Determinations (答复): what can be decided, and the row of table three it leads to. Pure."""

from requests_app.determination.derive import WHY_TEXTS, Derived, Why, derive
from requests_app.determination.outcomes import GROUP_LABELS, OUTCOMES, Group, Outcome
from requests_app.determination.table import (
    DETERMINATIONS,
    GIVEN,
    Determination,
    Follow,
    Given,
    GivenText,
)

__all__ = [
    "DETERMINATIONS",
    "GIVEN",
    "GROUP_LABELS",
    "OUTCOMES",
    "WHY_TEXTS",
    "Derived",
    "Determination",
    "Follow",
    "Given",
    "GivenText",
    "Group",
    "Outcome",
    "Why",
    "derive",
]

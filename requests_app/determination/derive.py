"""The request's one outcome, derived from what was decided on each of its points. Pure.

A request counts once (table three, note to (二)): one that is answered partly by giving something
counts as partly granted and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from disclosure.core.text import gettext_noop as _
from requests_app.determination.outcomes import OUTCOMES, Group
from requests_app.determination.table import DETERMINATIONS


class Why(StrEnum):
    """How the outcome came about."""

    ONE = "one"
    SAME = "same"
    MIXED = "mixed"
    FIRST = "first"


WHY_TEXTS: dict[Why, str] = {
    Why.ONE: _("The request has one point; its determination is the outcome."),
    Why.SAME: _("Every point leads to the same row."),
    Why.MIXED: _("Something is given and something is not: that counts as partly granted alone."),
    Why.FIRST: _(
        "Nothing is given, for different reasons: the one that stands first in table three counts."
    ),
}


@dataclass(frozen=True)
class Derived:
    """A row of table three, and why."""

    outcome: str
    why: Why


def derive(determinations: Sequence[str]) -> Derived:
    """The outcome of points decided so (keys of DETERMINATIONS, one at least)."""
    rows = [DETERMINATIONS[key].row for key in determinations]
    if not rows:
        raise ValueError("a request has at least one point")
    different = set(rows)
    if len(rows) == 1:
        return Derived(rows[0], Why.ONE)
    if len(different) == 1:
        return Derived(rows[0], Why.SAME)
    if any(OUTCOMES[row].group in {Group.GRANTED, Group.PARTLY} for row in different):
        return Derived("partially_granted", Why.MIXED)
    order = list(OUTCOMES)
    return Derived(min(different, key=order.index), Why.FIRST)

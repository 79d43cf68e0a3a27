"""What a rule is and what it finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Severity(StrEnum):
    """What a finding does to the item that it stands in."""

    BLOCKS = "blocks"
    LOOK = "look"


SEVERITY_LABELS: dict[str, str | Promise] = {
    Severity.BLOCKS: _("Blocks"),
    Severity.LOOK: _("To look at"),
}


@dataclass(frozen=True)
class Hit:
    """A place in a text; `reason` and `right` where the place has ones of its own."""

    start: int
    end: int
    reason: str = ""
    #: What should stand there instead.
    right: str = ""


Detect = Callable[[str], Iterable[Hit]]


@dataclass(frozen=True)
class Rule:
    """One rule. `detect` None: found with the help of lists, tables or files, not of text alone.

    `personal`: found text is masked with one click. `by_sentence`: a decision holds for the
    sentence around it and not for the same words elsewhere.
    """

    key: str
    label: str | Promise
    severity: Severity
    reason: str | Promise
    detect: Detect | None = None
    personal: bool = False
    by_sentence: bool = True

"""Where other rooms hang on to the way out: reasons against a step, what follows from one, parts
of the staff page. They register when the app is ready; publications know none of them.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from disclosure.core.errors import Refusal
from disclosure.publications.lifecycle import TRANSITIONS
from disclosure.publications.models import Publication
from disclosure.publications.trail import PublicationEvent, SignOff

Check = Callable[..., list[Refusal]]
Effect = Callable[[Publication, PublicationEvent], None]
#: Of many at once; they have their keys, and none has an event of its own.
BulkEffect = Callable[[Sequence[Publication], SignOff], None]


@dataclass(frozen=True)
class Part:
    """A part of an item's staff page: its heading, its template and what that shows."""

    key: str
    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Panel = Callable[[HttpRequest, Publication], Part | None]
_checks: dict[str, list[Check]] = {}
_effects: dict[str, list[Effect]] = {}
_bulk_effects: list[BulkEffect] = []
_panels: dict[str, tuple[int, Panel]] = {}


def check(*steps: str) -> Callable[[Check], Check]:
    """Registers `f(publication, *, at, data) -> list[Refusal]`: reasons against these steps."""

    def register(function: Check) -> Check:
        for step in _known(steps):
            if function not in _checks.setdefault(step, []):
                _checks[step].append(function)
        return function

    return register


def effect(*steps: str) -> Callable[[Effect], Effect]:
    """Registers `f(publication, event)`: what follows from these steps, in their transaction."""

    def register(function: Effect) -> Effect:
        for step in _known(steps):
            if function not in _effects.setdefault(step, []):
                _effects[step].append(function)
        return function

    return register


def bulk_effect(function: BulkEffect) -> BulkEffect:
    """Registers `f(publications, sign_off)`: what follows when an import takes over many new items
    at once, in its transaction. What is taken over singly goes to `effect("take_over")`."""
    if function not in _bulk_effects:
        _bulk_effects.append(function)
    return function


def panel(order: int) -> Callable[[Panel], Panel]:
    """Registers a part of the staff page of an item; None where it has nothing to say."""

    def register(function: Panel) -> Panel:
        _panels[f"{function.__module__}.{function.__qualname__}"] = (order, function)
        return function

    return register


def _known(steps: tuple[str, ...]) -> tuple[str, ...]:
    for step in steps:
        if step not in TRANSITIONS and step not in OTHER_STEPS:
            raise KeyError(step)
    return steps


#: What happens to an item besides the table's steps: content written, taken over by an import.
OTHER_STEPS = frozenset({"create", "change", "take_over", "delete"})


def reasons(
    step: str, publication: Publication, *, at: dt.datetime, data: Mapping[str, Any]
) -> list[Refusal]:
    """What the other rooms say against the step now."""
    return [
        refusal
        for function in _checks.get(step, ())
        for refusal in function(publication, at=at, data=data)
    ]


def run(step: str, publication: Publication, event: PublicationEvent) -> None:
    """What follows from the step, in the order of registration."""
    for function in _effects.get(step, ()):
        function(publication, event)


def run_bulk(publications: Sequence[Publication], sign_off: SignOff) -> None:
    """What follows from taking over these new items, in the order of registration."""
    for function in _bulk_effects:
        function(publications, sign_off)


def parts(request: HttpRequest, publication: Publication) -> list[Part]:
    """The parts of the item's staff page, in their order."""
    found = []
    for _order, function in sorted(_panels.values(), key=lambda one: one[0]):
        part = function(request, publication)
        if part is not None:
            found.append(part)
    return found

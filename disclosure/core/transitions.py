"""One lawful step in the life of a record, as the tables of states declare it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.functional import Promise

State = TypeVar("State")


@dataclass(frozen=True)
class Transition(Generic[State]):
    """From any of `sources` to `target`; `action` is the right that it needs."""

    name: str
    sources: frozenset[State]
    target: State
    action: str
    label: str | Promise
    needs_reason: bool = False

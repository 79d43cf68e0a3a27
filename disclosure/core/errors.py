"""Named domain errors; `portal.middleware` maps them to answers in one place."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from disclosure.core.citing import cite


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done: a sentence for the person, and its source."""

    reason: str | Promise
    article: str = ""
    code: str = ""

    def __str__(self) -> str:
        return str(self.reason)

    @property
    def cited(self) -> str:
        """The article as the reader cites it; empty where there is none."""
        return cite(self.article)


class DomainError(Exception):
    """Something the rules do not allow; `refusals` says why, each as a sentence."""

    status = 400

    def __init__(self, refusals: Refusal | Iterable[Refusal]) -> None:
        self.refusals = [refusals] if isinstance(refusals, Refusal) else list(refusals)
        super().__init__("; ".join(str(refusal) for refusal in self.refusals))


class NotPermitted(DomainError):
    """The person has no right to do this (role × action table)."""

    status = 403


class NotPossible(DomainError):
    """The thing's state or content does not allow this now."""

    status = 409


class Conflict(DomainError):
    """Somebody else changed the thing meanwhile."""

    status = 409


class TooManyAttempts(DomainError):
    """A limit per address or per target was reached; after `seconds` at the latest it is lifted."""

    status = 429

    def __init__(self, refusals: Refusal | Iterable[Refusal], *, seconds: int) -> None:
        super().__init__(refusals)
        self.seconds = seconds

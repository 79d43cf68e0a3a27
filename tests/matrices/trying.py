"""Trying a step for real, for one person of each role, without a trace."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from disclosure.core.errors import Conflict, NotPermitted, NotPossible

LEGEND = (
    "yes: done. role: refused, the role may not (here). state: refused, not possible in this "
    "state.\nWritten by `UPDATE_MATRICES=1 pytest tests/matrices`; review every change."
)


class _Undo(Exception):
    """Takes the try back."""


def tried(step: Callable[[], Any]) -> str:
    """What comes of `step`; nothing of it stays."""
    verdict = "yes"
    try:
        with transaction.atomic():
            step()
            raise _Undo
    except _Undo:
        pass
    except NotPermitted:
        verdict = "role"
    except (NotPossible, Conflict):
        verdict = "state"
    return verdict

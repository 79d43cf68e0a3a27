"""What can be done to a publication: each is one transaction of permission, policy, write,
history and audit. Admin, commands, bulk actions and imports all come through here.

`actor=None` is the system; it signs nothing off.
"""

import datetime as dt
from typing import Any

from disclosure.agencies.models import User
from disclosure.publications.actions import effects  # noqa: F401  (registers the effects)
from disclosure.publications.actions.engine import lock_all, locked, take
from disclosure.publications.actions.files import (
    attach,
    detach,
    full_name,
    kept_name,
    rename_attachment,
    why_not_attach,
)
from disclosure.publications.actions.taking_over import blanket, take_over
from disclosure.publications.actions.writing import assign_index_number, create, delete, update
from disclosure.publications.models import Publication

__all__ = [
    "assign_index_number",
    "attach",
    "blanket",
    "create",
    "delete",
    "detach",
    "full_name",
    "kept_name",
    "lock_all",
    "locked",
    "rename_attachment",
    "revise",
    "take",
    "take_over",
    "update",
    "why_not_attach",
    "withdraw",
]


def withdraw(
    *, actor: User | None, publication: Publication, reason: str, tombstone: bool = False
) -> Publication:
    """Take it out of the public's sight; `tombstone`: not even title and reason stay to be seen."""
    return take(publication, "withdraw", actor=actor, reason=reason, tombstone=tombstone)


def revise(
    *, actor: User | None, publication: Publication, at: dt.datetime | None = None, **data: Any
) -> Publication:
    """Begin a revision: the draft to be written on."""
    take(publication, "revise", actor=actor, at=at, **data)
    return publication.revisions.latest("pk")

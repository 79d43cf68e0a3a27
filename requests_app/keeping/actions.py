"""Erasing the requests whose retention period is over, each in a transaction of its own."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from disclosure.core.dates import legal_day, now
from disclosure.core.errors import Conflict, NotPossible
from requests_app.actions.engine import take
from requests_app.casework.models import DisclosureRequest
from requests_app.keeping import due
from requests_app.policies import keep_until

BATCH = 200


@dataclass(frozen=True)
class Old:
    """A request whose personal data go. `files` are those of the request and of its letters."""

    case: DisclosureRequest
    kept_until: dt.date | None
    files: int


def to_erase(on: dt.date) -> Iterator[Old]:
    """What would be erased on the day `on`, in batches."""
    last = 0
    while batch := list(_counted(due.to_erase(on).filter(pk__gt=last))[:BATCH]):
        for case in batch:
            files = case.own_files + case.letter_files  # type: ignore[attr-defined]
            yield Old(case, keep_until(case), files)
        last = batch[-1].pk


def _counted(rows: QuerySet[DisclosureRequest]) -> QuerySet[DisclosureRequest]:
    return rows.prefetch_related("remedies").annotate(
        own_files=Count("files", distinct=True),
        letter_files=Count("letters__files", distinct=True),
    )


def erase_old(*, at: dt.datetime | None = None) -> Iterator[tuple[Old, bool]]:
    """Erase what is due at the moment `at`; each request with whether it was erased: a remedy that
    was begun meanwhile, say, keeps it."""
    moment = at or now()
    for old in to_erase(legal_day(moment)):
        try:
            take(old.case, "erase", at=moment)
        except (NotPossible, Conflict):
            yield old, False
        else:
            yield old, True

"""What the public log says of earlier versions that may be read no more: that they were closed,
when and why, and nothing of what stood in them.
"""

import datetime as dt

from django.db import transaction

from disclosure.core.dates import now
from disclosure.life.models import ClosedVersion
from disclosure.publications import actions
from disclosure.publiclog import actions as log
from disclosure.publiclog.items import closings, closings_since

#: Closings that one run of the daily job writes in.
AT_ONCE = 500


def log_closing(closed: ClosedVersion, *, at: dt.datetime) -> None:
    """Write the entry; in the transaction of the closing, under the lock of its item."""
    version = closed.version
    log.append_closing(
        actions.locked(version.revises or version),
        version=version.version,
        reason=closed.reason,
        closed_at=closed.closed_at,
        at=at,
    )


def log_older() -> int:
    """The daily job: write in what was closed before the log had entries of this kind; how many.

    What was closed since and stands in no entry is not mended: `verify_log` names it.
    """
    rows = ClosedVersion.objects.select_related("version__revises").order_by("pk")
    begun, done = closings_since(), 0
    if begun is not None:
        rows = rows.filter(closed_at__lt=begun)
    said = closings(rows.values_list("version__revises", flat=True))
    for closed in rows.iterator():
        if (closed.version.revises_id, closed.version.version) in said:
            continue
        done += _log_once(closed)
        if done == AT_ONCE:
            break
    return done


@transaction.atomic
def _log_once(closed: ClosedVersion) -> bool:
    """Under the item's lock, so that two runs at once write one entry."""
    version = closed.version
    item = actions.locked(version.revises or version)
    if (item.pk, version.version) in closings([item.pk]):
        return False
    log_closing(closed, at=now())
    return True

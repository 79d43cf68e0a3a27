"""The log is checked a part a day: the newest entries always, everything in turn within a month."""

import logging
from math import ceil
from typing import Any

from disclosure.core.dates import now
from disclosure.publiclog.checking import ITEMS, Checking
from disclosure.publiclog.faults import OF_FILES, Broken, Fault
from disclosure.publiclog.items import concerned
from disclosure.publiclog.models import LogCheck

logger = logging.getLogger(__name__)

#: Entries at the end of the log that are checked every day.
NEWEST = 1000
#: Within so many days everything has had its turn; at least so many entries and items a day.
ROUND_DAYS, LEAST_ENTRIES, LEAST_ITEMS = 30, 1000, 200


def run() -> int:
    """Today's part; how many entries and items it looked at."""
    check, _made = LogCheck.objects.get_or_create(pk=1)
    checking = Checking()
    try:
        checking.end()
        checking.chain(max(1, checking.head.seq - NEWEST + 1))
        check.entries_to = _next_entries(checking, check.entries_to)
        check.items_to = _next_items(checking, check.items_to)
    except Broken as broken:
        _found(check, broken.fault)
    check.checked_at = now()
    check.save()
    return checking.entries + checking.items


def _next_entries(checking: Checking, after: int) -> int:
    """Check the next entries; where to go on tomorrow."""
    until = checking.head.seq
    if after >= until - NEWEST:
        after = 0
    last = min(until, after + max(LEAST_ENTRIES, ceil(until / ROUND_DAYS)))
    # The newest were looked at before.
    if after < last and after < until - NEWEST:
        checking.chain(after + 1, last)
    return last


def _next_items(checking: Checking, after: int) -> int:
    """Check the next items with their files; where to go on tomorrow."""
    left = max(LEAST_ITEMS, ceil(concerned().count() / ROUND_DAYS))
    while left > 0:
        after = checking.some_items(after, min(left, ITEMS))
        if not after:
            return 0
        left -= ITEMS
    return after


def _found(check: LogCheck, fault: Fault) -> None:
    """Tell of it; it stands until a whole check (`verify_log`) finds nothing."""
    # Keys and digests alone: a file's name can be a person's.
    logger.error("the public log is broken: %s %s", fault.code, dict(fault.facts))
    check.fault = {"code": fault.code, "facts": dict(fault.facts)}


def note(fault: Fault | None, *, with_files: bool) -> None:
    """Keep what a whole check found; without the files it clears no fault of a file."""
    check, _made = LogCheck.objects.get_or_create(pk=1)
    if fault is not None:
        _found(check, fault)
    elif check.fault and (with_files or check.fault["code"] not in OF_FILES):
        check.fault = None
    check.checked_at = now()
    check.save()


def standing_fault() -> tuple[Fault, Any] | None:
    """The fault that was found and still stands, with the moment of the last check."""
    check = LogCheck.objects.filter(pk=1).first()
    if check is None or not check.fault:
        return None
    return Fault(check.fault["code"], check.fault["facts"]), check.checked_at

"""A kind limit: a harvester may go on for hours, one that floods is asked to wait.

Requests are counted in the process and noted in the shared table in lots, so that a GET hardly
ever writes; every process may let one lot through uncounted.
"""

import time
from collections import OrderedDict
from threading import Lock

from django.conf import settings

from disclosure.core.errors import Refusal, TooManyAttempts
from disclosure.throttling import limits
from disclosure.throttling.limits import TOO_MANY, Limit

LOT = 20
#: 600 requests a minute of one visitor.
READS = Limit("api-read", times=30, seconds=60)
#: Visitors that a process keeps in mind.
MOST = 10_000


class Tally:
    """How many requests each visitor has made since the last lot, and who has to wait."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, int] = OrderedDict()
        self._until: dict[str, float] = {}
        self._lock = Lock()

    def spend(self, target: str) -> None:
        """Note one request; raises TooManyAttempts past the limit, until the window is over."""
        if not settings.RATE_LIMITS:
            return
        moment = time.time()
        with self._lock:
            until = self._until.get(target, 0.0)
            if until > moment:
                raise _too_many(until - moment)
            self._until.pop(target, None)
            count = self._counts.pop(target, 0) + 1
            if count < LOT:
                self._counts[target] = count
                if len(self._counts) > MOST:
                    self._counts.popitem(last=False)
                return
        try:
            limits.spend(READS, target)
        except TooManyAttempts as error:
            ends = (moment // READS.seconds + 1) * READS.seconds
            with self._lock:
                if len(self._until) >= MOST:
                    self._until.clear()
                self._until[target] = ends
            raise _too_many(ends - moment) from error


def _too_many(seconds: float) -> TooManyAttempts:
    return TooManyAttempts(Refusal(TOO_MANY, code="throttled"), seconds=int(seconds) + 1)


TALLY = Tally()

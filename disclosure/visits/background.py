"""The thread that stores what was counted, and the last time at the end of the process.

Only a server arms it (`portal/wsgi.py`); tests, commands and the worker flush by hand or not at
all. The thread begins with the first reading, so also in a process that was forked later.
"""

import atexit
import logging
import multiprocessing.util
import os
import random
import threading
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

logger = logging.getLogger(__name__)

#: Seconds between two flushes, give or take half of it: processes do not come all at once.
EVERY = 5.0
#: Seconds that the end of a process waits for a flush under way.
PATIENCE = 3.0

Flush = Callable[[], int]


class Flusher:
    """At most one thread of the process."""

    def __init__(self) -> None:
        self.armed = False
        self._forget()

    def _forget(self) -> None:
        """As in a new process: threads do not live on in a fork."""
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._lock = threading.Lock()

    def arm(self) -> None:
        """Have readings stored from now on."""
        if not self.armed:
            self.armed = True
            os.register_at_fork(after_in_child=self._forget)

    def wake(self, flush: Flush) -> None:
        """Begin, where armed and not begun; cheap."""
        if self._thread is not None or not self.armed:
            return
        with self._lock:
            if self._thread is None:
                self._begin(flush)

    def _begin(self, flush: Flush) -> None:
        thread = threading.Thread(target=self._run, args=(flush,), name="visits", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            # No more threads, or the interpreter ends: the next reading tries again.
            return
        self._thread = thread
        # Forked children of multiprocessing (granian's workers) pass atexit by.
        multiprocessing.util.Finalize(None, self._end, args=(flush,), exitpriority=10)
        atexit.register(self._end, flush)

    def _run(self, flush: Flush) -> None:
        while not self._stop.wait(EVERY * random.uniform(0.5, 1.5)):  # noqa: S311  (no secret)
            _try(flush)

    def _end(self, flush: Flush) -> None:
        """The last flush, in the thread that ends the process."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(PATIENCE)
        _try(flush)


def _try(flush: Flush) -> None:
    try:
        close_old_connections()
        flush()
    except (DatabaseError, InterfaceError) as error:
        # The database restarts or is busy: the counts wait.
        logger.warning("readings wait for the database: %s", type(error).__name__)
        connection.close()


_flusher = Flusher()
arm = _flusher.arm
wake = _flusher.wake

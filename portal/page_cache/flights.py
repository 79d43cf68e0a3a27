"""One rendering of a page at a time: who asks for it meanwhile waits for that one."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

from portal.page_cache.keys import Key

#: Seconds after which one renders for oneself.
PATIENCE = 5.0


class Flights:
    def __init__(self) -> None:
        self._lock = Lock()
        self._running: dict[Key, Event] = {}

    def wait(self, key: Key) -> bool:
        """Wait for another's rendering of the page, if there is one; whether there was."""
        with self._lock:
            running = self._running.get(key)
        return running is not None and (running.wait(PATIENCE) or True)

    @contextmanager
    def render(self, key: Key) -> Iterator[None]:
        """Others wait until the block ends, however it does."""
        done = Event()
        with self._lock:
            self._running.setdefault(key, done)
        try:
            yield
        finally:
            with self._lock:
                if self._running.get(key) is done:
                    del self._running[key]
            done.set()

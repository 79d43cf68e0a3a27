"""Where pages are kept: in this process, so many bytes and no more, the longest unused go first."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from disclosure.freshness.generation import Generation
from disclosure.visits.counting import Seen
from portal.page_cache.keys import Key

Headers = tuple[tuple[str, str], ...]
#: What an entry takes beside its body: key, headers, objects.
OVERHEAD = 4_000
#: No page takes more than this part of the whole.
SHARE = 16
#: Addresses with a query that are remembered as asked for once.
ONCE = 4_096


@dataclass(frozen=True)
class Entry:
    """A page as it goes out. `headers` are those of every answer; `body` is gzip or plain."""

    headers: Headers
    about_body: Headers
    body: bytes
    is_gzip: bool
    etag: str
    last_modified: str
    #: What the visit counts as.
    seen: Seen | None
    generation: Generation
    #: Seconds since 1970.
    until: float

    @property
    def size(self) -> int:
        return len(self.body) + OVERHEAD

    def is_fresh(self, generation: Generation, at: float) -> bool:
        """Whether nothing has changed since it was made."""
        return self.generation == generation and at < self.until


class Store:
    """Safe for threads; nothing is done under the lock but moving references."""

    def __init__(self, size: int) -> None:
        self._most = size
        self._lock = threading.Lock()
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._asked_once: OrderedDict[Key, None] = OrderedDict()
        self._used = 0

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def used(self) -> int:
        """Bytes."""
        return self._used

    @property
    def largest(self) -> int:
        """Bytes that one page may have."""
        return self._most // SHARE

    def get(self, key: Key) -> Entry | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: Key, entry: Entry) -> None:
        """Keep a page. One with a query only when it is asked for again: whoever tries every
        word or turns every page would push out what many read."""
        with self._lock:
            if key.query and key not in self._entries and not self._is_asked_again(key):
                return
            self._drop(key)
            if entry.size > self.largest:
                return
            self._entries[key] = entry
            self._used += entry.size
            while self._used > self._most:
                self._drop(next(iter(self._entries)))

    def _is_asked_again(self, key: Key) -> bool:
        if key in self._asked_once:
            del self._asked_once[key]
            return True
        self._asked_once[key] = None
        if len(self._asked_once) > ONCE:
            self._asked_once.popitem(last=False)
        return False

    def _drop(self, key: Key) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._used -= entry.size

"""The page cache as it stands before Django."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import get_path_info
from django.db import Error, connection
from django.urls import ResolverMatch

from disclosure.freshness import generation as freshness
from disclosure.freshness.moments import Horizon
from disclosure.visits.seen import seen_of
from portal.page_cache.answers import Answer, answer, may_be_kept, pack
from portal.page_cache.flights import Flights
from portal.page_cache.keys import Asked, asked
from portal.page_cache.store import Entry, Store
from portal.page_cache.views import kept_view
from portal.visits import count

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
#: What a page that is kept does not depend on: it is rendered whole, and the answer made of it.
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


class PageCache:
    """`application`: Django's. `size`: bytes that the kept pages may take."""

    def __init__(self, application: Application, size: int) -> None:
        self._application = application
        self._store = Store(size)
        self._flights = Flights()
        self._horizon = Horizon()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        wanted = asked(environ)
        if wanted is None:
            return self._application(environ, start_response)
        entry = self._store.get(wanted.key)
        match = None
        if entry is None:
            match = kept_view(get_path_info(environ), wanted.key.query)
            if match is None or wanted.head_only:
                return self._application(environ, start_response)
        try:
            generation = _generation()
            until = self._horizon.of(generation)
        except Error:
            # Django says what there is to say.
            logger.warning("page cache: the database did not answer")
            connection.close()
            return self._application(environ, start_response)
        if entry is None or not entry.is_fresh(generation, time.time()):
            entry = self._anothers(wanted, generation)
        if entry is not None:
            return self._send(environ, start_response, entry, wanted)
        if wanted.head_only:
            return self._application(environ, start_response)
        match = match or kept_view(get_path_info(environ), wanted.key.query)
        with self._flights.render(wanted.key):
            return self._render(environ, start_response, wanted, generation, until, match)

    def _anothers(self, wanted: Asked, generation: freshness.Generation) -> Entry | None:
        """The page as another request has just had it rendered."""
        if not self._flights.wait(wanted.key):
            return None
        entry = self._store.get(wanted.key)
        fresh = entry is not None and entry.is_fresh(generation, time.time())
        return entry if fresh else None

    def _send(
        self, environ: Environ, start_response: StartResponse, entry: Entry, wanted: Asked
    ) -> Iterable[bytes]:
        status, headers, body = answer(entry, wanted)
        count(environ, int(status[:3]), entry.seen)
        start_response(status, headers)
        return body

    def _render(
        self,
        environ: Environ,
        start_response: StartResponse,
        wanted: Asked,
        generation: freshness.Generation,
        until: float,
        match: ResolverMatch | None,
    ) -> Iterable[bytes]:
        """Django's answer, kept if it may be. Generation and moment were asked for before it is
        made: what changes or comes due meanwhile ends it."""
        whole = {name: value for name, value in environ.items() if name not in CONDITIONS}
        begun: list[Any] = []

        def begin(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            begun[:] = [status, headers]

        response = self._application(whole, begin)
        if not may_be_kept(response):
            start_response(*begun)
            return response
        try:
            entry = pack(
                response, begun[1], seen=seen_of(match), generation=generation, until=until
            )
        finally:
            response.close()
        self._store.put(wanted.key, entry)
        made: Answer = answer(entry, wanted)
        start_response(made[0], made[1])
        return made[2]


def _generation() -> freshness.Generation:
    """A hit never reaches Django, which looks after the connection around a request: one that is
    to be kept for a while ends in time, one that is to be closed after each request stays till
    Django closes it, for opening one takes longer than the rest of a hit."""
    is_old = connection.close_at is not None and time.monotonic() >= connection.close_at
    if is_old and connection.settings_dict["CONN_MAX_AGE"]:
        connection.close()
    return freshness.current()

"""Counting what is read, in memory: who counts, what is kept, how much at most."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from disclosure.visits.counting import Buffer, Channel, Kind, Seen
from disclosure.visits.readers import is_read

DAY = dt.date(2026, 3, 2)
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"


def page(key: str) -> Seen:
    return Seen(Kind.PUBLICATION, key, Channel.WEB)


def read(status: int = 200, **given: str) -> bool:
    environ = {"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": CHROME, **given}
    return is_read(environ, status, "sessionid")


@pytest.mark.parametrize("status", [200, 304])
def test_what_was_given_counts(status: int) -> None:
    assert read(status)
    assert read(status, HTTP_COOKIE="display=large; mysessionid=1")


@pytest.mark.parametrize("status", [301, 302, 206, 400, 403, 404, 405, 410, 429, 500])
def test_what_was_not_given_does_not(status: int) -> None:
    assert not read(status)


@pytest.mark.parametrize(
    "given",
    [
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
        {"HTTP_COOKIE": "display=large; sessionid=abc"},
        {"HTTP_SEC_PURPOSE": "prefetch"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Baiduspider/2.0)"},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; bingbot/2.0)"},
        {"HTTP_USER_AGENT": "Sogou web spider/4.0"},
        {"HTTP_USER_AGENT": "HeadlessChrome/130.0"},
    ],
    ids=str,
)
def test_programs_colleagues_and_guesses_of_browsers_do_not(given: dict[str, str]) -> None:
    assert not read(**given)


def test_counts_add_up_and_are_taken_once() -> None:
    buffer = Buffer()
    with ThreadPoolExecutor(4) as pool:
        for _ in range(200):
            pool.submit(buffer.add, DAY, page("a"))
            pool.submit(buffer.add, DAY + dt.timedelta(days=1), page("a"))
    taken = buffer.take()
    assert taken == {(DAY, page("a")): 200, (DAY + dt.timedelta(days=1), page("a")): 200}
    assert buffer.take() == {}
    buffer.add(DAY, page("a"))
    buffer.put_back(taken)
    assert buffer.take()[DAY, page("a")] == 201


def test_memory_has_a_bound_and_totals_hold() -> None:
    buffer = Buffer(most=3)
    for key in "abcdefa":
        buffer.add(DAY, page(key))
    taken = buffer.take()
    assert taken == {
        (DAY, page("a")): 2,
        (DAY, page("b")): 1,
        (DAY, page("c")): 1,
        (DAY, page("")): 3,
    }

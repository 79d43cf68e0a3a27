"""Keys, store, answers: without Django's request, without a database."""

import contextlib
import gzip
import threading
from typing import Any

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import get_resolver

from portal.page_cache import flights as flying
from portal.page_cache import store as storing
from portal.page_cache.answers import answer, may_be_kept, pack
from portal.page_cache.flights import Flights
from portal.page_cache.keys import Asked, Key, asked, takes_gzip
from portal.page_cache.store import OVERHEAD, SHARE, Entry, Store
from portal.page_cache.views import VIEWS, kept_view
from tests.portal.page_cache.reader import environ_of


def wanted(path: str = "/", query: str = "", **more: str) -> Asked:
    found = asked(environ_of(path, query, **more))
    assert found is not None
    return found


def entry_of(response: HttpResponse, until: float = 10.0) -> Entry:
    return pack(response, response.items(), seen=None, generation=(1, 7), until=until)


@pytest.mark.parametrize(
    "more",
    [
        {"method": "POST"},
        {"HTTP_COOKIE": "sessionid=x"},
        {"HTTP_COOKIE": "display=large; sessionid=x"},
        {"HTTP_COOKIE": "messages=x"},
        {"HTTP_RANGE": "bytes=0-1"},
        {"HTTP_AUTHORIZATION": "Basic x"},
        {"HTTP_HOST": ""},
        {"SCRIPT_NAME": "/portal"},
        {"PATH_INFO": "/admin/"},
        {"PATH_INFO": "/en/requests/track/"},
        {"PATH_INFO": "/" + "a" * 501},
        {"QUERY_STRING": "q=" + "a" * 300},
    ],
)
def test_requests_that_no_kept_page_answers(more: dict[str, str]) -> None:
    assert asked(environ_of("/catalogue/") | more | _method(more)) is None


def _method(more: dict[str, str]) -> dict[str, Any]:
    return {"REQUEST_METHOD": more["method"]} if "method" in more else {}


def test_what_makes_another_page() -> None:
    plain = wanted("/catalogue/")
    others = [
        wanted("/en/catalogue/"),
        wanted("/catalogue/", "sort=oldest"),
        wanted("/catalogue/", HTTP_COOKIE="display=large"),
        wanted("/catalogue/", HTTP_COOKIE="display=contrast; csrftoken=x"),
        wanted("/catalogue/", HTTP_HOST="localhost"),
        wanted("/catalogue/", **{"wsgi.url_scheme": "https"}),
    ]
    assert len({one.key for one in [plain, *others]}) == 7
    same = wanted("/catalogue/", HTTP_COOKIE="display=neon; csrftoken=x", HTTP_ACCEPT="text/html")
    assert same.key == plain.key
    assert wanted("/catalogue/", method="HEAD").key == plain.key


def test_the_scheme_is_what_the_trusted_proxy_says(settings) -> None:
    said = {"HTTP_X_FORWARDED_PROTO": "https"}
    assert wanted("/", **said).key.scheme == "http"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert wanted("/", **said).key.scheme == "https"
    assert wanted("/", HTTP_X_FORWARDED_PROTO="http").key.scheme == "http"


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, GZIP;q=0.5", True),
        ("*", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
    ],
)
def test_who_takes_gzip(accepted: str, *, expected: bool) -> None:
    assert takes_gzip(accepted) is expected


def test_only_named_views_with_known_parameters_are_kept() -> None:
    names = {name for name in _names(get_resolver()) if isinstance(name, str)}
    assert set(VIEWS) <= names
    for path, query in [
        ("/", ""),
        ("/en/catalogue/", "q=x&sort=oldest&after=1"),
        ("/catalogue/甲/2026-1/", ""),
        ("/api/v1/publications/", "fields=title"),
    ]:
        assert kept_view(path, query), path
    for path, query in [
        ("/", "utm_source=x"),
        ("/catalogue/", "q=x&cachebuster=1"),
        ("/catalogue/", "&".join(["q=x"] * 13)),
        ("/requests/new/", ""),
        ("/requests/track/", ""),
        ("/verify/", ""),
        ("/display/", ""),
        ("/healthz", ""),
        ("/readyz", ""),
        ("/admin/", ""),
        ("/nothing/", ""),
        ("/attachments/00000000-0000-0000-0000-000000000000/a.pdf", ""),
    ]:
        assert kept_view(path, query) is None, path


def _names(resolver: Any) -> list[Any]:
    found: list[Any] = []
    for pattern in resolver.url_patterns:
        inner = hasattr(pattern, "url_patterns")
        found += _names(pattern) if inner else [pattern.name]
    return found


def test_answers_that_are_the_same_for_everyone() -> None:
    assert may_be_kept(HttpResponse("x", headers={"Vary": "Accept-Encoding, Accept"}))
    with_cookie = HttpResponse("x")
    with_cookie.set_cookie("csrftoken", "x")
    csp = {"Content-Security-Policy": "script-src 'nonce-abc'"}
    for response in (
        with_cookie,
        HttpResponse("x", status=404),
        HttpResponse("x", headers={"Vary": "Cookie"}),
        HttpResponse("x", headers={"Cache-Control": "max-age=0, private"}),
        HttpResponse("x", headers={"Cache-Control": "no-store"}),
        HttpResponse("x", headers=csp),
        StreamingHttpResponse([b"x"]),
        [b"x"],
    ):
        assert not may_be_kept(response), response


def test_packed_plain_unchanged_and_without_body() -> None:
    page = "政府信息公开" * 500
    entry = entry_of(HttpResponse(page, headers={"X-Frame-Options": "DENY", "ETag": '"own"'}))
    assert len(entry.body) < len(page)

    status, headers, body = answer(entry, wanted(HTTP_ACCEPT_ENCODING="gzip"))
    said = dict(headers)
    assert (status, said["Content-Encoding"], said["ETag"]) == ("200 OK", "gzip", 'W/"own"')
    assert said["Content-Length"] == str(len(body[0]))
    assert said["X-Frame-Options"] == "DENY"
    assert said["Vary"] == "Accept-Encoding"
    assert gzip.decompress(body[0]).decode() == page

    _status, headers, body = answer(entry, wanted())
    assert "Content-Encoding" not in dict(headers)
    assert body[0].decode() == page
    assert answer(entry, wanted(method="HEAD"))[2] == []
    assert dict(answer(entry, wanted(method="HEAD"))[1])["Content-Length"] == str(len(body[0]))

    for known in ('"own"', 'W/"own"', '"x", W/"own"', "*"):
        status, headers, body = answer(entry, wanted(HTTP_IF_NONE_MATCH=known))
        assert (status, body) == ("304 Not Modified", [])
        assert {"ETag", "Cache-Control", "X-Frame-Options"} <= dict(headers).keys()
        assert not {"Content-Type", "Content-Length"} & dict(headers).keys()
    assert answer(entry, wanted(HTTP_IF_NONE_MATCH='"other"'))[0] == "200 OK"


def test_the_date_counts_where_there_is_no_tag() -> None:
    day = "Wed, 25 Nov 2026 00:00:00 GMT"
    dated = entry_of(HttpResponse("x", headers={"Last-Modified": day}))
    assert answer(dated, wanted(HTTP_IF_MODIFIED_SINCE=day))[0] == "304 Not Modified"
    for since in ("Tue, 24 Nov 2026 00:00:00 GMT", "yesterday"):
        assert answer(dated, wanted(HTTP_IF_MODIFIED_SINCE=since))[0] == "200 OK"
    both = wanted(HTTP_IF_MODIFIED_SINCE=day, HTTP_IF_NONE_MATCH='"other"')
    assert answer(dated, both)[0] == "200 OK"


def key_of(path: str, query: str = "") -> Key:
    return Key("http", "h", path, query, "")


def test_the_longest_unused_page_goes_first_and_no_page_takes_all() -> None:
    entry = entry_of(HttpResponse("x" * 100))
    kept = Store(size=SHARE * entry.size)
    for number in range(SHARE):
        kept.put(key_of(f"/{number}/"), entry)
    assert kept.get(key_of("/0/"))
    kept.put(key_of("/new/"), entry)
    assert len(kept) == SHARE
    assert kept.used == SHARE * entry.size
    assert kept.get(key_of("/0/"))
    assert kept.get(key_of("/1/")) is None
    kept.put(key_of("/0/"), entry_of(HttpResponse(b"\x00\x01" * 200 + bytes(90))))
    assert kept.get(key_of("/0/")) is None
    assert kept.used == (SHARE - 1) * entry.size
    assert entry.size == OVERHEAD + 100


def test_a_page_with_a_query_is_kept_when_it_is_asked_for_again(monkeypatch) -> None:
    monkeypatch.setattr(storing, "ONCE", 2)
    kept, entry = Store(size=10_000_000), entry_of(HttpResponse("x"))
    asked_for = [key_of("/search/", f"q={n}") for n in range(4)]
    for key in asked_for:
        kept.put(key, entry)
    assert len(kept) == 0
    kept.put(asked_for[3], entry)
    assert kept.get(asked_for[3]) is entry
    # Forgotten among the others.
    kept.put(asked_for[0], entry)
    assert kept.get(asked_for[0]) is None


def test_an_entry_ends_with_its_generation_and_its_moment() -> None:
    entry = entry_of(HttpResponse("x"), until=10.0)
    assert entry.is_fresh((1, 7), 9.9)
    assert not entry.is_fresh((1, 7), 10.0)
    assert not entry.is_fresh((2, 7), 9.9)


def test_who_asks_while_a_page_is_rendered_waits_for_it(monkeypatch) -> None:
    is_waited_for, begun = threading.Event(), threading.Event()

    class Watched(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            is_waited_for.set()
            return super().wait(timeout)

    monkeypatch.setattr(flying, "Event", Watched)
    flights, key, order = Flights(), key_of("/"), list[str]()

    def render() -> None:
        with contextlib.suppress(LookupError), flights.render(key):
            begun.set()
            is_waited_for.wait(5)
            order.append("rendered")
            raise LookupError

    assert flights.wait(key) is False
    thread = threading.Thread(target=render)
    thread.start()
    begun.wait(5)
    assert flights.wait(key)
    assert order == ["rendered"]
    assert flights.wait(key) is False
    thread.join(5)

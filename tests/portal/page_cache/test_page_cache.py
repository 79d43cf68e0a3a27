"""Two server processes, each with its page cache: every change shows on the next request."""

import contextlib
import datetime as dt
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core import signals
from django.core.files.storage import default_storage
from django.db import DatabaseError, close_old_connections, connection

from disclosure.core.dates import now
from disclosure.freshness import generation
from disclosure.models import Agency, Publication
from disclosure.publications import actions
from portal.page_cache import wsgi
from portal.page_cache.wsgi import PageCache
from portal.wsgi import Utf8Handler
from tests.factories import make_agency, make_category, make_publication, the_signer
from tests.portal.page_cache.reader import HOST, Answer, read

MEGABYTE = 1024 * 1024
GZIP = {"HTTP_ACCEPT_ENCODING": "gzip"}


class Counting:
    """Django, and how often it was asked."""

    def __init__(self) -> None:
        self.handler, self.asked = Utf8Handler(), 0

    def __call__(self, environ, start_response):
        self.asked += 1
        return self.handler(environ, start_response)


@pytest.fixture
def django() -> Iterator[Counting]:
    """As the tests' client has it: a request's end does not close the test's connection."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield Counting()
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
def test_a_page_is_rendered_once_and_says_the_same(django: Counting, monkeypatch) -> None:
    publication = make_publication("甲文件")
    path = publication.get_absolute_url()
    cache = PageCache(django, MEGABYTE)

    bare = read(Utf8Handler(), path)
    first, second = read(cache, path), read(cache, path, **GZIP)
    assert django.asked == 1
    assert first.body == bare.body
    assert second.headers["content-encoding"] == "gzip"
    ours = {"etag", "cache-control", "vary", "content-length", "content-encoding"}
    for answer in (first, second):
        assert answer.status == 200
        assert "set-cookie" not in answer.headers
        # What protects the reader is there as Django says it.
        kept = {name: sorted(said.split("; ")) for name, said in answer.headers.items()}
        for name, said in bare.headers.items():
            assert name in ours or kept[name] == sorted(said.split("; ")), name
    tag = {"HTTP_IF_NONE_MATCH": first.headers["etag"]}
    assert read(cache, path, **tag).status == 304
    assert read(cache, path, method="HEAD").body == b""
    assert django.asked == 1

    # Who is somebody, and what is nobody's to keep.
    for more in ({"HTTP_COOKIE": "sessionid=x"}, {"HTTP_COOKIE": "messages=x"}):
        read(cache, path, **more)
    for other in ("/requests/new/", "/requests/new/", "/healthz", "/nothing/"):
        read(cache, other)
    assert django.asked == 7
    form = read(cache, "/requests/new/")
    assert "csrftoken" in form.headers["set-cookie"]

    # The first asker's condition does not keep the next one from having the page.
    page = {"path": "/en/catalogue/"}
    assert read(cache, **page, HTTP_IF_NONE_MATCH='"x"').status == 200
    assert read(cache, **page).status == 200
    # A word is kept when it is asked for again.
    before = django.asked
    for _time in range(4):
        assert read(cache, "/catalogue/", "q=x").status == 200
    assert django.asked == before + 2

    # Without its database the cache knows nothing, and Django says so.
    def fail() -> None:
        raise DatabaseError

    monkeypatch.setattr(generation, "current", fail)
    monkeypatch.setattr(wsgi.connection, "close", lambda: None)
    before = django.asked
    assert read(cache, path).status == 200
    assert django.asked == before + 1


@pytest.mark.django_db
def test_a_hit_counts_as_what_the_page_counts_as(django: Counting, monkeypatch) -> None:
    counted: list[tuple[int, object]] = []
    monkeypatch.setattr(wsgi, "count", lambda environ, status, seen: counted.append((status, seen)))
    cache = PageCache(django, MEGABYTE)
    path = make_publication("甲文件", index_number="A/2026-1").get_absolute_url()
    tag = read(cache, path).headers["etag"]
    assert counted == []
    read(cache, path)
    read(cache, path, HTTP_IF_NONE_MATCH=tag)
    assert [status for status, _seen in counted] == [200, 304]
    assert {getattr(seen, "key", "") for _status, seen in counted} == {"A/2026-1"}


# --- two processes -------------------------------------------------------------------------------
@pytest.fixture
def server() -> Iterator[int]:
    """A second process on the same database; its port."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "portal.wsgi:application", "--interface", "wsgi"),
            *("--host", HOST, "--port", str(port), "--log-level", "error", "--no-ws"),
        ],
        cwd=settings.BASE_DIR,
        env=os.environ | environment(),
    )
    try:
        yield port
    finally:
        process.terminate()
        process.wait(20)


def environment() -> dict[str, str]:
    """Of that process. DEBUG: static files need not be collected."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{found['NAME']}"
    else:
        who = f"{quote(found['USER'])}:{quote(found['PASSWORD'])}"
        host = quote(str(found["HOST"]), safe="")
        url = f"postgres://{who}@{host}:{found['PORT']}/{found['NAME']}"
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": url,
        "DEBUG": "on",
        "PAGE_CACHE": "on",
        "MEDIA_ROOT": str(default_storage.location),  # type: ignore[attr-defined]
    }


def over_http(port: int) -> Callable[[str, str], Answer]:
    def get(path: str, query: str = "") -> Answer:
        client = http.client.HTTPConnection(HOST, port, timeout=20)
        with contextlib.closing(client):
            client.request("GET", quote(path) + (f"?{query}" if query else ""))
            found = client.getresponse()
            headers = {name.lower(): value for name, value in found.getheaders()}
            return Answer(found.status, headers, found.read())

    return get


def wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1):
            return
        time.sleep(0.05)


def retitle(live: Publication, title: str) -> None:
    revision = actions.revise(actor=None, publication=live)
    revision.title, revision.change_note = title, "更正标题"
    revision = actions.update(actor=None, publication=revision)
    with actions.blanket(signed_by=the_signer(live.agency), note="tests") as sign_off:
        actions.take_over(publication=revision, sign_off=sign_off)


@pytest.mark.django_db(transaction=True)
def test_a_change_shows_on_the_next_request_in_every_process(server: int) -> None:
    agency, category = make_agency("ABC"), make_category("XYZ")
    publication = make_publication(
        "甲文件", agency=agency, category=category, index_number="A/2026-1"
    )
    path = publication.get_absolute_url()
    cache = PageCache(Utf8Handler(), MEGABYTE)
    wait_for(server)
    processes = (lambda *what: read(cache, *what), over_http(server))
    pages = [
        *(("/", ""), ("/catalogue/", ""), ("/search/", f"q={quote('文件')}")),
        *(("/api/v1/publications/", ""), ("/feeds/publications.atom", "")),
    ]
    alone = [(path, ""), ("/api/v1/publications/A/2026-1/", "")]

    def status(*what: str) -> set[int]:
        return {get(*what).status for get in processes}

    def show(title: str, gone: str = "无此文件", where=(*pages, *alone), times: int = 1) -> None:
        """Every page in each process says `title`, and not `gone`; and is kept from now on."""
        for get in processes:
            for what in where:
                for _time in range(times):
                    answer = get(*what)
                assert answer.status == 200, what
                assert "s-maxage" in answer.headers["cache-control"], what
                text = re.sub("</?mark>", "", answer.body.decode())
                assert title in text, (what, title)
                assert gone not in text, (what, gone)

    show("甲文件", times=2)
    retitle(publication, "乙文件")
    show("乙文件", gone="甲文件")
    Agency.objects.filter(pk=agency.pk).update(name="新名机关", short_name="新名机关")
    show("新名机关")
    make_publication("丙文件", agency=agency, category=category)
    show("丙文件", where=pages)

    actions.withdraw(actor=None, publication=publication, reason="内容有误")
    assert status(path, "") == {410}
    assert 200 not in status("/api/v1/publications/A/2026-1/", "")
    show("丙文件", gone="乙文件", where=pages)

    due = now() + dt.timedelta(seconds=3)
    soon = make_publication("丁文件", agency=agency, category=category, published_at=due)
    catalogue = [("/catalogue/", "")]
    if now() < due - dt.timedelta(seconds=1):
        show("丙文件", gone="丁文件", where=catalogue)
        assert status(soon.get_absolute_url(), "") == {404}
    time.sleep(max((due - now()).total_seconds(), 0) + 0.001)
    show("丁文件", where=catalogue)
    assert status(soon.get_absolute_url(), "") == {200}

"""From a request to the table: what counts as what, stored by hand; no thread in a test."""

import threading

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from disclosure.agencies.roles import Role
from disclosure.core.dates import today
from disclosure.models import ReadCount
from disclosure.visits import background, flushing
from disclosure.visits.counting import Buffer, Channel, Kind, Seen
from disclosure.visits.seen import VIEWS
from tests import factories as f
from tests.admin_pages import signed_in

pytestmark = pytest.mark.django_db
BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"}


@pytest.fixture(autouse=True)
def _counting(settings, monkeypatch) -> None:
    """Counted, each test in a memory of its own."""
    settings.VISITS = True
    monkeypatch.setattr(flushing, "BUFFER", Buffer())


def stored() -> dict[tuple[str, str, str], int]:
    flushing.flush()
    assert set(ReadCount.objects.values_list("day", flat=True)) <= {today()}
    rows = ReadCount.objects.values_list("kind", "key", "channel", "count")
    return {(kind, key, channel): count for kind, key, channel, count in rows}


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace is None:
                found |= names(pattern.url_patterns)
        elif pattern.name:
            found.add(pattern.name)
    return found


def test_every_view_of_the_table_exists() -> None:
    assert set(VIEWS) - names(get_resolver().url_patterns) == set()


def test_readers_are_counted_by_what_they_read(client: Client, django_assert_num_queries) -> None:
    item = f.make_publication(index_number="SL/A-1", attachments={"附件.pdf": f.PDF})
    gone = f.make_publication(state="withdrawn")
    client.defaults["HTTP_USER_AGENT"] = BROWSER["user-agent"]
    file = item.attachments.get()
    for address in (
        item.get_absolute_url(),
        f"/en{item.get_absolute_url()}",
        file.get_absolute_url(),
        "/",
        "/search/?q=人防",
        f"/agencies/{item.agency.code}/",
    ):
        response = client.get(address)
        assert response.status_code == 200, address
        list(response)
    etag = f'"{file.sha256}"'
    assert client.get(file.get_absolute_url(), headers={"if-none-match": etag}).status_code == 304
    for address, status in (
        (gone.get_absolute_url(), 410),
        ("/catalogue/nothing/", 404),
        ("/agencies/nobody/", 404),
        ("/robots.txt", 200),
        ("/healthz", 200),
        ("/requests/track/", 200),
    ):
        assert client.get(address).status_code == status, address
    assert client.head(item.get_absolute_url()).status_code == 200
    expected = {
        (Kind.PUBLICATION, "SL/A-1", Channel.WEB): 2,
        (Kind.FILE, str(file.uuid), Channel.DOWNLOAD): 2,
        (Kind.PAGE, "home", Channel.WEB): 1,
        (Kind.PAGE, "search", Channel.WEB): 1,
        (Kind.AGENCY, item.agency.code, Channel.WEB): 1,
    }
    assert stored() == expected
    assert stored() == expected
    client.get(item.get_absolute_url())
    with django_assert_num_queries(3):  # a transaction and one statement
        flushing.flush()
    assert stored()[Kind.PUBLICATION, "SL/A-1", Channel.WEB] == 3


def test_colleagues_crawlers_and_off(client: Client, settings) -> None:
    item = f.make_publication()
    client.get(item.get_absolute_url(), headers={"user-agent": "Baiduspider/2.0"})
    signed_in(client, f.make_user(Role.EDITOR))
    client.get(item.get_absolute_url(), headers=BROWSER)
    settings.VISITS = False
    Client().get(item.get_absolute_url(), headers=BROWSER)
    assert stored() == {}


def test_what_the_database_refuses_waits(monkeypatch) -> None:
    def refuse(counts: object) -> None:
        raise DatabaseError

    flushing.note(Seen(Kind.PAGE, "home", Channel.WEB))
    with monkeypatch.context() as patch:
        patch.setattr(flushing, "store", refuse)
        with pytest.raises(DatabaseError):
            flushing.flush()
    flushing.note(Seen(Kind.PAGE, "home", Channel.WEB))
    assert stored() == {(Kind.PAGE, "home", Channel.WEB): 2}


@pytest.mark.django_db(transaction=True)
def test_the_thread_stores_and_so_does_the_end(monkeypatch) -> None:
    """Armed, it begins with the first reading; what comes after its last flush is stored at the
    end of the process."""
    monkeypatch.setattr(background, "EVERY", 0.0)
    done, flushed = threading.Event(), []

    def flush() -> int:
        flushed.append(flushing.flush())
        done.set()
        connection.close()
        return flushed[-1]

    flusher = background.Flusher()
    flushing.BUFFER.add(today(), Seen(Kind.PAGE, "home", Channel.WEB))
    flusher.wake(flush)
    assert "visits" not in [thread.name for thread in threading.enumerate()]
    flusher.armed = True
    flusher.wake(flush)
    flusher.wake(flush)
    assert done.wait(10)
    assert [thread.name for thread in threading.enumerate()].count("visits") == 1
    flusher._end(flush)
    assert "visits" not in [thread.name for thread in threading.enumerate()]
    assert sum(flushed) == 1
    flushing.BUFFER.add(today(), Seen(Kind.PAGE, "home", Channel.WEB))
    flusher._end(flush)
    assert ReadCount.objects.get().count == 2

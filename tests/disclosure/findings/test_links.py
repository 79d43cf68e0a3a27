"""Links: those within the portal at once, those outside once a day, never into our own net."""

import datetime as dt
import http.server
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from disclosure.agencies.roles import Role
from disclosure.core import daily
from disclosure.findings import fetching, links, watching
from disclosure.findings.models import LinkState
from disclosure.findings.scanning import scan
from disclosure.models import ColumnPlan, Publication
from disclosure.publications import actions as publishing
from disclosure.watch import actions as columns
from tests.admin_pages import signed_in
from tests.disclosure.life.making import Cast
from tests.factories import (
    make_agency,
    make_attachment,
    make_category,
    make_publication,
    make_user,
    store_publication,
)

DEAD = "https://gone.example.cn/x"


def draft(*urls: str) -> Publication:
    body = "".join(f'<p><a href="{url}">链接</a></p>' for url in urls)
    return make_publication("示例通知", state="draft", body=body)


def rules(publication: Publication) -> list[tuple[str, str]]:
    return [(one.rule, one.excerpt_masked) for one in publication.findings.open().order_by("start")]


# --- inside --------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_links_within_the_portal(settings: Any) -> None:
    public, closed = make_publication(), make_publication(state="draft")
    open_file = make_attachment(closed)
    one = draft(
        public.get_absolute_url(),
        f"/en{public.get_absolute_url()}",
        f"{settings.SITE_URL}{public.get_absolute_url()}#part",
        "#here",
        "mailto:a@example.cn",
        "/",
        closed.get_absolute_url(),
        open_file.get_absolute_url(),
        "/nothing/is/here/",
        f"{settings.SITE_URL}/catalogue/NO-SUCH-NUMBER/",
        "/agencies/NOSUCH/",
    )
    scan(one)
    assert [rule for rule, _text in rules(one)] == [
        "link_not_public",
        "link_not_public",
        "dead_link_inside",
        "dead_link_inside",
        "dead_link_inside",
    ]


# --- outside -------------------------------------------------------------------------------------
@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, settings: Any) -> dict[str, bool | None]:
    """What each address answers; nobody is asked."""
    settings.LINK_CHECKS = True
    given: dict[str, bool | None] = {}
    monkeypatch.setattr(fetching, "answers", lambda url: given.get(url, True))
    return given


def later(monkeypatch: pytest.MonkeyPatch, **time: float) -> None:
    moment = watching.now() + dt.timedelta(**time)
    monkeypatch.setattr(watching, "now", lambda: moment)


@pytest.mark.django_db
def test_a_link_that_failed_twice_is_found(
    answers: dict[str, bool | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = draft(DEAD, "https://fine.example.cn/", "http://10.0.0.1/")
    answers |= {DEAD: False, "http://10.0.0.1/": None}
    scan(one)
    assert watching.check_links() == 3
    assert rules(one) == [], "once may be an accident"
    assert watching.check_links() == 0, "not twice on a day"
    later(monkeypatch, days=1)
    assert watching.check_links() == 1, "what answered has time, what is not ours is left out"
    assert rules(one) == [("dead_link", DEAD)]
    assert list(links.dead_links().filter(publications=one)) == [LinkState.objects.get(url=DEAD)]
    answers[DEAD] = True
    later(monkeypatch, days=1)
    watching.check_links()
    assert rules(one) == []
    assert not links.dead_links().exists()


@pytest.mark.django_db
def test_links_of_public_texts_that_nobody_noted(answers: dict[str, bool | None]) -> None:
    store_publication("ALT-1", body=f'<p><a href="{DEAD}">x</a></p>')
    store_publication("ALT-2", body='<p><a href="http://testserver/">x</a></p>')
    assert watching.check_links() == 1
    assert sorted(LinkState.objects.values_list("status", flat=True)) == ["left_out", "ok"]
    assert watching.check_links() == 0


@pytest.mark.django_db
def test_a_link_that_is_taken_out_is_no_longer_asked(answers: dict[str, bool | None]) -> None:
    one = draft(DEAD)
    scan(one)
    one.body = "<p>无</p>"
    scan(publishing.update(actor=None, publication=one))
    assert watching.check_links() == 0


@pytest.mark.django_db
def test_it_is_off_unless_it_is_switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    scan(draft(DEAD))
    monkeypatch.setattr(fetching, "answers", lambda url: pytest.fail("asked"))
    assert watching.check_links() == 0
    assert "links outside" in daily.names()


# --- what is public ------------------------------------------------------------------------------
def note_dead(publication: Publication, *urls: str) -> None:
    for url in urls:
        row, _made = LinkState.objects.get_or_create(url=url, url_hash=links.hash_of(url))
        row.status, row.failures = LinkState.Status.DEAD, 2
        row.save()
        row.publications.add(publication)


@pytest.mark.django_db
def test_items_with_dead_links_are_counted_by_column(
    django_assert_num_queries: Any, client: Any
) -> None:
    agency, news, notices = make_agency("AAA"), make_category("news"), make_category("notices")
    for title in "一二":
        one = make_publication(title, agency=agency, category=news)
        note_dead(one, DEAD, "http://gone.example.cn/")
    note_dead(make_publication(agency=agency, category=news, state="draft"), DEAD)
    later = watching.now() + dt.timedelta(days=1)
    note_dead(make_publication(agency=agency, category=news, published_at=later), DEAD)
    note_dead(make_publication(agency=agency, category=notices, state="withdrawn"), DEAD)
    note_dead(make_publication(category=news, agency=make_agency("BBB")), DEAD)
    fine = make_publication(agency=agency, category=notices)
    LinkState.objects.create(
        url="x", url_hash="x", status="dead", failures=links.DEAD_AFTER - 1
    ).publications.add(fine)
    with django_assert_num_queries(1):
        assert links.dead_by_column([agency.pk]) == {(agency.pk, news.pk): 2}
    columns.create_plan(
        actor=None, plan=ColumnPlan(agency=agency, category=news, period_days=14, since=None)
    )
    page = signed_in(client, make_user(Role.AUDITOR, agency=agency)).get(
        reverse("admin:disclosure_columnplan_watch")
    )
    told = [str(row.note) for row in page.context["rows"]]
    assert len(told) == 2, "the column and the front page"
    assert all(note.endswith(("有死链的信息 2", "dead links 2")) for note in told)


@pytest.mark.django_db
def test_a_revision_without_the_dead_link_puts_it_right(answers: dict[str, bool | None]) -> None:
    cast = Cast(make_agency("AAA"))
    one = cast.out(cast.draft(body=f'<p><a href="{DEAD}">旧</a></p>'))
    LinkState.objects.update(status=LinkState.Status.DEAD, failures=2)
    assert links.dead_by_column([one.agency_id]) == {(one.agency_id, one.category_id): 1}
    revision = cast.revision(one, body='<p><a href="https://new.example.cn/">新</a></p>')
    cast.out(revision)
    assert links.dead_by_column([one.agency_id]) == {}
    one.refresh_from_db()
    assert [link.url for link in one.outside_links.all()] == ["https://new.example.cn/"]
    assert not revision.outside_links.exists(), "nobody asks for the earlier version's"


# --- asking --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:10.0.0.1",
    ],
)
def test_addresses_that_are_not_asked(address: str) -> None:
    with pytest.raises(fetching.NotPublicAddress):
        fetching.public_addresses(address, 80)


def test_one_address_that_is_not_public_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(host: str, port: int, **rest: Any) -> list[Any]:
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("93.184.216.34", port)), (*kind, ("10.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(fetching.NotPublicAddress):
        fetching.public_addresses("mixed.example.cn", 80)
    assert fetching.answers("http://mixed.example.cn/") is None


class _Site(http.server.BaseHTTPRequestHandler):
    """/ok, /get-only, /gone, /busy, /inward (redirects to a private address), /file."""

    def do_HEAD(self) -> None:
        self._answer(is_head=True)

    def do_GET(self) -> None:
        self._answer(is_head=False)

    def _answer(self, *, is_head: bool) -> None:
        codes = {"/ok": 200, "/get-only": 404 if is_head else 200, "/busy": 503}
        to = {"/inward": "http://10.0.0.1/", "/file": "file:///etc/passwd", "/round": "/ok"}
        place = to.get(self.path)
        self.send_response(302 if place else codes.get(self.path, 404))
        if place:
            self.send_header("Location", place)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        return


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site that the test takes for public: its own address alone is let through."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    real = fetching.public_addresses

    def lenient(host: str, port: int) -> list[tuple[Any, ...]]:
        if (host, port) == server.server_address:
            return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        return real(host, port)

    monkeypatch.setattr(fetching, "public_addresses", lenient)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/ok", True),
        ("/round", True),
        ("/get-only", True),
        ("/busy", True),
        ("/gone", False),
        ("/inward", None),
        ("/file", False),
    ],
)
def test_what_a_site_answers(site: str, path: str, expected: bool | None) -> None:
    assert fetching.answers(f"{site}{path}") is expected


def test_no_other_schemes() -> None:
    assert not fetching.answers("file:///etc/passwd")
    assert not fetching.answers("ftp://example.cn/")
    assert not fetching.answers("http://[")
    assert not links.is_outside("file:///etc/passwd")
    assert not links.is_outside("http://[")


@pytest.mark.django_db
def test_an_address_that_no_database_can_look_for() -> None:
    one = draft("/catalogue/a%00b/", "/agencies/%00/")
    scan(one)
    assert [rule for rule, _text in rules(one)] == ["dead_link_inside"] * 2


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "::10.0.0.1", "fd00::1"],
)
def test_our_own_network_in_whatever_dress(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET6, 1, 6, "", (address, 80, 0, 0))]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_args, **_kwargs: found)
    with pytest.raises(fetching.NotPublicAddress):
        fetching.public_addresses("a.example.cn", 80)


def test_addresses_in_chinese_go_over_the_line() -> None:
    asked = fetching.in_ascii("http://示例.中国:8080/政务公开/a?词=示例#三")
    assert asked == (
        "http://xn--fsq092h.xn--fiqs8s:8080/%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80/a"
        "?%E8%AF%8D=%E7%A4%BA%E4%BE%8B"
    )

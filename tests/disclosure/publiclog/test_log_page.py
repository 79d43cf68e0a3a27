"""The log as the public reads it: what is shown, what never, and from when on."""

import datetime as dt
import json

import pytest
from django.test import Client

from disclosure.core.dates import now
from disclosure.models import LogEntry, Publication
from disclosure.publications import actions
from disclosure.publiclog import listing, presenting
from tests.factories import make_agency, make_publication

pytestmark = pytest.mark.django_db


def lines(client: Client) -> list[dict]:
    response = client.get("/log/publications.jsonl")
    assert response.status_code == 200
    return [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]


def page(client: Client, query: str = "", language: str = "") -> str:
    response = client.get(f"{language}/log/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_an_entry_with_its_item(client: Client) -> None:
    item = make_publication("公开文件", index_number="SL/1")
    entry = LogEntry.objects.get()
    html = page(client)
    for text in ("公开文件", f'href="{item.get_absolute_url()}"', entry.hash, entry.sealed, "SL/1"):
        assert text in html
    assert "/log/publications.jsonl" in html
    assert "How to check it" in page(client, language="/en")


def test_a_portal_without_entries(client: Client) -> None:
    assert "0" * 64 in page(client)
    assert lines(client) == [{"head": {"seq": 0, "hash": "0" * 64}}]


def test_nothing_is_told_of_what_is_scheduled(client: Client) -> None:
    out = now().replace(microsecond=0) + dt.timedelta(days=1)
    item = make_publication("未到时间", index_number="SL/1", published_at=out)
    for html in (page(client), page(client, "?index_number=SL/1"), page(client, "?agency=SL")):
        assert "未到时间" not in html
        assert item.get_absolute_url() not in html
    assert "内容不公开" in page(client) or "Details withheld" in page(client)
    [entry, _head] = lines(client)
    assert entry["details"] is None
    assert (entry["seq"], entry["kind"]) == (1, "taken_over")
    later = [json.loads(one) for one in presenting.download(presenting.end(), out)]
    assert json.loads(later[0]["details"])["title"] == "未到时间"


def test_asked_for_by_item_or_agency_the_closed_are_not_even_counted(client: Client) -> None:
    agency = make_agency("SL")
    make_publication(agency=make_agency("QT"))
    make_publication(agency=agency, index_number="SL/1")
    item = make_publication(agency=agency, index_number="SL/2")
    actions.withdraw(actor=None, publication=item, reason="涉及隐私", tombstone=True)
    assert page(client).count('id="entry-') == 4
    assert page(client, "?agency=SL").count('id="entry-') == 1
    assert page(client, "?index_number=SL/1").count('id="entry-') == 1
    assert page(client, "?index_number=SL/2").count('id="entry-') == 0


def test_a_bare_tombstone_and_a_withdrawal(client: Client) -> None:
    item = make_publication("涉及隐私的标题")
    actions.withdraw(actor=None, publication=item, reason="当事人要求", tombstone=True)
    other = make_publication("有误的标题", state="withdrawn", reason="内容有误")
    html = page(client)
    assert "涉及隐私的标题" not in html
    assert "当事人要求" not in html
    assert "有误的标题" in html
    assert "内容有误" in html
    assert f'href="{other.get_absolute_url()}"' in html
    assert [one.get("details") is None for one in lines(client)[:4]] == [True, True, False, False]


def test_the_download_says_when_it_has_changed(client: Client) -> None:
    make_publication()
    out = now().replace(microsecond=0) + dt.timedelta(days=1)
    make_publication(published_at=out)
    first = client.get("/log/publications.jsonl")
    b"".join(first.streaming_content)
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get("/log/publications.jsonl", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    head = client.head("/log/publications.jsonl")
    assert (head.status_code, head["ETag"]) == (200, first["ETag"])
    assert presenting.etag(presenting.end(), out) != first["ETag"]
    make_publication()
    third = client.get("/log/publications.jsonl", headers={"If-None-Match": first["ETag"]})
    assert third.status_code == 200
    b"".join(third.streaming_content)


def test_the_download_in_batches(client: Client, monkeypatch) -> None:
    for _ in range(5):
        make_publication()
    monkeypatch.setattr(presenting, "BATCH", 2)
    found = lines(client)
    assert [one.get("seq") for one in found] == [1, 2, 3, 4, 5, None]
    assert found[-1]["head"] == {"seq": 5, "hash": found[4]["hash"]}


def test_paging_keeps_the_filter(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(listing, "SIZE", 2)
    agency = make_agency("SL")
    make_publication(agency=make_agency("QT"))
    for _ in range(3):
        make_publication(agency=agency)
    html = page(client, "?agency=SL")
    assert html.count('id="entry-') == 2
    found = listing.LogListing(client.get("/log/?agency=SL").wsgi_request.GET, now())
    after = client.get(f"/log/{found.next_url}").content.decode()
    assert 'id="entry-2"' in after
    assert 'rel="prev"' in after


@pytest.mark.parametrize("query", ["?agency=NONE", "?after=x", f"?index_number={'9' * 101}"])
def test_an_impossible_value_is_told(client: Client, query: str) -> None:
    make_publication()
    html = page(client, query)
    assert 'role="alert"' in html
    assert 'id="entry-1"' in html


@pytest.mark.parametrize("query", ["", "?agency=SL&index_number=SL/1"])
def test_the_queries_do_not_grow(client: Client, query: str, django_assert_max_num_queries) -> None:
    agency = make_agency("SL")
    make_agency("QT")
    for number in range(6):
        make_publication(agency=agency, index_number=f"SL/{number}")
    with django_assert_max_num_queries(8):
        page(client, query)


def test_the_part_of_an_items_page(django_assert_num_queries) -> None:
    from django.template.loader import render_to_string

    item = make_publication()
    make_publication()
    actions.take(item, "amend", actor=None, reason="示例")
    with django_assert_num_queries(1):
        entries = presenting.entries_of(item, now())
    assert [entry.number for entry in entries] == [3, 1]
    html = render_to_string(
        "disclosure/_log.html",
        {
            "log_entries": entries,
            "content_hash": item.content_hash,
        },
    )
    for text in (entries[0].hash, item.content_hash):
        assert text in html
    assert Publication.objects.count() == 2

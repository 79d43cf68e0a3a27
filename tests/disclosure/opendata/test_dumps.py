"""Dumps: everything public, nothing else, and nothing any more once it is taken back."""

import csv
import datetime as dt
import gzip
import hashlib
import io
import json
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client

from disclosure.core import daily
from disclosure.core.dates import now, today
from disclosure.models import ClosedVersion, Dump, Publication
from disclosure.opendata import dumping
from disclosure.publications import actions, exporting
from disclosure.publications.importing.columns import WORDS
from tests.factories import PDF, make_publication
from tests.publishing_things import make_earlier_version

CSV, JSON_LINES = "/open-data/publications.csv.gz", "/open-data/publications.jsonl.gz"


def content(client: Client, address: str) -> bytes:
    """What is sent, read to its end."""
    response = client.get(address)
    assert response.status_code == 200
    return bytes(response.getvalue())


def lines(client: Client) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(content(client, JSON_LINES)).splitlines()]


def statuses(client: Client) -> set[int]:
    return {client.head(address).status_code for address in (CSV, JSON_LINES)}


@pytest.fixture
def item(db: None) -> Publication:
    return make_publication("关于印发《办法》的通知", attachments={"附件 1.pdf": PDF})


def test_the_validity_is_that_of_the_day(
    client: Client, item: Publication, django_assert_max_num_queries
) -> None:
    """As on the page: an end still to come may be that of something that is not public yet."""
    day = today()
    ends = make_publication("到期的办法", valid_until=day - dt.timedelta(days=9))
    Publication.objects.filter(pk=item.pk).update(
        validity="repealed", expires_on=day + dt.timedelta(days=9)
    )
    with django_assert_max_num_queries(30):
        dumping.make()
    assert {one["title"]: one["validity"] for one in lines(client)} == {
        item.title: "in_force",
        ends.title: "lapsed",
    }
    rows = csv.DictReader(io.StringIO(gzip.decompress(content(client, CSV)).decode("utf-8-sig")))
    assert {row["有效性"] for row in rows} == {WORDS["in_force"], WORDS["lapsed"]}


def test_everything_public_in_two_files(client: Client, item: Publication, settings) -> None:
    make_publication("草稿", state="draft")
    make_publication("依申请公开", disclosure="on_request", summary="概述")
    made = dumping.make()
    assert [(one.kind, one.rows) for one in made] == [("csv", 1), ("jsonl", 1)]

    response = client.head(CSV)
    sent = content(client, CSV)
    assert response["Content-Type"] == "application/gzip"
    assert "publications-20" in response["Content-Disposition"]
    assert "Content-Encoding" not in response
    assert hashlib.sha256(sent).hexdigest() == made[0].sha256
    assert len(sent) == made[0].size
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(sent).decode("utf-8-sig"))))
    assert [row["标题"] for row in rows] == [item.title]

    (line,) = lines(client)
    (record,) = exporting.records()
    assert record.items() <= line.items()
    assert line["url"] == settings.SITE_URL + item.get_absolute_url()
    assert line["agency_code"] == item.agency.code
    (attachment,) = line["attachments"]
    assert attachment["name"] == "附件 1.pdf"
    got = content(client, attachment["url"].removeprefix(settings.SITE_URL))
    assert hashlib.sha256(got).hexdigest() == attachment["sha256"]


def test_the_same_content_is_the_same_file(client: Client, item: Publication) -> None:
    first, second = dumping.make(), dumping.make()
    assert [one.sha256 for one in first] == [one.sha256 for one in second]
    etag = client.head(CSV)["ETag"]
    assert etag == f'"{second[0].sha256}"'
    assert client.get(CSV, headers={"if-none-match": etag}).status_code == 304
    head = client.head(CSV)
    assert (head["Content-Length"], head.content) == (str(second[0].size), b"")


def test_nginx_sends_the_file_where_it_may(client: Client, item: Publication, settings) -> None:
    settings.X_ACCEL_PREFIX = "/private/"
    dump = dumping.make()[0]
    response = client.get(CSV)
    assert response["X-Accel-Redirect"] == f"/private/{dump.file.name}"
    assert response.content == b""


@pytest.mark.django_db
def test_not_made_yet_and_unknown(client: Client) -> None:
    response = client.get(CSV)
    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert response["Cache-Control"] == "no-store"
    assert client.get("/open-data/publications.xlsx.gz").status_code == 404


def test_what_is_withdrawn_leaves_the_dumps_at_once(client: Client, item: Publication) -> None:
    stays = make_publication("另一份")
    old = [dump.file.name for dump in dumping.make()]
    assert statuses(client) == {200}
    actions.withdraw(actor=None, publication=item, reason="内容有误")
    assert statuses(client) == {503}
    assert 'class="sha"' not in client.get("/open-data/").content.decode()
    dumping.make()
    assert [line["title"] for line in lines(client)] == [stays.title]
    assert not any(default_storage.exists(name) for name in old)


def test_an_earlier_version_that_is_closed_leaves_them_too(
    client: Client, item: Publication
) -> None:
    dumping.make()
    make_earlier_version(item)
    assert statuses(client) == {200}  # as of the time that the page names
    version = Publication.objects.get(revises=item)
    ClosedVersion.objects.create(version=version, reason="含有个人信息", closed_at=now())
    assert statuses(client) == {503}


def test_withdrawn_while_a_dump_is_made(
    client: Client, item: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reading had begun before; the file is finished after."""

    def write(file: io.BytesIO, rows: object) -> int:
        actions.withdraw(actor=None, publication=item, reason="内容有误")
        return 0

    monkeypatch.setitem(dumping._WRITERS, "csv", write)
    with pytest.raises(CommandError):
        call_command("make_dumps")
    assert statuses(client) == {503}
    assert not Dump.objects.exists()


def test_the_worker_is_told(item: Publication, django_capture_on_commit_callbacks) -> None:
    told: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dumping.background, "wake", told.append)
        with django_capture_on_commit_callbacks(execute=True):
            actions.withdraw(actor=None, publication=item, reason="内容有误")
    assert dumping.make_anew in told
    assert dumping.make_missing() == len(Dump.Kind)
    assert dumping.make_missing() == 0


def test_daily_once_a_day_and_old_ones_go(item: Publication) -> None:
    assert "dumps of open data" in daily.names()
    assert dumping.make_daily() == 2
    assert dumping.make_daily() == 0
    Dump.objects.update(as_of=now().replace(year=2020))
    assert dumping.make_daily() == 2
    for _again in range(2):
        dumping.make()
    assert Dump.objects.count() == dumping.KEPT * len(Dump.Kind)
    folder = set(default_storage.listdir(dumping.FOLDER)[1])
    assert {one.file.name.rpartition("/")[2] for one in Dump.objects.all()} <= folder


def test_a_file_without_a_row_goes_after_a_day(
    item: Publication, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump = dumping.make()[0]
    Dump.objects.filter(pk=dump.pk).delete()
    dumping._forget_lost()
    assert default_storage.exists(dump.file.name)
    long_ago = now().replace(year=2020)
    monkeypatch.setattr(default_storage, "get_modified_time", lambda name: long_ago)
    dumping._forget_lost()
    assert not default_storage.exists(dump.file.name)
    assert all(default_storage.exists(one.file.name) for one in Dump.objects.all())


def test_a_file_that_has_just_gone(client: Client, item: Publication) -> None:
    dump = dumping.make()[0]
    default_storage.delete(dump.file.name)
    assert client.get(CSV).status_code == 503


def test_queries_do_not_grow(item: Publication, client: Client, django_assert_num_queries) -> None:
    dumping.make()
    for _other in range(3):
        make_publication()
    with django_assert_num_queries(2):
        content(client, CSV)

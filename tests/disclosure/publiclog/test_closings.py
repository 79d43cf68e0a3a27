"""That an earlier version may be read no more is an entry of its own."""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from disclosure.core import triggers
from disclosure.core.dates import legal_day, now
from disclosure.life import closings, relating
from disclosure.models import ClosedVersion, LogEntry, Publication
from disclosure.publications import actions
from disclosure.publiclog.chain import moment_text
from disclosure.publiclog.checking import Checking
from disclosure.publiclog.presenting import entries_of
from tests.disclosure.publiclog.test_check_log import fetched, run
from tests.disclosure.publiclog.test_log import revised
from tests.factories import make_publication

pytestmark = pytest.mark.django_db


def is_open() -> list[bool]:
    rows = LogEntry.objects.opened(now()).order_by("seq")
    return list(rows.values_list("is_open", flat=True))


def closed_version(item: Publication, **fields: object) -> ClosedVersion:
    version = item.revisions.get(state="superseded")
    return ClosedVersion(version=version, reason="含有个人信息", **fields)


def test_closing_an_earlier_version_is_an_entry_without_its_content() -> None:
    item = make_publication("一版标题")
    item = revised(item)
    relating.close_version(actor=None, closed=closed_version(item))
    entry = LogEntry.objects.latest("seq")
    said = json.loads(entry.details)
    assert (entry.kind, entry.publication, entry.closes) == ("version_closed", item, False)
    assert said.pop("salt")
    assert said == {
        "agency": item.agency.code,
        "index_number": item.index_number,
        "closed_version": 1,
        "closed_on": legal_day(now()).isoformat(),
        "note": "含有个人信息",
        "visible_from": moment_text(entry.visible_from),
    }
    assert is_open() == [False, True, True], "the version's own, the revision, the closing"
    assert Checking().run() is None
    shown = entries_of(item, now())[0]
    assert (shown.version, shown.title) == (1, "")


def test_the_reason_is_not_told_of_what_is_withdrawn() -> None:
    item = revised(make_publication())
    item = actions.withdraw(actor=None, publication=item, reason="涉及隐私", tombstone=True)
    relating.close_version(actor=None, closed=closed_version(item))
    assert json.loads(LogEntry.objects.latest("seq").details)["note"] == ""
    assert is_open() == [False, False, False, False]
    assert Checking().run() is None


def test_what_was_closed_before_the_log_said_so_is_written_in_once() -> None:
    item = revised(make_publication())
    yesterday = now() - dt.timedelta(days=1)
    closed_version(item, closed_at=yesterday).save()
    assert Checking().run() is None, "an existing log is as sound as before"
    assert closings.log_older() == 1
    assert closings.log_older() == 0
    said = json.loads(LogEntry.objects.latest("seq").details)
    assert said["closed_on"] == legal_day(yesterday).isoformat()
    assert Checking().run() is None


def test_a_closing_that_is_hushed_up_or_undone_is_found() -> None:
    one, other = revised(make_publication()), revised(make_publication())
    relating.close_version(actor=None, closed=closed_version(one))
    closed_version(other, closed_at=now() + dt.timedelta(seconds=1)).save()
    assert closings.log_older() == 0, "what came after is not mended"
    found = Checking().run()
    assert found is not None
    assert found.code == "closing_unlogged"
    assert dict(found.facts) == {"number": other.index_number, "version": 1}
    with triggers.lifted("disclosure.ClosedVersion"):
        ClosedVersion.objects.all().delete()
    found = Checking().run()
    assert found is not None
    assert (found.code, found.facts["number"]) == ("closing", one.index_number)


def test_the_database_refuses_to_change_or_undo_a_closing() -> None:
    one = revised(make_publication())
    closed = relating.close_version(actor=None, closed=closed_version(one))
    rows = ClosedVersion.objects.filter(pk=closed.pk)
    for change in (lambda: rows.update(reason="别的"), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert rows.get().reason == "含有个人信息"


def test_a_download_from_before_is_the_beginning_of_the_one_after(
    client: Client, tmp_path: Path
) -> None:
    item = revised(make_publication("一版标题"))
    before = fetched(client, tmp_path / "before.jsonl")
    relating.close_version(actor=None, closed=closed_version(item))
    after = fetched(client, tmp_path / "after.jsonl")
    assert "一版标题" in before.read_text(encoding="utf-8")
    assert "一版标题" not in after.read_text(encoding="utf-8")
    code, told = run(after, "--earlier", before)
    assert (code, "1 of the entries say that an earlier version" in told) == (0, True)
    assert "earlier version" not in run(before)[1]
    page = client.get("/log/").content.decode()
    assert "含有个人信息" in page
    assert "一版标题" not in page

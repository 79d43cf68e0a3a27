"""What is written into the public log, in which transaction, and how fast it is hashed."""

import datetime as dt
import json
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from disclosure.core.dates import now
from disclosure.core.errors import NotPossible
from disclosure.models import Attachment, LogEntry, LogHead, Publication
from disclosure.publications import actions
from disclosure.publications.lifecycle import TRANSITIONS
from disclosure.publiclog import actions as log
from disclosure.publiclog import details
from disclosure.publiclog.chain import Head
from disclosure.publiclog.kinds import OF_STEP, Kind
from tests.disclosure.publiclog.forging import raw
from tests.factories import make_attachment, make_publication, walk_out

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return list(LogEntry.objects.order_by("seq").values_list("kind", flat=True))


def said(seq: int) -> dict:
    return json.loads(LogEntry.objects.get(seq=seq).details)


def test_every_logged_step_and_no_other_has_its_kind() -> None:
    logged = {name for name, row in TRANSITIONS.items() if row.logged}
    assert set(OF_STEP) == logged | {"take_over"}
    assert set(OF_STEP.values()) | {Kind.REVISED, Kind.VERSION_CLOSED} == set(Kind)


def revised(live: Publication) -> Publication:
    revision = actions.revise(actor=None, publication=live)
    revision.title, revision.change_note = "新标题", "更正标题"
    actions.update(actor=None, publication=revision)
    return walk_out(revision)


def test_the_whole_life_is_logged() -> None:
    draft = make_publication("旧标题", state="draft", date_made=dt.date(2026, 1, 5))
    make_attachment(draft)
    item = walk_out(draft)
    item = revised(item)
    for step in ("amend", "repeal", "lapse", "restore"):
        item = actions.take(item, step, actor=None, reason="示例")
    actions.withdraw(actor=None, publication=item, reason="内容有误")
    wanted = ["published", "revised", "amended", "repealed", "lapsed", "restored", "withdrawn"]
    assert kinds() == wanted
    assert [entry.seq for entry in LogEntry.objects.all()] == list(range(1, 8))
    head = LogHead.objects.get()
    assert (head.seq, head.hash) == (7, LogEntry.objects.get(seq=7).hash)
    assert (said(1)["title"], said(2)["title"]) == ("旧标题", "新标题")
    assert (said(1)["version"], said(2)["version"]) == (1, 2)
    assert (said(2)["note"], said(7)["note"]) == ("更正标题", "内容有误")
    assert said(1)["files"] == [
        {"name": one.name, "sha256": one.sha256, "size": one.size}
        for one in Attachment.objects.filter(publication=item)
    ]
    assert said(4)["validity"] == "repealed"
    assert said(4)["expires_on"]
    assert len({said(seq)["salt"] for seq in range(1, 8)}) == 7


def test_what_an_import_takes_over_is_logged_singly_and_at_once() -> None:
    first = make_publication()
    second = make_publication()
    assert kinds() == ["taken_over", "taken_over"]
    assert log.append_many([first, (second, [])], at=now()) == 2
    assert kinds() == ["taken_over"] * 4
    assert log.append_many([]) == 0


def test_a_step_that_fails_leaves_no_entry() -> None:
    item = make_publication()
    with pytest.raises(NotPossible):
        actions.take(item, "withdraw", actor=None, reason="")
    with transaction.atomic():
        actions.withdraw(actor=None, publication=item, reason="内容有误")
        assert kinds() == ["taken_over", "withdrawn"]
        transaction.set_rollback(True)
    assert kinds() == ["taken_over"]
    assert LogHead.objects.get().seq == 1


def test_the_logs_clock_never_goes_back() -> None:
    make_publication(at=now() - dt.timedelta(days=3))
    item = make_publication(at=now())
    actions.take(item, "amend", actor=None, reason="示例", at=now() - dt.timedelta(days=2))
    moments = list(LogEntry.objects.order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert all(moment.microsecond == 0 for moment in moments)


def test_the_files_of_what_may_only_be_had_on_request_are_not_named() -> None:
    make_publication(
        disclosure="on_request", summary="概述", attachments={"甲.txt": "示例内容".encode()}
    )
    assert said(1)["files"] == []


def is_open(at: dt.datetime) -> list[bool]:
    rows = LogEntry.objects.opened(at).order_by("seq")
    return list(rows.values_list("is_open", flat=True))


def test_what_is_scheduled_is_closed_until_its_moment() -> None:
    out = now().replace(microsecond=5) + dt.timedelta(days=2)
    make_publication(published_at=out)
    assert is_open(now()) == [False]
    assert is_open(out - dt.timedelta(microseconds=1)) == [False]
    assert is_open(out + dt.timedelta(seconds=1)) == [True]


def test_withdrawn_before_its_moment_it_stays_closed_also_when_it_is_published_later() -> None:
    out = now() + dt.timedelta(days=2)
    item = make_publication(published_at=out)
    item = actions.withdraw(actor=None, publication=item, reason="内容有误")
    later = out + dt.timedelta(days=9)
    assert is_open(later) == [False, False]
    item = actions.take(item, "reopen", actor=None)
    item.published_at = None
    actions.update(actor=None, publication=item)
    walk_out(item)
    assert is_open(later) == [False, False, True]


def test_of_a_bare_tombstone_nothing_is_open_also_after_it_was_mended() -> None:
    item = make_publication()
    make_publication()
    item = actions.withdraw(actor=None, publication=item, reason="涉及隐私", tombstone=True)
    assert is_open(now()) == [False, True, False]
    item = actions.take(item, "reopen", actor=None)
    assert is_open(now()) == [False, True, False]
    walk_out(item)
    assert is_open(now() + dt.timedelta(seconds=1)) == [False, True, False, True]


def test_of_an_earlier_version_that_nobody_may_read_nothing_is_open() -> None:
    from disclosure.models import ClosedVersion

    item = revised(make_publication())
    assert is_open(now()) == [True, True]
    ClosedVersion.objects.create(
        version=item.revisions.get(state="superseded"), reason="涉及隐私", closed_at=now()
    )
    assert is_open(now()) == [False, True]


def test_the_database_refuses_to_touch_entries_and_to_turn_the_head_back() -> None:
    make_publication()
    for statement in (
        "UPDATE disclosure_logentry SET version = 9",
        "DELETE FROM disclosure_logentry",
        "UPDATE disclosure_loghead SET seq = 0",
        "DELETE FROM disclosure_loghead",
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_an_item_without_a_day_of_publication_was_never_seen() -> None:
    item = make_publication()
    item.published_at = None
    told = details.of(item, [], kind="withdrawn", at=now())
    assert told.closes


def test_moments_in_another_zone_are_hashed_in_utc() -> None:
    item = make_publication()
    zone = dt.timezone(dt.timedelta(hours=8))
    told = details.of(item, [], kind="amended", at=dt.datetime(2030, 1, 1, 8, tzinfo=zone))
    assert json.loads(told.details)["visible_from"] == "2030-01-01T00:00:00Z"


def test_a_head_that_moved_meanwhile_is_a_conflict(monkeypatch) -> None:
    item = make_publication()
    stale = LogHead.objects.get()
    stale.seq = 7
    monkeypatch.setattr(log, "_locked_head", lambda: stale)
    with pytest.raises(log.Conflict):
        log.append(item, kind=Kind.AMENDED)


def test_a_chain_is_the_same_however_many_are_added_at_once() -> None:
    one, two = Head(), Head()
    texts = [f"{n}" for n in range(5)]
    for text in texts:
        one.append(at="2026-01-05T01:02:03Z", kind="published", details=text)
    links = [two.append(at="2026-01-05T01:02:03Z", kind="published", details=t) for t in texts]
    assert one == two
    assert links[-1].previous == links[-2].hash


@pytest.mark.django_db(transaction=True)
def test_two_at_once_leave_no_gap() -> None:
    items = [make_publication() for _ in range(6)]
    failed = []

    def write(item: Publication) -> None:
        try:
            actions.take(item, "amend", actor=None, reason="示例")
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(item,)) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert list(LogEntry.objects.values_list("seq", flat=True)) == list(range(1, 13))
    assert LogHead.objects.get().seq == 12


def test_raw_is_what_it_says() -> None:
    make_publication()
    raw("DELETE FROM disclosure_logentry WHERE seq = %s", 1)
    assert not LogEntry.objects.exists()

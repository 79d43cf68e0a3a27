"""One byte changed behind the program's back is found, and named."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from disclosure.core import triggers
from disclosure.core.dates import now
from disclosure.models import Attachment, LogCheck, LogEntry, Publication
from disclosure.publications import actions
from disclosure.publiclog import checking, items, presenting
from disclosure.publiclog.checking import Checking
from disclosure.publiclog.faults import SENTENCES, Fault
from tests.disclosure.publiclog.forging import chain_anew, raw, set_entry
from tests.factories import make_publication, walk_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def live() -> Publication:
    """Five entries: an item with a file and an earlier version, one withdrawn, one plain."""
    item = make_publication(
        "甲", index_number="SL/1", attachments={"甲.txt": "示例内容 one".encode()}
    )
    revision = actions.revise(actor=None, publication=item)
    revision.title, revision.change_note = "乙", "更正"
    actions.update(actor=None, publication=revision)
    item = walk_out(revision)
    make_publication(state="withdrawn", index_number="SL/2")
    make_publication(index_number="SL/3")
    return item


def verify(*arguments: str) -> str:
    out = io.StringIO()
    call_command("verify_log", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def fault() -> Fault:
    found = Checking().run()
    assert found is not None
    with pytest.raises(CommandError) as stopped:
        verify()
    assert str(stopped.value) == str(found)
    assert stopped.value.returncode == 1
    return found


def where(column: str, pk: int) -> tuple[str, int]:
    return f"UPDATE disclosure_publication SET {column} WHERE id = %s", pk


def test_a_sound_log(live: Publication) -> None:
    told = verify()
    assert "5 entries, 3 items, 2 files" in told
    assert LogEntry.objects.get(seq=5).hash in told
    assert json.loads(verify("--json"))["sound"] is True


def test_an_empty_log_is_sound() -> None:
    assert "0 entries, 0 items, 0 files" in verify()


LONG_AGO = "2020-01-01 00:00:00+00:00"
FORGERIES: dict[str, tuple[Callable[[], None], str, str]] = {
    "details": (
        lambda: set_entry(2, details=LogEntry.objects.get(seq=2).details.replace("乙", "丙")),
        "sealed",
        "2",
    ),
    "kind": (lambda: set_entry(3, kind="amended"), "hash", "3"),
    "previous": (lambda: set_entry(3, previous="0" * 64), "previous", "3"),
    "hash": (lambda: set_entry(5, hash="0" * 64), "hash", "5"),
    "version beside": (lambda: set_entry(2, version=7), "beside", "2"),
    "shown earlier": (
        lambda: set_entry(2, visible_from=LONG_AGO),
        "beside",
        "2",
    ),
    "closed": (lambda: set_entry(2, closes=True), "beside", "2"),
    "of nothing": (lambda: set_entry(2, publication_id=None), "orphan", "2"),
    "last gone": (lambda: raw("DELETE FROM disclosure_logentry WHERE seq = 5"), "end", "4"),
    "middle gone": (lambda: raw("DELETE FROM disclosure_logentry WHERE seq = 3"), "missing", "3"),
    "first gone": (lambda: raw("DELETE FROM disclosure_logentry WHERE seq = 1"), "missing", "1"),
    "all gone": (lambda: raw("DELETE FROM disclosure_logentry"), "end", "0"),
    "head gone": (lambda: raw("DELETE FROM disclosure_loghead"), "headless", ""),
    "head back": (lambda: raw("UPDATE disclosure_loghead SET hash = %s", "1" * 64), "head", "5"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_change_of_the_log_is_found(name: str, live: Publication) -> None:
    forge, code, place = FORGERIES[name]
    forge()
    found = fault()
    assert (found.code, str(found.facts.get("seq", ""))) == (code, place)
    assert place in str(found)


def test_the_last_entry_and_the_head_with_it(live: Publication) -> None:
    before = LogEntry.objects.get(seq=4)
    raw("DELETE FROM disclosure_logentry WHERE seq = 5")
    raw("UPDATE disclosure_loghead SET seq = 4, hash = %s", before.hash)
    assert fault() == Fault("unlogged", {"number": "SL/3"})


def test_an_entry_without_its_head_having_moved(live: Publication) -> None:
    raw("UPDATE disclosure_loghead SET seq = 4, hash = %s", LogEntry.objects.get(seq=4).hash)
    assert fault() == Fault("beyond", {"seq": 5})


OF_ITEMS = {
    "title": ("title = '丁'", "content"),
    "text": ("body = body || ' '", "content"),
    "hash": ("content_hash = 'x'", "field"),
    "day": ("published_at = '2020-01-01 00:00:00+00:00'", "field"),
    "validity": ("validity = 'repealed'", "field"),
    "version": ("version = 9", "field"),
    "state": ("state = 'withdrawn'", "state"),
    "number": ("index_number = 'SL/9'", "foreign"),
}


@pytest.mark.parametrize("name", OF_ITEMS)
def test_a_change_of_a_public_item_is_found(name: str, live: Publication) -> None:
    change, code = OF_ITEMS[name]
    raw(*where(change, live.pk))
    found = fault()
    assert found.code == code
    assert ("SL/9" if name == "number" else "SL/1") in str(found)


def test_what_was_withdrawn_comes_not_back_unseen(live: Publication) -> None:
    item = Publication.objects.get(index_number="SL/2")
    raw(*where("state = 'published'", item.pk))
    assert fault() == Fault("state", {"number": "SL/2", "seq": 4})


def test_another_reason_for_the_withdrawal(live: Publication) -> None:
    item = Publication.objects.get(index_number="SL/2")
    raw(*where("withdrawn_reason = '别的'", item.pk))
    assert fault().facts["field"] == "note"


def test_an_earlier_version_changed_renumbered_or_slipped_in(live: Publication) -> None:
    earlier = live.revisions.get(state="superseded")
    raw(*where("title = '丁'", earlier.pk))
    assert fault() == Fault("earlier", {"number": "SL/1", "version": 1, "seq": 1})
    raw(*where("title = '甲', version = 7", earlier.pk))
    assert fault() == Fault("earlier_unlogged", {"number": "SL/1", "version": 7})


def test_a_byte_of_a_stored_file(live: Publication) -> None:
    attachment = live.attachments.get()
    path = Path(default_storage.path(attachment.file.name))
    path.write_bytes("示例内容 onf".encode())
    facts = {"number": "SL/1", "sha256": attachment.sha256}
    assert fault() == Fault("file", facts)
    assert "The log holds" in verify("--no-files")
    assert LogCheck.objects.get().fault["code"] == "file", "the files were not looked at"
    path.unlink()
    assert fault() == Fault("file_gone", facts)


def test_a_file_that_was_swapped_with_its_row(live: Publication) -> None:
    attachment = live.attachments.get()
    raw("UPDATE disclosure_attachment SET sha256 = %s WHERE id = %s", "0" * 64, attachment.pk)
    assert fault().code == "content"
    other = Publication.objects.get(index_number="SL/3")
    raw("UPDATE disclosure_attachment SET publication_id = %s", other.pk)
    assert fault().code == "content"


def test_what_was_withdrawn_and_is_written_anew_is_nobodys_yet(live: Publication) -> None:
    item = Publication.objects.get(index_number="SL/2")
    item = actions.take(item, "reopen", actor=None)
    item.title = "改写中"
    actions.update(actor=None, publication=item)
    assert "The log holds" in verify()


def downloaded(path: Path) -> str:
    path.write_text("".join(presenting.download(presenting.end(), now())), encoding="utf-8")
    return str(path)


def test_a_tail_chained_anew_is_found_by_whoever_kept_a_download(
    live: Publication, tmp_path: Path
) -> None:
    old = downloaded(tmp_path / "old.jsonl")
    make_publication()
    assert "The log holds" in verify("--anchor", old)
    told = LogEntry.objects.get(seq=4).details
    set_entry(4, details=told.replace("内容有误", "另有原因"))
    raw(*where("withdrawn_reason = '另有原因'", LogEntry.objects.get(seq=4).publication_id))
    chain_anew(4)
    assert "The log holds" in verify(), "alone the log cannot know"
    with pytest.raises(CommandError, match="Entry 4 is not the one that was downloaded earlier"):
        verify("--anchor", old)


def test_an_earlier_download_that_is_longer_or_none(live: Publication, tmp_path: Path) -> None:
    old = downloaded(tmp_path / "old.jsonl")
    raw("DELETE FROM disclosure_logentry WHERE seq = 5")
    with pytest.raises(CommandError, match="Entry 5 was downloaded earlier"):
        verify("--anchor", old)
    for text in ("{", '{"seq": 1}', "7", "[]"):
        (tmp_path / "bad.jsonl").write_text(text)
        with pytest.raises(CommandError, match="Line 1") as stopped:
            verify("--anchor", str(tmp_path / "bad.jsonl"))
        assert stopped.value.returncode == 2
    with pytest.raises(CommandError) as stopped:
        verify("--anchor", str(tmp_path / "none.jsonl"))
    assert stopped.value.returncode == 2


def test_json_tells_the_fault_and_ends_with_1(live: Publication, capsys) -> None:
    set_entry(3, kind="amended")
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_log", "--json")
    assert stopped.value.code == 1
    found = json.loads(capsys.readouterr().out)
    assert found["fault"]["code"] == "hash"
    assert found["fault"]["sentence"] == "Entry 3 has been changed."


def test_the_demonstration_may_be_taken_away(live: Publication) -> None:
    item = make_publication(is_demo=True)
    set_entry(6, publication_id=None, agency_id=None, visible_from="9999-01-01 00:00:00+00:00")
    with triggers.lifted(*triggers.declared()):
        item.delete()
    assert "6 entries, 3 items" in verify()


def test_a_step_that_was_half_way_is_no_fault(live: Publication, monkeypatch) -> None:
    """The entries are read after the item; a step in between looks like a forgery at first."""
    init = items.ItemCheck.__init__
    between = [lambda: actions.take(live, "amend", actor=None, reason="示例")]

    def with_step(self, batch, *, with_files: bool) -> None:
        if between:
            between.pop()()
        init(self, batch, with_files=with_files)

    monkeypatch.setattr(items.ItemCheck, "__init__", with_step)
    assert Checking().run() is None
    assert between == []


def test_batches_see_everything_once(live: Publication, monkeypatch) -> None:
    monkeypatch.setattr(checking, "ENTRIES", 2)
    monkeypatch.setattr(checking, "ITEMS", 1)
    seen = []
    check = Checking(progress=lambda *told: seen.append(told))
    assert check.run() is None
    assert (check.entries, check.items, check.files) == (5, 3, 2)
    assert ("entries", 4, 5) in seen
    set_entry(5, kind="amended")
    assert Checking().run() == Fault("hash", {"seq": 5})


def test_queries_do_not_grow_with_the_items(live: Publication, django_assert_num_queries) -> None:
    with django_assert_num_queries(10):
        Checking().run()
    for _ in range(3):
        make_publication(attachments={"丙.txt": "示例内容".encode()})
    with django_assert_num_queries(10):
        Checking().run()


@pytest.mark.parametrize("code", SENTENCES)
def test_every_fault_has_a_sentence_in_both_languages(code: str) -> None:
    facts = dict.fromkeys(["seq", "number", "version", "sha256", "field", "head"], "1")
    assert "%(" not in str(Fault(code, facts))
    assert Attachment.objects.count() == 0

"""The daily check and the warning on the start page."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from disclosure.agencies.roles import Role
from disclosure.core import daily
from disclosure.models import LogCheck, LogEntry
from disclosure.publiclog import panels, watching
from tests.disclosure.publiclog.forging import raw, set_entry
from tests.factories import make_admin, make_publication, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_it_runs_daily_and_finds_nothing_to_do_without_entries() -> None:
    assert "public log" in daily.names()
    assert watching.run() == 0


def test_everything_has_its_turn(monkeypatch) -> None:
    """Two of ten entries are the newest, three of the others a day; four items a day."""
    monkeypatch.setattr(watching, "NEWEST", 2)
    monkeypatch.setattr(watching, "LEAST_ENTRIES", 3)
    monkeypatch.setattr(watching, "LEAST_ITEMS", 4)
    items = [make_publication() for _ in range(10)]
    came = []
    for _ in range(5):
        watching.run()
        check = LogCheck.objects.get()
        came.append((check.entries_to, check.items_to))
    keys = [item.pk for item in items]
    assert [entries for entries, _items in came] == [3, 6, 9, 3, 6]
    assert [key for _entries, key in came] == [keys[3], keys[7], 0, keys[3], keys[7]]


@pytest.mark.parametrize("seq", [1, 4, 6])
def test_what_is_changed_is_found_within_a_round(seq: int, monkeypatch, caplog) -> None:
    monkeypatch.setattr(watching, "NEWEST", 2)
    monkeypatch.setattr(watching, "LEAST_ENTRIES", 2)
    monkeypatch.setattr(watching, "LEAST_ITEMS", 1)
    for _ in range(6):
        make_publication()
    set_entry(seq, kind="amended")
    for _ in range(3):
        watching.run()
    assert LogCheck.objects.get().fault == {"code": "hash", "facts": {"seq": seq}}
    assert "the public log is broken: hash" in caplog.text


def test_a_changed_item_is_found_and_the_log_of_the_server_has_no_names(caplog) -> None:
    item = make_publication("有名字的标题", attachments={"张三.txt": "示例内容".encode()})
    raw("UPDATE disclosure_publication SET title = '别的' WHERE id = %s", item.pk)
    watching.run()
    assert LogCheck.objects.get().fault["code"] == "content"
    assert "张三" not in caplog.text
    assert "标题" not in caplog.text


def test_the_warning_stands_until_a_whole_check_finds_nothing() -> None:
    make_publication()
    auditor = make_user(Role.AUDITOR)
    assert panels.broken(auditor) is None
    kind = LogEntry.objects.get().kind
    set_entry(1, kind="amended")
    watching.run()
    set_entry(1, kind=kind)
    watching.run()
    for user in (auditor, make_user(Role.HEAD), make_admin()):
        panel = panels.broken(user)
        assert panel is not None
        assert panel.level == "red"
        assert panel.rows[0].label == "Entry 1 has been changed."
    assert panels.broken(make_user(Role.EDITOR)) is None
    call_command("verify_log", stdout=None)
    assert panels.broken(auditor) is None
    assert LogCheck.objects.get().checked_at <= timezone.now()


def test_the_start_page_shows_it(client) -> None:
    make_publication()
    set_entry(1, kind="amended")
    watching.run()
    client.force_login(make_user(Role.AUDITOR), backend="disclosure.agencies.backends.RoleBackend")
    assert "Entry 1 has been changed." in client.get("/en/admin/").content.decode()

"""What was public before the log existed is in it after the migration, and the log holds."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from disclosure.core.dates import now
from disclosure.models import LogEntry, LogHead
from disclosure.publications import actions
from disclosure.publiclog.checking import Checking
from tests.disclosure.publiclog.forging import raw
from tests.factories import make_publication

pytestmark = pytest.mark.django_db
module = import_module("disclosure.migrations._log_backfill")


def backfill() -> None:
    module.backfill(apps, SimpleNamespace(connection=connection))


@pytest.fixture
def before_the_log(monkeypatch) -> None:
    """Items of each kind, and no log."""
    monkeypatch.setattr(module, "BATCH", 2)
    make_publication(attachments={"附件.txt": "示例内容".encode()})
    make_publication(state="draft")
    make_publication(state="withdrawn")
    item = make_publication()
    actions.withdraw(actor=None, publication=item, reason="涉及隐私", tombstone=True)
    make_publication()
    raw("DELETE FROM disclosure_logentry")
    raw("DELETE FROM disclosure_loghead")


@pytest.mark.usefixtures("before_the_log")
def test_the_log_holds_afterwards_and_goes_on() -> None:
    backfill()
    wanted = ["taken_over", "withdrawn", "withdrawn", "taken_over"]
    assert list(LogEntry.objects.values_list("kind", flat=True)) == wanted
    assert Checking().run() is None
    open_now = LogEntry.objects.opened(now()).order_by("seq")
    assert list(open_now.values_list("is_open", flat=True)) == [True, True, False, True]
    make_publication()
    assert Checking().run() is None
    assert LogHead.objects.get().seq == 5


@pytest.mark.usefixtures("before_the_log")
def test_it_may_run_again() -> None:
    backfill()
    head = LogHead.objects.get().hash
    backfill()
    assert LogHead.objects.get().hash == head
    assert LogEntry.objects.count() == 4


def test_nothing_to_do() -> None:
    backfill()
    assert LogHead.objects.get().seq == 0
    assert Checking().run() is None

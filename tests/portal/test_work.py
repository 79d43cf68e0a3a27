"""`manage.py work`: the task worker."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from disclosure.agencies.roles import Role
from disclosure.core.dates import now
from disclosure.models import ImportRun
from disclosure.publications.prepared import PreparedFile
from portal import housekeeping
from portal.management.commands import work
from requests_app.messages import outbox
from tests.factories import make_user
from tests.settings import ROOT


@pytest.fixture
def database_tasks(settings) -> None:
    """Tasks as in production: rows that a worker takes."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return


@pytest.fixture
def sent(monkeypatch) -> list[int]:
    """Each call for sending what is due."""
    calls: list[int] = []
    monkeypatch.setattr(outbox.sending, "send_due", lambda: calls.append(1) or 0)
    monkeypatch.setattr(work, "SWEEPS", {})
    return calls


def worker() -> work.Worker:
    return work.Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
    )


@pytest.mark.django_db(transaction=True)
def test_a_task_is_run_and_only_one_waits(database_tasks: None, sent: list[int]) -> None:
    outbox.wake()
    outbox.wake()
    assert DBTaskResult.objects.ready().count() == 1
    call_command("work", "--once")
    assert sent == [1]
    assert [row.status for row in DBTaskResult.objects.all()] == ["SUCCESSFUL"]
    assert DBTaskResult.objects.get().args_kwargs == {"args": [], "kwargs": {}}
    outbox.wake()
    assert DBTaskResult.objects.ready().count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_idle_look_takes_no_write_lock(database_tasks: None) -> None:
    with CaptureQueriesContext(connection) as context:
        work.run_tasks(worker())
    assert [query["sql"].split()[0] for query in context.captured_queries] == ["SELECT"]


def test_a_failing_sweep_does_not_stop_the_others(monkeypatch, caplog) -> None:
    ran = []

    def fail() -> int:
        raise ValueError("somebody@example.invalid")

    monkeypatch.setattr(work, "SWEEPS", {"a": fail, "b": lambda: ran.append("b") or 0})
    work.sweep()
    assert ran == ["b"]
    assert "sweep 'a' failed: ValueError" in caplog.text
    assert "somebody" not in caplog.text


def test_an_absent_database_is_waited_for(monkeypatch, caplog) -> None:
    stop = threading.Event()
    looks = []

    def look(worker: object) -> None:
        looks.append(1)
        if len(looks) == 1:
            raise OperationalError("server closed the connection")
        stop.set()

    monkeypatch.setattr(work, "run_tasks", look)
    monkeypatch.setattr(work, "WHILE_DATABASE_IS_AWAY", 0.01)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work, "connection", type("Absent", (), {"close": lambda self: None})())
    work.work(worker(), stop, 0.01)
    assert len(looks) == 2
    assert "waits for the database: OperationalError" in caplog.text


@pytest.mark.django_db
def test_old_tasks_are_forgotten_and_waiting_ones_kept() -> None:
    old = now() - dt.timedelta(days=housekeeping.TASK_DAYS, hours=1)
    for started, status in ((old, "SUCCESSFUL"), (old, "RUNNING"), (now(), "FAILED")):
        DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {}},
            task_path="x",
            backend_name="default",
            status=status,
            started_at=started,
        )
    waiting = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x", backend_name="default"
    )
    DBTaskResult.objects.filter(pk=waiting.pk).update(enqueued_at=old)
    assert housekeeping.forget_old_tasks() == 2
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"FAILED", "READY"}


def test_the_worker_ends_when_asked(tmp_path: Path) -> None:
    environment = os.environ | {
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    # Without tables: it says so, and waits as it would for a database that is away.
    process = subprocess.Popen(
        [sys.executable, "manage.py", "work", "--interval", "0.1"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert "waits for the database" in process.stderr.readline()
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 0
    assert time.monotonic() - started < 5


@pytest.mark.django_db
def test_an_import_and_a_file_whose_task_was_lost_are_swept_up() -> None:
    editor = make_user(Role.EDITOR)
    run = ImportRun.objects.create(state="waiting", created_by=editor, file_name="a.csv")
    asked = PreparedFile.objects.create(
        created_by=editor, maker="gone", name="a.csv", content_type="text/csv"
    )
    work.sweep()
    run.refresh_from_db()
    asked.refresh_from_db()
    assert (run.state, asked.state) == ("failed", "failed")

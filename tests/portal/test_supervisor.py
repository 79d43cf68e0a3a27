"""The supervisor of `make serve`: restarts what dies, ends everything when asked."""

import datetime as dt
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from portal.supervisor import DailyRun, Service, next_at
from tests.settings import ROOT

SHANGHAI = ZoneInfo("Asia/Shanghai")


def start(body: str) -> subprocess.Popen[str]:
    """A supervisor in a process of its own, because it takes the signals."""
    script = "from portal.supervisor import *\nimport sys\n" + textwrap.dedent(body)
    return subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def wait_for(path: Path, count: int = 1) -> list[int]:
    """The process ids that the children wrote, once there are so many."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if path.exists() and len(pids := path.read_text().split()) >= count:
            return [int(pid) for pid in pids]
        time.sleep(0.05)
    raise AssertionError(f"fewer than {count} children wrote {path}")


def is_running(pid: int) -> bool:
    """Whether that process exists and is not merely waiting to be reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def child(path: Path, then: str) -> str:
    """A command that notes its process id and goes on with `then`."""
    code = f"import os, time; open({str(path)!r}, 'a').write(f'{{os.getpid()}} '); {then}"
    return f"[sys.executable, '-c', {code!r}]"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_request_ends_every_child(tmp_path: Path, number: signal.Signals) -> None:
    server = child(tmp_path / "server", "time.sleep(60)")
    supervisor = start(f"""
        sys.exit(supervise([Service("server", {server})], [], say=print))
    """)
    (pid,) = wait_for(tmp_path / "server")
    supervisor.send_signal(number)
    assert supervisor.wait(20) == 0
    assert not is_running(pid)
    supervisor.communicate()


def test_a_dead_service_is_started_again(tmp_path: Path) -> None:
    server = child(tmp_path / "server", "time.sleep(60)")
    supervisor = start(f"""
        sys.exit(supervise([Service("server", {server})], [], say=print))
    """)
    (first,) = wait_for(tmp_path / "server")
    os.kill(first, signal.SIGKILL)
    second = wait_for(tmp_path / "server", 2)[1]
    assert second != first
    supervisor.terminate()
    said, _errors = supervisor.communicate(timeout=20)
    assert supervisor.returncode == 0
    assert "The server ended (code -9); starting it again." in said


def test_a_service_that_keeps_dying_ends_the_supervisor(tmp_path: Path) -> None:
    server = child(tmp_path / "server", "raise SystemExit(3)")
    supervisor = start(f"""
        sys.exit(supervise([Service("server", {server})], [], say=print))
    """)
    said, _errors = supervisor.communicate(timeout=30)
    assert supervisor.returncode == 1
    assert "keeps ending (code 3)" in said
    assert len(wait_for(tmp_path / "server", 4)) == 4


def test_children_do_not_outlive_a_killed_supervisor(tmp_path: Path) -> None:
    server = child(tmp_path / "server", "time.sleep(60)")
    supervisor = start(f"""
        sys.exit(supervise([Service("server", {server})], [], say=print))
    """)
    (pid,) = wait_for(tmp_path / "server")
    supervisor.kill()
    supervisor.communicate()
    deadline = time.monotonic() + 10
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(pid)


def test_daily_run_starts_when_due_and_once(tmp_path: Path) -> None:
    note = tmp_path / "ran"
    code = f"open({str(note)!r}, 'a').write('ran ')"
    run = DailyRun("housekeeping", [sys.executable, "-c", code], hour=3, zone=SHANGHAI)
    run.tick()
    assert run.process is None, "the first visitor comes first"
    run.due = dt.datetime.now(SHANGHAI)
    run.tick()
    assert run.process is not None
    assert run.process.wait(20) == 0
    run.tick()
    assert note.read_text() == "ran "
    assert run.due > dt.datetime.now(SHANGHAI)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-02-10 02:59", "2026-02-10 03:00"),
        ("2026-02-10 03:00", "2026-02-11 03:00"),
        ("2026-12-31 23:00", "2027-01-01 03:00"),
    ],
)
def test_next_at(after: str, expected: str) -> None:
    moment = dt.datetime.fromisoformat(after).replace(tzinfo=SHANGHAI)
    assert next_at(3, moment).strftime("%Y-%m-%d %H:%M") == expected


def test_old_deaths_are_forgotten() -> None:
    service = Service("server", [])
    assert [service.died_too_often(at) for at in (0.0, 1.0, 2.0)] == [False] * 3
    assert not service.died_too_often(100.0)
    assert [service.died_too_often(at) for at in (101.0, 102.0, 103.0)] == [False, False, True]

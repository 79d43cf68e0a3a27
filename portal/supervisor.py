"""Keeps child processes running until told to stop: server, task worker and daily jobs of
`make serve`.

Knows nothing of Django. In production systemd does this work (see `deploy/`).
"""

import contextlib
import ctypes
import datetime as dt
import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import FrameType
from zoneinfo import ZoneInfo

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 10.0  # seconds that a child has to end by itself
SETTLING = dt.timedelta(seconds=10)  # the first visitor comes before the housekeeping
RESTARTS = (3, 60.0)  # more deaths than this within so many seconds: give up


def die_with_parent() -> None:
    """In the child: end when the supervisor is killed outright (Linux; elsewhere nothing)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def spawn(argv: list[str]) -> subprocess.Popen[bytes]:
    """Start it in a session of its own, so that Ctrl-C reaches the supervisor alone."""
    return subprocess.Popen(
        argv,
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509  (one system call, no locks)
    )


@dataclass
class Service:
    """A process that is started again when it dies."""

    name: str
    argv: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: deque[float] = field(default_factory=deque)

    def start(self) -> None:
        """Start it."""
        self.process = spawn(self.argv)

    def died_too_often(self, at: float) -> bool:
        """Note a death and say whether it was one too many."""
        most, within = RESTARTS
        self.deaths.append(at)
        while self.deaths and self.deaths[0] < at - within:
            self.deaths.popleft()
        return len(self.deaths) > most


@dataclass
class DailyRun:
    """A short-lived command, run soon after the start and then every day at `hour`."""

    name: str
    argv: list[str]
    hour: int
    zone: ZoneInfo
    process: subprocess.Popen[bytes] | None = None
    due: dt.datetime = field(init=False)

    def __post_init__(self) -> None:
        self.due = dt.datetime.now(self.zone) + SETTLING

    def tick(self) -> None:
        """Start it when its time has come and it is not running."""
        if self.process is not None and self.process.poll() is None:
            return
        at = dt.datetime.now(self.zone)
        if at >= self.due:
            self.process = spawn(self.argv)
            self.due = next_at(self.hour, at)


def next_at(hour: int, after: dt.datetime) -> dt.datetime:
    """The first moment strictly after `after` at which the clock shows that hour."""
    today = after.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today > after else today + dt.timedelta(days=1)


def end(process: subprocess.Popen[bytes] | None) -> None:
    """Ask the process and its children to end, then insist."""
    if process is None or process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
    # Its own group, which dies with it unless it was stuck.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def stop_requests() -> Iterator[threading.Event]:
    """An event that is set by Ctrl-C, SIGTERM or SIGHUP while the block runs."""
    stop = threading.Event()

    def request_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, request_stop) for number in STOP_SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def supervise(
    services: list[Service],
    daily: list[DailyRun],
    *,
    say: Callable[[str], None],
    when_started: Callable[[threading.Event], None] = lambda stop: None,
) -> int:
    """Run everything until asked to stop (0) or until a service dies too often (1)."""
    with stop_requests() as stop:
        try:
            for service in services:
                service.start()
            threading.Thread(target=when_started, args=(stop,), daemon=True).start()
            while not stop.wait(0.25):
                for service in services:
                    code = service.process.poll() if service.process else None
                    if code is None:
                        continue
                    if service.died_too_often(time.monotonic()):
                        say(f"The {service.name} keeps ending (code {code}); giving up.")
                        return 1
                    say(f"The {service.name} ended (code {code}); starting it again.")
                    service.start()
                for run in daily:
                    run.tick()
            return 0
        finally:
            for process in [*(run.process for run in daily), *(s.process for s in services)]:
                end(process)

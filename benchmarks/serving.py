"""A portal served as in production, on the loopback, and somebody who asks it.

`wrk` asks where it is installed; else threads of this process do, which limits what they see of a
fast server: ratios then are too small.
"""

import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.ground import ROOT

STARTS_WITHIN = 60.0
LUA = 'done = function(s, l, r) io.write(string.format("%d %d %d\\n", s.requests, s.duration, '
LUA += "s.errors.status + s.errors.read + s.errors.timeout)) end\n"


@dataclass(frozen=True)
class Rate:
    """How many answers a second; `others` were not as wished for."""

    per_second: float
    others: int


@dataclass
class _Tally:
    good: int = 0
    others: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def portal(
    target: str = "portal.wsgi:application", **environment: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Granian with one worker on the database of `empty_portal`; its address and process."""
    port = free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", target, "--interface", "wsgi"),
            *("--host", "127.0.0.1", "--port", str(port), "--log-level", "error"),
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "ALLOWED_HOSTS": "127.0.0.1"} | environment,
    )
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def get(
    address: str, headers: Mapping[str, str] | None = None
) -> tuple[int, Mapping[str, str], bytes]:
    """One answer: status, headers (lower case), body."""
    parts = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    try:
        target = urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, ""))
        connection.request("GET", target, headers=dict(headers or {}))
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return response.status, found, response.read()
    finally:
        connection.close()


def rate(
    address: str,
    *,
    seconds: float = 3.0,
    connections: int = 8,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
) -> Rate:
    """How many answers of this status a second by so many connections that are kept open."""
    if shutil.which("wrk"):
        return _by_wrk(address, seconds, connections, headers or {})
    return _by_threads(address, seconds, connections, headers or {}, status)


def _by_wrk(address: str, seconds: float, connections: int, headers: Mapping[str, str]) -> Rate:
    script = Path(os.environ["DATA_DIR"]) / "done.lua"
    script.write_text(LUA)
    asked = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    done = subprocess.run(
        [
            *("wrk", "-t1", f"-c{connections}", f"-d{max(round(seconds), 1)}s", "--timeout", "20s"),
            *("-s", str(script), *asked, address),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    answers, microseconds, others = map(int, done.stdout.splitlines()[-1].split())
    return Rate(answers / (microseconds / 1e6), others)


def _by_threads(
    address: str, seconds: float, connections: int, headers: Mapping[str, str], status: int
) -> Rate:
    parts = urllib.parse.urlsplit(address)
    target = urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, ""))
    tally = _Tally()
    end = time.monotonic() + seconds

    def ask() -> None:
        good = others = 0
        connection = http.client.HTTPConnection(parts.netloc, timeout=30)
        while time.monotonic() < end:
            connection.request("GET", target, headers=dict(headers))
            response = connection.getresponse()
            response.read()
            good, others = good + (response.status == status), others + (response.status != status)
        connection.close()
        with tally.lock:
            tally.good, tally.others = tally.good + good, tally.others + others

    threads = [threading.Thread(target=ask) for _number in range(connections)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Rate(tally.good / (time.monotonic() - start), tally.others)

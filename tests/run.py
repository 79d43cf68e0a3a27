"""`make test`: every test, on SQLite, on a PostgreSQL of its own, and in a browser.

System packages that are missing are installed with apt where that is allowed (root, or sudo
without a password). Where it is not, everything that can run does, the missing packages are
named, and the exit code is 1. Other arguments go to pytest:

    .venv/bin/python tests/run.py --only sqlite -k deadline

Standard library only, so that it can say what is wrong even in a broken environment.
"""

import argparse
import contextlib
import ctypes.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUITES = ("sqlite", "postgres", "browser")
# About the repository, without the portal's database, or about rights that Python alone decides:
# once is enough.
ONCE = (
    "tests/rules",
    "tests/test_architecture.py",
    "tests/test_docs.py",
    "tests/test_translations.py",
    "tests/matrices/test_queries.py",
    "tests/matrices/test_steps.py",
    "tests/matrices/test_urls.py",
    # Staff pages; on PostgreSQL `test_admin_site_lists.py` opens every list and form.
    "tests/disclosure/test_admin_audit.py",
    "tests/disclosure/test_admin_pages.py",
    "tests/disclosure/test_admin_publications.py",
    "tests/disclosure/test_admin_reports.py",
    "tests/disclosure/test_admin_staff.py",
    "tests/disclosure/test_admin_staff_roles.py",
    "tests/disclosure/test_admin_trees.py",
    "tests/disclosure/test_admin_workdays.py",
    "tests/disclosure/standards/test_standards_admin.py",
    "tests/disclosure/test_report_tables_admin.py",
    "tests/requests_app/messages/test_messages_admin.py",
    "tests/requests_app/test_casework_admin.py",
    "tests/portal/test_admin_site.py",
    "tests/portal/test_demo_beside_real.py",
    "tests/portal/test_html_validity.py",
    "tests/portal/api/test_schema.py",
    "tests/requests_app/paths/test_machine.py",
    "tests/requests_app/test_nothing_given_away.py",
    "tests/disclosure/publications/test_import_attacks.py",
    "tests/portal/test_contrast.py",
    "tests/portal/test_supervisor.py",
    "tests/portal/test_templates.py",
    "tests/disclosure/files",
    "tests/disclosure/findings",
    "tests/requests_app/letters",
    "tests/requests_app/test_due_command.py",
    "tests/requests_app/test_fee_command.py",
    "tests/disclosure/life/test_demo.py",
    "tests/disclosure/publications/test_text_file.py",
    "tests/disclosure/watch/test_demo_columns.py",
    "tests/disclosure/reports/test_report_files.py",
    "tests/disclosure/test_check_annual_report.py",
)
#: What may choke on odd values is PostgreSQL, SQLite takes anything; and on SQLite the browser's
#: portals load the demonstration.
NOT_ON_SQLITE = ("tests/portal/test_admin_site_lists.py", "tests/portal/test_load_demo.py")


def main() -> int:
    """Run the suites one after the other and sum up."""
    parser = argparse.ArgumentParser(description="All tests.", allow_abbrev=False)
    parser.add_argument("--only", choices=SUITES, action="append", help="just this suite")
    options, pytest_arguments = parser.parse_known_args()
    chosen = options.only or list(SUITES)
    # The same way out for a stop from outside as for Ctrl-C: through every `finally`.
    signal.signal(signal.SIGTERM, signal.default_int_handler)

    missing = install_missing(chosen)
    results = []
    try:
        for suite in chosen:
            if not any(suite in need.suites for need in missing if need.essential):
                results.append(run_suite(suite, pytest_arguments))
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return 130
    return sum_up(results, missing)


# --- system packages ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Need:
    """A program outside Python, and the Debian packages that bring it."""

    what: str
    packages: tuple[str, ...]
    found: Callable[[], object]
    suites: tuple[str, ...]
    essential: bool = True


def postgres_programs() -> Path | None:
    """The folder of initdb and postgres: the newest that Debian has, or the one on the PATH."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if found := sorted(debian, key=lambda path: int(path.parts[-3]), reverse=True):
        return found[0].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def letters_as_pdf() -> bool:
    """Whether the libraries and the font of letters as PDF are here."""
    fonts = (
        subprocess.run(["fc-list", "Noto Serif CJK SC"], capture_output=True, check=False).stdout
        if shutil.which("fc-list")
        else b""
    )
    libraries = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
    return bool(fonts) and all(ctypes.util.find_library(name) for name in libraries)


NEEDS = (
    Need("a PostgreSQL server", ("postgresql",), postgres_programs, ("postgres",)),
    Need(
        "chromium",
        ("chromium", "fonts-noto-cjk"),
        lambda: os.environ.get("CHROMIUM") or shutil.which("chromium"),
        ("browser",),
    ),
    # `make setup` has tried already. Without it the tests of letters as PDF are skipped.
    Need(
        "Pango with a Chinese font",
        (
            *("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
            *("fontconfig", "fonts-noto-cjk"),
        ),
        letters_as_pdf,
        ("sqlite", "postgres"),
        essential=False,
    ),
    # Without it one test is skipped: whether the translations know every text of the sources.
    Need("gettext", ("gettext",), lambda: shutil.which("xgettext"), ("sqlite",), essential=False),
)


def install_missing(suites: list[str]) -> list[Need]:
    """Install what the suites lack, if allowed; return what is still missing."""
    needs = [need for need in NEEDS if set(need.suites) & set(suites)]
    missing = [need for need in needs if not need.found()]
    if not missing or not shutil.which("apt-get"):
        return missing
    if os.geteuid() == 0:
        apt = ["apt-get"]
    elif (
        shutil.which("sudo") and not subprocess.run(["sudo", "-n", "true"], check=False).returncode
    ):
        apt = ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    else:
        return missing
    packages = sorted({package for need in missing for package in need.packages})
    print(f"Installing {' '.join(packages)} …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*apt, "update", "-qq"], env=environment, check=False)
    subprocess.run(
        [*apt, "install", "-qq", "-y", "--no-install-recommends", *packages],
        env=environment,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return [need for need in needs if not need.found()]


# --- PostgreSQL --------------------------------------------------------------------------------


@contextlib.contextmanager
def own_postgres(*, durable: bool = False) -> Iterator[str]:
    """A cluster in a temporary folder on a free port, gone afterwards; yields its URL.

    Unless `durable` it never waits for the disk. PostgreSQL refuses to run as root, so root lends
    it to the package's own user.
    """
    programs = postgres_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
    other_user: dict[str, object] = {}
    if os.geteuid() == 0:
        other_user = {"user": "postgres", "group": "postgres", "extra_groups": []}
        shutil.chown(folder, "postgres", "postgres")
    password = secrets.token_hex(16)
    password_file = folder / "password"
    password_file.write_text(password)
    if other_user:
        shutil.chown(password_file, "postgres", "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data, log = folder / "data", folder / "log"
    server = None
    try:
        subprocess.run(
            [
                *(programs / "initdb", "--pgdata", data, "--username", "portal", "--no-sync"),
                *("--auth", "scram-sha-256", "--pwfile", password_file),
                *("--encoding", "UTF8", "--locale", "C.UTF-8"),
            ],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            **other_user,
        )
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": folder,
            "max_connections": 300,
            "log_min_messages": "fatal",
        }
        if not durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
            settings |= {"wal_level": "minimal", "max_wal_senders": 0, "autovacuum": "off"}
        with log.open("wb") as output:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data]
                + [part for name, value in settings.items() for part in ("-c", f"{name}={value}")],
                cwd=folder,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us; we stop it
                **other_user,
            )
        wait_for_port(server, port, log)
        yield f"postgres://portal:{password}@127.0.0.1:{port}/postgres"
    finally:
        if server is not None and server.poll() is None:
            server.send_signal(signal.SIGINT)  # 'fast': ends the connections
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def wait_for_port(server: subprocess.Popen, port: int, log: Path) -> None:
    """Return when the server listens; raise with its log when it ended or takes too long."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


# --- suites ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """What a suite counted; `code` is pytest's exit code."""

    suite: str
    code: int
    passed: int
    failed: int
    skipped: int
    seconds: float


def run_suite(suite: str, arguments: list[str]) -> Result:
    """One pytest run."""
    print(f"\n=== {suite} " + "=" * (70 - len(suite)), flush=True)
    started = time.monotonic()
    # Two processes at a time, each with one portal and one chromium.
    command = [sys.executable, "-m", "pytest", "-q"]
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    if suite == "browser":
        command += ["-m", "browser", "-n", "2", "--dist", "worksteal"]
    else:
        command += ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal"]
    if suite == "sqlite":
        command += [f"--ignore={path}" for path in NOT_ON_SQLITE]
    if suite == "postgres":
        command += ["--with-database-only", *(f"--ignore={path}" for path in ONCE)]
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        if suite == "postgres":
            environment["DATABASE_URL"] = stack.enter_context(own_postgres())
        report = Path(folder, "report.xml")
        code = run_to_end([*command, f"--junitxml={report}", *arguments], environment)
        return Result(suite, code, *counts(report), time.monotonic() - started)


def run_to_end(command: list[str], environment: dict[str, str]) -> int:
    """Run it; on Ctrl-C let it end its own way before we end ours."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
        process.kill()
        process.wait()
        raise


def counts(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped tests of pytest's report; none when there is no report."""
    if not report.exists():
        return 0, 0, 0
    tests = failed = skipped = 0
    for suite in ElementTree.parse(report).iter("testsuite"):
        tests += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return max(tests - failed - skipped, 0), failed, skipped


def sum_up(results: list[Result], missing: list[Need]) -> int:
    """Print the counts, what is missing and the closing line; return the exit code."""
    print("\n=== all " + "=" * 67)
    for result in results:
        note = "" if result.code in (0, 1) else f"   pytest ended with code {result.code}"
        print(
            f"{result.suite:<10}{result.passed:>6} passed {result.failed:>4} failed"
            f" {result.skipped:>4} skipped {result.seconds:>6.0f} s{note}"
        )
    for need in missing:
        left_out = f"not run: {', '.join(need.suites)}" if need.essential else "its tests skipped"
        print(
            f"There is no {need.what.removeprefix('a ')} ({left_out}). "
            f"As root: apt-get install {' '.join(need.packages)}"
        )
    passed, failed, skipped = (
        sum(getattr(result, name) for result in results) for name in ("passed", "failed", "skipped")
    )
    # A run that broke off without a failed test has failed all the same.
    failed = max(failed, sum(result.code != 0 for result in results))
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if failed or missing or not passed else 0


if __name__ == "__main__":
    sys.exit(main())

"""`manage.py serve`: from nothing to the portal with demonstration content (`make serve`).

For a look and for development. Production starts the same server from systemd, without
demonstration content: docs/how-to/deploy.md.
"""

import hashlib
import http.client
import os
import socket
import sys
import threading
import time
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from disclosure.core import triggers
from portal.demo import demo_password
from portal.supervisor import DailyRun, Service, supervise

DEMO_ACCOUNTS = "editor reviewer publisher handler head reporter auditor admin"
DATABASE_PATIENCE = 30  # seconds
START_PATIENCE = 60


class Command(BaseCommand):
    """Prepare what is missing, then run server, task worker and daily jobs until Ctrl-C."""

    help = "Serves the portal with demonstration content; prepares everything that is missing."
    requires_system_checks: list[str] = []  # migrate checks the database

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen and with how much."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=port_number, default=8000)
        parser.add_argument("--workers", type=int, help="server processes (default: by database)")
        parser.add_argument("--threads", type=int, help="threads in each of them")
        parser.add_argument(
            "--no-demo", action="store_true", help="neither load nor announce demonstration content"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, announce, supervise."""
        host, port = options["host"], options["port"]
        require_free(host, port)
        self.wait_for_database()
        self.migrate()
        self.collect_static()
        demo = not options["no_demo"]
        if demo:
            # One password for all accounts; the command reads it from the settings as well.
            password = demo_password()
            settings.DEMO_PASSWORD = os.environ["DEMO_PASSWORD"] = password
            self.say("Demonstration content …")
            call_command("load_demo", verbosity=0)
        connection.close()

        def announce(stop: threading.Event) -> None:
            """Say where the portal is, once it answers."""
            if not wait_for_answer(host, port, stop):
                if not stop.is_set():
                    self.say("The server does not answer yet; its messages are above.")
                return
            shown = shown_host(host)
            self.say("", f"The portal is running:  http://{shown}:{port}/")
            self.say(f"Staff sign in at:       http://{shown}:{port}/admin/")
            if demo:
                self.say(f"Demonstration accounts: {DEMO_ACCOUNTS}")
                self.say(f"Their common password:  {password}")
            self.say("Stop with Ctrl-C.", "")

        workers, threads = server_size(options["workers"], options["threads"])
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        # Links in messages lead to where this portal listens.
        os.environ.setdefault("SITE_URL", f"http://{shown_host(host)}:{port}")
        code = supervise(
            [
                Service("server", server_command(host, port, workers, threads)),
                Service("task worker", [*manage, "work"]),
            ],
            [
                DailyRun(
                    "daily jobs",
                    [*manage, "daily", "--verbosity=0"],
                    hour=3,
                    zone=ZoneInfo(settings.TIME_ZONE),
                )
            ],
            say=self.say,
            when_started=announce,
        )
        if code:
            raise CommandError("The portal has stopped.", returncode=code)

    def say(self, *lines: str) -> None:
        """Write lines at once, also into a pipe."""
        for line in lines:
            self.stdout.write(line)
        self.stdout.flush()

    def wait_for_database(self) -> None:
        """Wait a little for a database server that is still starting; say plainly what is wrong."""
        deadline = time.monotonic() + DATABASE_PATIENCE
        waiting = False
        while True:
            try:
                connection.ensure_connection()
            except OperationalError as error:
                # A wrong password or name will not become right by waiting.
                final = any(word in str(error) for word in ("password", "does not exist", "role"))
                if final or connection.vendor == "sqlite" or time.monotonic() > deadline:
                    raise CommandError(
                        f"The database of DATABASE_URL ({database_name()}) cannot be used:\n"
                        f"{str(error).strip()}"
                    ) from None
                if not waiting:
                    self.say(f"Waiting for the database ({database_name()}) …")
                    waiting = True
                time.sleep(1)
            else:
                return

    def migrate(self) -> None:
        """Bring the tables up to date; quick when they are."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()) or triggers.missing():
            self.say(f"Database tables ({database_name()}) …")
            call_command("migrate", interactive=False, verbosity=0)

    def collect_static(self) -> None:
        """Hash and compress the static files, if any has changed since the last time."""
        stamp = settings.DATA_DIR / "static.stamp"
        wanted = static_fingerprint()
        manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
        if manifest.exists() and stamp.exists() and stamp.read_text() == wanted:
            return
        self.say("Static files …")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(wanted)


def port_number(text: str) -> int:
    """A port from the command line."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ArgumentTypeError(f"{text!r} is not a port (1 to 65535)")
    return int(text)


def shown_host(host: str) -> str:
    """The host as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def require_free(host: str, port: int) -> None:
    """Say who is in the way before a minute of preparation, not after."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CommandError(
            f"Cannot listen on {host} port {port}: {error.strerror}. "
            f"Another port: make serve PORT={port + 1 if port < 65535 else 8000}"
        ) from None


def database_name() -> str:
    """The database as a person knows it, without its password."""
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        return str(database["NAME"])
    place = f"{database.get('HOST') or 'local socket'}:{database.get('PORT') or 5432}"
    return f"{database['NAME']} on {place} as {database.get('USER') or 'the current user'}"


def static_fingerprint() -> str:
    """Changes with any static file, with what makes them, and with where they go."""
    digest = hashlib.sha256(f"{settings.STATIC_ROOT} {settings.STORAGES['staticfiles']}".encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def server_size(workers: int | None, threads: int | None) -> tuple[int, int]:
    """Processes and threads: SQLite has one writer at a time, so few compete for it."""
    if connection.vendor == "sqlite":
        return workers or 1, threads or 4
    return workers or min(os.cpu_count() or 1, 4), threads or 4


def server_command(host: str, port: int, workers: int, threads: int) -> list[str]:
    """Granian, measured at twice gunicorn's throughput here (docs/decisions)."""
    return [
        *(sys.executable, "-m", "granian", "portal.wsgi:application", "--interface", "wsgi"),
        *("--host", host, "--port", str(port), "--log-level", "warning", "--no-ws"),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        *("--working-dir", str(settings.BASE_DIR), "--workers-kill-timeout", "5"),
    ]


def wait_for_answer(host: str, port: int, stop: threading.Event) -> bool:
    """Whether the server gave any HTTP answer in time."""
    deadline = time.monotonic() + START_PATIENCE
    while time.monotonic() < deadline and not stop.is_set():
        try:
            client = http.client.HTTPConnection(host, port, timeout=5)
            client.request("GET", "/healthz")
            client.getresponse()
            client.close()
        except (OSError, http.client.HTTPException):
            stop.wait(0.1)
        else:
            return True
    return False

"""`manage.py work`: the task worker. `make serve` supervises it, in production systemd does."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from disclosure.files import clearing
from disclosure.opendata import dumping
from disclosure.publications import prepared
from disclosure.publications.importing import actions as importing
from disclosure.reports import files as report_files
from disclosure.search import facets as search_facets
from disclosure.search import sweeping as search_index
from requests_app.letters import issuing
from requests_app.messages import outbox

logger = logging.getLogger(__name__)

#: What a lost task or a crash may have left undone: each finds it for itself, every so often.
SWEEPS: dict[str, Callable[[], int]] = {
    "messages": outbox.sweep,
    "letters": issuing.sweep,
    "virus scans": clearing.scan_pending,
    "files of annual reports": report_files.make_missing,
    "imports": importing.work_off_waiting,
    "prepared files": prepared.make_all_waiting,
    "dumps of open data": dumping.make_missing,
    "search index": search_index.sweep,
    "totals of facets": search_facets.count_if_due,
}
SWEEP_EVERY = 60.0  # seconds
WHILE_DATABASE_IS_AWAY = 5.0


class Command(BaseCommand):
    """Run tasks as they come, and the sweeps every minute, until told to stop.

    The package's own `db_worker` takes SQLite's one write lock at every look for a task. This one
    looks with a plain read, so that an idle worker never stands in a writer's way.
    """

    help = "Runs background tasks (messages …) as they come. Several may run on PostgreSQL."

    def add_arguments(self, parser: CommandParser) -> None:
        """How often to look, or just once."""
        parser.add_argument(
            "--interval", type=float, default=1.0, help="seconds between two looks (default: 1)"
        )
        parser.add_argument(
            "--once",
            action="store_true",
            help="do what is due now and end: for cron, where no worker runs",
        )

    def handle(self, *args: Any, interval: float, once: bool, **options: Any) -> None:
        """Until SIGTERM or Ctrl-C; the task at hand is finished first."""
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        if once:
            run_tasks(worker)
            sweep()
            return
        stop = threading.Event()

        def request_stop(number: int, frame: FrameType | None) -> None:
            worker.running = False
            stop.set()

        numbers = (signal.SIGTERM, signal.SIGINT)
        before = {number: signal.signal(number, request_stop) for number in numbers}
        try:
            work(worker, stop, interval)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def work(worker: Worker, stop: threading.Event, interval: float) -> None:
    """Look for tasks every `interval` seconds and sweep every SWEEP_EVERY."""
    swept = float("-inf")
    while not stop.is_set():
        try:
            close_old_connections()
            run_tasks(worker)
            if time.monotonic() - swept >= SWEEP_EVERY and not stop.is_set():
                sweep()
                swept = time.monotonic()
        except (OperationalError, InterfaceError) as error:
            # The database restarts, or SQLite was busy for long: no reason to end.
            logger.warning("the worker waits for the database: %s", type(error).__name__)
            connection.close()
            stop.wait(WHILE_DATABASE_IS_AWAY)
        stop.wait(interval)


def run_tasks(worker: Worker) -> None:
    """Run what is ready."""
    if DBTaskResult.objects.ready().filter(backend_name=worker.backend_name).exists():
        worker.run()


def sweep() -> None:
    """Run each sweep; one that fails is logged and does not keep the others from running."""
    for name, run in SWEEPS.items():
        try:
            run()
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            # As with daily jobs; without the error's text, which may name somebody.
            logger.error("sweep %r failed: %s", name, type(error).__name__)

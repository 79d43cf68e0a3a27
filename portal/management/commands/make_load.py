"""`manage.py make_load`: made-up content by the hundred thousand, to measure with."""

import datetime as dt
import random
import resource
import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from disclosure.catalogue.seed import seed_categories
from disclosure.core.dates import today
from disclosure.load import stock
from disclosure.load.publications import Loader as Publications
from disclosure.load.publications import noon
from disclosure.publications.models import Publication
from requests_app.casework.models import DisclosureRequest
from requests_app.load.requests import Loader as Requests

#: A line of progress at most every so many seconds.
EVERY = 5.0


class Command(BaseCommand):
    help = (
        "Fills the portal with made-up agencies, publications and requests, the same for the same "
        "seed and day. All of it is marked as demonstration content."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--publications", type=int, default=10_000, metavar="N")
        parser.add_argument("--requests", type=int, default=10_000, metavar="N")
        parser.add_argument("--agencies", type=int, default=200, metavar="N")
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument(
            "--until",
            type=dt.date.fromisoformat,
            help="the last day that anything is from (YYYY-MM-DD); today",
        )
        parser.add_argument(
            "--no-index",
            action="store_false",
            dest="index",
            help="leave the search index to the background worker",
        )
        parser.add_argument("--force", action="store_true", help="also beside real content")

    def handle(self, *args: Any, **options: Any) -> None:
        _refuse(options)
        self._quiet = not options["verbosity"]
        until = noon(options["until"] or today())
        rng = random.Random(options["seed"])  # noqa: S311  (figures to measure with)
        seed_categories()
        agencies = self._timed("agencies", lambda _told: stock.agencies(options["agencies"]))
        root = agencies[0][0]
        publications = Publications(rng, agencies, stock.person("load_publisher", root), until)
        number = options["publications"]
        self._timed("publications", lambda told: publications.load(number, told), number)
        requests = Requests(rng, agencies, stock.person("load_handler", root), until)
        number = options["requests"]
        self._timed("requests", lambda told: requests.load(number, told), number)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        if options["index"] and "rebuild_search" in get_commands():
            self._timed("index", lambda _told: call_command("rebuild_search", verbosity=0))

    def _timed(self, name: str, work: Callable[..., Any], number: int = 0) -> Any:
        started = last = time.perf_counter()

        def told(rows: int) -> None:
            nonlocal last
            if time.perf_counter() - last >= EVERY:
                last = time.perf_counter()
                self._say(f"{name}: {rows:,} of {number:,}")

        given = work(told)
        taken = time.perf_counter() - started
        rate = f", {number / taken:,.0f} a second" if number else ""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self._say(f"{name}: {taken:.1f} s{rate}, at most {peak} MB of memory")
        return given

    def _say(self, line: str) -> None:
        if not self._quiet:
            self.stdout.write(line)
            self.stdout.flush()


def _refuse(options: dict[str, Any]) -> None:
    if min(options["publications"], options["requests"]) < 0 or options["agencies"] < 1:
        raise CommandError("There are no fewer than no rows, and one agency at least.")
    if options["force"]:
        return
    if (
        Publication.objects.filter(is_demo=False).exists()
        or DisclosureRequest.objects.filter(is_demo=False).exists()
    ):
        raise CommandError(
            "This portal holds real content; made-up documents would stand beside it. Measure on "
            "another DATA_DIR or DATABASE_URL. If you want it here, say --force."
        )

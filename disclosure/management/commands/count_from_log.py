"""`manage.py count_from_log FILE`: counts what the cache of nginx answered."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from disclosure.visits.logs import count_log


class Command(BaseCommand):
    """Count what a log holds since the last time; again: nothing twice."""

    help = "Counts what is read from nginx's log of reads (VISITS=off), as often as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        """The log; files rotated away are found beside it."""
        parser.add_argument("file", type=Path, help="the log, in the format of deploy/nginx.conf")

    def handle(self, *args: Any, file: Path, verbosity: int, **options: Any) -> None:
        """Say how much was counted."""
        try:
            outcome = count_log(file)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror or error}") from None
        if outcome.lost:
            self.stderr.write(
                "The file counted last time is no longer beside this one; its last lines are lost."
            )
        if verbosity:
            self.stdout.write(f"{outcome.lines} lines, {outcome.reads} readings counted.")

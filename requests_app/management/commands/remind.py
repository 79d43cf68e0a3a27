"""`manage.py remind`: the daily reminders, now."""

import datetime as dt
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from requests_app.messages import reminders


class Command(BaseCommand):
    """Queue today's reminders; running it twice tells nobody twice."""

    help = "Queues the reminders of what is due soon or overdue. A daily job; safe to run twice."

    def add_arguments(self, parser: CommandParser) -> None:
        """Another day than today, to make up for a missed one."""
        parser.add_argument("--on", type=day, help="the day to reckon from, as 2026-02-10")

    def handle(self, *args: Any, **options: Any) -> None:
        """Queue them and say how many are new."""
        done = reminders.remind(options["on"])
        if options["verbosity"]:
            self.stdout.write(f"reminders: {done}")


def day(text: str) -> dt.date:
    """A date from the command line."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date like 2026-02-10") from None

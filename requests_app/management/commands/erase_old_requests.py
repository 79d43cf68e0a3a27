"""`manage.py erase_old_requests [--do]`: the personal data of old closed requests."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from disclosure.core.dates import today
from requests_app.keeping import actions, due
from requests_app.keeping.actions import Old
from requests_app.keeping.files import forget_bytes


class Command(BaseCommand):
    """Show what would be erased; with `--do` erase it."""

    help = (
        "Erases the personal data, texts and files of requests whose retention period "
        "(RETENTION_YEARS) is over. Without --do it only shows which."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--dry-run", action="store_true", help="only show it (the default)")
        which.add_argument("--do", action="store_true", help="erase; it cannot be undone")

    def handle(self, *args: Any, **options: Any) -> None:
        on = today()
        first = due.first_kept(on)
        self.stdout.write(
            f"Closed, and every remedy decided, before {first} "
            f"(RETENTION_YEARS={settings.RETENTION_YEARS}):"
        )
        count = kept = 0
        if options["do"]:
            for old, is_erased in actions.erase_old():
                count, kept = count + is_erased, kept + (not is_erased)
                self.stdout.write(_line(old) + ("" if is_erased else ", kept: it has changed"))
            forget_bytes()
            self.stdout.write(f"{count} erased" + (f", {kept} kept" if kept else ""))
        else:
            for old in actions.to_erase(on):
                count += 1
                self.stdout.write(_line(old))
            self.stdout.write(f"{count} to be erased; nothing is done without --do")
        unclosed = due.never_closed(on).count()
        if unclosed:
            self.stdout.write(f"{unclosed} answered before {first} were never closed: kept")


def _line(old: Old) -> str:
    """Numbers and days only."""
    return (
        f"{old.case.number} closed {old.case.closed_on}, kept until {old.kept_until}, "
        f"{old.files} files"
    )

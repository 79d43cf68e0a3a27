"""`manage.py rebuild_projections [--check]`: stored states and dates against the events."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from requests_app.rebuilding import differences


class Command(BaseCommand):
    help = "Compares each request's stored state and dates with its events and mends them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only report; exit 1 if anything differs"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        count = 0
        for found in differences(repair=not check):
            count += 1
            self.stdout.write(
                f"{found.number} {found.field}: {found.stored!s} -> {found.computed!s}"
            )
        self.stdout.write(f"{count} differences{'' if check else ' mended'}")
        if check and count:
            sys.exit(1)

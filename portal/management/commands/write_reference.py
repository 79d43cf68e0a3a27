"""`manage.py write_reference [--check]`: the reference pages that come from the code."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import reference


class Command(BaseCommand):
    help = (
        "Writes the reference pages (rights, lifecycles, lifecycle of requests in Chinese) and the "
        "diagram of the handlers' manual from the declarations."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say which are stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not check:
            reference.write()
        elif stale := reference.stale():
            raise CommandError(f"stale: {', '.join(stale)}; run manage.py write_reference")

"""Brings the search index in line with what is public, while everything goes on as usual."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from disclosure.search import facets, rebuilding


class Command(BaseCommand):
    help = "Brings the search index in line with what is public. May be stopped and run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do instead of everything."""
        parser.add_argument(
            "--check", action="store_true", help="change nothing; end with 1 when anything differs"
        )
        parser.add_argument(
            "--only-missing", action="store_true", help="look only at what is not in the index"
        )
        parser.add_argument(
            "--from",
            type=int,
            default=0,
            dest="first",
            metavar="KEY",
            help="go on from the publication with this key",
        )

    def handle(
        self, *args: Any, check: bool, only_missing: bool, first: int, **options: Any
    ) -> None:
        """In batches, each a transaction; says how far it is."""
        looked_at = differing = 0
        run = rebuilding.check if check else rebuilding.renew
        for batch in run(first=first, only_missing=only_missing):
            looked_at, differing = looked_at + batch.looked_at, differing + batch.differing
            if options["verbosity"]:
                self.stdout.write(
                    f"{looked_at:,} looked at, {differing:,} differed; at {batch.last}"
                )
        stray = rebuilding.strays() if check else rebuilding.forget_strays()
        said = f"publications that differed: {differing:,}; in the index and not public: {stray:,}"
        if check and (differing or stray):
            raise CommandError(f"{said}. Run it without --check.", returncode=1)
        if not check:
            facets.count()
        self.stdout.write(said)

"""`manage.py daily`: the registered daily jobs, now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure.core import daily


class Command(BaseCommand):
    """Run every daily job once; exit 1 if one failed. Running it twice does no harm."""

    help = "Runs the daily jobs (expired sessions, abandoned uploads …). Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run them one after the other, with a line for each."""
        failed = []
        for outcome in daily.run_all():
            if outcome.error is not None:
                failed.append(outcome.name)
                self.stderr.write(f"{outcome.name}: failed: {outcome.error}")
            elif options["verbosity"]:
                done = "" if outcome.done is None else f": {outcome.done}"
                self.stdout.write(f"{outcome.name}{done} ({outcome.seconds:.1f} s)")
        if failed:
            raise CommandError(f"{len(failed)} of {len(daily.names())} daily jobs failed.")

"""`manage.py move_with_calendar [--dry-run]`: open requests moved with the working-day calendar."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from disclosure.workdays.store import current_calendar
from requests_app.moving import actions, finding


class Command(BaseCommand):
    """Show what moves, then move it; running it twice moves nothing twice."""

    help = (
        "Moves every open request to the days that the working-day calendar gives now, tells the "
        "handlers, and the applicants whose answer comes later. Safe to run twice."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only show what would move")

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for move in finding.moves(finding.open_rows(), current_calendar()):
            count += 1
            self.stdout.write(_line(move))
        if options["dry_run"]:
            self.stdout.write(f"{count} to be moved")
            return
        done = actions.move_all()
        self.stdout.write(
            f"{done.moved} moved, {done.later} to a later day, {done.rewritten} rewritten"
        )


def _line(move: finding.Move) -> str:
    text = f"{move.case.number} {move.before} -> {move.after}"
    if move.waiting_before != move.waiting_after:
        text += f", waits until {move.waiting_before} -> {move.waiting_after}"
    return text

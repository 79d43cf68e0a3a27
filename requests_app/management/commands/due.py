"""`manage.py due`: what the clock says and why, line by line."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext

from disclosure.workdays.calendar import WorkdayCalendar
from disclosure.workdays.models import CalendarDay
from disclosure.workdays.store import current_calendar
from requests_app.clock import (
    REGULATIONS,
    ClockError,
    Event,
    Reckoning,
    parse_date,
    parse_event,
    reckon,
)
from requests_app.deadline.presenting import as_json, shown_steps
from requests_app.deadline.wording import say_error, say_waiting


class Command(BaseCommand):
    """Reckon a request's dates from its receipt and its events (Art. 30–35, 42)."""

    help = "Reckon when the answer to a request is due, and say why, line by line."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The day of receipt, the Regulation, the events and the form of the answer."""
        parser.add_argument(
            "--received", required=True, metavar="DATE", help="day of receipt, YYYY-MM-DD"
        )
        parser.add_argument(
            "--regulation",
            choices=sorted(REGULATIONS, reverse=True),
            help="count by this decree, not by the one in force on the day of receipt",
        )
        parser.add_argument(
            "--event",
            action="append",
            default=[],
            dest="events",
            metavar="KIND=DATE",
            help="an event, in order of date: third_party_asked=DATE, third_party_asked#2=DATE, "
            "extended=DATE:DAYS, delayed=DATE:UNTIL …",
        )
        parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the reckoning, or refuse with exit code 2."""
        try:
            events = [
                Event("received", parse_date(options["received"])),
                *map(parse_event, options["events"]),
            ]
            reckoning = reckon(events, self._calendar(), options["regulation"])
        except ClockError as error:
            raise CommandError(say_error(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(as_json(reckoning), ensure_ascii=False, indent=2))
        else:
            self._write_lines(reckoning)

    def _calendar(self) -> WorkdayCalendar:
        """The current calendar; before `migrate` has run, the committed table alone."""
        if CalendarDay._meta.db_table in connection.introspection.table_names():
            return current_calendar()
        self.stderr.write(
            gettext("There is no database yet, so the built-in working days count alone.")
        )
        return WorkdayCalendar.from_table()

    def _write_lines(self, reckoning: Reckoning) -> None:
        for step in shown_steps(reckoning.steps):
            article = f"  [{step['article']}]" if step["article"] else ""
            self.stdout.write(f"{step['date']}  {step['what']}{article}")
        self.stdout.write()
        nothing = "–"
        for label, value in (
            (gettext("Last day to ask for a correction"), reckoning.correction_notice_due),
            (gettext("Answer due"), reckoning.answer_due),
            (gettext("Answer due if extended"), reckoning.extended_answer_due),
            (gettext("Fee due"), reckoning.fee_due),
            (gettext("Waiting for"), say_waiting(reckoning.waiting_for)),
        ):
            self.stdout.write(f"{label}: {value or nothing}")
        if reckoning.provisional:
            self.stdout.write(
                gettext("Provisional: the days off of a year among these dates are not announced.")
            )

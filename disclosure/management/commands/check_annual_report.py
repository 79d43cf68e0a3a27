"""`manage.py check_annual_report`: whether a report's tables add up."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext

from disclosure.reports.messages import sentence
from disclosure.reports.reading.contract import ReadTables, read_object, tables_of
from disclosure.reports.reading.decoding import decode
from disclosure.reports.reading.errors import ReadingError
from disclosure.reports.tables.checking import check
from disclosure.reports.wording import line


class Command(BaseCommand):
    """Check a report in the contract's JSON against the identities of its form."""

    help = (
        "Check the tables of an annual report in JSON: exit code 0 if nothing is wrong, 1 with a"
        " line for each problem, 2 for a file that is no such report."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The report."""
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each problem; warnings alone leave the exit code 0."""
        report = self._read(options["file"])
        problems = check(report.form, report.tables, report.previous)
        for problem in problems:
            said = line(report.form, problem)
            if problem.is_error:
                self.stdout.write(said)
            else:
                self.stdout.write(gettext("Warning: %(text)s") % {"text": said})
        errors = sum(problem.is_error for problem in problems)
        if errors:
            message = ngettext("%(count)d error.", "%(count)d errors.", errors)
            raise CommandError(message % {"count": errors}, returncode=1)
        self.stdout.write(gettext("The tables are consistent."))

    def _read(self, path: Path) -> ReadTables:
        try:
            return tables_of(read_object(decode(path.read_bytes())))
        except ReadingError as error:
            raise CommandError(f"{path.name}: {sentence(error)}", returncode=2) from error
        except OSError as error:
            message = gettext("The file %(file)s cannot be read (%(reason)s).")
            values = {"file": path, "reason": error.strerror or type(error).__name__}
            raise CommandError(message % values, returncode=2) from error

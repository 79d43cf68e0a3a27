"""`manage.py export_annual_report`: a published report as a file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext

from disclosure.core.dates import now
from disclosure.core.errors import DomainError
from disclosure.reports import actions
from disclosure.reports.files import FORMATS, made
from disclosure.reports.models import AnnualReport


class Command(BaseCommand):
    """Write the edition that is out as JSON, DOCX, XLSX or PDF."""

    help = "Write a published annual report as JSON, DOCX, XLSX or PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose report on which year, and how."""
        parser.add_argument("agency", metavar="AGENCY", help="code or name")
        parser.add_argument("year", metavar="YEAR", type=int)
        parser.add_argument("--format", choices=FORMATS, default="json")
        parser.add_argument("--output", metavar="FILE", help="else to standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, or refuse with exit code 1."""
        try:
            agency = actions.agency_meant(options["agency"])
        except DomainError as error:
            raise CommandError("\n".join(str(one) for one in error.refusals)) from error
        visible = AnnualReport.objects.visible_to_public(now()).select_related("agency", "edition")
        report = visible.filter(agency=agency, year=options["year"]).first()
        if report is None or report.edition is None:
            message = gettext("There is no published report of %(agency)s on %(year)d.")
            raise CommandError(message % {"agency": agency.name, "year": options["year"]})
        data = made(report.edition, options["format"])
        if not options["output"]:
            sys.stdout.buffer.write(data)
            return
        try:
            Path(options["output"]).write_bytes(data)
        except OSError as error:
            message = gettext("The file %(file)s cannot be written (%(reason)s).")
            values = {"file": options["output"], "reason": error.strerror or ""}
            raise CommandError(message % values) from error

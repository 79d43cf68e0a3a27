"""Writes everything public to a CSV, XLSX or JSON file that imports again unchanged."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from disclosure.publications import exporting


class Command(BaseCommand):
    help = "Export everything public, in the columns of import_publications."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="ends in .csv, .xlsx or .json")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.suffix.lower() not in exporting.endings():
            raise CommandError(
                _("The file must end in %(endings)s.")
                % {"endings": " / ".join(exporting.endings())}
            )
        try:
            count = exporting.export(path)
        except exporting.CannotExport as problem:
            raise CommandError(str(problem)) from problem
        except OSError as error:
            raise CommandError(
                _("The file cannot be written: %(error)s") % {"error": error.strerror}
            ) from error
        self.stdout.write(_("Exported %(count)s publications.") % {"count": f"{count:,}"})

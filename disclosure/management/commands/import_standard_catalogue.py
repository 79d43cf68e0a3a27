"""Takes over a standard catalogue from the customary table: all of it, or none and why."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from disclosure.agencies.models import Agency
from disclosure.publications.importing.sources import FileProblem
from disclosure.standards.areas import BY_NAME
from disclosure.standards.importing import import_catalogue
from disclosure.standards.models import StandardArea
from disclosure.standards.seed import seed_areas
from disclosure.standards.workbook import read_file


class Command(BaseCommand):
    help = "Import an agency's standard catalogue of one area from XLSX. All or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--agency", required=True, metavar="CODE")
        parser.add_argument(
            "--area", required=True, metavar="KEY", help="the area's key or its Chinese name"
        )
        parser.add_argument(
            "--update", action="store_true", help="replace other values of a known matter"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, store nothing"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        agency = Agency.objects.filter(code=options["agency"]).first()
        if agency is None:
            raise CommandError(_("There is no agency %(code)s.") % {"code": options["agency"]})
        if not StandardArea.objects.exists():
            seed_areas()
        key = BY_NAME.get(options["area"], options["area"])
        area = StandardArea.objects.filter(key=key).first()
        if area is None:
            known = "、".join(StandardArea.objects.values_list("key", flat=True))
            raise CommandError(
                _("There is no area %(key)s; possible are %(known)s.")
                % {"key": options["area"], "known": known}
            )
        try:
            reading = read_file(options["file"])
        except FileProblem as problem:
            raise CommandError(str(problem)) from problem
        result = import_catalogue(
            actor=None,
            agency=agency,
            area=area,
            reading=reading,
            update=options["update"],
            dry_run=options["dry_run"],
        )
        for one in result.problems:
            self.stderr.write(str(one))
        if result.problems:
            rows = len({one.row for one in result.problems})
            raise CommandError(_("Nothing was stored: %(rows)s bad rows.") % {"rows": f"{rows:,}"})
        self.stdout.write(result.summary)
        if options["dry_run"]:
            transaction.set_rollback(True)
            self.stdout.write(_("Nothing was stored (dry run)."))

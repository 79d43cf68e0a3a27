"""Takes over publications from a CSV, XLSX or JSON file: all of them, or none and why."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from disclosure.agencies.models import User
from disclosure.agencies.own import own_agency
from disclosure.publications.importing.importer import Importer
from disclosure.publications.importing.problems import FileProblem, Problem, Result
from disclosure.publications.importing.runs import begin
from disclosure.publications.importing.sources import open_source

EVERY = 1000


class Command(BaseCommand):
    help = "Import publications from a CSV, XLSX or JSON file. All or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--status", choices=["draft", "published"], default="draft")
        parser.add_argument(
            "--signed-off-by",
            metavar="USERNAME",
            help="who answers for what is published; recorded with each item",
        )
        parser.add_argument(
            "--update", action="store_true", help="replace other values of a known index number"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, store nothing"
        )
        parser.add_argument(
            "--create-missing",
            action="store_true",
            help="make agencies (below the portal's own) and categories that are not known",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._told: dict[str, int] = {}
        publish = options["status"] == "published"
        signer = self._signer(options["signed_off_by"])
        if publish and signer is None:
            raise CommandError(_("--status published needs --signed-off-by USERNAME."))
        try:
            importer = Importer(
                open_source(options["file"]),
                publish=publish,
                signed_off_by=signer,
                update=options["update"],
                create_missing=options["create_missing"],
                progress=self._progress,
            )
            if options["dry_run"]:
                result = importer.look()
            else:
                chosen = {name: bool(options[name]) for name in ("update", "create_missing")}
                result = importer.run(begin(options["file"], publish=publish, **chosen))
        except FileProblem as problem:
            raise CommandError(str(problem)) from problem
        except UnicodeError as problem:
            raise CommandError(_("The file's text cannot be decoded.")) from problem
        for one in result.problems:
            self.stderr.write(_line(one))
        if result.problems:
            rows = f"{result.bad_rows:,}"
            raise CommandError(_("Nothing was stored: %(rows)s bad rows.") % {"rows": rows})
        self.stdout.write(_summary(result))
        above = own_agency()
        if result.agencies and above is not None:
            self.stdout.write(
                _("New agencies stand below %(above)s for now; put them in their place: %(names)s")
                % {"above": above.name, "names": "、".join(result.agencies)}
            )
        if result.categories:
            self.stdout.write(
                _("New categories stand at the top for now; put them in their place: %(names)s")
                % {"names": "、".join(result.categories)}
            )
        if options["dry_run"]:
            self.stdout.write(_("Nothing was stored (dry run)."))

    def _signer(self, username: str | None) -> User | None:
        if username is None:
            return None
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(_("There is no active user %(name)s.") % {"name": username})
        return user

    def _progress(self, stage: str, rows: int) -> None:
        """A line for each thousand rows, to the side of the result."""
        if rows // EVERY > self._told.get(stage, 0):
            self._told[stage] = rows // EVERY
            said = _("%(rows)s rows checked") if stage == "checked" else _("%(rows)s rows stored")
            self.stderr.write(said % {"rows": f"{rows:,}"})


def _line(problem: Problem) -> str:
    if problem.column:
        return _("Row %(row)s, %(column)s: %(reason)s") % {
            "row": problem.row,
            "column": problem.column,
            "reason": problem.reason,
        }
    return _("Row %(row)s: %(reason)s") % {"row": problem.row, "reason": problem.reason}


def _summary(result: Result) -> str:
    return _(
        "Created %(created)s, updated %(updated)s, unchanged %(unchanged)s; new agencies "
        "%(agencies)s, new categories %(categories)s."
    ) % {
        "created": result.created,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "agencies": len(result.agencies),
        "categories": len(result.categories),
    }

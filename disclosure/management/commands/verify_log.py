"""`manage.py verify_log`: whether the public log holds, with everything that it speaks of."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from disclosure.publiclog import anchor, watching
from disclosure.publiclog.checking import Checking
from disclosure.publiclog.faults import Broken, Fault


class Command(BaseCommand):
    help = (
        "Checks the public log: its chain, and every item and file that it names. "
        "Exit 1 and the first broken place if it does not hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-files", action="store_true", help="do not read the stored files")
        parser.add_argument(
            "--anchor",
            type=Path,
            metavar="FILE",
            help="an earlier download (publications.jsonl), which must be the log's beginning",
        )
        parser.add_argument("--json", action="store_true", help="the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with_files = not options["no_files"]
        checking = Checking(with_files=with_files, progress=self._progress)
        fault = self._anchored(options["anchor"]) or checking.run()
        if sys.stderr.isatty():
            self.stderr.write("")
        watching.note(fault, with_files=with_files)
        if options["json"]:
            self.stdout.write(json.dumps(_result(checking, fault), ensure_ascii=False))
            if fault is not None:
                sys.exit(1)
            return
        if fault is not None:
            raise CommandError(str(fault))
        self.stdout.write(
            _("The log holds: %(entries)s entries, %(items)s items, %(files)s files.")
            % {
                "entries": f"{checking.entries:,}",
                "items": f"{checking.items:,}",
                "files": f"{checking.files:,}",
            }
        )
        self.stdout.write(f"{checking.head.seq} {checking.head.hash}")

    def _anchored(self, path: Path | None) -> Fault | None:
        if path is None:
            return None
        try:
            anchor.compare(path)
        except anchor.NoDownload as error:
            raise CommandError(str(error), returncode=2) from error
        except Broken as broken:
            return broken.fault
        return None

    def _progress(self, stage: str, done: int, total: int) -> None:
        """On a terminal alone: a log file is no place for it."""
        if sys.stderr.isatty():
            self.stderr.write(f"\r{stage}: {done:,} / {total:,}", ending="")


def _result(checking: Checking, fault: Fault | None) -> dict[str, Any]:
    return {
        "sound": fault is None,
        "entries": checking.entries,
        "items": checking.items,
        "files": checking.files,
        "head": {"seq": checking.head.seq, "hash": checking.head.hash},
        "fault": fault and {"code": fault.code, "facts": dict(fault.facts), "sentence": str(fault)},
    }

"""`manage.py rotate_personal_data_keys`: encrypt everything anew with the first key."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from requests_app import rotation


class Command(BaseCommand):
    help = (
        "Encrypt personal data and files anew with the first of PERSONAL_DATA_KEYS. "
        "May be stopped and repeated; drop the old key once a run rotates nothing and fails on "
        "nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=rotation.BATCH, help="rows at a time")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"] < 1:
            raise CommandError(_("--batch must be 1 or more."))
        failed: list[str] = []
        for count in rotation.rotate_all(batch=options["batch"]):
            self.stdout.write(
                _("%(what)s: %(rotated)d rotated, %(current)d current already, %(failed)d failed")
                % {
                    "what": count.what,
                    "rotated": count.rotated,
                    "current": count.current,
                    "failed": len(count.failed),
                }
            )
            failed += count.failed
        for where in failed:
            self.stderr.write(_("No key opens it, or the file is gone: %(what)s") % {"what": where})
        if failed:
            raise CommandError(_("Some could not be rotated. Keep the old keys."))

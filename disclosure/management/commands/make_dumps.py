"""Makes the dumps of open data anew, as the daily work does."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from disclosure.opendata import dumping
from disclosure.opendata.models import Dump


class Command(BaseCommand):
    help = "Make the downloads of everything public (CSV, JSON Lines) anew, now."

    def handle(self, *args: Any, **options: Any) -> None:
        made = dumping.make()
        for dump in made:
            self.stdout.write(
                _("%(file)s: %(rows)s items, %(size)s bytes, SHA-256 %(sha256)s")
                % {
                    "file": dump,
                    "rows": f"{dump.rows:,}",
                    "size": f"{dump.size:,}",
                    "sha256": dump.sha256,
                }
            )
        if len(made) < len(Dump.Kind):
            raise CommandError(
                _("Something was withdrawn meanwhile; the worker makes the files anew.")
            )

"""`manage.py fee`: what the processing fee is and why, line by line."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from requests_app.deadline.wording import say
from requests_app.fees.rules import (
    Fee,
    FeeError,
    by_nth,
    by_pages,
    by_requests,
    explain,
    parse_count,
)

WAYS = {"requests": by_requests, "nth": by_nth, "pages": by_pages}


class Command(BaseCommand):
    """Reckon the processing fee (Art. 42, 国办函〔2020〕109号)."""

    help = "Reckon the processing fee by request or by page, and say why, line by line."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is counted and the form of the answer."""
        counted = parser.add_mutually_exclusive_group(required=True)
        counted.add_argument(
            "--requests",
            metavar="N",
            help="all N requests of one applicant to one agency in one calendar month",
        )
        counted.add_argument(
            "--nth", metavar="N", help="the Nth of these requests alone: what its notice bills"
        )
        counted.add_argument("--pages", metavar="N", help="one request by its pages")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the fee, or refuse with exit code 2."""
        way = next(name for name in WAYS if options[name] is not None)
        try:
            fee = WAYS[way](parse_count(str(options[way])))
        except FeeError as error:
            raise CommandError(say(error.reason), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(fee), indent=2))
        else:
            self.stdout.write("\n".join(map(say, explain(fee))))


def _as_json(fee: Fee) -> dict[str, Any]:
    """Amounts as text with two places, numbers of requests or pages as numbers."""
    return {
        "amount": str(fee.amount),
        "steps": [
            {"from": step.first, "to": step.last, "each": str(step.each), "sum": str(step.sum)}
            for step in fee.steps
        ],
    }

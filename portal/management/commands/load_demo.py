"""Loads the demonstration content, or removes it again (README, docs/how-to)."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import translation

from disclosure.catalogue.seed import seed_categories
from disclosure.core.dates import now
from disclosure.demo import (
    accounts,
    channels,
    findings,
    life,
    pages,
    publications,
    standards,
    watch,
    withheld,
)
from disclosure.demo.agencies import PROVINCE, demo_agencies, load_agencies
from disclosure.demo.loaded import is_loaded
from disclosure.demo.report_2013 import load_report_demo
from disclosure.demo.report_tables import load_tabled_reports
from disclosure.figures import refreshing
from disclosure.publications.models import Publication
from disclosure.reports.models import AnnualReport
from disclosure.search.seed import load_common
from disclosure.standards.seed import seed_areas
from portal.demo import demo_password
from portal.demo_removal import remove_demo
from requests_app.casework.models import DisclosureRequest
from requests_app.demo import cases, proposals


class Command(BaseCommand):
    """Everything in one transaction: killed half-way, nothing has happened."""

    help = (
        "Loads demonstration content: agencies, guides, rules, publications, reports, requests and "
        "staff accounts. May be run again at any time; touches nothing that is not its own."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Load what is missing, load it anew, or remove it."""
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument(
            "--remove", action="store_true", help="remove the demonstration content again"
        )
        ways.add_argument(
            "--refresh",
            action="store_true",
            help="remove it and load it anew, with dates counted from today",
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="load it in production mode too, beside content that is not demonstration",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load or remove, and say what there is."""
        with translation.override("zh-hans"), transaction.atomic():
            lines = []
            if not options["remove"]:
                refuse_beside_real_content(force=options["force"])
            if options["remove"] or options["refresh"]:
                lines += remove_demo()
            if not options["remove"]:
                lines += load()
            refreshing.refresh()
        if options["verbosity"]:
            for line in lines:
                self.stdout.write(line)


def refuse_beside_real_content(*, force: bool) -> None:
    """In production, made-up documents must not come to stand beside real ones by a slip."""
    if force or not settings.SECURE or is_loaded():
        return
    if (
        Publication.objects.filter(is_demo=False).exists()
        or DisclosureRequest.objects.filter(is_demo=False).exists()
    ):
        raise CommandError(
            "This portal runs in production mode (SECURE=on) and holds real content. "
            "Demonstration content would stand beside it; if you want that, say --force."
        )


def load() -> list[str]:
    """Add what is missing, and say in lines what there is now."""
    at = now()
    seed_categories()
    seed_areas()
    load_common()
    agencies = load_agencies()
    people = accounts.load_accounts(agencies, demo_password())
    own = demo_agencies()
    added = {
        "publications": publications.load_publications(agencies, people, at=at),
        "guides": pages.load_guides(own, people),
        "rules": pages.load_rules(own, people),
        "relations and rounds": life.load_life(agencies, people, at=at),
        "withheld items": withheld.load_withheld(agencies, people, at=at),
        "sensitive subjects and wordings": findings.load_lists(agencies),
        "standard items": standards.load_standards(agencies),
        "column plans": watch.load_plans(agencies),
        "appearances": channels.load_appearances(),
        "requests": cases.load_requests(agencies, people, at=at),
        "proposals": proposals.load_proposals(at=at),
    }
    load_report_demo(agencies[PROVINCE])
    added["tabled reports"] = load_tabled_reports(agencies[PROVINCE], people, at=at)
    there = {
        "publications": Publication.objects.filter(is_demo=True).count(),
        "annual reports": AnnualReport.objects.filter(is_demo=True).count(),
        "requests": DisclosureRequest.objects.filter(is_demo=True).count(),
    }
    taken = [one.username for one in accounts.ACCOUNTS if one.username not in people]
    return [
        f"demonstration agencies: {len(own)}",
        *(f"demonstration {name}: {count}" for name, count in there.items()),
        *(f"new {name}: {count}" for name, count in added.items() if count),
        f"demonstration accounts: {' '.join(people)}",
        *(f"left alone, a real person has this name: {name}" for name in taken),
        *(
            f"demonstration request {number} access code {code}"
            for number, code in cases.known_codes()
        ),
    ]

"""Adds what an empty portal begins with: categories (Art. 20, 21), areas of the standard
catalogues, the general list of wordings, common short forms. What is there stays as it is."""

from typing import Any

from django.core.management.base import BaseCommand

from disclosure.catalogue.seed import seed_categories
from disclosure.findings.wordings import load_general
from disclosure.search.seed import load_common
from disclosure.standards.seed import seed_areas


class Command(BaseCommand):
    help = "Add the categories, areas and general wordings that are missing. May be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"categories added: {seed_categories()}")
        self.stdout.write(f"areas of the standard catalogues added: {seed_areas()}")
        self.stdout.write(f"general wordings added: {load_general()}")
        self.stdout.write(f"common short forms added: {load_common()}")

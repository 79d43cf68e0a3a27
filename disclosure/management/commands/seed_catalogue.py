"""Adds the catalogue's first categories (Art. 20, 21); what is there stays as it is."""

from typing import Any

from django.core.management.base import BaseCommand

from disclosure.catalogue.seed import seed_categories
from disclosure.standards.seed import seed_areas


class Command(BaseCommand):
    help = "Add the categories of Art. 20 and 21 that are missing. May be run again at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"categories added: {seed_categories()}")
        self.stdout.write(f"areas of the standard catalogues added: {seed_areas()}")

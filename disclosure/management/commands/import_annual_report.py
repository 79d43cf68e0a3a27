"""`manage.py import_annual_report`: put an older, already published report on the portal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext

from disclosure.core.errors import DomainError
from disclosure.reports import actions
from disclosure.reports.layout import numbered
from disclosure.reports.messages import sentence
from disclosure.reports.notes_said import notes_said
from disclosure.reports.presenting import shown_value
from disclosure.reports.reading import Reading, ReadingError, read


class Command(BaseCommand):
    """Read a report, find its agency and year, and publish it with what it was before kept."""

    help = (
        "Import a published annual report: JSON, text or Markdown, HTML, DOCX or PDF with text. "
        "One whose tables do not add up is refused, with every place."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and what its title may not tell."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--agency", metavar="CODE", help="code or name; else from the title")
        parser.add_argument("--year", metavar="YEAR", type=int, help="else from the title")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, say what was found, or refuse with exit code 1."""
        path: Path = options["file"]
        reading = self._read(path, titled=not (options["agency"] and options["year"]))
        try:
            agency = actions.agency_meant(options["agency"]) if options["agency"] else None
            done = actions.import_report(
                actor=None,
                reading=reading,
                agency=agency,
                year=options["year"],
                source_note=path.name,
            )
        except DomainError as error:
            raise CommandError("\n".join(str(one) for one in error.refusals)) from error
        for note in notes_said(reading):
            self.stderr.write(self.style.WARNING(note))
        self._warn(reading, done)
        self._say(done)

    def _warn(self, reading: Reading, done: actions.Imported) -> None:
        """Say it where the title speaks of another agency or year than was asked for."""
        report = done.report
        other_year = reading.year is not None and reading.year != report.year
        if other_year or not actions.may_mean(reading.agency_code or reading.agency, report.agency):
            message = gettext("Note: by its title this is the report of %(agency)s on %(year)s.")
            values = {"agency": reading.agency, "year": reading.year}
            self.stderr.write(self.style.WARNING(message % values))

    def _read(self, path: Path, *, titled: bool) -> Reading:
        try:
            return read(path.read_bytes(), titled=titled)
        except ReadingError as error:
            raise CommandError(f"{path.name}: {sentence(error)}") from error
        except OSError as error:
            message = gettext("The file %(file)s cannot be read (%(reason)s).")
            values = {"file": path, "reason": error.strerror or type(error).__name__}
            raise CommandError(message % values) from error

    def _say(self, done: actions.Imported) -> None:
        report = done.report
        said = {
            "created": gettext("Imported: %(title)s"),
            "changed": gettext("Replaced; the earlier version stays in the history: %(title)s"),
            "unchanged": gettext("Unchanged, exactly this is already there: %(title)s"),
        }
        self.stdout.write(said[done.outcome] % {"title": report.title})
        self.stdout.write(f"{report.agency.name} ({report.agency.code}), {report.year}")
        for section in report.sections:
            length = len(section["text"])
            count = ngettext("%(count)d character", "%(count)d characters", length)
            heading = numbered(section["number"], section["heading"])
            self.stdout.write(f"  {heading} ({count % {'count': length}})")
        form = report.table_form
        for text in form.texts.values() if form else ():
            length = len(report.texts.get(text.key, ""))
            count = ngettext("%(count)d character", "%(count)d characters", length)
            self.stdout.write(f"  {text.number}、{text.label.zh} ({count % {'count': length}})")
        for table in form.tables if form else ():
            rows = sum(report.cells.has_row(table.key, row) for row in table.rows)
            count = ngettext("%(count)d row", "%(count)d rows", rows)
            self.stdout.write(f"  {table.section}、{table.label.zh} ({count % {'count': rows}})")
        for figure in report.figures:
            self.stdout.write(f"  - {figure['name']}: {shown_value(figure)} {figure['unit']}")
        self.stdout.write(report.get_absolute_url())

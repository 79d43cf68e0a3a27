"""What a case file holds, in its order: sheets that are made here, and stored files that are read
only when their turn comes."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from disclosure.backstage.cells import guarded
from disclosure.core.dates import now
from disclosure.files.names import clean_name
from disclosure.workdays.store import current_calendar
from requests_app import uploads
from requests_app.casefile import papers, sheets
from requests_app.casefile.sheets import Sheet, Table
from requests_app.casework.models import DisclosureRequest, RequestFile, StoredFile
from requests_app.letters.models import LetterFile


@dataclass(frozen=True)
class Entry:
    """One file of the case file. `read` gives its bytes; None: its bytes were erased. `sha256` is
    what was stored with it when it came in, empty for what is made here."""

    path: str
    at: dt.datetime
    read: Callable[[], bytes] | None
    sha256: str = ""


def entries(case: DisclosureRequest) -> list[Entry]:
    """Everything of `case`, in the active language; the bytes of stored files are read later."""
    made = now()
    events = list(case.events.select_related("actor"))
    notes = list(case.notes.select_related("written_by"))
    calendar = current_calendar()
    parts = [
        (
            _("Cover"),
            Sheet(_("Case file"), [Table("", (), [(a, b) for a, b in sheets.cover(case)])]),
        ),
        (_("Registration form"), papers.registration(case, events)),
        (
            _("What happened"),
            Sheet(
                _("What happened"),
                [
                    sheets.what_happened(case, events, notes),
                    sheets.reckoning(case, events, calendar),
                ],
            ),
        ),
        (
            _("Request and answer"),
            Sheet(
                _("Request and answer"),
                [*sheets.asked(case), sheets.answers(case), sheets.notes(notes)],
            ),
        ),
        (_("Examination and approval of the answer"), papers.review(case, events, notes)),
    ]
    found = [
        _made(f"{number:02d}-{name}.html", _html(case, sheet), made)
        for number, (name, sheet) in enumerate(parts, start=1)
    ]
    number = len(found) + 1
    folder = _("Form for an opinion")
    found += [
        _made(f"{number:02d}-{folder}/{clean_name(str(party))}.html", _html(case, sheet), made)
        for party, sheet in papers.opinions(case)
    ]
    folders = [
        (_("Letters"), _letters(case)),
        *(
            (name, _files(case, *purposes))
            for name, purposes in (
                (_("From the applicant"), (RequestFile.Purpose.APPLICATION,)),
                (_("With the answer"), (RequestFile.Purpose.ANSWER,)),
                (_("Inner papers"), (RequestFile.Purpose.INNER, RequestFile.Purpose.DRAFT)),
            )
        ),
    ]
    for name, stored in folders:
        number += 1
        for place, (label, file) in enumerate(stored, start=1):
            path = f"{number:02d}-{name}/{place:02d} {label}"
            found.append(_stored(path, file))
    headings, rows = sheets.trail(case)
    found.append(_made(f"{number + 1:02d}-{_('Audit trail')}.csv", as_csv(headings, rows), made))
    return found


def _made(path: str, data: bytes, at: dt.datetime) -> Entry:
    return Entry(path, at, lambda: data)


def _stored(path: str, file: StoredFile) -> Entry:
    read = (lambda: uploads.read(file)) if file.file else None
    return Entry(path, file.added_at, read, file.sha256)


def _letters(case: DisclosureRequest) -> Iterator[tuple[str, StoredFile]]:
    letters = case.letters.defer("document").prefetch_related(
        Prefetch("files", LetterFile.objects.order_by("pk"))
    )
    for letter in letters.order_by("pk"):
        for file in letter.files.all():
            yield clean_name(f"{letter.number} {letter.get_kind_display()}.{file.format}"), file


def _files(case: DisclosureRequest, *purposes: str) -> Iterator[tuple[str, StoredFile]]:
    for file in case.files.filter(purpose__in=purposes).order_by("pk"):
        yield clean_name(file.name) if file.name else _("erased"), file


def _html(case: DisclosureRequest, sheet: Sheet) -> bytes:
    context = {"case": case, "sheet": sheet}
    return render_to_string("admin/requests_app/casefile/sheet.html", context).encode()


def as_csv(headings: list[str], rows: list[list[str]]) -> bytes:
    """A table as CSV for spreadsheets, which run none of it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([[guarded(value) for value in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")

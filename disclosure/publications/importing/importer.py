"""The import as a whole: first every row is looked at, then all are stored, or none.

Rows that bring their index number are stored before those that get one, so that a number still
to come is not given away. Everything goes through the actions, in one transaction.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from disclosure.agencies.models import User
from disclosure.core.dates import now
from disclosure.core.errors import DomainError
from disclosure.publications import actions
from disclosure.publications.importing import records
from disclosure.publications.importing.columns import BY_KEY
from disclosure.publications.importing.names import AgencyNames, CategoryNames
from disclosure.publications.importing.records import Parsed, Release
from disclosure.publications.importing.sources import Source, SourceRow, XlsxSource
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Publication

CHUNK = 200
REASON = "import"


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be taken: its number (the heading is row 1), its column, the reason."""

    row: int
    column: str
    reason: str


@dataclass
class Result:
    """What was done, or would be; with a problem nothing was."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    agencies: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Importer:
    """One run over one file. `signed_off_by` answers for what is published by it."""

    def __init__(
        self,
        source: Source,
        *,
        publish: bool = False,
        signed_off_by: User | None = None,
        update: bool = False,
        create_missing: bool = False,
        progress: Callable[[str, int], None] = lambda stage, rows: None,
    ) -> None:
        if publish and signed_off_by is None:
            raise ValueError("publishing needs somebody who signed it off")
        self._source = source
        self._publish = publish
        self._signed_off_by = signed_off_by
        self._update = update
        self._create_missing = create_missing
        self._progress = progress
        self._is_sheet = isinstance(source, XlsxSource)

    def run(self, *, dry_run: bool = False) -> Result:
        """Look at every row, then store them all; nothing is stored with a problem."""
        self._result = Result()
        self._at: dt.datetime = now()
        signer = self._signed_off_by
        self._release = Release(signer, self._at) if self._publish and signer else None
        with transaction.atomic():
            self._agencies = AgencyNames(create_missing=self._create_missing)
            self._categories = CategoryNames(create_missing=self._create_missing)
            has_blanks = self._look()
            if not self._result.problems:
                self._store(numbered=True)
                if has_blanks:
                    self._store(numbered=False)
            self._result.agencies = [one.name for one in self._agencies.made]
            self._result.categories = [one.name for one in self._categories.made]
            if self._result.problems or dry_run:
                transaction.set_rollback(True)
        return self._result

    # --- first: look ----------------------------------------------------------------------------
    def _look(self) -> bool:
        """Check every row without storing any; whether some have no index number."""
        seen: dict[str, int] = {}
        has_blanks = False
        count = 0
        for chunk in self._chunks():
            stored = self._stored(chunk)
            for parsed in chunk:
                number = parsed.index_number
                if not number:
                    has_blanks = True
                elif number in seen:
                    parsed.refuse(
                        "index_number",
                        _("Row %(row)s has the same index number.") % {"row": seen[number]},
                    )
                else:
                    seen[number] = parsed.number
                self._check(parsed, stored.get(number))
                self._report(parsed)
            count += len(chunk)
            self._progress("checked", count)
        return has_blanks

    def _check(self, parsed: Parsed, stored: Publication | None) -> None:
        if stored is None:
            records.check_new(parsed, self._release)
        elif parsed.problems or not self._changes(parsed, stored):
            return
        elif not self._update:
            parsed.refuse(
                "index_number",
                _("This index number exists with other values; --update replaces them."),
            )
        else:
            records.check_update(
                parsed,
                stored,
                signed_off_by=self._signed_off_by,
                release=self._release if self._is_to_publish(stored) else None,
            )

    def _changes(self, parsed: Parsed, stored: Publication) -> bool:
        return records.differs(stored, parsed.values) or (
            self._update and self._is_to_publish(stored)
        )

    def _is_to_publish(self, stored: Publication) -> bool:
        return self._publish and stored.state == State.DRAFT

    # --- then: store ----------------------------------------------------------------------------
    def _store(self, *, numbered: bool) -> None:
        for chunk in self._chunks():
            wanted = [parsed for parsed in chunk if bool(parsed.index_number) == numbered]
            stored = self._stored(wanted)
            for parsed in wanted:
                known = stored.get(parsed.index_number)
                if known is not None and not self._changes(parsed, known):
                    self._result.unchanged += 1
                    continue
                try:
                    with transaction.atomic():
                        self._take(parsed, known)
                except DomainError as error:
                    parsed.refuse_all(error.refusals)
                    self._report(parsed)
            done = self._result.created + self._result.updated + self._result.unchanged
            self._progress("stored", done)

    def _take(self, parsed: Parsed, known: Publication | None) -> None:
        if known is None:
            publication = Publication()
            records.apply(publication, parsed.values)
            publication = actions.create(actor=None, publication=publication, reason=REASON)
            if self._publish:
                self._put_out(publication)
            self._result.created += 1
            return
        is_to_publish = self._is_to_publish(known)
        if records.differs(known, parsed.values):
            records.apply(known, parsed.values)
            actions.update(actor=None, publication=known, reason=self._reason)
        if is_to_publish:
            self._put_out(known)
        self._result.updated += 1

    def _put_out(self, publication: Publication) -> None:
        actions.publish(
            actor=None, publication=publication, at=self._at, signed_off_by=self._signed_off_by
        )

    @property
    def _reason(self) -> str:
        if self._signed_off_by is None:
            return REASON
        return f"{REASON}, {self._signed_off_by.username}"

    # --- rows -----------------------------------------------------------------------------------
    def _chunks(self) -> Iterator[list[Parsed]]:
        rows: Iterator[SourceRow] = self._source.rows()
        while batch := list(islice(rows, CHUNK)):
            yield [
                records.parse(row, self._agencies, self._categories, is_sheet=self._is_sheet)
                for row in batch
            ]

    def _stored(self, chunk: list[Parsed]) -> dict[str, Publication]:
        numbers = [parsed.index_number for parsed in chunk if parsed.index_number]
        found = Publication.objects.filter(index_number__in=numbers)
        return {
            publication.index_number: publication
            for publication in found.select_related("agency", "category")
        }

    def _report(self, parsed: Parsed) -> None:
        for key, reason in parsed.problems:
            column = self._source.headings.get(key) or (BY_KEY[key].heading if key else "")
            self._result.problems.append(Problem(parsed.number, column, reason))

"""The import as a whole: first every row is looked at, then all are stored, or none.

Looking needs no transaction, so nobody waits for a long file on a database with one writer; what
would be stored is spooled. Storing is one transaction: rows that bring their index number, then
changes of what is there, then rows that get a number, so that none still to come is given away.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from disclosure.agencies.models import Agency, User
from disclosure.core.dates import now
from disclosure.publications import actions
from disclosure.publications.importing import records
from disclosure.publications.importing.columns import BY_KEY
from disclosure.publications.importing.models import ImportRun
from disclosure.publications.importing.names import AgencyNames, CategoryNames
from disclosure.publications.importing.problems import Problem, Result
from disclosure.publications.importing.records import Parsed, Terms
from disclosure.publications.importing.sources import Source, SourceRow, XlsxSource
from disclosure.publications.importing.spool import Spool
from disclosure.publications.importing.storing import Store
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Publication
from disclosure.publications.trail import SignOff

CHUNK = 1000
#: So many rows are kept to be shown before they are stored.
SHOWN = 20


class _Undo(Exception):
    """Ends the transaction: a row could not be stored after all."""


class Importer:
    """One run over one file. `signed_off_by` answers for what is published by it, and may be
    unknown while it is only looked at; `actor`, where there is one, needs the rights for drafts
    at each row's agency and is never the one who signs off."""

    def __init__(
        self,
        source: Source,
        *,
        publish: bool = False,
        signed_off_by: User | None = None,
        actor: User | None = None,
        update: bool = False,
        create_missing: bool = False,
        progress: Callable[[str, int], None] = lambda stage, rows: None,
    ) -> None:
        if actor is not None and signed_off_by == actor:
            raise ValueError("who imports does not sign off as well")
        self._source = source
        self._update = update
        self._create_missing = create_missing
        self._progress = progress
        self._is_sheet = isinstance(source, XlsxSource)
        self._terms = Terms(actor=actor, signer=signed_off_by, publish=publish, at=now())
        #: The first rows as they would be, for a preview.
        self.first_rows: list[Publication] = []
        #: The agencies of the rows that something happens to; one to be made has no key.
        self.concerned: dict[str, Agency] = {}

    def look(self) -> Result:
        """Look at every row and say what would be done; nothing is stored."""
        return self._run(None)

    def run(self, run: ImportRun) -> Result:
        """Look at every row, then store them all, with `run` as their record; with a problem
        nothing is stored, `run` neither."""
        if self._terms.publish and self._terms.signer is None:
            raise ValueError("publishing needs somebody who signed it off")
        return self._run(run)

    def _run(self, run: ImportRun | None) -> Result:
        self._result = Result()
        self._corrects = False
        self._agencies = AgencyNames(create_missing=self._create_missing)
        self._categories = CategoryNames(create_missing=self._create_missing)
        with ExitStack() as stack:
            self._new, self._changed, self._unnumbered = (
                stack.enter_context(Spool(self._agencies, self._categories)) for _n in range(3)
            )
            self._look()
            if run is not None and not self._result.problems:
                self._store(run)
        self._result.agencies = [one.name for one in self._agencies.made]
        self._result.categories = [one.name for one in self._categories.made]
        return self._result

    # --- first: look ----------------------------------------------------------------------------
    def _look(self) -> None:
        seen: dict[str, int] = {}
        for chunk in self._chunks():
            stored = records.items_numbered(parsed.index_number for parsed in chunk)
            for parsed in chunk:
                number = parsed.index_number
                if number in seen:
                    parsed.refuse(
                        "index_number",
                        _("Row %(row)s has the same index number.") % {"row": seen[number]},
                    )
                elif number:
                    seen[number] = parsed.number
                self._check(parsed, stored.get(number))
                self._report(parsed)
            self._result.rows += len(chunk)
            self._progress("checked", self._result.rows)

    def _check(self, parsed: Parsed, stored: Publication | None) -> None:
        if stored is None:
            records.check_new(parsed, self._terms)
            if not parsed.problems:
                self._result.created += 1
                (self._new if parsed.index_number else self._unnumbered).put(parsed)
                self._note(parsed, None)
            return
        if parsed.problems:
            return
        changed = records.changes(stored, parsed.values)
        goes_out = self._update and self._terms.publish and stored.state == State.DRAFT
        if not changed and not goes_out:
            self._result.unchanged += 1
        elif not self._update:
            parsed.refuse("index_number", self._terms.other_values)
        else:
            records.check_update(parsed, stored, changed, self._terms)
            if not parsed.problems:
                self._result.updated += 1
                self._corrects = self._corrects or stored.state == State.PUBLISHED
                self._changed.put(parsed)
                self._note(parsed, stored)

    def _note(self, parsed: Parsed, stored: Publication | None) -> None:
        if stored is not None:
            self.concerned[stored.agency.code] = stored.agency
        if (agency := parsed.values.get("agency")) is not None:
            self.concerned[agency.code] = agency
        if len(self.first_rows) < SHOWN:
            self.first_rows.append(records.apply(stored or Publication(), parsed.values))

    # --- then: store ----------------------------------------------------------------------------
    def _store(self, run: ImportRun) -> None:
        signer = self._terms.signer
        try:
            with ExitStack() as stack:
                stack.enter_context(transaction.atomic())
                sign_off: SignOff | None = None
                if signer is not None and self._takes_over():
                    note = f"import: {run.file_name} sha256 {run.sha256}"
                    sign_off = stack.enter_context(
                        actions.blanket(signed_by=signer, note=note, at=self._terms.at)
                    )
                self._agencies.make()
                self._categories.make()
                store = Store(self._terms, sign_off, run, self._report, self._stored_so_far)
                store.begin()
                store.add(self._new, numbered=True)
                store.change(self._changed)
                store.add(self._unnumbered, numbered=False)
                if self._result.problems:
                    raise _Undo
                store.end(self._result)
        except _Undo:
            pass

    def _takes_over(self) -> bool:
        """Whether anything goes out in this run: else no sign-off is opened for it."""
        goes_out = self._result.created or self._result.updated
        return self._corrects or (self._terms.publish and bool(goes_out))

    def _stored_so_far(self, rows: int) -> None:
        self._progress("stored", rows + self._result.unchanged)

    # --- rows -----------------------------------------------------------------------------------
    def _chunks(self) -> Iterator[list[Parsed]]:
        rows: Iterator[SourceRow] = self._source.rows()
        while batch := list(islice(rows, CHUNK)):
            yield [
                records.parse(row, self._agencies, self._categories, is_sheet=self._is_sheet)
                for row in batch
            ]

    def _report(self, parsed: Parsed) -> None:
        for key, reason in parsed.problems:
            column = self._source.headings.get(key) or (BY_KEY[key].heading if key else "")
            self._result.problems.append(Problem(parsed.number, column, reason))

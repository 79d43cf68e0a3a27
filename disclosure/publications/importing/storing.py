"""Storing what was looked at: new rows by the thousand, changes one by one through the actions.

New rows have passed every rule when they come here. Their digests, index numbers and sign-off are
written with them, the database's own rules hold, and one record tells of all of them: the run.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction

from disclosure.agencies.models import Agency
from disclosure.agencies.records import STORED_MEANWHILE
from disclosure.audit.trail import record
from disclosure.core import bulk
from disclosure.core.dates import now
from disclosure.core.errors import DomainError
from disclosure.numbering.serials import next_block
from disclosure.publications import actions, hooks
from disclosure.publications.importing import records
from disclosure.publications.importing.models import ImportRun
from disclosure.publications.importing.problems import Result
from disclosure.publications.importing.records import BESIDE_CONTENT, Parsed, Terms
from disclosure.publications.importing.spool import Spool
from disclosure.publications.lifecycle import State
from disclosure.publications.models import Publication
from disclosure.publications.trail import PublicationEvent, SignOff

BATCH = 1000
REASON = "import"
#: What the public page says of a version that an import brought: content, so in Chinese.
CHANGE_NOTE = "批量导入时更正"
#: The step that gives what is public the validity of the file.
STEPS = {
    Publication.Validity.REPEALED: "repeal",
    Publication.Validity.LAPSED: "lapse",
    Publication.Validity.AMENDED: "amend",
    Publication.Validity.IN_FORCE: "restore",
}


class Store:
    """Stores the rows of one run inside the transaction that is open."""

    def __init__(
        self,
        terms: Terms,
        sign_off: SignOff | None,
        run: ImportRun,
        report: Callable[[Parsed], None],
        progress: Callable[[int], None],
    ) -> None:
        self._terms, self._sign_off, self._run = terms, sign_off, run
        self._report, self._progress = report, progress
        self._stored = 0

    def begin(self) -> None:
        """The run's record stands before its rows, which refer to it."""
        self._run.sign_off = self._sign_off
        self._run.started_at = self._run.started_at or self._terms.at
        self._run.state = ImportRun.State.DONE
        self._run.save()

    def end(self, result: Result) -> None:
        """Close the run's record; one entry in the audit trail tells of all rows."""
        run, terms = self._run, self._terms
        run.rows_checked = run.rows_stored = result.rows
        run.created, run.updated, run.unchanged = result.created, result.updated, result.unchanged
        run.finished_at = now()
        run.save()
        facts: dict[str, Any] = {
            "created": run.created,
            "updated": run.updated,
            "unchanged": run.unchanged,
            "sha256": run.sha256,
        }
        if self._sign_off is not None and terms.signer is not None:
            facts |= {"signed_off_by": terms.signer.pk, "sign_off": self._sign_off.pk}
        record(terms.actor or terms.signer, "importrun.done", run, **facts)

    # --- new rows -------------------------------------------------------------------------------
    def add(self, spool: Spool, *, numbered: bool) -> None:
        """Store the new rows of the spool, by the thousand."""
        for rows in _batches(spool):
            if numbered and self._is_taken(rows):
                continue
            made = [records.fill(records.apply(records.blank(), parsed.values)) for parsed in rows]
            if not numbered:
                _assign_numbers(made, self._terms)
            self._insert(made)
            self._stored += len(rows)
            self._progress(self._stored)

    def _is_taken(self, rows: list[Parsed]) -> bool:
        """Whether somebody has stored one of these numbers since the rows were looked at."""
        wanted = [parsed.index_number for parsed in rows]
        found = Publication.objects.items().filter(index_number__in=wanted)
        taken = set(found.values_list("index_number", flat=True))
        for parsed in rows:
            if parsed.index_number in taken:
                parsed.refuse("index_number", STORED_MEANWHILE)
                self._report(parsed)
        return bool(taken)

    def _insert(self, made: list[Publication]) -> None:
        moment = now()
        for one in made:
            one.created_at = one.updated_at = moment
        if self._sign_off is not None and self._terms.publish:
            self._take_over(made, self._sign_off)
        else:
            self._draft(made)

    def _take_over(self, made: list[Publication], sign_off: SignOff) -> None:
        """As `actions.take_over` does it for one. The run is their history."""
        for one in made:
            records.seal(one)
            one.state = State.PUBLISHED
            one.sign_off = sign_off
            one.published_at = one.published_at or self._terms.at
            one.version, one.version_at = 1, one.published_at
            one.published_by = sign_off.signed_by
        bulk.insert(Publication, made)
        hooks.run_bulk(made, sign_off)

    def _draft(self, made: list[Publication]) -> None:
        """Drafts have a history row each, for they are written on; the event names the run."""
        for one in made:
            one.created_by = self._terms.actor
        bulk.insert(Publication, made)
        Publication.history.bulk_history_create(
            made, default_user=self._terms.actor, default_change_reason=REASON
        )
        bulk.insert(
            PublicationEvent,
            [
                PublicationEvent(
                    publication=one,
                    step="create",
                    actor=self._terms.actor,
                    at=self._terms.at,
                    revision=one.revision,
                    facts={"import_run": self._run.pk},
                )
                for one in made
            ],
        )

    # --- changes --------------------------------------------------------------------------------
    def change(self, spool: Spool) -> None:
        """Store the rows that change what is there; what an action refuses is the row's problem."""
        for rows in _batches(spool):
            known = records.items_numbered(parsed.index_number for parsed in rows)
            for parsed in rows:
                stored = known.get(parsed.index_number)
                try:
                    with transaction.atomic():
                        if stored is None:
                            parsed.refuse("index_number", STORED_MEANWHILE)
                        else:
                            self._change(stored, parsed)
                except DomainError as error:
                    parsed.refuse_all(error.refusals)
                self._report(parsed)
            self._stored += len(rows)
            self._progress(self._stored)

    def _change(self, stored: Publication, parsed: Parsed) -> None:
        changed = records.changes(stored, parsed.values)
        if stored.state == State.PUBLISHED:
            self._correct(stored, parsed, changed)
            return
        if changed:
            records.apply(stored, parsed.values)
            actions.update(
                actor=None if self._terms.publish else self._terms.actor,
                publication=stored,
                reason=REASON,
            )
        if self._terms.publish and self._sign_off is not None:
            actions.take_over(publication=stored, sign_off=self._sign_off, at=self._terms.at)

    def _correct(self, live: Publication, parsed: Parsed, changed: set[str]) -> None:
        """A new version of what is public, under the blanket; validity and place are steps."""
        signer = self._terms.signer
        if self._sign_off is None or signer is None:
            parsed.refuse("index_number", self._terms.public_already)
            return
        if changed - BESIDE_CONTENT:
            revision = actions.revise(actor=None, publication=live, at=self._terms.at)
            records.apply(revision, {key: parsed.values[key] for key in changed - {"validity"}})
            revision.change_note = CHANGE_NOTE
            actions.update(actor=None, publication=revision, reason=REASON)
            live = actions.take_over(
                publication=revision, sign_off=self._sign_off, at=self._terms.at
            )
        elif "category" in changed:
            live = actions.take(
                live,
                "reclassify",
                actor=signer,
                at=self._terms.at,
                category=parsed.values["category"],
            )
        if "validity" in changed:
            step = STEPS[Publication.Validity(parsed.values["validity"])]
            actions.take(live, step, actor=signer, at=self._terms.at, reason=REASON)


def _batches(spool: Spool) -> Iterator[list[Parsed]]:
    rows = iter(spool)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _assign_numbers(made: Iterable[Publication], terms: Terms) -> None:
    """The next free index numbers by each agency's pattern, taken in blocks."""
    series: dict[tuple[Agency, int], list[Publication]] = defaultdict(list)
    for one in made:
        series[one.agency, (one.date_made or terms.today).year].append(one)
    given: set[str] = set()
    for (agency, year), left in series.items():
        while left:
            block = next_block(f"index:{agency.code}:{year}", len(left))
            for serial, one in zip(block, left, strict=True):
                one.index_number = _number_of(one, agency, serial, terms)
            numbers = [one.index_number for one in left]
            found = Publication.objects.items().filter(index_number__in=numbers)
            given_before = given | set(found.values_list("index_number", flat=True))
            given.update(numbers)
            # Without the year in the pattern the years' series give the same numbers.
            left = [one for one in left if one.index_number in given_before]


def _number_of(one: Publication, agency: Agency, serial: int, terms: Terms) -> str:
    day = one.date_made or terms.today
    return agency.index_number_pattern.format(
        agency=agency.code,
        credit_code=agency.social_credit_code,
        category=one.category.code,
        year=day.year,
        month=day.month,
        serial=serial,
    )

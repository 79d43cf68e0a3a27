"""What staff do with an import: hand in a file, look at what it would do, confirm or discard it.

Drafts are confirmed by who handed them in; what is taken over as public is signed off by somebody
else (see `signing`). The file is kept privately until the import is over or its time has passed.
A small one is dealt with at once, a longer one by the worker; a run is taken up by whoever marks
it first, so that it is never stored twice.
"""

import csv
import datetime as dt
import io
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_tasks import task

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.agencies.own import own_agency
from disclosure.audit.trail import record
from disclosure.core import background
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import Conflict, DomainError, NotPossible, Refusal
from disclosure.files.names import clean_name
from disclosure.publications.importing import cells
from disclosure.publications.importing.columns import BY_KEY
from disclosure.publications.importing.importer import Importer
from disclosure.publications.importing.models import ImportRun
from disclosure.publications.importing.problems import FileProblem, Result
from disclosure.publications.importing.runs import local_copy, sha256_of_upload
from disclosure.publications.importing.sources import open_source
from disclosure.publications.lifecycle import ADD, PUBLISH
from disclosure.publications.messages import CHANGED_MEANWHILE
from disclosure.publications.models import Publication

logger = logging.getLogger(__name__)
State = ImportRun.State

MAKE_AGENCY, MAKE_CATEGORY = "disclosure.add_agency", "disclosure.add_category"
ENDINGS = (".csv", ".xlsx", ".json")
MOST_BYTES = 50 * 1024 * 1024
#: Up to this size and number of rows it is dealt with while the person waits.
BYTES_AT_ONCE = 2 * 1024 * 1024
ROWS_AT_ONCE = 2000
#: Problems that are shown; the file to download has them all.
PROBLEMS_SHOWN = 500
KEPT = dt.timedelta(days=1)
#: Calendar days that it waits for the sign-off, and afterwards for its owner to see how it ended.
KEPT_FOR_SIGN_OFF = dt.timedelta(days=30)
KEPT_FOR_OWNER = dt.timedelta(days=7)
#: Where nothing is stored and nobody is at it.
DISCARDABLE = (State.CHECKED, State.FAILED, State.AWAITING)
#: A run that has taken so long was cut off by a crash.
LONGEST = dt.timedelta(hours=2)


def why_not_hand_in(user: User, *, publish: bool, create_missing: bool) -> list[Refusal]:
    """Why `user` may not import on these terms; each row's agency is asked for later."""
    reasons = []
    if not any(rights.allows(user, right) for right in ((ADD, PUBLISH) if publish else (ADD,))):
        reasons.append(Refusal(_("Your roles do not allow this here."), code="role"))
    if create_missing and not may_create_missing(user):
        reasons.append(
            Refusal(_("You may not add agencies and categories."), code="create_missing")
        )
    return reasons


def may_create_missing(user: User) -> bool:
    return rights.allows(user, MAKE_AGENCY) and rights.allows(user, MAKE_CATEGORY)


def hand_in(
    *, actor: User, upload: UploadedFile, publish: bool, update: bool, create_missing: bool
) -> ImportRun:
    """Keep the file and have it looked at; nothing of it is stored yet."""
    records.refuse_if(why_not_hand_in(actor, publish=publish, create_missing=create_missing))
    name = clean_name(upload.name or "")
    run = ImportRun(
        state=State.WAITING,
        created_by=actor,
        file_name=name,
        options={"publish": publish, "update": update, "create_missing": create_missing},
        findings={"language": get_language()},
    )
    run.sha256 = sha256_of_upload(upload)
    run.file.save(f"{run.token}{Path(name).suffix.lower()}", upload, save=False)
    run.save()
    pass_on(run, at_once=(upload.size or 0) <= BYTES_AT_ONCE)
    return run


def confirm(*, actor: User, run: ImportRun) -> ImportRun:
    """Store the drafts that were looked at, judged anew; only their owner does, once."""
    with transaction.atomic():
        stored = own(actor, run, State.CHECKED)
        if stored.is_public:
            raise NotPossible(Refusal(_("This is signed off by somebody else."), code="sign_off"))
        records.refuse_if(
            why_not_hand_in(actor, publish=False, create_missing=stored.options["create_missing"])
        )
        if stored.bad_rows:
            raise Conflict(Refusal(CHANGED_MEANWHILE, code="conflict"))
        stored.state, stored.is_confirmed = State.WAITING, True
        stored.save()
    pass_on(stored, at_once=stored.rows_checked <= ROWS_AT_ONCE)
    return stored


def discard(*, actor: User, run: ImportRun) -> None:
    """Delete one's own run that stored nothing, with its files."""
    with transaction.atomic():
        stored = own(actor, run, *DISCARDABLE)
        if stored.asked_at is not None:
            record(actor, "importrun.discarded", stored, sha256=stored.sha256)
        files = _files_of(stored)
        stored.delete()
        transaction.on_commit(lambda: _delete(files))


def own(actor: User, run: ImportRun, *states: str) -> ImportRun:
    """The person's own run as it is stored now, locked; it must stand in one of `states`."""
    stored = locked(run)
    if stored.created_by_id != actor.pk or stored.state not in states:
        raise Conflict(Refusal(CHANGED_MEANWHILE, code="conflict"))
    return stored


def locked(run: ImportRun) -> ImportRun:
    """The run as it is stored now, locked until the transaction ends."""
    return records.locked(run)


def pass_on(run: ImportRun, *, at_once: bool) -> None:
    """Have what waits, as it is stored, worked off. Never saved here: the worker may be at it."""
    if at_once:
        work_off(run)
    else:
        transaction.on_commit(lambda: background.wake(run_waiting))


@task()
def run_waiting() -> int:
    """Work off the runs that wait."""
    return work_off_waiting()


def work_off_waiting() -> int:
    """Work off the runs that wait, the oldest first; how many. Safe to run at any time."""
    count = 0
    for run in ImportRun.objects.filter(state=State.WAITING).order_by("pk"):
        count += work_off(run)
    return count


def work_off(run: ImportRun) -> bool:
    """Look at the run's file or, once confirmed, store it; False where somebody is at it."""
    taken = ImportRun.objects.filter(pk=run.pk, state=State.WAITING).update(
        state=State.RUNNING, started_at=now(), rows_checked=0, bad_rows=0
    )
    if not taken:
        return False
    run.refresh_from_db()
    with override(run.findings.get("language")):
        try:
            _work_off(run)
        except (FileProblem, DomainError) as problem:
            _fail(run, str(problem))
        except UnicodeError:
            _fail(run, _("The file's text cannot be decoded."))
        except Exception:
            # The page must not wait for ever; what it was belongs into the log, not onto the page.
            logger.exception("import run %s failed", run.pk)
            _fail(run, _("Something went wrong here; nothing was stored. Please try again."))
    return True


def _work_off(run: ImportRun) -> None:
    with local_copy(run) as path:
        _look_or_store(run, _importer(run, path))


def _look_or_store(run: ImportRun, importer: Importer) -> None:
    if not run.is_confirmed:
        _looked_at(run, importer, importer.look())
        return
    result = importer.run(run)
    if result.problems:
        run.refresh_from_db()
        _looked_at(run, importer, result)
        return
    _drop_file(run)


def _importer(run: ImportRun, path: Path) -> Importer:
    chosen = run.options
    return Importer(
        open_source(path),
        publish=chosen["publish"],
        # Nobody signs drafts off, and until somebody else has, nobody does.
        signed_off_by=run.signer,
        actor=run.created_by,
        update=chosen["update"],
        create_missing=chosen["create_missing"],
        progress=_progress_of(run),
    )


def _progress_of(run: ImportRun) -> Callable[[str, int], None]:
    """While looking nothing is locked, so the page can tell; while storing it cannot."""

    def progress(stage: str, rows: int) -> None:
        if stage == "checked":
            ImportRun.objects.filter(pk=run.pk).update(rows_checked=rows)

    return progress


def _looked_at(run: ImportRun, importer: Importer, result: Result) -> None:
    """Keep what the page shows, with every problem as a file."""
    run.rows_checked, run.bad_rows = result.rows, result.bad_rows
    run.created, run.updated, run.unchanged = result.created, result.updated, result.unchanged
    run.findings |= {
        "first": [_shown(one) for one in importer.first_rows],
        "problems": [[one.row, one.column, one.reason] for one in result.problems[:PROBLEMS_SHOWN]],
        "problem_count": len(result.problems),
        "agencies": result.agencies[:PROBLEMS_SHOWN],
        "categories": result.categories[:PROBLEMS_SHOWN],
    }
    run.state = State.FAILED if result.problems else State.CHECKED
    run.concerns.set(_concerned(importer))
    if result.problems:
        _keep_for_owner(run)
        run.problems_file.save(f"{run.token}.csv", _as_csv(result), save=False)
    run.finished_at = now()
    run.save()
    if result.problems:
        _drop_file(run)


def _concerned(importer: Importer) -> set[int]:
    """The agencies that answer for the rows: for one to be made, the portal's own."""
    keys = {one.pk for one in importer.concerned.values() if one.pk is not None}
    above = own_agency() if len(keys) < len(importer.concerned) else None
    return keys | {above.pk} if above is not None else keys


def _keep_for_owner(run: ImportRun) -> None:
    """What waited for a sign-off is older than a day: its owner shall see how it ended."""
    if run.asked_at is not None:
        run.kept_until = now() + KEPT_FOR_OWNER


def _shown(one: Publication) -> dict[str, str]:
    return {
        "index_number": one.index_number,
        "title": one.title,
        "agency": one.agency.name,
        "category": one.category.name,
        "date_made": one.date_made.isoformat() if one.date_made else "",
        "published_on": legal_day(one.published_at).isoformat() if one.published_at else "",
        "disclosure": one.disclosure,
    }


def _as_csv(result: Result) -> ContentFile:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([_("row"), _("column"), _("reason")])
    for one in result.problems:
        writer.writerow([one.row, cells.guarded(one.column), cells.guarded(one.reason)])
    return ContentFile(file.getvalue().encode("utf-8-sig"))


def _fail(run: ImportRun, why: str) -> None:
    run.refresh_from_db()
    run.findings["error"] = why[:PROBLEMS_SHOWN]
    _keep_for_owner(run)
    run.state, run.finished_at = State.FAILED, now()
    run.save()
    _drop_file(run)


def _drop_file(run: ImportRun) -> None:
    """The file is no longer needed; its name and its SHA-256 stay."""
    if run.file:
        run.file.delete(save=False)
        ImportRun.objects.filter(pk=run.pk).update(file="")


def sweep() -> int:
    """Forget what was looked at and not confirmed within a day, the files with the problems, and
    give up what a crash cut off or nobody signed off within 30 calendar days (a daily job). A run
    that stored something stays for good."""
    moment = now()
    cut_off = ImportRun.objects.filter(state=State.RUNNING, started_at__lt=moment - LONGEST)
    for run in cut_off:
        with override(run.findings.get("language")):
            _fail(run, _("Something went wrong here; nothing was stored. Please try again."))
    _give_up_waiting(moment)
    over = Q(kept_until__isnull=True, created_at__lt=moment - KEPT) | Q(kept_until__lt=moment)
    kept = [State.DONE, State.RUNNING, State.AWAITING]
    old = list(ImportRun.objects.exclude(state__in=kept).filter(over))
    for run in old:
        _delete(_files_of(run))
        run.delete()
    return len(old)


def _give_up_waiting(moment: dt.datetime) -> None:
    """What nobody signed off in time fails, with a note for its owner and the audit trail."""
    waiting = ImportRun.objects.filter(state=State.AWAITING, kept_until__lt=moment)
    for key in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            run = waiting.select_for_update(of=("self",)).filter(pk=key).first()
            if run is None:
                continue
            with override(run.findings.get("language")):
                _fail(run, _("Nobody signed this off within 30 days; the file was deleted."))
            record(None, "importrun.expired", run, sha256=run.sha256)


def _files_of(run: ImportRun) -> list[FieldFile]:
    return [file for file in (run.file, run.problems_file) if file]


def _delete(files: list[FieldFile]) -> None:
    for file in files:
        file.delete(save=False)


#: How the first rows are headed.
HEADINGS: dict[str, Any] = {
    key: BY_KEY[key].heading
    for key in (
        "index_number",
        "title",
        "agency",
        "category",
        "date_made",
        "published_on",
        "disclosure",
    )
}

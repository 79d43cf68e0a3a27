"""What staff do with an import: hand in a file, look at what it would do, confirm it.

The file is kept privately, for its owner alone, until the import is over or a day has passed.
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
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_tasks import task

from disclosure.agencies import records, rights
from disclosure.agencies.models import User
from disclosure.core import background
from disclosure.core.dates import legal_day, now
from disclosure.core.errors import Conflict, DomainError, Refusal
from disclosure.files.names import clean_name
from disclosure.publications.importing import cells
from disclosure.publications.importing.columns import BY_KEY
from disclosure.publications.importing.importer import Importer
from disclosure.publications.importing.models import ImportRun
from disclosure.publications.importing.problems import FileProblem, Result
from disclosure.publications.importing.runs import sha256_of
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
#: A run that has taken so long was cut off by a crash.
LONGEST = dt.timedelta(hours=2)


def why_not_hand_in(user: User, *, publish: bool, create_missing: bool) -> list[Refusal]:
    """Why `user` may not import on these terms; each row's agency is asked for later."""
    reasons = []
    if not rights.allows(user, PUBLISH if publish else ADD):
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
    run.file.save(f"{run.token}{Path(name).suffix.lower()}", upload, save=False)
    run.sha256 = sha256_of(Path(run.file.path))
    _pass_on(run, at_once=(upload.size or 0) <= BYTES_AT_ONCE)
    return run


def confirm(*, actor: User, run: ImportRun) -> ImportRun:
    """Store what was looked at, judged anew; only its owner does, once."""
    if run.created_by_id != actor.pk:
        raise Conflict(Refusal(CHANGED_MEANWHILE, code="conflict"))
    chosen = run.options
    records.refuse_if(
        why_not_hand_in(actor, publish=chosen["publish"], create_missing=chosen["create_missing"])
    )
    found = ImportRun.objects.filter(pk=run.pk, state=State.CHECKED, bad_rows=0)
    if not found.update(state=State.WAITING, is_confirmed=True):
        raise Conflict(Refusal(CHANGED_MEANWHILE, code="conflict"))
    run.refresh_from_db()
    _pass_on(run, at_once=run.rows_checked <= ROWS_AT_ONCE)
    return run


def _pass_on(run: ImportRun, *, at_once: bool) -> None:
    run.save()
    if at_once:
        work_off(run)
    else:
        transaction.on_commit(lambda: background.wake(run_waiting))


@task()
def run_waiting() -> int:
    """Work off the runs that wait, the oldest first; how many."""
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
    importer = _importer(run)
    if not run.is_confirmed:
        _looked_at(run, importer, importer.look())
        return
    result = importer.run(run)
    if result.problems:
        run.refresh_from_db()
        _looked_at(run, importer, result)
        return
    _drop_file(run)


def _importer(run: ImportRun) -> Importer:
    user, chosen = run.created_by, run.options
    return Importer(
        open_source(Path(run.file.path)),
        publish=chosen["publish"],
        # Who chose drafts signs nothing off, whatever else they may do.
        signed_off_by=user if chosen["publish"] else None,
        actor=user,
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
    if result.problems:
        run.problems_file.save(f"{run.token}.csv", _as_csv(result), save=False)
    run.finished_at = now()
    run.save()
    if result.problems:
        _drop_file(run)


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
    give up what a crash cut off (a daily job). A run that stored something stays for good."""
    moment = now()
    cut_off = ImportRun.objects.filter(state=State.RUNNING, started_at__lt=moment - LONGEST)
    for run in cut_off:
        with override(run.findings.get("language")):
            _fail(run, _("Something went wrong here; nothing was stored. Please try again."))
    old = list(
        ImportRun.objects.exclude(state__in=[State.DONE, State.RUNNING]).filter(
            created_at__lt=moment - KEPT
        )
    )
    for run in old:
        for file in (run.file, run.problems_file):
            if file:
                file.delete(save=False)
        run.delete()
    return len(old)


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

"""Between a file as it came in and the file that goes out: scanned, cleaned, proved.

It happens in the draft, so that the sign-off is of the very bytes that the public gets. The
original is kept privately. Nothing here decides whether an item may go out: `policies` does.
"""

import hashlib
import logging
from dataclasses import dataclass, field
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from disclosure.audit.trail import record
from disclosure.core.dates import now
from disclosure.core.errors import NotPossible, Refusal
from disclosure.files import gate, isolated, kinds, scanning, sniff
from disclosure.files.inside.report import HiddenFinding, Refused
from disclosure.files.models import FileCheck, FileText
from disclosure.files.reading import keep_text
from disclosure.publications.models import Attachment

logger = logging.getLogger(__name__)

INFECTED = _("It holds a virus (%(name)s) and was not stored.")
_SWEPT_AT_ONCE = 100
_ENOUGH_FAILED = 3


@dataclass(frozen=True)
class Prepared:
    """A file made ready: the copy that goes out, and all that was learnt on the way."""

    data: bytes
    original: bytes
    content_type: str
    scan: scanning.Result
    found: list[HiddenFinding] = field(default_factory=list)
    proof: gate.Proof = field(default_factory=gate.Proof)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def problems(self) -> list[kinds.Problem]:
        """Why the copy is held, also by what only the original had."""
        seen = {(one.code, one.where) for one in self.proof.problems}
        carried = gate.carried_over(self.found)
        return self.proof.problems + [one for one in carried if (one.code, one.where) not in seen]


def prepare(data: bytes, content_type: str) -> Prepared:
    """Scan, clean and prove a file. Raises NotPossible for what is not taken at all: infected,
    encrypted, broken, or more than may be unpacked."""
    scan = scanning.scan(data)
    if scan.state is scanning.State.INFECTED:
        raise NotPossible(Refusal(INFECTED % {"name": scan.name}, code="infected"))
    try:
        answer = isolated.run("clear", data, content_type)
    except Refused as refused:
        words = kinds.refusal_sentence(refused.code, refused.where)
        raise NotPossible(Refusal(words, code=refused.code)) from None
    found = kinds.findings(answer["findings"])
    cleaned = answer["out"]
    return Prepared(cleaned, data, content_type, scan, found, gate.prove(cleaned, content_type))


def keep(attachment: Attachment, prepared: Prepared) -> FileCheck:
    """Store what was learnt of a file, its original and its text beside the stored attachment,
    whose bytes are `prepared.data`."""
    check = FileCheck(attachment=attachment)
    moment = now()
    if prepared.scan.state is scanning.State.CLEAN:
        check.scan_state, check.scanned_at = FileCheck.Scan.CLEAN, moment
    elif prepared.scan.state is scanning.State.OFF:
        check.scan_state = FileCheck.Scan.OFF
    else:
        check.scan_state = FileCheck.Scan.PENDING
        logger.warning("attachment %s waits for the virus scanner", attachment.pk)
    problems = prepared.problems
    if any(one.code == "opaque" for one in problems):
        check.strip_state = FileCheck.Strip.IMPOSSIBLE
    elif prepared.data != prepared.original:
        check.strip_state = FileCheck.Strip.STRIPPED
    check.found = [vars(one) for one in prepared.found]
    check.told = [vars(one) for one in prepared.proof.told]
    check.problems = [one.as_json() for one in problems]
    check.gate_state = FileCheck.Gate.HELD if problems else FileCheck.Gate.PASSED
    check.proved_sha256 = prepared.sha256
    check.original_sha256 = hashlib.sha256(prepared.original).hexdigest()
    if prepared.data != prepared.original:
        ending = sniff.ENDINGS[prepared.content_type][0]
        name = f"{attachment.uuid}.{ending}"
        check.original.save(name, ContentFile(prepared.original), save=False)
    note_cleared(check)
    check.save()
    keep_text(attachment, prepared.proof.text)
    return check


def clear(attachment: Attachment) -> None:
    """Make a stored attachment's file ready: afterwards its bytes, size and SHA-256 are those of
    the copy that goes out. Only in a draft; the row is saved. Raises NotPossible as `prepare`."""
    with attachment.file.open("rb") as file:
        prepared = prepare(file.read(), attachment.content_type)
    with transaction.atomic():
        FileCheck.objects.filter(attachment=attachment).delete()
        if prepared.data != prepared.original:
            storage, before = attachment.file.storage, str(attachment.file.name)
            ending = sniff.ENDINGS[prepared.content_type][0]
            attachment.file.save(
                f"{attachment.uuid}.{ending}", ContentFile(prepared.data), save=False
            )
            attachment.size, attachment.sha256 = len(prepared.data), prepared.sha256
            attachment.save()
            transaction.on_commit(lambda: storage.delete(before))
        keep(attachment, prepared)


def note_cleared(check: FileCheck) -> None:
    """Say on the check whether its file is cleared, and since when."""
    scanned = check.scan_state in {FileCheck.Scan.CLEAN, FileCheck.Scan.OFF}
    proved = check.gate_state == FileCheck.Gate.PASSED or check.opened_by_id is not None
    check.cleared_at = now() if scanned and proved else None


def copy(source: Attachment, target: Attachment) -> None:
    """Let a revision's copy of an attachment, with the same bytes, have what is known of them."""
    for model in (FileCheck, FileText):
        row = model.objects.filter(attachment=source).first()
        if row is not None:
            row.pk, row._state.adding, row.attachment = None, True, target
            row.save()


def hidden_findings(attachment: Attachment) -> list[HiddenFinding]:
    """What was found in the original, and what is left in the copy: for the reviewer."""
    check = FileCheck.objects.filter(attachment=attachment).first()
    if check is None:
        return []
    return list(dict.fromkeys(kinds.findings(check.found) + kinds.findings(check.told)))


def scan_pending() -> int:
    """Scan what had to wait for the scanner; how many got an answer. Safe to run at any time."""
    done = failed = 0
    waiting = FileCheck.objects.filter(scan_state=FileCheck.Scan.PENDING).order_by("pk")
    for check in waiting.select_related("attachment__publication")[:_SWEPT_AT_ONCE]:
        file = check.original or check.attachment.file
        try:
            with file.open("rb") as opened:
                result = scanning.scan(opened.read())
        except FileNotFoundError:
            logger.warning("the file of attachment %s is missing", check.attachment_id)
            continue
        if result.state is scanning.State.UNAVAILABLE:
            # One file may be too large for it; when several get no answer, it is away.
            failed += 1
            if failed == _ENOUGH_FAILED:
                break
            continue
        _settle(check, result)
        done += 1
    return done


@transaction.atomic
def _settle(check: FileCheck, result: scanning.Result) -> None:
    """Write what the scanner said at last; an infected file's bytes go, the row says why."""
    found = FileCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    if found.scan_state != FileCheck.Scan.PENDING:
        return
    infected = result.state is scanning.State.INFECTED
    off = result.state is scanning.State.OFF
    found.scan_state = (
        FileCheck.Scan.INFECTED if infected else FileCheck.Scan.OFF if off else FileCheck.Scan.CLEAN
    )
    found.scanned_at = None if off else now()
    found.signature = result.name if infected else ""
    note_cleared(found)
    found.save()
    if not infected:
        return
    attachment = check.attachment
    FileText.objects.filter(attachment=attachment).delete()
    record(
        None,
        "publication.file_infected",
        attachment.publication,
        attachment=attachment.pk,
        sha256=attachment.sha256,
    )
    for file in (found.original, attachment.file):
        if file:
            storage, name = file.storage, str(file.name)
            transaction.on_commit(partial(storage.delete, name))
